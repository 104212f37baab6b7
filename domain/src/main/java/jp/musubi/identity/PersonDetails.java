package jp.musubi.identity;

import java.util.Optional;

/** Personal data of somebody with access, kept apart from the person's id. */
public record PersonDetails(String name, Optional<String> email, Optional<String> phone) {

    /** What an e-mail address must look like at least: something, one @, a domain. */
    public static final String EMAIL_PATTERN = "[^@\\s]+@[^@\\s]+\\.[^@\\s]+";

    /** Digits with the usual separators. */
    public static final String PHONE_PATTERN = "\\+?[0-9][0-9 ()\\-]{4,38}";
}
