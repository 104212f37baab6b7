package jp.musubi.need;

import java.util.Locale;

/** How a need came to be known. */
public enum NeedKind {
    /** Somebody asked for it. Open requests add up. */
    REQUEST("要請", "request"),
    /** Somebody went and counted what is lacking. The newest one replaces the estimate and older assessments. */
    ASSESSMENT("聞き取り", "assessment");

    private final String ja;
    private final String en;

    NeedKind(String ja, String en) {
        this.ja = ja;
        this.en = en;
    }

    public String name(Locale locale) {
        return locale.getLanguage().equals("en") ? en : ja;
    }
}
