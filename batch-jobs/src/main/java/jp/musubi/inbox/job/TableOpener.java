package jp.musubi.inbox.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Opens a file as a table by what it is, whatever it is called. */
final class TableOpener {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] OLE = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};

    private TableOpener() {}

    /** Content that can be read more than once. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    /**
     * @param workFolder for the unpacked copy of a workbook while it is read
     * @throws UnreadableTable if it is no table
     */
    static RawTable open(Content content, long sizeBytes, Path workFolder) throws IOException {
        byte[] head;
        try (InputStream in = content.open()) {
            head = in.readNBytes(8);
        }
        if (head.length == 0) {
            throw new UnreadableTable("empty-file", "ファイルが空です。", "The file is empty.");
        }
        if (starts(head, ZIP)) {
            return openWorkbook(content, sizeBytes, workFolder);
        }
        if (starts(head, OLE)) {
            throw new UnreadableTable(
                    "old-or-locked-workbook",
                    "古い形式(.xls)か、パスワードつきのブックです。パスワードなしの XLSX か CSV で保存して送ってください。",
                    "This is an old workbook (.xls) or one with a password. Save it as XLSX without a password or as CSV.");
        }
        Charset charset = TextEncoding.detect(content);
        return new CsvTable(content.open(), charset);
    }

    private static RawTable openWorkbook(Content content, long sizeBytes, Path workFolder) throws IOException {
        Path copy = Files.createTempFile(workFolder, "workbook", ".part");
        XlsxTable table;
        try {
            try (InputStream in = content.open()) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            table = new XlsxTable(copy, sizeBytes);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
        return new RawTable() {
            @Override
            public @Nullable RawRow next() throws IOException {
                return table.next();
            }

            @Override
            public long bytesRead() {
                return table.bytesRead();
            }

            @Override
            public boolean isStrictInWidth() {
                return table.isStrictInWidth();
            }

            @Override
            public void close() throws IOException {
                try {
                    table.close();
                } finally {
                    Files.deleteIfExists(copy);
                }
            }
        };
    }

    private static boolean starts(byte[] head, byte[] magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (head[i] != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
