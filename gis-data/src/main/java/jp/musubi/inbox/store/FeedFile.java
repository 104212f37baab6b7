package jp.musubi.inbox.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.identity.PersonId;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedState;
import jp.musubi.response.ResponseId;

/**
 * A file that came in, as it stands now.
 *
 * @param kind empty until it is found out from the header
 * @param bytesRead how much of {@code sizeBytes} the committed rows took
 * @param header the header as the file says it; empty until it was read
 * @param message why the file was not read, or what was left out of it
 */
public record FeedFile(
        FeedId id,
        ResponseId response,
        Optional<String> kind,
        String source,
        String name,
        String contentHash,
        long sizeBytes,
        Instant receivedAt,
        Optional<PersonId> actor,
        FeedState state,
        boolean stopRequested,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        long bytesRead,
        Counts counts,
        List<String> header,
        Optional<Message> message) {

    /** A stable code and what people read. */
    public record Message(String code, BilingualText text) {}

    /** Rows read so far and what became of them. */
    public record Counts(long read, long created, long unchanged, long corrected, long rejected) {

        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        public Counts plus(Counts more) {
            return new Counts(
                    read + more.read,
                    created + more.created,
                    unchanged + more.unchanged,
                    corrected + more.corrected,
                    rejected + more.rejected);
        }
    }

    /** How much of the file is read, 0 to 100. */
    public int percent() {
        if (state == FeedState.DONE) {
            return 100;
        }
        return sizeBytes == 0 ? 0 : (int) Math.min(99, 100 * bytesRead / sizeBytes);
    }

    /** Whether a person may stop it now. */
    public boolean isStoppable() {
        return !state.isSettled() && !stopRequested;
    }
}
