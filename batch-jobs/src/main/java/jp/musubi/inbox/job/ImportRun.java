package jp.musubi.inbox.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jp.musubi.common.FileStore;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKinds;
import jp.musubi.inbox.job.ReadyChunk.Position;
import jp.musubi.inbox.job.ReadyChunk.Written;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.response.Responses;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * One execution over one file. An item of the step is a whole chunk of rows: while one chunk is written in its
 * transaction, a second thread reads and validates the next.
 *
 * <p>What is committed with each chunk: the records, the rejected rows, the counts, and the position from which a
 * restart goes on. A chunk that was read ahead and not written leaves no trace.
 */
class ImportRun implements ItemStreamReader<ReadyChunk<?>> {

    static final String LEFT_OUT_JA = "leftOut.ja";
    static final String LEFT_OUT_EN = "leftOut.en";

    private static final String POSITION = "rows";

    private final FeedFiles files;
    private final FileStore store;
    private final ImportKinds kinds;
    private final Responses responses;
    private final FeedFile file;
    private final ImportContext context;
    private final StepExecution stepExecution;
    private final Path workFolder;
    private final int rowsPerChunk;
    private final StopSign stopSign;
    private final ExecutorService ahead;
    private @Nullable ChunkReader<?> reader;
    private @Nullable Future<? extends ReadyChunk<?>> next;
    private @Nullable ReadyChunk<?> current;

    /** Whether the whole process wants to end. */
    @FunctionalInterface
    interface StopSign {
        boolean isUp();
    }

    ImportRun(
            FeedFiles files,
            FileStore store,
            ImportKinds kinds,
            Responses responses,
            FeedFile file,
            ImportContext context,
            StepExecution stepExecution,
            Path workFolder,
            int rowsPerChunk,
            StopSign stopSign) {
        this.files = files;
        this.store = store;
        this.kinds = kinds;
        this.responses = responses;
        this.file = file;
        this.context = context;
        this.stepExecution = stepExecution;
        this.workFolder = workFolder;
        this.rowsPerChunk = rowsPerChunk;
        this.stopSign = stopSign;
        this.ahead = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "imports-ahead");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void open(ExecutionContext state) {
        long done = state.getLong(POSITION, 0);
        try {
            RawTable raw = TableOpener.open(() -> store.open(file.contentHash()), file.sizeBytes(), workFolder);
            TableReader table;
            try {
                table = new TableReader(raw, kinds, file.kind());
            } catch (IOException | RuntimeException e) {
                raw.close();
                throw e;
            }
            ChunkReader<?> opened = ChunkReader.of(table, context, workFolder, rowsPerChunk);
            reader = opened;
            if (done == 0) {
                files.describe(file.id(), table.kind().name(), table.header());
            }
            opened.skip(done);
            next = ahead.submit(opened::next);
        } catch (IOException e) {
            throw new ItemStreamException("The file " + file.id().value() + " cannot be opened.", e);
        }
    }

    @Override
    public @Nullable ReadyChunk<?> read() throws IOException, InterruptedException {
        ReadyChunk<?> chunk = awaitNext();
        current = chunk;
        if (chunk.rows() == 0) {
            return null;
        }
        next = ahead.submit(opened()::next);
        return chunk;
    }

    private ReadyChunk<?> awaitNext() throws IOException, InterruptedException {
        Future<? extends ReadyChunk<?>> waiting = next;
        if (waiting == null) {
            throw notOpen();
        }
        try {
            return waiting.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("Reading ahead failed.", e);
        }
    }

    @Override
    public void update(ExecutionContext state) {
        ReadyChunk<?> written = current;
        if (written == null) {
            return;
        }
        state.putLong(POSITION, written.end().rows());
        written.leftOut().ifPresent(text -> {
            state.putString(LEFT_OUT_JA, text.ja());
            state.putString(LEFT_OUT_EN, text.en());
        });
    }

    /** Waits for the thread that reads ahead instead of interrupting it: an interrupt would close H2's files. */
    @Override
    public void close() {
        ahead.shutdown();
        try {
            ahead.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ItemStreamException("Interrupted while file " + file.id().value() + " was closed.", e);
        }
        ChunkReader<?> closing = reader;
        reader = null;
        next = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (IOException e) {
                throw new ItemStreamException("The file " + file.id().value() + " cannot be closed.", e);
            }
        }
    }

    void write(Chunk<? extends ReadyChunk<?>> chunks) {
        responses.requireOpen(file.response());
        for (ReadyChunk<?> chunk : chunks) {
            Written written = chunk.write(context);
            Position end = chunk.end();
            files.reject(file.id(), written.rejected());
            files.progress(file.id(), end.bytes(), written.counts());
        }
        if (stopSign.isUp() || files.isStopRequested(file.id())) {
            stepExecution.setTerminateOnly();
        }
    }

    private ChunkReader<?> opened() {
        ChunkReader<?> open = reader;
        if (open == null) {
            throw notOpen();
        }
        return open;
    }

    private IllegalStateException notOpen() {
        return new IllegalStateException("The file " + file.id().value() + " is not open.");
    }
}
