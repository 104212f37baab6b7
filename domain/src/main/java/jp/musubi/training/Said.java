package jp.musubi.training;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.inbox.FeedId;

/**
 * Who said something, when, and how it came here.
 *
 * @param at when it was said, in real time; of several words about one thing the one said last holds
 * @param recordedAt when it came to be known here; of two words said at once the one recorded last holds
 * @param by who entered or sent it; empty for the machine's own operator
 * @param source whose list it comes from
 * @param feed the file it came in
 * @param line where in that file; 0 without one
 */
public record Said(
        Instant at, Instant recordedAt, Optional<PersonId> by, String source, Optional<FeedId> feed, long line) {

    /** Databases keep microseconds. */
    public Said {
        at = at.truncatedTo(ChronoUnit.MICROS);
        recordedAt = recordedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** The source of what is typed in here. */
    public static final String OWN_SOURCE = "musubi";

    /** Earlier words first. */
    public static final Comparator<Said> ORDER = Comparator.comparing(Said::at).thenComparing(Said::recordedAt);

    /** What somebody enters now. */
    public static Said now(Instant time, Optional<PersonId> by) {
        return new Said(time, time, by, OWN_SOURCE, Optional.empty(), 0);
    }
}
