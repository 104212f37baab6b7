package jp.musubi.common.cli;

/** The command's words are off; the message says which and what was expected. */
public class WrongCall extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WrongCall(String message) {
        super(message);
    }
}
