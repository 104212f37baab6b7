package jp.musubi.inbox.job;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellPlace;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.job.ReadyChunk.Position;
import jp.musubi.inbox.job.TableReader.ReadRow;
import jp.musubi.inbox.store.RejectedRow;
import org.jspecify.annotations.Nullable;

/** Reads and validates a file chunk by chunk. Writes nothing and does not depend on what becomes of a chunk. */
final class ChunkReader<T> implements Closeable {

    /** A chunk of very long rows is closed early, so that a wide file does not fill the memory. */
    private static final int MOST_CHARACTERS = 4 << 20;

    private final TableReader table;
    private final ImportKind<T> kind;
    private final RowInterpreter<T> interpreter;
    private final SeenIds seen;
    private final int mostRows;
    private long position;
    private @Nullable UnreadableTable broken;

    private ChunkReader(TableReader table, ImportKind<T> kind, ImportContext context, Path workFolder, int mostRows) {
        this.table = table;
        this.kind = kind;
        this.interpreter = kind.interpreter(context);
        this.seen = new SeenIds(workFolder);
        this.mostRows = mostRows;
    }

    static ChunkReader<?> of(TableReader table, ImportContext context, Path workFolder, int mostRows) {
        return of(table, table.kind(), context, workFolder, mostRows);
    }

    private static <T> ChunkReader<T> of(
            TableReader table, ImportKind<T> kind, ImportContext context, Path workFolder, int mostRows) {
        return new ChunkReader<>(table, kind, context, workFolder, mostRows);
    }

    /**
     * Passes over the rows of former executions. Their ids are noted: "the first of duplicate rows stays" holds for the
     * whole file.
     */
    void skip(long rows) throws IOException {
        for (; position < rows; position++) {
            ReadRow row = table.next();
            if (row == null) {
                return;
            }
            Optional<String> id = kind.externalId(row.row());
            if (id.isPresent()) {
                seen.firstLine(id.get(), row.row().line());
            }
        }
    }

    /** The next rows; none at the end of the file. */
    ReadyChunk<T> next() throws IOException {
        List<ReadRow> rows = readRows();
        List<Row> readable = new ArrayList<>(rows.size());
        for (ReadRow read : rows) {
            if (read.faults().isEmpty()) {
                readable.add(read.row());
            }
        }
        if (!readable.isEmpty()) {
            interpreter.preheat(readable);
        }
        List<ImportedRow<T>> accepted = new ArrayList<>(readable.size());
        List<RejectedRow> rejected = new ArrayList<>();
        for (ReadRow read : rows) {
            validate(read, accepted, rejected);
        }
        return new ReadyChunk<>(
                kind, rows.size(), accepted, rejected, new Position(position, table.bytesRead()), leftOut());
    }

    /** A file that cannot be read on from some line still gives the rows before it. */
    private List<ReadRow> readRows() throws IOException {
        if (broken != null) {
            throw broken;
        }
        List<ReadRow> rows = new ArrayList<>();
        long characters = 0;
        while (rows.size() < mostRows && characters < MOST_CHARACTERS) {
            ReadRow row;
            try {
                row = table.next();
            } catch (UnreadableTable e) {
                if (rows.isEmpty()) {
                    throw e;
                }
                broken = e;
                break;
            }
            if (row == null) {
                break;
            }
            position++;
            for (String value : row.row().values()) {
                characters += value.length();
            }
            rows.add(row);
        }
        return rows;
    }

    private void validate(ReadRow read, List<ImportedRow<T>> accepted, List<RejectedRow> rejected) throws IOException {
        Row row = read.row();
        Optional<String> id = kind.externalId(row);
        long first = id.isEmpty() ? 0 : seen.firstLine(id.get(), row.line());
        if (!read.faults().isEmpty()) {
            rejected.add(ReadyChunk.rejection(row, read.problems()));
            return;
        }
        if (first != 0) {
            rejected.add(ReadyChunk.rejection(row, List.of(duplicate(row, id.orElse(""), first))));
            return;
        }
        Interpretation<T> outcome = interpreter.interpret(row);
        if (outcome instanceof Interpretation.Accepted<T> good) {
            accepted.add(new ImportedRow<>(
                    id.orElseThrow(() -> new IllegalStateException(
                            "The kind \"" + kind.name() + "\" accepted a row without an id.")),
                    row,
                    good.value()));
        } else {
            rejected.add(ReadyChunk.rejection(row, outcome.listProblems()));
        }
    }

    private static RowProblem duplicate(Row row, String id, long first) {
        return new RowProblem(
                "duplicate",
                new CellPlace(row.sheet(), row.line(), ""),
                id,
                BilingualText.of("ファイルの中で一度だけの番号", "An id that occurs once in the file"),
                BilingualText.of(
                        first + "行目と同じ番号です。別のものなら別の番号をつけてください。",
                        "It stands on line " + first + " already. Give it another id if it is another thing."));
    }

    private Optional<BilingualText> leftOut() {
        StringBuilder ja = new StringBuilder();
        StringBuilder en = new StringBuilder();
        if (!table.ignoredColumns().isEmpty()) {
            ja.append("読まなかった列: ")
                    .append(String.join("、", firstOf(table.ignoredColumns())))
                    .append("。");
            en.append("Columns not read: ")
                    .append(String.join(", ", firstOf(table.ignoredColumns())))
                    .append(". ");
        }
        if (!table.skipped().isEmpty()) {
            ja.append("読まなかったシート: ")
                    .append(String.join("、", firstOf(table.skipped())))
                    .append("。");
            en.append("Sheets not read: ")
                    .append(String.join(", ", firstOf(table.skipped())))
                    .append(".");
        }
        return ja.isEmpty()
                ? Optional.empty()
                : Optional.of(BilingualText.of(ja.toString(), en.toString().strip()));
    }

    private static List<String> firstOf(List<String> names) {
        List<String> first = new ArrayList<>(names.subList(0, Math.min(20, names.size())));
        if (names.size() > first.size()) {
            first.add("…");
        }
        return first;
    }

    @Override
    public void close() throws IOException {
        try {
            table.close();
        } finally {
            seen.close();
        }
    }
}
