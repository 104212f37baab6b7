package jp.musubi.common.cli;

/** The command cannot do its work here; the message is one line that says why and what to do. */
public class CannotRun extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotRun(String message) {
        super(message);
    }
}
