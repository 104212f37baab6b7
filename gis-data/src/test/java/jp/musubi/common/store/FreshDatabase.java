package jp.musubi.common.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** Gives a test context an empty database and an empty data folder. */
public final class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** {@code h2gis} or {@code postgis}. */
    public static final String DATABASE = System.getProperty("musubi.it.database", "h2gis");

    private static final String H2_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String name = "musubi_it_" + UUID.randomUUID().toString().replace("-", "");
        String url = DATABASE.equals("postgis") ? createPostgis(name, context) : "jdbc:h2:mem:" + name + H2_OPTIONS;
        try {
            TestPropertyValues.of(Map.of(
                            "spring.datasource.url",
                            url,
                            "spring.datasource.username",
                            DATABASE.equals("postgis") ? "" : "sa",
                            "spring.datasource.hikari.maximum-pool-size",
                            "24",
                            // Tests seal the ledger when they mean to.
                            "musubi.ledger.seal-every-seconds",
                            "0",
                            "musubi.data",
                            Files.createTempDirectory("musubi-it").toString()))
                    .applyTo(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String createPostgis(String name, ConfigurableApplicationContext context) {
        String server = System.getProperty("musubi.it.postgis", "");
        if (server.isEmpty()) {
            throw new IllegalStateException(
                    "-Dmusubi.it.postgis=jdbc:postgresql://HOST:PORT/postgres?user=… names the server for tests.");
        }
        execute(server, "CREATE DATABASE " + name);
        context.addApplicationListener(event -> {
            if (event instanceof ContextClosedEvent closed && closed.getApplicationContext() == context) {
                execute(server, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            }
        });
        return server.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]+", "$1" + name);
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The test server refused: " + sql, e);
        }
    }
}
