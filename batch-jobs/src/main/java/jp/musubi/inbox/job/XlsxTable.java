package jp.musubi.inbox.job;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import jp.musubi.common.BilingualText;
import org.jspecify.annotations.Nullable;

/**
 * Visible sheets of an Office Open XML workbook (ECMA-376), pulled row by row in little memory.
 *
 * <p>Bounded against hostile files: no DTD and no entities, no entry that inflates more than {@value #MOST_INFLATION}
 * times, no markup longer than {@value #LONGEST_MARKUP} bytes, shared texts of at most {@value #MOST_SHARED_CHARS}
 * characters. A formula counts with the value the spreadsheet stored for it; without one the row is rejected. Furigana
 * (phonetic runs) is left out.
 */
final class XlsxTable implements RawTable {

    private static final int MOST_INFLATION = 200;
    private static final int LONGEST_MARKUP = 4 << 20;
    private static final int MOST_SHARED_CHARS = 40_000_000;
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    private static final Pattern FORMAT_LITERALS = Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^\\]]*]|_.");
    private static final Pattern DATE_FORMAT = Pattern.compile(".*[ymdhs].*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ZEROS_FORMAT = Pattern.compile("0+");
    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XML.setProperty(XMLInputFactory.IS_COALESCING, false);
    }

    private record Sheet(String name, String part) {}

    private final ZipFile zip;
    private final long fileBytes;
    private final List<String> sharedTexts = new ArrayList<>();
    private final List<String> cellFormats = new ArrayList<>();
    private final Queue<Sheet> sheets = new ArrayDeque<>();
    private boolean from1904;
    private long sheetBytes;
    private long doneBytes;

    private @Nullable XMLStreamReader xml;
    private @Nullable Guarded stream;
    private String sheetName = "";
    private long line;

    XlsxTable(Path file, long fileBytes) throws IOException {
        this.fileBytes = fileBytes;
        try {
            this.zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw damaged();
        }
        try {
            readWorkbook();
        } catch (XMLStreamException | IOException e) {
            zip.close();
            throw translated(e);
        }
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        try {
            while (true) {
                XMLStreamReader reader = xml;
                if (reader == null) {
                    Sheet sheet = sheets.poll();
                    if (sheet == null) {
                        return null;
                    }
                    sheetName = sheet.name();
                    line = 0;
                    stream = open(entry(sheet.part()));
                    xml = XML.createXMLStreamReader(stream);
                    continue;
                }
                if (!reader.hasNext()) {
                    closeSheet();
                    continue;
                }
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("row")) {
                    RawRow row = row(reader);
                    if (!row.isBlank()) {
                        return row;
                    }
                }
            }
        } catch (XMLStreamException | IOException e) {
            throw translated(e);
        }
    }

    @Override
    public long bytesRead() {
        long inflated = doneBytes + (stream == null ? 0 : stream.count);
        return sheetBytes == 0 ? 0 : Math.min(fileBytes, (long) ((double) inflated / sheetBytes * fileBytes));
    }

    @Override
    public boolean isStrictInWidth() {
        return false;
    }

    @Override
    public void close() throws IOException {
        closeSheet();
        zip.close();
    }

    private void closeSheet() throws IOException {
        if (stream != null) {
            doneBytes += stream.count;
            stream.close();
            stream = null;
        }
        xml = null;
    }

    private RawRow row(XMLStreamReader reader) throws XMLStreamException, IOException {
        String number = reader.getAttributeValue(null, "r");
        line = number == null ? line + 1 : parseLong(number);
        List<String> values = new ArrayList<>();
        List<CellFault> faults = new ArrayList<>(0);
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("row")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("c")) {
                cell(reader, values, faults);
            }
        }
        return new RawRow(sheetName, line, values, faults);
    }

    private void cell(XMLStreamReader reader, List<String> values, List<CellFault> faults)
            throws XMLStreamException, IOException {
        String reference = reader.getAttributeValue(null, "r");
        String type = Objects.requireNonNullElse(reader.getAttributeValue(null, "t"), "n");
        String style = reader.getAttributeValue(null, "s");
        int position = reference == null ? values.size() : column(reference);
        boolean formula = false;
        boolean valued = false;
        String raw = "";
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("c")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "f" -> formula = true;
                    case "v" -> {
                        raw = text(reader, "v");
                        valued = true;
                    }
                    case "is" -> {
                        raw = richText(reader, "is");
                        valued = true;
                    }
                    default -> {}
                }
            }
        }
        if (!formula && raw.isEmpty()) {
            return;
        }
        if (position >= MOST_COLUMNS) {
            throw CsvTable.tooManyColumns(position + 1, line);
        }
        while (values.size() <= position) {
            values.add("");
        }
        if (formula && (!valued || raw.isEmpty()) && !type.equals("str")) {
            faults.add(new CellFault(
                    position,
                    "formula-without-value",
                    "=",
                    BilingualText.of("値、または計算済みの式", "A value, or a formula with its result"),
                    BilingualText.of(
                            "表計算ソフトで開いて保存し直すか、値として貼り付けてください。",
                            "Open and save the file in a spreadsheet once, or paste the cell as a value.")));
        } else if (type.equals("e")) {
            faults.add(new CellFault(
                    position,
                    "formula-error",
                    raw,
                    BilingualText.of("値", "A value"),
                    BilingualText.of("式のエラーを直してください。", "Repair the formula's error.")));
            values.set(position, raw);
        } else {
            String value = value(type, raw, style);
            if (value.length() > LONGEST_CELL) {
                faults.add(CsvTable.tooLong(position, value));
                value = value.substring(0, 200) + "…";
            }
            values.set(position, value);
        }
    }

    private String value(String type, String raw, @Nullable String style) {
        return switch (type) {
            case "s" -> {
                int index = (int) parseLong(raw);
                yield index >= 0 && index < sharedTexts.size() ? sharedTexts.get(index) : "";
            }
            case "b" -> raw.equals("1") ? "TRUE" : "FALSE";
            case "n" -> number(raw, style);
            default -> raw;
        };
    }

    private String number(String raw, @Nullable String style) {
        double value;
        try {
            value = Double.parseDouble(raw);
        } catch (NumberFormatException e) {
            return raw;
        }
        int index = style == null ? 0 : (int) parseLong(style);
        String format = index >= 0 && index < cellFormats.size() ? cellFormats.get(index) : "";
        if (format.equals("date") && value >= 0 && value < 2_958_466) {
            return date(value);
        }
        BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
        String plain = decimal.scale() < -30 || decimal.scale() > 30 ? raw : decimal.toPlainString();
        if (ZEROS_FORMAT.matcher(format).matches() && plain.matches("\\d+")) {
            return "0".repeat(Math.max(0, format.length() - plain.length())) + plain;
        }
        return plain;
    }

    /** A serial day as ISO 8601 without an offset: a spreadsheet does not know one. */
    private String date(double serial) {
        LocalDateTime start = from1904
                ? LocalDateTime.of(1904, 1, 1, 0, 0)
                // Day 60 is 29 February 1900, which never was.
                : LocalDateTime.of(1899, 12, serial < 60 ? 31 : 30, 0, 0);
        LocalDateTime time =
                start.plus(Math.round(serial * 86_400), ChronoUnit.SECONDS).truncatedTo(ChronoUnit.SECONDS);
        return time.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? time.toLocalDate().toString()
                : DATE_AND_TIME.format(time);
    }

    private void readWorkbook() throws IOException, XMLStreamException {
        String workbookPart = relations("").entrySet().stream()
                .filter(relation -> relation.getKey().startsWith("officeDocument "))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> notAWorkbook());
        refuseMacros();
        Map<String, String> relations = relations(workbookPart);
        XMLStreamReader reader = XML.createXMLStreamReader(open(entry(workbookPart)));
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (reader.getLocalName().equals("workbookPr")) {
                String flag = reader.getAttributeValue(null, "date1904");
                from1904 = flag != null && (flag.equals("1") || flag.equals("true"));
            } else if (reader.getLocalName().equals("sheet")) {
                String state = Objects.requireNonNullElse(reader.getAttributeValue(null, "state"), "visible");
                String id = Optional.ofNullable(reader.getAttributeValue(RELATIONS, "id"))
                        .orElse(reader.getAttributeValue(STRICT_RELATIONS, "id"));
                String part = relations.get("worksheet " + id);
                if (state.equals("visible") && part != null) {
                    sheets.add(new Sheet(Objects.requireNonNullElse(reader.getAttributeValue(null, "name"), ""), part));
                    sheetBytes += Math.max(0, entry(part).getSize());
                }
            }
        }
        reader.close();
        for (Map.Entry<String, String> relation : relations.entrySet()) {
            if (relation.getKey().startsWith("sharedStrings ")) {
                readSharedTexts(relation.getValue());
            } else if (relation.getKey().startsWith("styles ")) {
                readFormats(relation.getValue());
            }
        }
    }

    private void refuseMacros() throws UnreadableTable {
        for (Iterator<? extends ZipEntry> entries = zip.entries().asIterator(); entries.hasNext(); ) {
            if (entries.next().getName().endsWith("vbaProject.bin")) {
                throw new UnreadableTable(
                        "macro",
                        "マクロつきのブックは受け取れません。マクロなしの XLSX か CSV で保存して送ってください。",
                        "Workbooks with macros are not accepted. Save it as XLSX without macros or as CSV.");
            }
        }
    }

    /** Relations of a part by "last word of the type" + blank + id, as absolute part names. */
    private Map<String, String> relations(String part) throws IOException, XMLStreamException {
        int slash = part.lastIndexOf('/');
        String folder = slash < 0 ? "" : part.substring(0, slash + 1);
        ZipEntry entry = zip.getEntry(folder + "_rels/" + part.substring(slash + 1) + ".rels");
        Map<String, String> relations = new HashMap<>();
        if (entry == null) {
            return relations;
        }
        XMLStreamReader reader = XML.createXMLStreamReader(open(entry));
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("Relationship")
                    && !"External".equals(reader.getAttributeValue(null, "TargetMode"))) {
                String type = String.valueOf(reader.getAttributeValue(null, "Type"));
                String target = String.valueOf(reader.getAttributeValue(null, "Target"));
                relations.put(
                        type.substring(type.lastIndexOf('/') + 1) + " " + reader.getAttributeValue(null, "Id"),
                        target.startsWith("/")
                                ? target.substring(1)
                                : Path.of("/" + folder)
                                        .resolve(target)
                                        .normalize()
                                        .toString()
                                        .substring(1));
            }
        }
        reader.close();
        return relations;
    }

    private void readSharedTexts(String part) throws IOException, XMLStreamException {
        long chars = 0;
        XMLStreamReader reader = XML.createXMLStreamReader(open(entry(part)));
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("si")) {
                String text = richText(reader, "si");
                chars += text.length() + 24;
                if (chars > MOST_SHARED_CHARS) {
                    throw new UnreadableTable(
                            "too-large-for-xlsx",
                            "ブックの文字が多すぎます。CSV で保存して送ってください。CSV なら大きさに限りがありません。",
                            "The workbook holds too much text. Save it as CSV, which may be of any size.");
                }
                sharedTexts.add(text);
            }
        }
        reader.close();
    }

    /** For each cell style: "date", a format of zeros only, or nothing that matters. */
    private void readFormats(String part) throws IOException, XMLStreamException {
        Map<String, String> custom = new HashMap<>();
        XMLStreamReader reader = XML.createXMLStreamReader(open(entry(part)));
        boolean inCells = false;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("cellXfs")) {
                inCells = false;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                String name = reader.getLocalName();
                if (name.equals("numFmt")) {
                    custom.put(
                            String.valueOf(reader.getAttributeValue(null, "numFmtId")),
                            String.valueOf(reader.getAttributeValue(null, "formatCode")));
                } else if (name.equals("cellXfs")) {
                    inCells = true;
                } else if (inCells && name.equals("xf")) {
                    String id = Objects.requireNonNullElse(reader.getAttributeValue(null, "numFmtId"), "0");
                    cellFormats.add(format((int) parseLong(id), custom.get(id)));
                }
            }
        }
        reader.close();
    }

    private static String format(int id, @Nullable String code) {
        if (code == null) {
            boolean date = (id >= 14 && id <= 22)
                    || (id >= 27 && id <= 36)
                    || (id >= 45 && id <= 47)
                    || (id >= 50 && id <= 58);
            return date ? "date" : "";
        }
        String bare = FORMAT_LITERALS.matcher(code).replaceAll("");
        if (ZEROS_FORMAT.matcher(bare).matches()) {
            return bare;
        }
        return !bare.equalsIgnoreCase("general") && DATE_FORMAT.matcher(bare).matches() ? "date" : "";
    }

    /** The text of an element with its runs, without phonetic runs; ends after its end tag. */
    private static String richText(XMLStreamReader reader, String element) throws XMLStreamException, IOException {
        StringBuilder text = new StringBuilder();
        int phonetic = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (reader.getLocalName().equals("rPh")) {
                    phonetic++;
                } else if (reader.getLocalName().equals("t") && phonetic == 0) {
                    text.append(text(reader, "t"));
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (reader.getLocalName().equals("rPh")) {
                    phonetic--;
                } else if (reader.getLocalName().equals(element)) {
                    break;
                }
            }
        }
        return text.toString();
    }

    private static String text(XMLStreamReader reader, String element) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals(element)) {
                break;
            }
            if ((event == XMLStreamConstants.CHARACTERS
                            || event == XMLStreamConstants.CDATA
                            || event == XMLStreamConstants.SPACE)
                    && text.length() <= LONGEST_CELL) {
                text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
            }
        }
        return text.toString();
    }

    /** {@code C5} → 2. */
    private static int column(String reference) {
        int column = 0;
        for (int i = 0; i < reference.length() && i < 4; i++) {
            char c = reference.charAt(i);
            if (c < 'A' || c > 'Z') {
                break;
            }
            column = column * 26 + (c - 'A' + 1);
        }
        return Math.max(0, column - 1);
    }

    private static long parseLong(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private ZipEntry entry(String part) throws UnreadableTable {
        ZipEntry entry = zip.getEntry(part);
        if (entry == null) {
            throw damaged();
        }
        return entry;
    }

    private Guarded open(ZipEntry entry) throws IOException {
        return new Guarded(zip.getInputStream(entry), Math.max(1, entry.getCompressedSize()));
    }

    private static IOException translated(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableTable unreadable) {
                return unreadable;
            }
            if (cause instanceof XMLStreamException xml && xml.getNestedException() instanceof UnreadableTable nested) {
                return nested;
            }
        }
        if (e instanceof XMLStreamException || e instanceof ZipException || e instanceof java.io.EOFException) {
            return damaged();
        }
        return e instanceof IOException io ? io : new IOException(e);
    }

    private static UnreadableTable damaged() {
        return new UnreadableTable(
                "damaged-workbook",
                "ブックが壊れていて読めません。表計算ソフトで開いて保存し直してください。",
                "The workbook is damaged. Open and save it in a spreadsheet, then send it again.");
    }

    private static UnreadableTable notAWorkbook() {
        return new UnreadableTable(
                "not-a-table",
                "表のファイルではありません。CSV か XLSX で保存して送ってください。",
                "This is not a table. Save it as CSV or XLSX and send it again.");
    }

    /** Stops entries that inflate out of proportion and markup without end. */
    private static final class Guarded extends FilterInputStream {

        private final long compressed;
        private long count;
        private long sinceTag;

        Guarded(InputStream in, long compressed) {
            super(in);
            this.compressed = compressed;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int n = super.read(buffer, from, length);
            if (n > 0) {
                count += n;
                for (int i = from; i < from + n; i++) {
                    sinceTag = buffer[i] == '<' ? 0 : sinceTag + 1;
                }
                if ((count > 1 << 20 && count / compressed > MOST_INFLATION) || sinceTag > LONGEST_MARKUP) {
                    throw new UnreadableTable(
                            "zip-bomb",
                            "ブックの中身が異常に大きく膨らむため、読みませんでした。CSV で保存して送ってください。",
                            "The workbook inflates out of all proportion and was not read. Save it as CSV and send it again.");
                }
            }
            return n;
        }
    }
}
