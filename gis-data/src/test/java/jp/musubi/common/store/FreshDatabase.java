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
        String url = create();
        context.addApplicationListener(event -> {
            if (event instanceof ContextClosedEvent closed && closed.getApplicationContext() == context) {
                drop(url);
            }
        });
        try {
            TestPropertyValues.of(Map.of(
                            "spring.datasource.url",
                            url,
                            "spring.datasource.username",
                            user(),
                            "spring.datasource.hikari.maximum-pool-size",
                            "24",
                            // Tests seal the ledger and end promises when they mean to.
                            "musubi.ledger.seal-every-seconds",
                            "0",
                            "musubi.ledger.expire-every-seconds",
                            "0",
                            "musubi.data",
                            Files.createTempDirectory("musubi-it").toString()))
                    .applyTo(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a new, empty database. Its user is {@link #user()}. */
    public static String create() {
        String name = "musubi_it_" + UUID.randomUUID().toString().replace("-", "");
        if (!DATABASE.equals("postgis")) {
            return "jdbc:h2:mem:" + name + H2_OPTIONS;
        }
        execute(server(), "CREATE DATABASE " + name);
        return server().replaceFirst("(jdbc:postgresql://[^/]+/)[^?]+", "$1" + name);
    }

    public static String user() {
        return DATABASE.equals("postgis") ? "" : "sa";
    }

    /** Ends a database that {@link #create} made. One in memory ends with the tests. */
    public static void drop(String url) {
        if (DATABASE.equals("postgis")) {
            String name = url.replaceFirst("jdbc:postgresql://[^/]+/([^?]+).*", "$1");
            execute(server(), "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        }
    }

    private static String server() {
        String server = System.getProperty("musubi.it.postgis", "");
        if (server.isEmpty()) {
            throw new IllegalStateException(
                    "-Dmusubi.it.postgis=jdbc:postgresql://HOST:PORT/postgres?user=… names the server for tests.");
        }
        return server;
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
