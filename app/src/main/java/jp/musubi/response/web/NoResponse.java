package jp.musubi.response.web;

/** A page or endpoint was asked for in a response that does not exist. */
public class NoResponse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoResponse() {
        super("There is no such response.");
    }
}
