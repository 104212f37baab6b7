package jp.musubi.inbox.job;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import jp.musubi.common.BilingualText;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Text with separators, RFC 4180: comma, tab or semicolon, quotes, line ends of any kind. */
final class CsvTable implements RawTable {

    /** A record this long is an unclosed quote. */
    private static final int LONGEST_RECORD = 4 << 20;

    private static final int SNIFFED = 1 << 16;
    private static final char REPLACEMENT = '\ufffd';

    private final CountingStream bytes;
    private final RecordGuard guard;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;

    CsvTable(InputStream content, Charset charset) throws IOException {
        bytes = new CountingStream(content);
        BufferedReader reader = new BufferedReader(
                new InputStreamReader(
                        bytes,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                SNIFFED);
        reader.mark(1);
        if (reader.read() != '\ufeff') {
            reader.reset();
        }
        reader.mark(SNIFFED);
        char[] head = new char[SNIFFED - 1];
        int length = 0;
        for (int n = reader.read(head, 0, head.length); n > 0; n = reader.read(head, length, head.length - length)) {
            length += n;
            if (length == head.length) {
                break;
            }
        }
        reader.reset();
        guard = new RecordGuard(reader);
        parser = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter(head, length))
                .setIgnoreEmptyLines(false)
                .setTrailingData(true)
                .get()
                .parse(guard);
        records = parser.iterator();
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        while (true) {
            long line = parser.getCurrentLineNumber() + 1;
            guard.startRecord(line);
            CSVRecord record;
            try {
                if (!records.hasNext()) {
                    return null;
                }
                record = records.next();
            } catch (UncheckedIOException e) {
                IOException cause = e.getCause();
                throw translated(cause == null ? new IOException(e) : cause, line);
            }
            RawRow row = row(record, line);
            if (!row.isBlank()) {
                return row;
            }
        }
    }

    private static IOException translated(IOException cause, long line) {
        if (cause instanceof UnreadableTable) {
            return cause;
        }
        String message = String.valueOf(cause.getMessage());
        if (message.contains("encapsulated") || message.contains("EOF")) {
            return new UnreadableTable(
                    "unclosed-quote",
                    line + "行目から始まる引用符 \" が閉じていません。そこまでの行は読み込みました。",
                    "The quote that begins on line " + line + " is never closed. The rows before it were read.");
        }
        return cause;
    }

    private static RawRow row(CSVRecord record, long line) throws UnreadableTable {
        int size = record.size();
        if (size > MOST_COLUMNS) {
            throw tooManyColumns(size, line);
        }
        List<String> values = new ArrayList<>(size);
        List<CellFault> faults = List.of();
        for (int i = 0; i < size; i++) {
            String value = record.get(i);
            CellFault fault = fault(i, value);
            if (fault != null) {
                faults = faults.isEmpty() ? new ArrayList<>() : faults;
                faults.add(fault);
                value = value.length() > LONGEST_CELL ? value.substring(0, 200) + "…" : value;
            } else {
                value = plain(value);
            }
            values.add(value);
        }
        return new RawRow("", line, values, faults);
    }

    static UnreadableTable tooManyColumns(int size, long line) {
        return new UnreadableTable(
                "too-many-columns",
                line + "行目に列が" + size + "あります。" + MOST_COLUMNS + "列まで読めます。",
                "Line " + line + " has " + size + " columns; at most " + MOST_COLUMNS + " can be read.");
    }

    private static @Nullable CellFault fault(int position, String value) {
        if (value.length() > LONGEST_CELL) {
            return tooLong(position, value);
        }
        if (value.indexOf(REPLACEMENT) >= 0) {
            return new CellFault(
                    position,
                    "broken-encoding",
                    value,
                    BilingualText.of("正しい文字", "Text without broken characters"),
                    BilingualText.of("文字化けしたところを入力し直してください。", "Type the broken characters (\ufffd) again."));
        }
        if (value.length() > 1 && value.charAt(0) == '=' && !isQuotedText(value)) {
            return new CellFault(
                    position,
                    "formula",
                    value,
                    BilingualText.of("式ではなく値", "A value, not a formula"),
                    BilingualText.of("式の結果を値として入れてください。", "Put the formula's result in as a value."));
        }
        return null;
    }

    static CellFault tooLong(int position, String value) {
        return new CellFault(
                position,
                "cell-too-long",
                value.substring(0, 200) + "…",
                BilingualText.of(LONGEST_CELL + "文字まで", "At most " + LONGEST_CELL + " characters"),
                BilingualText.of("短くしてください。", "Shorten it."));
    }

    /** Some programs write {@code ="0123"} to keep leading zeros. */
    private static boolean isQuotedText(String value) {
        return value.length() >= 3 && value.startsWith("=\"") && value.endsWith("\"");
    }

    /** Takes off {@code ="…"} and the apostrophe that our own lists put before what a spreadsheet would calculate. */
    private static String plain(String value) {
        if (value.length() > 1) {
            char first = value.charAt(0);
            if (first == '=' && isQuotedText(value)) {
                return value.substring(2, value.length() - 1);
            }
            if (first == '\'' && "=+-@\t\r".indexOf(value.charAt(1)) >= 0) {
                return value.substring(1);
            }
        }
        return value;
    }

    /** The separator that occurs in the most of the first lines, and there most often; comma if none does. */
    private static char delimiter(char[] head, int length) {
        char[] candidates = {',', '\t', ';'};
        int[] lines = new int[candidates.length];
        int[] total = new int[candidates.length];
        int[] onLine = new int[candidates.length];
        boolean quoted = false;
        int seen = 0;
        for (int i = 0; i < length && seen < 50; i++) {
            char c = head[i];
            if (c == '"') {
                quoted = !quoted;
            } else if ((!quoted && c == '\n') || i == length - 1) {
                for (int k = 0; k < candidates.length; k++) {
                    lines[k] += onLine[k] > 0 ? 1 : 0;
                    total[k] += onLine[k];
                    onLine[k] = 0;
                }
                seen++;
            } else if (!quoted) {
                for (int k = 0; k < candidates.length; k++) {
                    onLine[k] += c == candidates[k] ? 1 : 0;
                }
            }
        }
        int best = 0;
        for (int k = 1; k < candidates.length; k++) {
            if (lines[k] > lines[best] || (lines[k] == lines[best] && total[k] > total[best])) {
                best = k;
            }
        }
        return candidates[best];
    }

    @Override
    public long bytesRead() {
        return bytes.count;
    }

    @Override
    public boolean isStrictInWidth() {
        return true;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private static final class CountingStream extends FilterInputStream {

        private long count;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b >= 0 ? 1 : 0;
            return b;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int n = super.read(buffer, from, length);
            count += Math.max(0, n);
            return n;
        }
    }

    /** Stops a record that never ends before it fills the memory. */
    private static final class RecordGuard extends FilterReader {

        private long sinceRecord;
        private long line;

        RecordGuard(Reader in) {
            super(in);
        }

        void startRecord(long atLine) {
            sinceRecord = 0;
            line = atLine;
        }

        @Override
        public int read(char[] buffer, int from, int length) throws IOException {
            if (sinceRecord > LONGEST_RECORD) {
                throw new UnreadableTable(
                        "unclosed-quote",
                        line + "行目から始まる行が長すぎます。引用符 \" が閉じていないようです。そこまでの行は読み込みました。",
                        "The record that begins on line " + line
                                + " is too long. Maybe a quote is not closed? The rows before it were read.");
            }
            int n = super.read(buffer, from, Math.min(length, 1 << 16));
            sinceRecord += Math.max(0, n);
            return n;
        }
    }
}
