package jp.musubi.need;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How old the last word from somewhere is. In the first days needs change before procurement finishes, so that old word
 * must not look like news.
 *
 * @param age empty if there never was any word
 */
public record Freshness(AgeClass ageClass, Optional<Duration> age) {

    /** From here on word is ageing. */
    public static final Duration FRESH_FOR = Duration.ofDays(1);

    /** From here on word is stale. */
    public static final Duration USABLE_FOR = Duration.ofDays(3);

    /** The classes, the best first. */
    public enum AgeClass {
        FRESH("24時間以内", "within 24 hours"),
        AGEING("1〜3日前", "1 to 3 days old"),
        STALE("3日より前", "more than 3 days old"),
        NEVER("連絡なし", "no word yet");

        private final String ja;
        private final String en;

        AgeClass(String ja, String en) {
            this.ja = ja;
            this.en = en;
        }

        public String name(Locale locale) {
            return locale.getLanguage().equals("en") ? en : ja;
        }
    }

    /** Word that was given at {@code reportedAt}, seen at {@code now}. Word from the future counts as just given. */
    public static Freshness of(Instant reportedAt, Instant now) {
        Duration age = Duration.between(reportedAt, now);
        if (age.isNegative()) {
            age = Duration.ZERO;
        }
        AgeClass ageClass = age.compareTo(FRESH_FOR) < 0
                ? AgeClass.FRESH
                : age.compareTo(USABLE_FOR) < 0 ? AgeClass.AGEING : AgeClass.STALE;
        return new Freshness(ageClass, Optional.of(age));
    }

    public static Freshness of(Optional<Instant> reportedAt, Instant now) {
        return reportedAt.map(at -> of(at, now)).orElse(new Freshness(AgeClass.NEVER, Optional.empty()));
    }
}
