package jp.musubi.common.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jp.musubi.Musubi;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.response.web.FirstStart;
import jp.musubi.response.web.FirstStart.SignInAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** {@code run}: checks the ground, starts the server, sets up the scenario, and says where to go. */
final class RunCommand {

    static final List<String> OPTIONS = List.of("--port=", "--data=", "--scenario=", "--db=", "--public-url=", "--tls");

    private static final List<String> SCENARIOS = List.of("tohoku-2011", "tohoku-2011:large", "none");

    private final PrintStream out;

    RunCommand(PrintStream out) {
        this.out = out;
    }

    int run(Options options) {
        if (!options.words().isEmpty()) {
            throw new WrongCall(
                    "run takes options only, but there was \"" + options.words().get(0) + "\".");
        }
        int port = port(options.value("--port").orElse("8080"));
        String scenario = options.value("--scenario").orElse("tohoku-2011");
        if (!SCENARIOS.contains(scenario)) {
            throw new WrongCall(
                    "--scenario is one of " + String.join(", ", SCENARIOS) + ", but was \"" + scenario + "\".");
        }
        Installation installation = Installation.from(options);
        FileLock lock = lock(installation.data());
        requireFree(port);

        long began = System.nanoTime();
        say("Data folder      " + installation.data());
        say("Database         "
                + installation.databaseUrl().map(url -> "PostGIS").orElse("H2GIS, in the data folder"));
        say("Starting …");
        Map<String, Object> properties = installation.properties();
        properties.put("server.port", port);
        if (options.has("--tls")) {
            properties.putAll(OwnCertificate.properties(installation.data()));
        }
        ConfigurableApplicationContext context = start(properties);
        String address = options.value("--public-url")
                .orElse((options.has("--tls") ? "https" : "http") + "://localhost:" + port);
        FirstStart firstStart = context.getBean(FirstStart.class);
        List<SignInAddress> links = firstStart.prepare(scenario, this::say);
        serve(context, installation.data(), port, options.has("--tls"), lock);
        say("Ready after " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s.");
        say("");
        say("  Open           " + address + "/");
        for (SignInAddress link : links) {
            say(String.format("  %-14s %s/signin/%s", link.role(), address, link.token()));
        }
        say("");
        say("Each link signs in once and ends after " + FirstStart.LINKS_LAST.toHours()
                + " hours; ./musubi signin USER makes another. Ctrl+C stops Musubi; nothing is lost.");
        return CommandLine.KEEPS_RUNNING;
    }

    private ConfigurableApplicationContext start(Map<String, Object> properties) {
        try {
            return new SpringApplicationBuilder(Musubi.class)
                    .bannerMode(Banner.Mode.OFF)
                    .initializers(new StartupSteps(this::say))
                    .properties(properties)
                    .run();
        } catch (RuntimeException e) {
            throw new CannotRun(remedyOf(e, properties));
        }
    }

    static String remedyOf(Throwable failure, Map<String, Object> properties) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("90020") || message.contains("may be already in use")) {
                return "Another Musubi has the database of this data folder open. Stop it, or choose another folder with --data DIR.";
            }
            boolean refused = message.contains("Connection to") && message.contains("refused");
            boolean unknown = message.contains("does not exist") && message.contains("FATAL");
            if (refused || unknown || message.contains("password authentication failed")) {
                return "Cannot reach the database: " + firstLine(message) + " Check --db.";
            }
            if (message.contains("extension \"postgis\"")) {
                return "The database has no PostGIS. Install the package postgresql-15-postgis-3 on its server.";
            }
        }
        return "Musubi did not start: " + firstLine(String.valueOf(failure.getMessage())) + " Details: "
                + properties.get("logging.file.name");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static void serve(ConfigurableApplicationContext context, Path data, int port, boolean tls, FileLock lock) {
        try {
            new ServingFile(
                            (tls ? "https" : "http") + "://localhost:" + port,
                            context.getBean(OperatorSecret.class).value(),
                            ProcessHandle.current().pid())
                    .write(data);
        } catch (IOException e) {
            throw new CannotRun("Cannot write to the data folder " + data + ": " + e.getMessage());
        }
        context.addApplicationListener(event -> {
            if (event instanceof ContextClosedEvent) {
                try {
                    ServingFile.remove(data);
                    lock.release();
                } catch (IOException e) {
                    throw new IllegalStateException("Cannot tidy the data folder " + data + ".", e);
                }
            }
        });
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new WrongCall("--port is a number from 1 to 65535, but was \"" + text + "\".");
    }

    private static void requireFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new CannotRun("Port " + port
                    + " is taken by another program. Choose another with --port, e.g. --port " + (port + 1) + ".");
        }
    }

    /** Held while the process lives, so that two servers never share a data folder. */
    private static FileLock lock(Path data) {
        try {
            FileChannel channel =
                    FileChannel.open(data.resolve("serving.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // said below
        } catch (IOException e) {
            throw new CannotRun("Cannot lock the data folder " + data + ": " + e.getMessage());
        }
        throw new CannotRun("Another Musubi is serving the data folder " + data
                + ". Stop it, or choose another folder with --data DIR.");
    }

    private void say(String line) {
        out.println(line);
    }
}
