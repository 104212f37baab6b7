package jp.musubi.common.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import jp.musubi.common.store.Backup;
import jp.musubi.common.store.Restore;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * {@code backup FILE} writes everything into one file, also while Musubi runs; {@code restore FILE} fills an empty
 * installation from it, on either database.
 */
final class BackupCommand {

    static final List<String> OPTIONS = List.of("--data=", "--db=");

    private final PrintStream out;

    BackupCommand(PrintStream out) {
        this.out = out;
    }

    int backup(Options options) {
        Path file = file(options, "backup");
        Installation installation = Installation.from(options);
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            if (Files.exists(file)) {
                throw new CannotRun(file + " exists already. Choose another name, or delete it first.");
            }
            Optional<ServingFile> server = ServingFile.find(installation.data());
            Optional<DataSource> database =
                    server.isPresent() ? Optional.empty() : Optional.of(installation.openDatabase());
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished, ownerOnly(unfinished));
            try (OutputStream content = Files.newOutputStream(unfinished)) {
                if (database.isPresent()) {
                    Backup.of(database.get(), installation.data()).write(content);
                } else {
                    fetch(server.orElseThrow(), content);
                }
            }
            Backup.Contents contents = Backup.contentsOf(unfinished);
            Files.move(unfinished, file);
            out.printf(
                    Locale.ROOT,
                    "%,d rows of %d tables and %,d files are in %s (%,d bytes).%n",
                    contents.rows(),
                    contents.tables(),
                    contents.files(),
                    file,
                    Files.size(file));
            out.println("It holds personal data and the keys. Keep it as safe as the data folder itself.");
            return CommandLine.DONE;
        } catch (FileAlreadyExistsException e) {
            throw new CannotRun(e.getFile() + " has just been made by another command. Choose another name.");
        } catch (IOException | SQLException e) {
            throw new CannotRun("The backup failed: " + e.getMessage() + " The unfinished file is " + unfinished + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("Interrupted. The unfinished file is " + unfinished + ".");
        }
    }

    int restore(Options options) {
        Path file = file(options, "restore");
        Installation installation = Installation.toRestoreInto(options);
        // The migrations would tell each step.
        LoggingSystem.get(BackupCommand.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        try {
            if (!Files.isReadable(file)) {
                throw new CannotRun("Cannot read " + file + ".");
            }
            if (ServingFile.find(installation.data()).isPresent()) {
                throw new CannotRun("Musubi is serving " + installation.data()
                        + ". Restore into an empty folder with --data DIR, or stop it first.");
            }
            Backup.Contents contents = new Restore(installation.makeDatabase(), installation.data()).read(file);
            out.printf(
                    Locale.ROOT,
                    "%,d rows of %d tables and %,d files are back. Start with: ./musubi run --data %s%s%n",
                    contents.rows(),
                    contents.tables(),
                    contents.files(),
                    installation.data(),
                    installation.databaseUrl().isPresent() ? " and the same --db" : "");
            return CommandLine.DONE;
        } catch (Restore.Refused e) {
            throw new CannotRun(String.valueOf(e.getMessage()));
        } catch (IOException | SQLException e) {
            throw new CannotRun("The restore failed: " + e.getMessage() + " Run it again when that is mended.");
        }
    }

    private static Path file(Options options, String command) {
        if (options.words().size() != 1) {
            throw new WrongCall(command + " wants one FILE, e.g. ./musubi " + command + " musubi-backup.zip");
        }
        return Path.of(options.words().get(0)).toAbsolutePath().normalize();
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void fetch(ServingFile server, OutputStream copy) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.address() + "/api/v1/backup"))
                                .header("Authorization", "Bearer " + server.secret())
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream content = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new CannotRun("The running Musubi answered with status " + answer.statusCode() + ".");
            }
            content.transferTo(copy);
        }
    }
}
