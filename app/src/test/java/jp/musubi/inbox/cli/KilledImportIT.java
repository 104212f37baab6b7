package jp.musubi.inbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import jp.musubi.common.cli.Installation;
import jp.musubi.common.cli.ServingFile;
import jp.musubi.common.store.FreshDatabase;
import jp.musubi.inbox.FeedInbox;
import jp.musubi.inbox.FeedInbox.Delivery;
import jp.musubi.inbox.FeedState;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.job.ImportJobs;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.inbox.store.RejectedRow;
import jp.musubi.ledger.LedgerVerification;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole program as a process of its own, ended by SIGKILL while it reads a file, and started again. */
class KilledImportIT {

    private static final int ROWS = 12_000;
    private static final long SEED = 20110311;

    /** Shares of the file after which the process is killed. */
    private static final double[] KILLED_AFTER = {0.10, 0.35, 0.70};

    private final JsonMapper json = new JsonMapper();
    private final Random random = new Random(SEED);

    @TempDir
    private Path data;

    private Optional<String> url = Optional.empty();

    @BeforeEach
    void freshDatabase() throws SQLException {
        if (FreshDatabase.DATABASE.equals("postgis")) {
            String name = "musubi_it_" + UUID.randomUUID().toString().replace("-", "");
            String server = System.getProperty("musubi.it.postgis", "");
            execute(server, "CREATE DATABASE " + name);
            url = Optional.of(server.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]+", "$1" + name));
        }
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        if (url.isPresent()) {
            String name = url.get().replaceFirst("jdbc:postgresql://[^/]+/([^?]+).*", "$1");
            execute(System.getProperty("musubi.it.postgis", ""), "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        }
    }

    @Test
    void resumesByItselfAfterEveryKillAndEndsLikeAnUndisturbedRun() throws Exception {
        String table = table();
        try (ConfigurableApplicationContext context = here()) {
            open(context, "killed");
        }
        Path folder =
                Files.createDirectories(data.resolve("inbox").resolve("killed").resolve("donations"));
        Files.writeString(folder.resolve("gifts.csv"), table, StandardCharsets.UTF_8);

        long before = 0;
        for (double share : KILLED_AFTER) {
            Process process = start();
            try {
                JsonNode file = await(process, (long) (share * ROWS));
                assertThat(file.path("state").asString()).isEqualTo("RUNNING");
                assertThat(file.path("rowsRead").asLong()).isGreaterThanOrEqualTo(before);
                before = file.path("rowsRead").asLong();
                assertThat(process.waitFor(random.nextInt(40), TimeUnit.MILLISECONDS))
                        .isFalse();
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        Process last = start();
        try {
            JsonNode file = await(last, Long.MAX_VALUE);
            assertThat(file.path("rowsRead").asLong()).isEqualTo(ROWS);
        } finally {
            last.destroyForcibly().waitFor();
        }

        try (ConfigurableApplicationContext context = here()) {
            FeedFiles files = context.getBean(FeedFiles.class);
            Response killed =
                    context.getBean(Responses.class).findByCode("killed").orElseThrow();
            Response undisturbed = open(context, "undisturbed");
            FeedFile expected = importedHere(context, undisturbed, table);
            FeedFile found = files.list(killed.id(), 10).get(0);

            assertThat(files.list(killed.id(), 10)).hasSize(1);
            assertThat(found.state()).isEqualTo(FeedState.DONE);
            assertThat(found.counts()).isEqualTo(expected.counts());
            assertThat(expected.counts().created()).isGreaterThan(ROWS * 9 / 10);
            assertThat(expected.counts().rejected()).isGreaterThan(ROWS / 100);
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            assertThat(ledger(jdbc, killed)).isEqualTo(ledger(jdbc, undisturbed));
            assertThat(postings(jdbc, killed)).isEqualTo(postings(jdbc, undisturbed));
            assertThat(rejected(files, found)).isEqualTo(rejected(files, expected));
            assertThat(context.getBean(LedgerVerification.class).verify().findings())
                    .isEmpty();
            assertThat(jdbc.queryForObject(
                            "SELECT count(*) FROM batch_job_execution WHERE status <> 'COMPLETED' AND end_time IS NULL",
                            Long.class))
                    .isZero();
        }
    }

    /** Gifts of 40 givers; some rows are wrong, some repeat the id of a row far above. */
    private String table() {
        StringBuilder table = new StringBuilder("lot_id,item,quantity,lat,lon,donor,available_from\n");
        for (int i = 0; i < ROWS; i++) {
            String id = i % 101 == 100 ? "L-" + random.nextInt(i) : "L-" + i;
            String quantity = i % 97 == 0 ? "many" : String.valueOf(1 + random.nextInt(500));
            table.append(String.format(
                    Locale.ROOT,
                    "%s,WATER,%s,%.5f,%.5f,寄付者%d,2011-03-14T%02d:00:00+09:00%n",
                    id,
                    quantity,
                    39.0 + 0.8 * random.nextDouble(),
                    140.95 + 0.2 * random.nextDouble(),
                    random.nextInt(40),
                    random.nextInt(24)));
        }
        return table.toString();
    }

    private Process start() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmusubi.inbox.chunk=200",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "jp.musubi.Musubi",
                "run",
                "--scenario",
                "none",
                "--port",
                String.valueOf(port),
                "--data",
                data.toString()));
        url.ifPresent(database -> command.addAll(List.of("--db", database)));
        File said = data.resolve("said.txt").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said))
                .start();
    }

    /** The file as the running server tells of it as soon as it has read so many rows or is through. */
    private JsonNode await(Process process, long rows) throws IOException, InterruptedException {
        Instant end = Instant.now().plusSeconds(300);
        Optional<ServingFile> server = Optional.empty();
        HttpClient http = HttpClient.newHttpClient();
        while (Instant.now().isBefore(end)) {
            assertThat(process.waitFor(10, TimeUnit.MILLISECONDS))
                    .as("the program ended: %s", Files.readString(data.resolve("said.txt")))
                    .isFalse();
            if (server.isEmpty()) {
                server = ServingFile.find(data);
                continue;
            }
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(server.get().address() + "/r/killed/api/v1/imports"))
                            .header("Authorization", "Bearer " + server.get().secret())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode file = json.readTree(answer.body()).path(0);
            if (file.path("rowsRead").asLong() >= rows || file.path("settled").asBoolean()) {
                return file;
            }
        }
        throw new AssertionError("The file was not read in time: " + Files.readString(data.resolve("said.txt")));
    }

    private ConfigurableApplicationContext here() {
        return ImportCommand.start(new Installation(data, url));
    }

    private static Response open(ConfigurableApplicationContext context, String code) {
        return context.getBean(Responses.class).open(TestResponse.at(Instant.parse("2011-03-14T00:00:00Z"), code));
    }

    private static FeedFile importedHere(ConfigurableApplicationContext context, Response response, String table)
            throws IOException {
        return context.getBean(ImportJobs.class)
                .submit(context.getBean(FeedInbox.class)
                        .receive(
                                new Delivery(
                                        response.id(),
                                        Optional.of("donations"),
                                        ImportContext.DEFAULT_SOURCE,
                                        "gifts.csv",
                                        "undisturbed",
                                        Optional.empty()),
                                new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8))))
                .join();
    }

    /** Every row that the file made, without the ids that the database gave. */
    private static List<List<Object>> ledger(JdbcTemplate jdbc, Response response) {
        return jdbc.query(
                """
                SELECT l.external_id, l.source, l.revision, i.code, l.substance, d.name, l.hub_id, l.latitude, l.longitude,
                       l.available_from, l.expires_at, l.pack_size, l.cold_chain, l.feed_sheet, l.feed_line, l.derived,
                       p.cause, p.effective_at, m.line_no, f.kind AS from_kind, t.kind AS to_kind, t.ref_id, m.quantity,
                       b.on_hand, b.reserved
                  FROM lot l
                  JOIN item i ON i.id = l.item_id
                  LEFT JOIN posting p ON p.id = l.posting_id
                  LEFT JOIN movement m ON m.posting_id = p.id
                  LEFT JOIN account f ON f.id = m.from_account_id
                  LEFT JOIN account t ON t.id = m.to_account_id
                  LEFT JOIN balance b ON b.lot_id = m.lot_id AND b.account_id = m.to_account_id
                  LEFT JOIN donor_detail d ON d.donor_id = l.donor_id
                 WHERE l.response_id = ?
                 ORDER BY l.external_id, l.revision, m.line_no""",
                (row, n) -> {
                    List<Object> values = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        values.add(String.valueOf(row.getObject(i)));
                    }
                    return values;
                },
                response.id().value());
    }

    private static List<Object> postings(JdbcTemplate jdbc, Response response) {
        return List.copyOf(jdbc.queryForMap("""
                        SELECT count(DISTINCT p.id) AS postings, count(m.line_no) AS movements, sum(m.quantity) AS units
                          FROM posting p LEFT JOIN movement m ON m.posting_id = p.id
                         WHERE p.response_id = ?""", response.id().value()).values());
    }

    private static List<String> rejected(FeedFiles files, FeedFile file) {
        List<String> rows = new ArrayList<>();
        long after = 0;
        for (List<RejectedRow> page = files.listRejected(file.id(), after, 1000);
                !page.isEmpty();
                page = files.listRejected(file.id(), after, 1000)) {
            page.forEach(row -> rows.add(row.sheet() + " " + row.line() + " " + row.cells() + " " + row.problems()));
            after = page.get(page.size() - 1).id();
        }
        return rows;
    }

    private static void execute(String server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
