package jp.musubi.inbox.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.RowStore;
import jp.musubi.inbox.store.FeedFile.Counts;
import jp.musubi.inbox.store.RejectedRow;

/**
 * Rows that were read and validated together and are written in one transaction.
 *
 * @param rows how many rows were read for it; 0 at the end of the file
 * @param end how far the file is read behind its last row
 * @param leftOut what was left out of the file so far
 */
record ReadyChunk<T>(
        ImportKind<T> kind,
        int rows,
        List<ImportedRow<T>> accepted,
        List<RejectedRow> rejected,
        Position end,
        Optional<BilingualText> leftOut) {

    /** Rows below the header, and bytes of the file. */
    record Position(long rows, long bytes) {}

    /** What became of the chunk. */
    record Written(Counts counts, List<RejectedRow> rejected) {}

    /** Writes the good rows in the current transaction; some more may be refused now. */
    Written write(ImportContext context) {
        RowStore.Applied applied =
                accepted.isEmpty() ? RowStore.Applied.of(0, 0, 0) : kind.store().apply(context, accepted);
        int settled = applied.created()
                + applied.unchanged()
                + applied.corrected()
                + applied.refused().size();
        if (settled != accepted.size()) {
            throw new IllegalStateException("The store of \"" + kind.name() + "\" accounts for " + settled + " of "
                    + accepted.size() + " rows.");
        }
        List<RejectedRow> all = new ArrayList<>(rejected);
        applied.refused().forEach(refused -> all.add(rejection(refused.row(), refused.problems())));
        return new Written(
                new Counts(rows, applied.created(), applied.unchanged(), applied.corrected(), all.size()), all);
    }

    static RejectedRow rejection(Row row, List<RowProblem> problems) {
        String sheet = row.sheet().orElse("");
        return new RejectedRow(
                0, sheet.length() <= 64 ? sheet : sheet.substring(0, 64), row.line(), row.values(), problems);
    }
}
