package jp.musubi.matching;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.identity.PersonId;

/**
 * A named policy as it was decided once. It is never edited: a change makes the next version.
 *
 * @param key names the policy in addresses; the same for all its versions
 * @param version counts from 1
 * @param validFrom the response's time from which it may be planned by
 * @param by who decided it; empty for the standard policy that comes with the program
 * @param madeAt real time; the same as {@code validFrom} for the standard policy
 * @param reason why it was decided so
 */
public record PolicyVersion(
        String key,
        BilingualText name,
        int version,
        Instant validFrom,
        Optional<PersonId> by,
        Instant madeAt,
        String reason,
        PolicyTerms terms) {

    /** The policy that every response has from the beginning. */
    public static final String STANDARD_KEY = "standard";

    /** What a key may look like. */
    public static final String KEY_PATTERN = "[a-z0-9][a-z0-9-]{0,38}";

    public static final int LONGEST_NAME = 80;
    public static final int LONGEST_REASON = 500;

    /** Version 1 of the standard policy. */
    public static final PolicyVersion STANDARD = new PolicyVersion(
            STANDARD_KEY,
            BilingualText.of("標準", "Standard"),
            1,
            Instant.EPOCH,
            Optional.empty(),
            Instant.EPOCH,
            "",
            PolicyTerms.STANDARD);

    public PolicyVersion {
        if (!key.matches(KEY_PATTERN)) {
            throw new IllegalArgumentException(
                    "A policy's key has lower case letters, digits and hyphens, but was \"" + key + "\".");
        }
        if (version < 1) {
            throw new IllegalArgumentException("Versions count from 1, but there was " + version + ".");
        }
        requireText(name.ja(), LONGEST_NAME);
        requireText(name.en(), LONGEST_NAME);
        if (reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("A reason has at most " + LONGEST_REASON + " characters.");
        }
    }

    private static void requireText(String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw new IllegalArgumentException(
                    "A policy's name has 1 to " + longest + " characters, but was \"" + text + "\".");
        }
    }

    public boolean isStandard() {
        return key.equals(STANDARD_KEY);
    }
}
