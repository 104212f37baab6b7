package jp.musubi.common.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import tools.jackson.core.JacksonException;

/**
 * Fills an empty installation from a backup file, on either database. All rows come in one transaction, and the data
 * folder carries a mark until everything is there: after an interruption the same restore simply runs again.
 */
public final class Restore {

    private static final String KEY = "keys/content.key";

    private static final int ROWS_AT_A_TIME = 2_000;

    /** A migration writes its first row; the backup brings a newer one. */
    private static final String FILLED_BY_MIGRATION = "catalogue_state";

    private final DataSource database;
    private final DatabaseDialect dialect;
    private final Path data;

    public Restore(DataSource database, Path data) throws SQLException {
        this.database = database;
        this.dialect = new DatabaseDialect(database);
        this.data = data;
    }

    /** The backup cannot be restored here; the message says why and what to do. Nothing was changed. */
    public static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** Whether a restore into this data folder was begun and not ended. */
    public static boolean isUnfinished(Path data) {
        return Files.exists(data.resolve(BackupManifest.UNFINISHED));
    }

    /**
     * Restores.
     *
     * @throws Refused if the file is no complete backup of a version known here, or the installation is not empty
     * @throws IOException if the file or the data folder cannot be read or written
     * @throws SQLException if the database fails; its rows are as before then
     */
    public Backup.Contents read(Path file) throws IOException, SQLException, Refused {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            BackupManifest manifest = manifest(zip, file);
            Path mark = data.resolve(BackupManifest.UNFINISHED);
            if (Files.exists(mark) && Files.readString(mark).equals(manifest.madeAt()) && hasRows()) {
                // Killed between the last commit and the end: everything is there.
                Files.delete(mark);
                return Backup.contentsOf(file);
            }
            requireEmpty();
            requireNoOtherKeys(zip);
            migrate(manifest);
            Files.writeString(mark, manifest.madeAt());
            long files = unpack(zip);
            long rows = fill(zip, manifest);
            Files.delete(mark);
            return new Backup.Contents(manifest.tables().size(), rows, files);
        } catch (ZipException e) {
            throw new Refused(file + " is not a whole backup: " + e.getMessage() + ". Maybe the copy was cut short.");
        }
    }

    private static BackupManifest manifest(ZipFile zip, Path file) throws IOException, Refused {
        BackupManifest manifest;
        try {
            manifest = BackupManifest.of(zip)
                    .orElseThrow(() -> new Refused(
                            file + " is a ZIP file but no backup of Musubi: " + BackupManifest.ENTRY + " is missing."));
        } catch (JacksonException e) {
            throw new Refused(file + " is no backup of Musubi: its " + BackupManifest.ENTRY + " cannot be read.");
        }
        if (manifest.format() != BackupManifest.FORMAT) {
            throw new Refused(file + " has format " + manifest.format() + ", but this Musubi reads format "
                    + BackupManifest.FORMAT + ". Restore it with the version that made it.");
        }
        return manifest;
    }

    /** To the tables' version in the backup; the next start brings them up to date. */
    private void migrate(BackupManifest manifest) throws Refused {
        Flyway flyway = Flyway.configure()
                .dataSource(database)
                .locations(
                        "classpath:db/migration/common",
                        "classpath:db/migration/" + (dialect.isPostgis() ? "postgresql" : "h2"))
                .target(manifest.tablesVersion())
                .load();
        boolean known = false;
        for (var migration : flyway.info().all()) {
            known |= String.valueOf(migration.getVersion()).equals(manifest.tablesVersion());
        }
        if (!known) {
            throw new Refused("The backup has tables of version " + manifest.tablesVersion()
                    + ", which this Musubi does not know. Use the version that made it, or a newer one.");
        }
        flyway.migrate();
    }

    private boolean hasRows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : Backup.tablesInOrder(connection)) {
                if (table.equals(FILLED_BY_MIGRATION)) {
                    continue;
                }
                try (ResultSet row = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
                    if (row.next()) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private void requireEmpty() throws SQLException, Refused {
        if (hasRows()) {
            throw new Refused("Here is a Musubi in use already: its tables have rows. Restore into an empty one: choose"
                    + " another --data DIR or --db URL.");
        }
    }

    /** The same installation may move to another database in its own folder; another one would lose its keys. */
    private void requireNoOtherKeys(ZipFile zip) throws IOException, Refused {
        Path key = data.resolve(KEY);
        ZipEntry kept = zip.getEntry(BackupManifest.FOLDER + KEY);
        if (isUnfinished(data) || !Files.exists(key)) {
            return;
        }
        if (kept == null
                || !Arrays.equals(
                        Files.readAllBytes(key), zip.getInputStream(kept).readAllBytes())) {
            throw new Refused(data + " holds the keys of another installation. Choose another --data DIR.");
        }
    }

    private long unpack(ZipFile zip) throws IOException, Refused {
        long files = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (entry.isDirectory() || !entry.getName().startsWith(BackupManifest.FOLDER)) {
                continue;
            }
            Path target = data.resolve(entry.getName().substring(BackupManifest.FOLDER.length()))
                    .normalize();
            if (!target.startsWith(data)) {
                throw new Refused("The backup names a file outside the data folder: " + entry.getName() + ".");
            }
            Files.createDirectories(target.getParent());
            try (InputStream content = zip.getInputStream(entry)) {
                Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
            }
            if (target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
            }
            files++;
        }
        return files;
    }

    private long fill(ZipFile zip, BackupManifest manifest) throws SQLException, IOException, Refused {
        try (Connection connection = database.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                countOn(statement, manifest);
                dialect.checkReferences(statement, false);
                connection.setAutoCommit(false);
                statement.executeUpdate("DELETE FROM " + FILLED_BY_MIGRATION);
                long rows = 0;
                for (BackupManifest.Table table : manifest.tables()) {
                    rows += fill(zip, connection, table);
                }
                connection.commit();
                return rows;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                try (Statement statement = connection.createStatement()) {
                    dialect.checkReferences(statement, true);
                }
            }
        }
    }

    /** Before the rows, because on H2 these statements commit. */
    private static void countOn(Statement statement, BackupManifest manifest) throws SQLException {
        for (Map.Entry<String, Long> sequence : manifest.sequences().entrySet()) {
            statement.execute("ALTER SEQUENCE " + name(sequence.getKey()) + " RESTART WITH " + sequence.getValue());
        }
        for (Map.Entry<String, Long> identity : manifest.identities().entrySet()) {
            String[] column = identity.getKey().split("\\.", 2);
            statement.execute("ALTER TABLE " + name(column[0]) + " ALTER COLUMN " + name(column[1]) + " RESTART WITH "
                    + identity.getValue());
        }
    }

    private long fill(ZipFile zip, Connection connection, BackupManifest.Table table)
            throws SQLException, IOException, Refused {
        ZipEntry entry = zip.getEntry(table.entry());
        if (entry == null) {
            throw new Refused("The backup's table " + table.name() + " is missing.");
        }
        String columns =
                String.join(", ", table.columns().stream().map(Restore::name).toList());
        long rows;
        try (InputStream text = zip.getInputStream(entry)) {
            rows = dialect.isPostgis()
                    ? connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("COPY " + name(table.name()) + " (" + columns + ") FROM STDIN", text, 1 << 16)
                    : insert(connection, table, columns, text);
        }
        if (rows != table.rows()) {
            throw new Refused(
                    "The backup's table " + table.name() + " has " + rows + " rows instead of " + table.rows() + ".");
        }
        return rows;
    }

    private static long insert(Connection connection, BackupManifest.Table table, String columns, InputStream text)
            throws SQLException, IOException {
        List<CopyText.Form> forms = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet none =
                        statement.executeQuery("SELECT " + columns + " FROM " + name(table.name()) + " WHERE FALSE")) {
            for (int i = 1; i <= table.columns().size(); i++) {
                forms.add(CopyText.Form.of(none.getMetaData(), i));
            }
        }
        String marks = String.join(", ", Collections.nCopies(forms.size(), "?"));
        long rows = 0;
        try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO " + name(table.name()) + " (" + columns + ") VALUES (" + marks + ")");
                BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                CopyText.set(insert, line, forms);
                insert.addBatch();
                if (++rows % ROWS_AT_A_TIME == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        return rows;
    }

    /** Names come from the file: only plain ones get into SQL. */
    private static String name(String name) {
        if (!name.matches("[a-z_][a-z0-9_]*")) {
            throw new IllegalArgumentException("Not a name of a table or column: " + name);
        }
        return name;
    }
}
