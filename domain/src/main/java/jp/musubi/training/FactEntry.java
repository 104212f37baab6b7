package jp.musubi.training;

import java.time.LocalDate;

/**
 * What a word about a trainee says. Further words about the same fact have the same key.
 *
 * @param key which fact of the person this is, e.g. {@code enrolled} or {@code certificate:12-345}
 * @param on the day it happened
 * @param code what it was, where the kind alone does not say: competency, answer, purpose; blank otherwise
 * @param note where, by whom; never personal
 * @param retracted whether it says that the fact is not so after all
 */
public record FactEntry(FactKind kind, String key, LocalDate on, String code, String note, boolean retracted) {

    public static final int LONGEST_KEY = 200;
    public static final int LONGEST_NOTE = 200;

    public FactEntry {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("A fact's key has 1 to " + LONGEST_KEY + " characters: " + key);
        }
        if (note.length() > LONGEST_NOTE) {
            throw new IllegalArgumentException("A fact's note has at most " + LONGEST_NOTE + " characters.");
        }
    }

    /** A step or an exit, of which a person has one. */
    public static FactEntry milestone(FactKind kind, LocalDate on) {
        return new FactEntry(kind, kind.code(), on, "", "", false);
    }

    public static FactEntry consent(Purpose purpose, LocalDate on) {
        return new FactEntry(FactKind.CONSENT, "consent:" + purpose.code(), on, purpose.code(), "", false);
    }

    /** One answer a day. */
    public static FactEntry followUp(FollowUpStatus status, LocalDate on) {
        return new FactEntry(FactKind.FOLLOW_UP, "follow-up:" + on, on, status.code(), "", false);
    }

    /** One for each number of its issuer's list. */
    public static FactEntry certificate(String number, String competency, LocalDate on, String issuer) {
        return new FactEntry(FactKind.CERTIFICATE, "certificate:" + number, on, competency, issuer, false);
    }

    /** One for each first day. */
    public static FactEntry placement(LocalDate on, String where) {
        return new FactEntry(FactKind.PLACEMENT, "placement:" + on, on, "", where, false);
    }

    /** The word that takes this one back. */
    public FactEntry takenBack() {
        return new FactEntry(kind, key, on, code, note, true);
    }
}
