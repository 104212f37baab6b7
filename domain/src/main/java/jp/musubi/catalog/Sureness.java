package jp.musubi.catalog;

import java.util.Locale;

/** How sure a fact of the reference data is. Everything but {@link #EXACT} and {@link #VERIFIED} is shown with it. */
public enum Sureness {
    /** True by definition, e.g. 1 kg = 1000 g. */
    EXACT("", ""),
    /** Read in an official text. */
    VERIFIED("確認済み", "verified"),
    /** Read in a secondary source. */
    SECONDARY("二次資料", "secondary source"),
    /** A usual size, assumed until somebody weighs or counts the real thing. */
    ASSUMED("想定", "assumed"),
    /** No source yet: somebody has to confirm it. */
    UNCONFIRMED("要確認", "to be confirmed");

    private final String ja;
    private final String en;

    Sureness(String ja, String en) {
        this.ja = ja;
        this.en = en;
    }

    /** The label in the reader's language; empty for what is true by definition. */
    public String label(Locale locale) {
        return locale.getLanguage().equals("en") ? en : ja;
    }

    /** How it is written in files, e.g. {@code verified}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
