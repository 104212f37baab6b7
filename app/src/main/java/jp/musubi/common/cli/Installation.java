package jp.musubi.common.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where one installation keeps its data, and how its database is reached.
 *
 * @param databaseUrl a JDBC URL of PostGIS; empty for the embedded H2GIS database in the data folder
 */
public record Installation(Path data, Optional<String> databaseUrl) {

    private static final String H2_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE";

    /** From {@code --data} (default {@code data}) and {@code --db}. */
    public static Installation from(Options options) {
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

    /** The Spring properties that say all this. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("musubi.data", data.toString());
        properties.put(
                "spring.datasource.url",
                databaseUrl.orElse("jdbc:h2:file:" + data.resolve("database").resolve("musubi") + H2_OPTIONS));
        if (databaseUrl.isEmpty()) {
            properties.put("spring.datasource.username", "sa");
        }
        properties.put(
                "logging.file.name", data.resolve("log").resolve("musubi.log").toString());
        return properties;
    }
}
