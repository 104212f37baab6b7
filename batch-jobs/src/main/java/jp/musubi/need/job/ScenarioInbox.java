package jp.musubi.need.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.musubi.common.store.DataFolder;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedInbox;
import jp.musubi.inbox.FeedInbox.Delivery;
import jp.musubi.inbox.FeedState;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.job.ImportJobs;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.place.Coast;
import jp.musubi.place.Position;
import jp.musubi.response.Response;
import jp.musubi.response.ScenarioFiles;
import jp.musubi.response.job.Tohoku2011;
import jp.musubi.response.job.Tohoku2011.ScenarioFile;
import jp.musubi.response.job.Tohoku2011.Size;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Sends the scenario's files through the same inbox and the same job as everybody's. */
@Component
class ScenarioInbox implements ScenarioFiles {

    private static final Duration BETWEEN_NEWS = Duration.ofSeconds(2);
    private static final List<String> KINDS = List.of(
            "hubs",
            "communities",
            "needs",
            "donations",
            "volunteers",
            "shifts",
            "cohorts",
            "sessions",
            "trainees",
            "attendance",
            "certificates",
            "follow-ups");
    private static final int MOST_FILES = 500;

    private final FeedInbox inbox;
    private final FeedFiles files;
    private final ImportJobs jobs;
    private final Coast coast;
    private final DataFolder data;

    ScenarioInbox(FeedInbox inbox, FeedFiles files, ImportJobs jobs, @Lazy Coast coast, DataFolder data) {
        this.inbox = inbox;
        this.files = files;
        this.jobs = jobs;
        this.coast = coast;
        this.data = data;
    }

    @Override
    public void load(Response response, boolean large, Consumer<String> say) {
        Size size = large ? Size.LARGE : Size.DEMO;
        List<FeedFile> known = files.list(response.id(), MOST_FILES).stream()
                .filter(file -> file.source().equals(ImportContext.SCENARIO_SOURCE))
                .toList();
        Size other = large ? Size.DEMO : Size.LARGE;
        if (known.stream().anyMatch(file -> file.name().equals(fileName(other, KINDS.get(0))))) {
            say.accept("The scenario is there in the other size (" + code(other)
                    + ") and stays so. Another --data folder can hold this one.");
            return;
        }
        boolean complete = KINDS.stream()
                .allMatch(kind -> known.stream()
                        .anyMatch(file -> file.name().equals(fileName(size, kind)) && file.state() == FeedState.DONE));
        if (complete) {
            return;
        }
        try {
            send(response, size, known, say);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the scenario's files.", e);
        }
    }

    private void send(Response response, Size size, List<FeedFile> known, Consumer<String> say) throws IOException {
        Path folder = Files.createTempDirectory(data.folder("scenario"), code(size));
        try {
            say.accept("Deriving the scenario from the facts of 2011 …");
            List<ScenarioFile> written =
                    Tohoku2011.write(size, folder, (lat, lon) -> coast.metresToLand(new Position(lat, lon)));
            for (ScenarioFile file : written) {
                FeedId feed = receive(response, size, file, failures(known, fileName(size, file.kind())));
                FeedFile settled = await(file.kind(), jobs.submit(feed), feed, say);
                say.accept(summary(file.kind(), settled));
            }
        } finally {
            delete(folder);
        }
    }

    /** A file that failed as a whole is sent anew; one that waits, runs or is done is not. */
    private static long failures(List<FeedFile> known, String name) {
        return known.stream()
                .filter(file -> file.name().equals(name) && file.state() == FeedState.FAILED)
                .count();
    }

    private FeedId receive(Response response, Size size, ScenarioFile file, long failures) throws IOException {
        try (InputStream content = Files.newInputStream(file.path())) {
            return inbox.receive(
                    new Delivery(
                            response.id(),
                            Optional.of(file.kind()),
                            ImportContext.SCENARIO_SOURCE,
                            fileName(size, file.kind()),
                            "scenario:" + fileName(size, file.kind()) + (failures == 0 ? "" : "#" + failures),
                            Optional.empty()),
                    content);
        }
    }

    private FeedFile await(String kind, CompletableFuture<FeedFile> reading, FeedId feed, Consumer<String> say) {
        while (true) {
            try {
                return reading.get(BETWEEN_NEWS.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                say.accept("Reading " + kind + ": "
                        + String.format(
                                Locale.ROOT, "%,d", files.get(feed).counts().read()) + " rows …");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Stopped while the scenario was read.", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("The scenario's " + kind + " could not be read.", e.getCause());
            }
        }
    }

    private static String summary(String kind, FeedFile file) {
        return "Scenario " + kind + ": "
                + String.format(Locale.ROOT, "%,d", file.counts().created()) + " taken"
                + (file.counts().rejected() > 0 ? ", " + file.counts().rejected() + " rejected" : "")
                + (file.state() == FeedState.DONE ? "" : " (" + file.state() + ")");
    }

    private static String fileName(Size size, String kind) {
        return "tohoku-2011-" + code(size) + "-" + kind + ".csv";
    }

    private static String code(Size size) {
        return size.name().toLowerCase(Locale.ROOT);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path path : inside.toList()) {
                Files.delete(path);
            }
        }
        Files.delete(folder);
    }
}
