package jp.musubi.need;

import java.util.Locale;

/** How badly something is needed, assigned when the need is written down. Files say 1 to 4. */
public enum Priority {
    URGENT(1, "至急", "urgent"),
    HIGH(2, "高", "high"),
    NORMAL(3, "通常", "normal"),
    LOW(4, "低", "low");

    private final int number;
    private final String ja;
    private final String en;

    Priority(int number, String ja, String en) {
        this.number = number;
        this.ja = ja;
        this.en = en;
    }

    public int number() {
        return number;
    }

    public String name(Locale locale) {
        return locale.getLanguage().equals("en") ? en : ja;
    }

    /**
     * @throws IllegalArgumentException if the number is not 1 to 4
     */
    public static Priority of(int number) {
        if (number < 1 || number > 4) {
            throw new IllegalArgumentException("A priority is 1 (urgent) to 4 (low), but was " + number + ".");
        }
        return values()[number - 1];
    }
}
