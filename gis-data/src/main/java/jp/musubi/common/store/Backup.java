package jp.musubi.common.store;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * Writes a whole installation into one ZIP file while people go on working: the keys, the ledger's noted heads and what
 * waits in the drop folders, then one snapshot of every table, then the stored files. In this order nothing that the
 * snapshot speaks of is missing. The file can be restored on either database. It holds the keys and personal data: whoever
 * has it can read everything.
 */
@Component
public class Backup {

    /** What is copied before the tables, because the tables may know more than it but never less. */
    private static final List<String> BEFORE = List.of("keys", "ledger", "inbox", "node");

    private static final List<String> AFTER = List.of("files");

    private static final Set<String> NOT_OURS =
            Set.of("flyway_schema_history", "spatial_ref_sys", "geometry_columns", "geography_columns");

    private static final int ROWS_AT_A_TIME = 5_000;

    private final DataSource database;
    private final DatabaseDialect dialect;
    private final Path data;
    private final Clock clock;

    Backup(DataSource database, DatabaseDialect dialect, DataFolder data, Clock clock) {
        this.database = database;
        this.dialect = dialect;
        this.data = data.root();
        this.clock = clock;
    }

    /** For an installation that is not running. */
    public static Backup of(DataSource database, Path data) throws SQLException {
        return new Backup(database, new DatabaseDialect(database), new DataFolder(data), Clock.systemUTC());
    }

    /** What a backup holds. */
    public record Contents(int tables, long rows, long files) {}

    /**
     * Writes the backup and leaves the stream open.
     *
     * @throws IOException if the stream or a file of the data folder fails
     * @throws SQLException if the database does
     */
    public Contents write(OutputStream out) throws IOException, SQLException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setLevel(Deflater.BEST_SPEED);
        long files = 0;
        for (String name : BEFORE) {
            files += folder(zip, data.resolve(name));
        }
        BackupManifest manifest = tables(zip);
        for (String name : AFTER) {
            files += folder(zip, data.resolve(name));
        }
        // Last, so that a file without it is known to be incomplete.
        zip.putNextEntry(new ZipEntry(BackupManifest.ENTRY));
        zip.write(manifest.toJson());
        zip.closeEntry();
        zip.finish();
        return new Contents(manifest.tables().size(), manifest.rows(), files);
    }

    /**
     * What a file holds that {@link #write} wrote.
     *
     * @throws IOException if the file is not whole
     */
    public static Contents contentsOf(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            BackupManifest manifest = BackupManifest.of(zip)
                    .orElseThrow(() -> new ZipException("its " + BackupManifest.ENTRY + " is missing."));
            long files = zip.stream()
                    .filter(entry -> entry.getName().startsWith(BackupManifest.FOLDER))
                    .count();
            return new Contents(manifest.tables().size(), manifest.rows(), files);
        }
    }

    private long folder(ZipOutputStream zip, Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        AtomicLong files = new AtomicLong();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && copied(zip, file)) {
                    files.incrementAndGet();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }
        });
        return files.get();
    }

    /** A file may be taken in or forgotten while the backup runs. */
    private boolean copied(ZipOutputStream zip, Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            zip.putNextEntry(new ZipEntry(
                    BackupManifest.FOLDER + data.relativize(file).toString().replace('\\', '/')));
            content.transferTo(zip);
            zip.closeEntry();
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private BackupManifest tables(ZipOutputStream zip) throws SQLException, IOException {
        try (Connection connection = database.getConnection()) {
            int isolation = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(dialect.snapshotIsolation());
            try {
                List<BackupManifest.Table> tables = new ArrayList<>();
                for (String name : tablesInOrder(connection)) {
                    tables.add(table(zip, connection, name));
                }
                return new BackupManifest(
                        BackupManifest.FORMAT,
                        clock.instant().toString(),
                        version(connection),
                        tables,
                        sequences(connection),
                        identities(connection));
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(isolation);
                connection.setAutoCommit(true);
            }
        }
    }

    private static BackupManifest.Table table(ZipOutputStream zip, Connection connection, String name)
            throws SQLException, IOException {
        zip.putNextEntry(new ZipEntry(BackupManifest.TABLES + name));
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_A_TIME);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM " + name)) {
                List<String> columns = new ArrayList<>();
                List<CopyText.Form> forms = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(rows.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT));
                    forms.add(CopyText.Form.of(rows.getMetaData(), i));
                }
                Writer text = new BufferedWriter(new OutputStreamWriter(new Unclosed(zip), StandardCharsets.UTF_8));
                long count = 0;
                while (rows.next()) {
                    CopyText.write(text, rows, forms);
                    count++;
                }
                text.flush();
                zip.closeEntry();
                return new BackupManifest.Table(name, columns, count);
            }
        }
    }

    /** Referenced tables come before those that refer to them. */
    static List<String> tablesInOrder(Connection connection) throws SQLException {
        Map<String, Set<String>> needs = new TreeMap<>();
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                String name = tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (!NOT_OURS.contains(name)) {
                    needs.put(name, new TreeSet<>());
                }
            }
        }
        for (Map.Entry<String, Set<String>> table : needs.entrySet()) {
            try (ResultSet keys =
                    connection.getMetaData().getImportedKeys(null, connection.getSchema(), table.getKey())) {
                while (keys.next()) {
                    table.getValue().add(keys.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT));
                }
            }
            table.getValue().remove(table.getKey());
        }
        List<String> order = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        while (order.size() < needs.size()) {
            List<String> next = needs.keySet().stream()
                    .filter(name -> !placed.contains(name) && placed.containsAll(needs.get(name)))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("Tables refer to each other in a circle: " + needs.keySet());
            }
            order.addAll(next);
            placed.addAll(next);
        }
        return order;
    }

    private static String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT version FROM flyway_schema_history
                         WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC""")) {
            if (!row.next()) {
                throw new IllegalStateException("The database has no tables of Musubi.");
            }
            return row.getString(1);
        }
    }

    private Map<String, Long> sequences(Connection connection) throws SQLException {
        Map<String, Long> next = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(dialect.nextOfSequences())) {
            while (rows.next()) {
                next.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getLong(2));
            }
        }
        return next;
    }

    private Map<String, Long> identities(Connection connection) throws SQLException {
        Map<String, Long> next = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(dialect.nextOfIdentities())) {
            while (rows.next()) {
                next.put((rows.getString(1) + "." + rows.getString(2)).toLowerCase(Locale.ROOT), rows.getLong(3));
            }
        }
        return next;
    }

    /** Keeps a writer from closing the ZIP file with its entry. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
