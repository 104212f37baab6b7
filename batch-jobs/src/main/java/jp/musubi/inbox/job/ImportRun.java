package jp.musubi.inbox.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.common.FileStore;
import jp.musubi.inbox.CellPlace;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportKinds;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.RowStore;
import jp.musubi.inbox.job.TableReader.ReadRow;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFile.Counts;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.inbox.store.RejectedRow;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * One execution over one file: reads rows, and takes a chunk of them through preheat, validate and commit.
 *
 * <p>What is committed with each chunk: the records, the rejected rows, the counts, and the position from which a
 * restart goes on. The ids seen before the position are read again at a restart, because "the first of duplicate rows
 * stays" holds for the whole file.
 */
class ImportRun implements ItemStreamReader<ReadRow> {

    static final String LEFT_OUT_JA = "leftOut.ja";
    static final String LEFT_OUT_EN = "leftOut.en";

    private static final String POSITION = "rows";

    private final FeedFiles files;
    private final FileStore store;
    private final ImportKinds kinds;
    private final FeedFile file;
    private final ImportContext context;
    private final StepExecution stepExecution;
    private final Path workFolder;
    private final StopSign stopSign;
    private @Nullable Open open;
    private long position;

    /** Whether the whole process wants to end. */
    @FunctionalInterface
    interface StopSign {
        boolean isUp();
    }

    private record Open(TableReader reader, Pipeline<?> pipeline, SeenIds seen) {}

    ImportRun(
            FeedFiles files,
            FileStore store,
            ImportKinds kinds,
            FeedFile file,
            ImportContext context,
            StepExecution stepExecution,
            Path workFolder,
            StopSign stopSign) {
        this.files = files;
        this.store = store;
        this.kinds = kinds;
        this.file = file;
        this.context = context;
        this.stepExecution = stepExecution;
        this.workFolder = workFolder;
        this.stopSign = stopSign;
    }

    @Override
    public void open(ExecutionContext state) {
        long skip = state.getLong(POSITION, 0);
        try {
            RawTable table = TableOpener.open(() -> store.open(file.contentHash()), file.sizeBytes(), workFolder);
            TableReader reader;
            try {
                reader = new TableReader(table, kinds, file.kind());
            } catch (IOException | RuntimeException e) {
                table.close();
                throw e;
            }
            SeenIds seen = new SeenIds(workFolder);
            open = new Open(reader, Pipeline.of(reader.kind(), context), seen);
            if (skip == 0) {
                files.describe(file.id(), reader.kind().name(), reader.header());
            }
            for (position = 0; position < skip; position++) {
                ReadRow row = reader.next();
                if (row == null) {
                    break;
                }
                Optional<String> id = reader.kind().externalId(row.row());
                if (id.isPresent()) {
                    seen.firstLine(id.get(), row.row().line());
                }
            }
        } catch (IOException e) {
            throw new ItemStreamException("The file " + file.id().value() + " cannot be opened.", e);
        }
    }

    @Override
    public @Nullable ReadRow read() throws IOException {
        ReadRow row = opened().reader().next();
        if (row != null) {
            position++;
        }
        return row;
    }

    @Override
    public void update(ExecutionContext state) {
        state.putLong(POSITION, position);
        leftOut().ifPresent(text -> {
            state.putString(LEFT_OUT_JA, text.ja());
            state.putString(LEFT_OUT_EN, text.en());
        });
    }

    @Override
    public void close() {
        Open closing = open;
        open = null;
        if (closing != null) {
            try {
                closing.reader().close();
                closing.seen().close();
            } catch (IOException e) {
                throw new ItemStreamException("The file " + file.id().value() + " cannot be closed.", e);
            }
        }
    }

    void write(Chunk<? extends ReadRow> chunk) throws IOException {
        Open now = opened();
        List<RejectedRow> rejected = new ArrayList<>();
        Counts counts = now.pipeline().take(chunk.getItems(), now.seen(), rejected);
        files.reject(file.id(), rejected);
        files.progress(file.id(), now.reader().bytesRead(), counts);
        if (stopSign.isUp() || files.isStopRequested(file.id())) {
            stepExecution.setTerminateOnly();
        }
    }

    /** What was left out of the file, if anything. */
    private Optional<BilingualText> leftOut() {
        TableReader reader = opened().reader();
        StringBuilder ja = new StringBuilder();
        StringBuilder en = new StringBuilder();
        if (!reader.ignoredColumns().isEmpty()) {
            ja.append("読まなかった列: ")
                    .append(String.join("、", firstOf(reader.ignoredColumns())))
                    .append("。");
            en.append("Columns not read: ")
                    .append(String.join(", ", firstOf(reader.ignoredColumns())))
                    .append(". ");
        }
        if (!reader.skipped().isEmpty()) {
            ja.append("読まなかったシート: ")
                    .append(String.join("、", firstOf(reader.skipped())))
                    .append("。");
            en.append("Sheets not read: ")
                    .append(String.join(", ", firstOf(reader.skipped())))
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

    private Open opened() {
        if (open == null) {
            throw new IllegalStateException("The file " + file.id().value() + " is not open.");
        }
        return open;
    }

    /** The kind's interpreter and store, typed alike. */
    private static final class Pipeline<T> {

        private final ImportKind<T> kind;
        private final ImportContext context;
        private final RowInterpreter<T> interpreter;
        private final RowStore<T> store;

        private Pipeline(ImportKind<T> kind, ImportContext context) {
            this.kind = kind;
            this.context = context;
            this.interpreter = kind.interpreter(context);
            this.store = kind.store();
        }

        static <T> Pipeline<T> of(ImportKind<T> kind, ImportContext context) {
            return new Pipeline<>(kind, context);
        }

        Counts take(List<? extends ReadRow> chunk, SeenIds seen, List<RejectedRow> rejected) throws IOException {
            List<Row> readable = new ArrayList<>(chunk.size());
            for (ReadRow read : chunk) {
                if (read.faults().isEmpty()) {
                    readable.add(read.row());
                }
            }
            interpreter.preheat(readable);
            List<ImportedRow<T>> accepted = new ArrayList<>(readable.size());
            for (ReadRow read : chunk) {
                take(read, seen, accepted, rejected);
            }
            RowStore.Applied applied =
                    accepted.isEmpty() ? RowStore.Applied.of(0, 0, 0) : store.apply(context, accepted);
            for (RowStore.Refused refused : applied.refused()) {
                rejected.add(rejection(refused.row(), refused.problems()));
            }
            int settled = applied.created()
                    + applied.unchanged()
                    + applied.corrected()
                    + applied.refused().size();
            if (settled != accepted.size()) {
                throw new IllegalStateException("The store of \"" + kind.name() + "\" accounts for " + settled + " of "
                        + accepted.size() + " rows.");
            }
            return new Counts(
                    chunk.size(), applied.created(), applied.unchanged(), applied.corrected(), rejected.size());
        }

        private void take(ReadRow read, SeenIds seen, List<ImportedRow<T>> accepted, List<RejectedRow> rejected)
                throws IOException {
            Row row = read.row();
            Optional<String> id = kind.externalId(row);
            long first = id.isEmpty() ? 0 : seen.firstLine(id.get(), row.line());
            if (!read.faults().isEmpty()) {
                rejected.add(rejection(row, read.problems()));
                return;
            }
            if (first != 0) {
                rejected.add(rejection(row, List.of(duplicate(row, id.orElse(""), first))));
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
                rejected.add(rejection(row, outcome.listProblems()));
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

        private static RejectedRow rejection(Row row, List<RowProblem> problems) {
            String sheet = row.sheet().orElse("");
            return new RejectedRow(
                    0, sheet.length() <= 64 ? sheet : sheet.substring(0, 64), row.line(), row.values(), problems);
        }
    }
}
