package jp.musubi.common.web;

import org.springframework.http.HttpStatus;

/**
 * Something a reader did that cannot be done, known in advance. The texts {@code CODE.title} and {@code CODE.remedy} say
 * what happened and what to do.
 */
public class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final transient Object[] arguments;

    public Problem(HttpStatus status, String code, Object... arguments) {
        super(code);
        this.status = status;
        this.code = code;
        this.arguments = arguments.clone();
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }

    Object[] arguments() {
        return arguments.clone();
    }
}
