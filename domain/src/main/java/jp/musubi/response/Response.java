package jp.musubi.response;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * A disaster and the work after it: the frame of every row, URL and command.
 *
 * @param code short name in URLs and commands, e.g. {@code tohoku-2011}
 * @param zone the zone in which its people read clocks
 * @param languages the languages its pages offer, the first is the default
 * @param training true for exercises: every page says so
 */
public record Response(
        ResponseId id,
        String code,
        String nameJa,
        String nameEn,
        ZoneId zone,
        List<Locale> languages,
        Bounds bounds,
        ResponseClock clock,
        boolean training) {

    /** What a code may look like: lower case letters, digits and hyphens. */
    public static final String CODE_PATTERN = "[a-z0-9][a-z0-9-]{1,62}";

    public Response {
        if (!code.matches(CODE_PATTERN)) {
            throw new IllegalArgumentException(
                    "A response's code has lower case letters, digits and hyphens, but was \"" + code
                            + "\". Maybe tohoku-2011?");
        }
        languages = List.copyOf(languages);
    }

    /** The name in the reader's language; Japanese unless English is asked for. */
    public String name(Locale locale) {
        return locale.getLanguage().equals("en") ? nameEn : nameJa;
    }
}
