package jp.musubi.common.cli;

import java.util.Map;

/** The command cannot do its work here; the message is one line that says why and what to do. */
public class CannotRun extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotRun(String message) {
        super(message);
    }

    /** What to do about a context that did not start. */
    public static CannotRun starting(Throwable failure, Map<String, Object> properties) {
        return new CannotRun(RunCommand.remedyOf(failure, properties));
    }
}
