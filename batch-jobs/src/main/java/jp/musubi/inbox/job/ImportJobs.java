package jp.musubi.inbox.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jp.musubi.common.BilingualText;
import jp.musubi.common.store.DataFolder;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedState;
import jp.musubi.inbox.store.DropFolder;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFile.Message;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.response.ResponseClosed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/**
 * Runs the import job: one file after the other, in the order they came, so that needs find the communities that were
 * sent just before them.
 */
@Component
public class ImportJobs implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ImportJobs.class);

    /** A deadlock or lock timeout against people's work is tried again from the last chunk, at most this often. */
    private static final int MOST_ATTEMPTS = 8;

    private static final String UNEXPECTED = "unexpected";
    private static final String CLOSED = "response-closed";
    private static final Set<String> RESUMABLE = Set.of(UNEXPECTED, CLOSED);

    private final FeedFiles files;
    private final DropFolder dropFolder;
    private final JobOperator operator;
    private final JobRepository repository;
    private final Job importJob;
    private final String node;
    private final ExecutorService queue;
    private final Clock clock;
    private volatile boolean closing;
    private Instant retentionEnded = Instant.EPOCH;

    ImportJobs(
            FeedFiles files,
            DropFolder dropFolder,
            JobOperator operator,
            JobRepository repository,
            Job importJob,
            DataFolder data,
            Clock clock) {
        this.files = files;
        this.dropFolder = dropFolder;
        this.operator = operator;
        this.repository = repository;
        this.importJob = importJob;
        this.node = nodeOf(data);
        this.clock = clock;
        this.queue = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "imports");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Queues a file that was received. */
    public void enqueue(FeedId feed) {
        queue.execute(() -> {
            run(feed);
            endRetention();
        });
    }

    /** Queues a file and gives it back as it stands when it is settled, or when the process ends. */
    public CompletableFuture<FeedFile> submit(FeedId feed) {
        return CompletableFuture.supplyAsync(
                () -> {
                    run(feed);
                    return files.get(feed);
                },
                queue);
    }

    /**
     * Takes up what a former process left: files that wait and files it was reading when it ended. For the start of a
     * server; safe while others run on the same database, because a file belongs to its node until its lease runs out.
     */
    public List<FeedId> takeUp() {
        List<FeedId> unfinished = files.listUnfinished(node);
        unfinished.forEach(this::enqueue);
        queue.execute(this::endRetention);
        return unfinished;
    }

    /** Once a day, between two files. */
    private void endRetention() {
        Instant now = clock.instant();
        if (closing || retentionEnded.plus(Duration.ofDays(1)).isAfter(now)) {
            return;
        }
        retentionEnded = now;
        try {
            int deleted = files.endRetention();
            if (deleted > 0) {
                log.info("Deleted the content of {} files whose retention has ended.", deleted);
            }
            int originals = dropFolder.endRetention();
            if (originals > 0) {
                log.info("Deleted {} originals in the inbox folder whose retention has ended.", originals);
            }
        } catch (IOException | RuntimeException e) {
            log.error("Content whose retention has ended could not be deleted.", e);
        }
    }

    /** Asks a file's reading to stop after the rows at hand. False if it is settled already. */
    public boolean stop(FeedId feed) {
        return files.requestStop(feed);
    }

    /** Goes on with a stopped or failed file where it was left. False if it is neither. */
    public boolean resume(FeedId feed) {
        boolean queued = files.requeue(feed);
        if (queued) {
            enqueue(feed);
        }
        return queued;
    }

    /** Whether a failed file may be resumed, also after its response was reopened; one that is no table may not. */
    public static boolean isResumable(FeedFile file) {
        return file.state() == FeedState.STOPPED
                || (file.state() == FeedState.FAILED
                        && RESUMABLE.contains(file.message().map(Message::code).orElse("")));
    }

    boolean isClosing() {
        return closing;
    }

    private void run(FeedId feed) {
        if (closing || !files.claim(feed, node)) {
            return;
        }
        try {
            for (int attempt = 1; ; attempt++) {
                JobExecution execution = execute(feed);
                if (closing && execution.getStatus() == BatchStatus.STOPPED) {
                    return;
                }
                boolean again = execution.getStatus() == BatchStatus.FAILED
                        && attempt < MOST_ATTEMPTS
                        && cause(execution, ConcurrencyFailureException.class).isPresent();
                if (!again) {
                    settle(feed, execution);
                    return;
                }
            }
        } catch (JobInstanceAlreadyCompleteException e) {
            files.settle(feed, FeedState.DONE, Optional.empty());
        } catch (JobExecutionException | RuntimeException e) {
            log.error("Import of file {} failed.", feed.value(), e);
            files.settle(feed, FeedState.FAILED, Optional.of(unexpected(feed)));
        }
    }

    private JobExecution execute(FeedId feed) throws JobExecutionException {
        JobParameters parameters = new JobParametersBuilder()
                .addLong(ImportJobConfiguration.FEED, feed.value())
                .toJobParameters();
        JobExecution last = repository.getLastJobExecution(ImportJobConfiguration.JOB, parameters);
        if (last != null && last.getStatus().isRunning()) {
            // Its process is dead: this node has the file to itself.
            operator.recover(last);
        }
        return operator.start(importJob, parameters);
    }

    private void settle(FeedId feed, JobExecution execution) {
        FeedFile file = files.get(feed);
        log.info("Import of file {} ended {}: {}", feed.value(), execution.getStatus(), file.counts());
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            if (file.counts().read() == 0) {
                files.settle(
                        feed,
                        FeedState.FAILED,
                        Optional.of(new Message(
                                "no-rows",
                                BilingualText.of("見出しだけで、データの行がありません。", "There is a header, but no rows below it."))));
            } else {
                files.settle(feed, FeedState.DONE, leftOut(execution));
            }
        } else if (execution.getStatus() == BatchStatus.STOPPED) {
            files.settle(feed, FeedState.STOPPED, Optional.empty());
        } else {
            Message message = cause(execution, UnreadableTable.class)
                    .map(unreadable -> new Message(unreadable.code(), unreadable.text()))
                    .or(() -> cause(execution, ResponseClosed.class).map(closed -> new Message(CLOSED, closed.text())))
                    .orElseGet(() -> unexpected(feed));
            if (message.code().equals(UNEXPECTED)) {
                log.error(
                        "Import of file {} failed.",
                        feed.value(),
                        cause(execution, Throwable.class).orElse(null));
            }
            files.settle(feed, FeedState.FAILED, Optional.of(message));
        }
    }

    private static Optional<Message> leftOut(JobExecution execution) {
        return execution.getStepExecutions().stream()
                .map(step -> step.getExecutionContext())
                .filter(context -> context.containsKey(ImportRun.LEFT_OUT_JA))
                .map(context -> new Message(
                        "left-out",
                        BilingualText.of(
                                context.getString(ImportRun.LEFT_OUT_JA), context.getString(ImportRun.LEFT_OUT_EN))))
                .findFirst();
    }

    private static Message unexpected(FeedId feed) {
        return new Message(
                UNEXPECTED,
                BilingualText.of(
                        "読み込みの途中で思わぬ問題が起きました。読み終えた行は保存されています。「再開」を押すと続きから読みます(記録番号 " + feed.value() + ")。",
                        "Something unexpected happened while reading. The rows read so far are kept; resume to go on from there (log id "
                                + feed.value() + ")."));
    }

    private static <E extends Throwable> Optional<E> cause(JobExecution execution, Class<E> type) {
        for (Throwable failure : execution.getAllFailureExceptions()) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (type.isInstance(cause)) {
                    return Optional.of(type.cast(cause));
                }
            }
        }
        return Optional.empty();
    }

    /** A name that stays with the data folder, so that a restarted process knows its own unfinished files. */
    private static String nodeOf(DataFolder data) {
        Path file = data.root().resolve("node");
        try {
            Files.createDirectories(data.root());
            if (!Files.exists(file)) {
                Files.writeString(file, UUID.randomUUID().toString());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or make " + file + ".", e);
        }
    }

    /** Lets the chunk at hand end; the rest is taken up at the next start. */
    @Override
    public void destroy() throws InterruptedException {
        closing = true;
        queue.shutdown();
        if (!queue.awaitTermination(30, TimeUnit.SECONDS)) {
            queue.shutdownNow();
        }
    }
}
