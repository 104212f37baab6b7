package jp.musubi.inbox.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.DataSource;
import jp.musubi.common.cli.CannotRun;
import jp.musubi.common.cli.CommandLine;
import jp.musubi.common.cli.Installation;
import jp.musubi.common.cli.Options;
import jp.musubi.common.cli.WrongCall;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedInbox.Delivery;
import jp.musubi.inbox.FeedState;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.feed.Feeds;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code bench import [--rows N] [--db URL]}: the validated import of donation rows into lots, postings, movements and
 * balances, through the one route and the one job; on PostGIS against {@code COPY} of all resulting rows into tables with
 * the same columns, keys, checks and indexes, in the same run on the same server. Works in a database and a data folder
 * of its own, which it removes.
 */
public final class ImportBench {

    public static final List<String> OPTIONS = List.of("--rows=", "--db=");

    private static final List<String> FILLED =
            List.of("donor", "donor_detail", "posting", "lot", "movement", "balance");
    private static final long SEED = 20110311;
    private static final int DONORS = 10_000;

    private final PrintStream out;

    public ImportBench(PrintStream out) {
        this.out = out;
    }

    public int run(Options options) {
        long rows;
        try {
            rows = Long.parseLong(options.value("--rows").orElse("1000000"));
        } catch (NumberFormatException e) {
            throw new WrongCall("--rows is a whole number, but was \""
                    + options.value("--rows").orElse("") + "\".");
        }
        Path work;
        try {
            work = Files.createTempDirectory("musubi-bench");
        } catch (IOException e) {
            throw new CannotRun("Cannot make a work folder: " + e.getMessage());
        }
        Optional<String> server = options.value("--db");
        String database = "musubi_bench_" + ProcessHandle.current().pid();
        try {
            server.ifPresent(url -> execute(url, "CREATE DATABASE " + database));
            Installation installation = new Installation(
                    work, server.map(url -> url.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]+", "$1" + database)));
            try (ConfigurableApplicationContext context = ImportCommand.start(installation)) {
                out.println(measure(context, work, rows, server.isPresent()));
            }
            return CommandLine.DONE;
        } catch (IOException | SQLException e) {
            throw new CannotRun("The benchmark failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("Interrupted.");
        } finally {
            server.ifPresent(url -> execute(url, "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)"));
            delete(work);
        }
    }

    private String measure(ConfigurableApplicationContext context, Path work, long rows, boolean postgis)
            throws IOException, SQLException, InterruptedException {
        DataSource database = context.getBean(DataSource.class);
        Response response = context.getBean(Responses.class)
                .open(new Response(
                        new ResponseId(0),
                        "bench",
                        "測定",
                        "Benchmark",
                        ZoneId.of("Asia/Tokyo"),
                        List.of(Locale.JAPANESE),
                        new Bounds(36.5, 138.5, 41.8, 142.5),
                        new ResponseClock.Fixed(Instant.parse("2011-03-14T00:00:00Z")),
                        true));
        Path file = work.resolve("donations.csv");
        write(file, rows);

        long began = System.nanoTime();
        FeedFile imported = importFile(context, response, file);
        double importSeconds = seconds(began);
        if (imported.state() != FeedState.DONE || imported.counts().created() != rows) {
            throw new CannotRun("The import did not take every row: " + imported.state() + " " + imported.counts() + " "
                    + imported.message());
        }
        StringBuilder result = new StringBuilder(String.format(
                Locale.ROOT,
                "{\"benchmark\":\"import\",\"database\":\"%s\",\"java\":\"%s\",\"maxHeapMiB\":%d,\"rows\":%d,"
                        + "\"importSeconds\":%.1f,\"importRowsPerSecond\":%.0f",
                postgis ? "postgis" : "h2gis",
                Runtime.version(),
                Runtime.getRuntime().maxMemory() >> 20,
                rows,
                importSeconds,
                rows / importSeconds));
        if (postgis) {
            Map<String, Double> copies = copy(database, work);
            double copySeconds =
                    copies.values().stream().mapToDouble(Double::doubleValue).sum();
            result.append(String.format(
                    Locale.ROOT,
                    ",\"copySeconds\":%.1f,\"copyRowsPerSecond\":%.0f,\"importToCopy\":%.2f",
                    copySeconds,
                    rows / copySeconds,
                    copySeconds / importSeconds));
        }
        return result.append('}').toString();
    }

    private static FeedFile importFile(ConfigurableApplicationContext context, Response response, Path file)
            throws IOException, InterruptedException {
        FeedId id;
        try (InputStream content = Files.newInputStream(file)) {
            id = context.getBean(Feeds.class)
                    .send(
                            new Delivery(
                                    response.id(),
                                    Optional.of("donations"),
                                    ImportContext.DEFAULT_SOURCE,
                                    "donations.csv",
                                    "bench",
                                    Optional.empty()),
                            content);
        }
        FeedFiles files = context.getBean(FeedFiles.class);
        while (!files.get(id).state().isSettled()) {
            Thread.sleep(100);
        }
        return files.get(id);
    }

    /** Seeded gifts in the Kitakami valley, far from any coast, of 10,000 givers. */
    private static void write(Path file, long rows) throws IOException {
        String[] items = {"WATER", "WATER-HOUSEHOLD", "WATER-CONTAINER"};
        Random random = new Random(SEED);
        try (BufferedWriter csv = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            csv.write("lot_id,item,quantity,lat,lon,donor,available_from,expires_at\n");
            for (long i = 0; i < rows; i++) {
                csv.write(String.format(
                        Locale.ROOT,
                        "L-%07d,%s,%d,%.5f,%.5f,寄付者%05d,2011-03-%02dT%02d:00:00+09:00,2011-06-%02dT00:00:00+09:00\n",
                        i,
                        items[random.nextInt(items.length)],
                        1 + random.nextInt(500),
                        39.0 + 0.8 * random.nextDouble(),
                        140.95 + 0.2 * random.nextDouble(),
                        random.nextInt(DONORS),
                        14 + random.nextInt(10),
                        random.nextInt(24),
                        1 + random.nextInt(30)));
            }
        }
    }

    /** Seconds of COPY for each table that the import filled. */
    private static Map<String, Double> copy(DataSource database, Path work) throws IOException, SQLException {
        Map<String, Double> seconds = new LinkedHashMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String table : FILLED) {
                try (OutputStream dump = Files.newOutputStream(work.resolve(table))) {
                    copies.copyOut("COPY " + table + " TO STDOUT", dump);
                }
                statement.execute("CREATE TABLE bench_" + table + " (LIKE " + table + " INCLUDING ALL)");
            }
            for (String table : FILLED) {
                for (String constraint : foreignKeys(statement, table)) {
                    statement.execute("ALTER TABLE bench_" + table + " ADD "
                            + constraint.replaceAll(
                                    "REFERENCES (" + String.join("|", FILLED) + ")\\(", "REFERENCES bench_$1("));
                }
            }
            connection.commit();
            for (String table : FILLED) {
                long began = System.nanoTime();
                try (InputStream dump = Files.newInputStream(work.resolve(table))) {
                    copies.copyIn("COPY bench_" + table + " FROM STDIN", dump);
                }
                connection.commit();
                seconds.put(table, seconds(began));
            }
        }
        return seconds;
    }

    private static List<String> foreignKeys(Statement statement, String table) throws SQLException {
        List<String> definitions = new ArrayList<>();
        try (var rows = statement.executeQuery("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'"
                + " AND conrelid = '" + table + "'::regclass")) {
            while (rows.next()) {
                definitions.add(rows.getString(1));
            }
        }
        return definitions;
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new CannotRun("The database server refused: " + e.getMessage());
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new CannotRun("Cannot remove " + folder + ": " + e.getMessage());
        }
    }
}
