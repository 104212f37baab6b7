package jp.musubi.common.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup file says of itself, in its entry {@code manifest.json}.
 *
 * @param format of the file; {@value #FORMAT} now
 * @param madeAt real time, ISO 8601
 * @param tablesVersion the version up to which the tables were migrated, e.g. {@code 6}
 * @param tables in the order in which they can be filled
 * @param sequences next value of each sequence that belongs to no column
 * @param identities next value of each column that counts for itself, by {@code table.column}
 */
record BackupManifest(
        int format,
        String madeAt,
        String tablesVersion,
        List<Table> tables,
        Map<String, Long> sequences,
        Map<String, Long> identities) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static final int FORMAT = 1;
    static final String ENTRY = "manifest.json";
    static final String FOLDER = "folder/";
    static final String TABLES = "tables/";

    /** Made in a data folder by restore until it is complete. */
    static final String UNFINISHED = "restore-unfinished";

    /** One table and how many rows it has in the entry {@code tables/NAME}, in PostgreSQL's COPY text format. */
    record Table(String name, List<String> columns, long rows) {

        Table {
            columns = List.copyOf(columns);
        }

        String entry() {
            return TABLES + name;
        }
    }

    BackupManifest {
        tables = List.copyOf(tables);
        sequences = Map.copyOf(sequences);
        identities = Map.copyOf(identities);
    }

    /**
     * The manifest of a backup, or nothing if the file has none.
     *
     * @throws JacksonException if it cannot be read
     */
    static Optional<BackupManifest> of(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(ENTRY);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream content = zip.getInputStream(entry)) {
            return Optional.of(JSON.readValue(content, BackupManifest.class));
        }
    }

    byte[] toJson() {
        return JSON.writeValueAsBytes(this);
    }

    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
