package jp.musubi.common.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import jp.musubi.common.store.Restore;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Where one installation keeps its data, and how its database is reached.
 *
 * @param databaseUrl a JDBC URL of PostGIS; empty for the embedded H2GIS database in the data folder
 */
public record Installation(Path data, Optional<String> databaseUrl) {

    private static final String H2_USER = "sa";

    /** Every commit is in the file before it is answered: by default, a killed process loses the last half second. */
    private static final String H2_OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";

    /** From {@code --data} (default {@code data}) and {@code --db}. */
    public static Installation from(Options options) {
        Installation installation = toRestoreInto(options);
        if (Restore.isUnfinished(installation.data())) {
            throw new CannotRun("A restore into " + installation.data()
                    + " was interrupted. Run ./musubi restore FILE again with the same options; it starts afresh.");
        }
        return installation;
    }

    /** The same, where a restore may be unfinished. */
    static Installation toRestoreInto(Options options) {
        Path data =
                Path.of(options.value("--data").orElse("data")).toAbsolutePath().normalize();
        Optional<String> url = options.value("--db");
        url.ifPresent(text -> {
            if (!text.startsWith("jdbc:postgresql://")) {
                throw new WrongCall(
                        "--db wants jdbc:postgresql://HOST:PORT/DATABASE?user=…, but was \"" + text + "\".");
            }
        });
        try {
            Files.createDirectories(data);
            Path probe = Files.createTempFile(data, "probe", "");
            Files.delete(probe);
        } catch (IOException e) {
            throw new CannotRun("Cannot write to the data folder " + data
                    + ". Choose another with --data DIR, or make it writable for this user.");
        }
        return new Installation(data, url);
    }

    /** The database as it is, without a running program. */
    DataSource openDatabase() {
        if (databaseUrl.isEmpty() && !Files.exists(h2File().resolveSibling("musubi.mv.db"))) {
            throw new CannotRun("There is no database in " + data + ". Name the data folder with --data DIR.");
        }
        return makeDatabase();
    }

    /** The database; the embedded one is made if it is missing. */
    DataSource makeDatabase() {
        return databaseUrl.isPresent()
                ? new DriverManagerDataSource(url())
                : new DriverManagerDataSource(url(), H2_USER, "");
    }

    private String url() {
        return databaseUrl.orElse("jdbc:h2:file:" + h2File() + H2_OPTIONS);
    }

    private Path h2File() {
        return data.resolve("database").resolve("musubi");
    }

    /** The Spring properties that say all this. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("musubi.data", data.toString());
        properties.put("spring.datasource.url", url());
        if (databaseUrl.isEmpty()) {
            properties.put("spring.datasource.username", H2_USER);
        }
        properties.put(
                "logging.file.name", data.resolve("log").resolve("musubi.log").toString());
        return properties;
    }
}
