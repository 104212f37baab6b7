package jp.musubi.common.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * One of the project's own CSV files of facts, in UTF-8 with a header.
 *
 * @param contentHash SHA-256 in hex, kept in {@code reference_load} so that a file is loaded once
 */
public record ReferenceFile(String name, String contentHash, List<CSVRecord> rows) {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    /** Reads {@code reference/NAME} from the class path. */
    public static ReferenceFile read(String name) {
        return readFrom("/reference/" + name);
    }

    /** Reads any resource of the class path, named from its root. */
    public static ReferenceFile readFrom(String name) {
        try (InputStream in = ReferenceFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks its file " + name + ".");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<CSVRecord> rows = FORMAT.parse(new StringReader(text)).getRecords();
            return new ReferenceFile(name, hashOf(text), rows);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + ".", e);
        }
    }

    /** SHA-256 of the text's UTF-8 in hex. */
    public static String hashOf(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }
}
