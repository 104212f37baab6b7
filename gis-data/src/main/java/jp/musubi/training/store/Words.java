package jp.musubi.training.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.RowStore;
import jp.musubi.training.Said;
import org.jspecify.annotations.Nullable;

/** How the provenance of a word is kept: the columns that facts and marks share. */
final class Words {

    static final String COLUMNS = "said_at, recorded_at, recorded_by, source, feed_id, feed_line";

    /** What became of a word. */
    enum Outcome {
        /** The first about its thing. */
        NEW,
        /** Said before. */
        SAME,
        /** Other than what held, and holds now. */
        CORRECTED,
        /** Kept, but a later one holds. */
        OVERTAKEN
    }

    private Words() {}

    /** What became of rows that said one word each. */
    static RowStore.Applied counted(List<Outcome> outcomes) {
        int fresh = 0;
        int corrected = 0;
        for (Outcome outcome : outcomes) {
            fresh += outcome == Outcome.NEW ? 1 : 0;
            corrected += outcome == Outcome.CORRECTED ? 1 : 0;
        }
        return RowStore.Applied.of(fresh, outcomes.size() - fresh - corrected, corrected);
    }

    /** What a row of a file says, by its own time or else by that of the file. */
    static Said of(ImportContext context, Optional<Instant> saidAt, long line) {
        return new Said(
                saidAt.orElse(context.receivedAt()),
                context.receivedAt(),
                context.actor(),
                context.source(),
                Optional.of(context.feed()),
                line);
    }

    static @Nullable Object[] values(Said said) {
        return new @Nullable Object[] {
            said.at(),
            said.recordedAt(),
            said.by().map(PersonId::value).orElse(null),
            said.source(),
            said.feed().map(FeedId::value).orElse(null),
            said.line()
        };
    }

    /** From the columns above, the first of which is {@code from}. */
    static Said read(ResultSet row, int from) throws SQLException {
        Timestamp at = row.getTimestamp(from);
        Timestamp recorded = row.getTimestamp(from + 1);
        long by = row.getLong(from + 2);
        boolean byNobody = row.wasNull();
        String source = row.getString(from + 3);
        long feed = row.getLong(from + 4);
        boolean noFeed = row.wasNull();
        return new Said(
                at.toInstant(),
                recorded.toInstant(),
                byNobody ? Optional.empty() : Optional.of(new PersonId(by)),
                source,
                noFeed ? Optional.empty() : Optional.of(new FeedId(feed)),
                row.getLong(from + 5));
    }
}
