package jp.musubi.identity.web;

import jp.musubi.identity.Action;

/** The reader may not do this here. */
public class NotAllowed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Action action;

    public NotAllowed(Action action) {
        super("Not allowed here: " + action);
        this.action = action;
    }

    public Action action() {
        return action;
    }
}
