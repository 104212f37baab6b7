package jp.musubi.inbox.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.Musubi;
import jp.musubi.common.cli.CannotRun;
import jp.musubi.common.cli.CommandLine;
import jp.musubi.common.cli.Installation;
import jp.musubi.common.cli.Options;
import jp.musubi.common.cli.ServingFile;
import jp.musubi.common.cli.WrongCall;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedInbox.Delivery;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKinds;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.feed.Feeds;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.inbox.store.RejectedRow;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClosed;
import jp.musubi.response.Responses;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code import KIND FILE…}: sends files into the one route and waits until they are read. If the data folder is being
 * served, the running server does it; else this process does, with the same parts.
 */
public final class ImportCommand {

    public static final List<String> OPTIONS = List.of("--data=", "--db=", "--response=", "--source=");

    private static final int ROWS_LISTED = 100;
    private static final long POLL_MILLIS = 300;

    private final PrintStream out;
    private final PrintStream err;

    public ImportCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** What became of one file. */
    private record Outcome(
            String state, long read, long created, long unchanged, long corrected, long rejected, String message) {}

    /** One line about a rejected row. */
    private record Rejection(
            String sheet, long line, String column, String code, String value, String expected, String remedy) {}

    /** Where the files go: the running server or this process. */
    private interface Destination {
        long send(Path file) throws IOException, InterruptedException;

        Optional<Outcome> findSettled(long id) throws IOException, InterruptedException;

        List<Rejection> listRejected(long id) throws IOException, InterruptedException;
    }

    public int run(Options options) {
        if (options.words().size() < 2) {
            throw new WrongCall("import wants a KIND and at least one FILE, e.g. ./musubi import needs needs.csv");
        }
        String kind = options.words().get(0);
        List<Path> files = options.words().subList(1, options.words().size()).stream()
                .map(Path::of)
                .toList();
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new WrongCall("Cannot read the file " + file + ".");
            }
        }
        String source = options.value("--source").orElse(ImportContext.DEFAULT_SOURCE);
        Installation installation = Installation.from(options);
        try {
            Optional<ServingFile> server = ServingFile.find(installation.data());
            if (server.isPresent()) {
                HttpClient http = server.get().client(installation.data());
                return importAll(new Server(server.get(), http, kind, source, options.value("--response")), files);
            }
            try (ConfigurableApplicationContext context = start(installation)) {
                return importAll(new Here(context, kind, source, options.value("--response")), files);
            }
        } catch (ResponseClosed e) {
            throw new CannotRun(e.text().en());
        } catch (IOException e) {
            throw new CannotRun("The import failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("Interrupted; the files are kept and read at the next start.");
        }
    }

    private int importAll(Destination destination, List<Path> files) throws IOException, InterruptedException {
        int exit = CommandLine.DONE;
        for (Path file : files) {
            long id = destination.send(file);
            Optional<Outcome> outcome = destination.findSettled(id);
            while (outcome.isEmpty()) {
                Thread.sleep(POLL_MILLIS);
                outcome = destination.findSettled(id);
            }
            exit = worse(exit, report(file, id, outcome.get(), destination));
        }
        return exit;
    }

    private int report(Path file, long id, Outcome outcome, Destination destination)
            throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%s: %,d rows read, %,d new, %,d unchanged, %,d corrected, %,d rejected%n",
                file.getFileName(),
                outcome.read(),
                outcome.created(),
                outcome.unchanged(),
                outcome.corrected(),
                outcome.rejected());
        if (!outcome.message().isEmpty()) {
            err.println(file.getFileName() + ": " + outcome.message());
        }
        if (!outcome.state().equals("DONE")) {
            return CommandLine.FAILED;
        }
        if (outcome.rejected() == 0) {
            return CommandLine.DONE;
        }
        List<Rejection> rejected = destination.listRejected(id);
        for (Rejection row : rejected.subList(0, Math.min(ROWS_LISTED, rejected.size()))) {
            err.printf(
                    Locale.ROOT,
                    "%s: %sline %d%s: [%s] \"%s\" – expected: %s. %s%n",
                    file.getFileName(),
                    row.sheet().isEmpty() ? "" : row.sheet() + " ",
                    row.line(),
                    row.column().isEmpty() ? "" : ", " + row.column(),
                    row.code(),
                    row.value(),
                    row.expected(),
                    row.remedy());
        }
        if (rejected.size() > ROWS_LISTED) {
            err.println("… and more: /imports/" + id + " shows and downloads them all.");
        }
        return CommandLine.ROWS_REJECTED;
    }

    private static int worse(int one, int other) {
        return one == CommandLine.FAILED || other == CommandLine.FAILED ? CommandLine.FAILED : Math.max(one, other);
    }

    static ConfigurableApplicationContext start(Installation installation) {
        Map<String, Object> properties = installation.properties();
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        properties.put("musubi.inbox.watch", false);
        properties.put("musubi.inbox.take-up", false);
        try {
            return new SpringApplicationBuilder(Musubi.class)
                    .bannerMode(Banner.Mode.OFF)
                    .properties(properties)
                    .run();
        } catch (RuntimeException e) {
            throw CannotRun.starting(e, properties);
        }
    }

    /** The running server, spoken to as its operator. */
    private static final class Server implements Destination {

        private final ServingFile server;
        private final String kind;
        private final String source;
        private final String prefix;
        private final HttpClient http;
        private final JsonMapper json = new JsonMapper();

        Server(ServingFile server, HttpClient http, String kind, String source, Optional<String> response) {
            this.server = server;
            this.http = http;
            this.kind = kind;
            this.source = source;
            this.prefix = response.map(code -> "/r/" + encoded(code)).orElse("") + "/api/v1/imports";
        }

        @Override
        public long send(Path file) throws IOException, InterruptedException {
            String query = "?kind=" + encoded(kind) + "&source=" + encoded(source) + "&name="
                    + encoded(String.valueOf(file.getFileName()));
            JsonNode answer = ask(request(query)
                    .header("Content-Type", "application/octet-stream")
                    .POST(HttpRequest.BodyPublishers.ofFile(file)));
            return answer.path("id").asLong();
        }

        @Override
        public Optional<Outcome> findSettled(long id) throws IOException, InterruptedException {
            JsonNode file = ask(request("/" + id).GET());
            return file.path("settled").asBoolean()
                    ? Optional.of(new Outcome(
                            file.path("state").asString(),
                            file.path("rowsRead").asLong(),
                            file.path("rowsCreated").asLong(),
                            file.path("rowsUnchanged").asLong(),
                            file.path("rowsCorrected").asLong(),
                            file.path("rowsRejected").asLong(),
                            file.path("message").isNull()
                                    ? ""
                                    : file.path("message").asString()))
                    : Optional.empty();
        }

        @Override
        public List<Rejection> listRejected(long id) throws IOException, InterruptedException {
            return ask(request("/" + id + "/rejected").GET())
                    .valueStream()
                    .map(row -> new Rejection(
                            row.path("sheet").asString(),
                            row.path("line").asLong(),
                            row.path("column").asString(),
                            row.path("code").asString(),
                            row.path("value").asString(),
                            row.path("expected").asString(),
                            row.path("remedy").asString()))
                    .toList();
        }

        private HttpRequest.Builder request(String rest) {
            return HttpRequest.newBuilder(URI.create(server.address() + prefix + rest))
                    .header("Authorization", "Bearer " + server.secret())
                    .header("Accept", "application/json")
                    .header("Accept-Language", "en");
        }

        private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() == 400 || answer.statusCode() == 404) {
                JsonNode problem = json.readTree(answer.body());
                throw new WrongCall(problem.path("title").asString() + " "
                        + problem.path("detail").asString());
            }
            if (answer.statusCode() == 409) {
                throw new CannotRun(json.readTree(answer.body()).path("detail").asString());
            }
            if (answer.statusCode() / 100 != 2) {
                throw new CannotRun("The running Musubi answered with status " + answer.statusCode() + ".");
            }
            return json.readTree(answer.body());
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /** This process, when nobody serves the data folder. */
    private static final class Here implements Destination {

        private final Feeds feeds;
        private final FeedFiles files;
        private final Response response;
        private final String kind;
        private final String source;

        Here(ConfigurableApplicationContext context, String kind, String source, Optional<String> code) {
            this.feeds = context.getBean(Feeds.class);
            this.files = context.getBean(FeedFiles.class);
            this.kind = kind;
            this.source = source;
            ImportKinds kinds = context.getBean(ImportKinds.class);
            if (kinds.find(kind).isEmpty()) {
                throw new WrongCall("There is no kind \"" + kind + "\". Known: "
                        + String.join(
                                ", ",
                                kinds.list().stream().map(known -> known.name()).toList())
                        + ".");
            }
            Responses responses = context.getBean(Responses.class);
            this.response = code.map(wanted -> responses
                            .findByCode(wanted)
                            .orElseThrow(() -> new WrongCall("There is no response \"" + wanted + "\". Known: "
                                    + String.join(
                                            ", ",
                                            responses.listResponses().stream()
                                                    .map(Response::code)
                                                    .toList())
                                    + ".")))
                    .or(() -> responses.listResponses().stream().findFirst())
                    .orElseThrow(() -> new CannotRun(
                            "This installation has no response yet. Start it once with ./musubi run and open one."));
        }

        @Override
        public long send(Path file) throws IOException {
            try (InputStream content = Files.newInputStream(file)) {
                FeedId id = feeds.send(
                        new Delivery(
                                response.id(),
                                Optional.of(kind),
                                source,
                                String.valueOf(file.getFileName()),
                                "command:" + UUID.randomUUID(),
                                Optional.empty()),
                        content);
                return id.value();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        @Override
        public Optional<Outcome> findSettled(long id) {
            FeedFile file = files.get(new FeedId(id));
            return file.state().isSettled()
                    ? Optional.of(new Outcome(
                            file.state().name(),
                            file.counts().read(),
                            file.counts().created(),
                            file.counts().unchanged(),
                            file.counts().corrected(),
                            file.counts().rejected(),
                            file.message().map(message -> message.text().en()).orElse("")))
                    : Optional.empty();
        }

        @Override
        public List<Rejection> listRejected(long id) {
            return files.listRejected(new FeedId(id), 0, ROWS_LISTED + 1).stream()
                    .flatMap(row -> row.problems().stream().map(problem -> rejection(row, problem)))
                    .toList();
        }

        private static Rejection rejection(RejectedRow row, RowProblem problem) {
            return new Rejection(
                    row.sheet(),
                    row.line(),
                    problem.place().column(),
                    problem.code(),
                    problem.value(),
                    problem.expected().en(),
                    problem.remedy().en());
        }
    }
}
