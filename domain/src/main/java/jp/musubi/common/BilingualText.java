package jp.musubi.common;

import java.util.Locale;

/**
 * A text for people in both languages of the project. Texts that are stored with a record (why a row was rejected, why a
 * need is unmet) carry both, so that the reader's language is chosen when it is read.
 */
public record BilingualText(String ja, String en) {

    public static final BilingualText EMPTY = new BilingualText("", "");

    public static BilingualText of(String ja, String en) {
        return new BilingualText(ja, en);
    }

    /** The text in the reader's language; Japanese unless English is asked for. */
    public String in(Locale locale) {
        return locale.getLanguage().equals("en") ? en : ja;
    }
}
