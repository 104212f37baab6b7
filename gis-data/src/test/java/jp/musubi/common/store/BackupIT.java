package jp.musubi.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import jp.musubi.common.FileStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

@MusubiIT
@DirtiesContext
@TestPropertySource(properties = "musubi.test=backup")
class BackupIT {

    private static final String AWKWARD = "tab\there, back\\slash, \\N, line\nbreak\r, むすび 🍙";

    private final Backup backup;
    private final FileStore files;
    private final JdbcTemplate jdbc;
    private final List<String> made = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    BackupIT(Backup backup, FileStore files, JdbcTemplate jdbc) {
        this.backup = backup;
        this.files = files;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void somethingOfEveryForm() throws IOException {
        if (!jdbc.queryForList("SELECT id FROM response").isEmpty()) {
            return;
        }
        jdbc.update("""
                INSERT INTO response (code, name_ja, name_en, zone, languages, south, west, north, east, clock_kind,
                    clock_fixed_at, training, created_at, version)
                VALUES ('flood', ?, 'Flood', 'Asia/Tokyo', 'ja', 36.5, 138.5, 41.8, 1e-7, 'FIXED',
                    TIMESTAMP WITH TIME ZONE '2011-03-11 14:46:18.123456+09', TRUE,
                    TIMESTAMP WITH TIME ZONE '2011-03-11 14:46:00+09', 0)""", AWKWARD);
        // The union is younger than its office.
        jdbc.update("INSERT INTO organisation (id, kind, name_ja, name_en, version) VALUES (7, 'UNION', 'a', 'a', 0)");
        jdbc.update("INSERT INTO organisation (id, parent_id, kind, name_ja, name_en, version)"
                + " VALUES (3, 7, 'OFFICE', 'b', '', 0)");
        jdbc.update(
                "INSERT INTO posting (id, response_id, cause, effective_at, recorded_at, idempotency_key, digest)"
                        + " SELECT nextval('posting_id_block'), id, 'GIFT', created_at, created_at, 'k', ? FROM response",
                new byte[] {0, 1, -1, 92});
        jdbc.update("INSERT INTO batch_job_instance (job_instance_id, version, job_name, job_key)"
                + " VALUES (1, 0, 'import', 'x')");
        jdbc.update("INSERT INTO batch_job_execution (job_execution_id, job_instance_id, create_time)"
                + " VALUES (1, 1, TIMESTAMP '2026-11-21 09:00:00.5')");
        files.keep(new ByteArrayInputStream("three onigiri".getBytes(StandardCharsets.UTF_8)), "text/plain");
    }

    @AfterEach
    void leaveNothing() {
        made.forEach(FreshDatabase::drop);
    }

    @Test
    void restoredRowsFilesAndCountersAreThoseOfTheBackup() throws Exception {
        Path file = write("backup.musubi", backup);
        Path target = Files.createDirectory(folder.resolve("restored"));
        DataSource database = emptyDatabase("elsewhere");

        Backup.Contents contents = new Restore(database, target).read(file);

        assertThat(contents.rows()).isGreaterThanOrEqualTo(240);
        assertThat(contents.files()).isEqualTo(2);
        assertThat(Restore.isUnfinished(target)).isFalse();
        Path again = write("again.musubi", Backup.of(database, target));
        assertThat(entries(again)).isEqualTo(entries(file));

        JdbcTemplate restored = new JdbcTemplate(database);
        assertThat(restored.queryForObject("SELECT name_ja FROM response", String.class))
                .isEqualTo(AWKWARD);
        restored.update("INSERT INTO batch_job_instance (job_instance_id, version, job_name, job_key)"
                + " VALUES (nextval('batch_job_instance_seq') + 10, 0, 'import', 'y')");
        restored.update("INSERT INTO stored_file (content_hash, size_bytes, media_type, stored_at)"
                + " VALUES ('h', 1, 'text/plain', CURRENT_TIMESTAMP)");
        assertThat(restored.queryForObject("SELECT nextval('posting_id_block')", Long.class))
                .isEqualTo(jdbc.queryForObject("SELECT nextval('posting_id_block')", Long.class));
    }

    @Test
    void aBackupOfOneDatabaseCanBeRestoredOnTheEmbeddedOne() throws Exception {
        Path file = write("moving.musubi", backup);
        DataSource embedded = embedded("laptop");
        Path target = Files.createDirectory(folder.resolve("moved"));

        new Restore(embedded, target).read(file);

        Map<String, String> moved = entries(write("laptop.musubi", Backup.of(embedded, target)));
        Map<String, String> before = entries(file);
        // Each database has its own byte order for points.
        moved.remove("tables/municipality");
        before.remove("tables/municipality");
        assertThat(moved).isEqualTo(before);
        String latitude = "SELECT ST_Y(point) FROM municipality WHERE code = '03211'";
        assertThat(new JdbcTemplate(embedded).queryForObject(latitude, Double.class))
                .isEqualTo(jdbc.queryForObject(latitude, Double.class));
    }

    @Test
    void anInstallationInUseIsNotOverwritten() throws Exception {
        Path file = write("twice.musubi", backup);
        Path target = Files.createDirectory(folder.resolve("used"));
        DataSource database = emptyDatabase("elsewhere");
        new Restore(database, target).read(file);

        assertThatThrownBy(() -> new Restore(database, target).read(file))
                .isInstanceOf(Restore.Refused.class)
                .hasMessageContaining("in use already");
    }

    @Test
    void anInterruptedRestoreLeavesItsMarkAndCanRunAgain() throws Exception {
        Path file = write("whole.musubi", backup);
        Path broken = folder.resolve("broken.musubi");
        copyWithout(file, "tables/stored_file", broken);
        Path target = Files.createDirectory(folder.resolve("interrupted"));
        DataSource database = emptyDatabase("elsewhere");

        assertThatThrownBy(() -> new Restore(database, target).read(broken))
                .isInstanceOf(Restore.Refused.class)
                .hasMessageContaining("stored_file is missing");
        assertThat(Restore.isUnfinished(target)).isTrue();

        new Restore(database, target).read(file);
        assertThat(Restore.isUnfinished(target)).isFalse();
        assertThat(entries(write("second.musubi", Backup.of(database, target)))).isEqualTo(entries(file));
    }

    @Test
    void anotherInstallationKeepsItsKeys() throws Exception {
        Path file = write("foreign.musubi", backup);
        Path target = Files.createDirectory(folder.resolve("other"));
        Path key = Files.createDirectory(target.resolve("keys")).resolve("content.key");
        Files.write(key, new byte[32]);
        DataSource database = emptyDatabase("unused");

        assertThatThrownBy(() -> new Restore(database, target).read(file))
                .isInstanceOf(Restore.Refused.class)
                .hasMessageContaining("keys of another installation");
        assertThat(key).hasBinaryContent(new byte[32]);
    }

    @Test
    void aRestoreKilledAfterItsLastCommitIsFoundComplete() throws Exception {
        Path file = write("late.musubi", backup);
        Path target = Files.createDirectory(folder.resolve("late"));
        DataSource database = emptyDatabase("late");
        new Restore(database, target).read(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Files.writeString(
                    target.resolve(BackupManifest.UNFINISHED),
                    BackupManifest.of(zip).orElseThrow().madeAt());
        }

        assertThat(new Restore(database, target).read(file).rows()).isPositive();
        assertThat(Restore.isUnfinished(target)).isFalse();
    }

    @Test
    void whatIsNoWholeBackupIsRefusedWithTheReason() throws Exception {
        Path file = write("good.musubi", backup);
        byte[] bytes = Files.readAllBytes(file);
        Path half = Files.write(folder.resolve("half"), Arrays.copyOf(bytes, bytes.length / 2));
        Path text = Files.writeString(folder.resolve("text"), "a,b\n1,2\n");
        Path zip = folder.resolve("zip");
        copyWithout(file, BackupManifest.ENTRY, zip);
        Restore restore = new Restore(emptyDatabase("elsewhere"), Files.createDirectory(folder.resolve("nowhere")));

        assertThatThrownBy(() -> restore.read(half)).hasMessageContaining("cut short");
        assertThatThrownBy(() -> restore.read(text)).hasMessageContaining("is not a whole backup");
        assertThatThrownBy(() -> restore.read(zip)).hasMessageContaining("no backup of Musubi");
    }

    private Path write(String name, Backup from) throws IOException, SQLException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            from.write(out);
        }
        return file;
    }

    /** Of the same kind as the one that is backed up. */
    private DataSource emptyDatabase(String name) {
        if (!FreshDatabase.DATABASE.equals("postgis")) {
            return embedded(name);
        }
        String url = FreshDatabase.create();
        made.add(url);
        return new DriverManagerDataSource(url);
    }

    private DataSource embedded(String name) {
        return new DriverManagerDataSource(
                "jdbc:h2:file:" + folder.resolve(name)
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "sa",
                "");
    }

    /** Every table's lines, sorted, and every file; the manifest tells the time and is left out. */
    private static Map<String, String> entries(Path file) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.getName().equals(BackupManifest.ENTRY)) {
                    String content = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                    entries.put(
                            entry.getName(),
                            String.join("\n", content.lines().sorted().toList()));
                }
            }
        }
        return entries;
    }

    private static void copyWithout(Path from, String left, Path to) throws IOException {
        try (ZipFile zip = new ZipFile(from.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.getName().equals(left)) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    zip.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                }
            }
        }
    }
}
