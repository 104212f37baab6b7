package jp.musubi.inbox.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportKinds;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore;
import jp.musubi.inbox.job.RawTable.CellFault;
import jp.musubi.inbox.job.TableReader.ReadRow;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {

    private static final String TABLE = "井戸番号,日量\nW-1,髙橋\nW-2,①\n";

    private final ImportKinds kinds = new ImportKinds(List.of(new WellsByText()));

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-31j", "EUC-JP", "UTF-16"})
    void readsTheUsualEncodings(String charset) throws IOException {
        String table = charset.equals("EUC-JP") ? TABLE.replace("髙", "高").replace("①", "一") : TABLE;

        assertThat(read(table.getBytes(Charset.forName(charset)))).containsExactlyElementsOf(rowsOf(table));
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsAnyLineEndAndCountsLines(String end) throws IOException {
        byte[] table = String.join(end, "井戸番号,日量", "W-1,\"a" + end + "b\"", "", "W-2,c")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(readRows(table)).extracting(row -> row.row().line()).containsExactly(2L, 5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "\t", ";"})
    void readsAnySeparator(String separator) throws IOException {
        assertThat(read(("井戸番号" + separator + "日量\nW-1" + separator + "\"1,2;3\t4\"\n")
                        .getBytes(StandardCharsets.UTF_8)))
                .containsExactly("W-1|1,2;3\t4");
    }

    @Test
    void findsTheHeaderBelowTitlesInTwoRowsAndWithTags() throws IOException {
        assertThat(read("被害状況報告,,\n2011年3月14日,,\n井戸番号,日量,備考\nW-1,5,x\n")).containsExactly("W-1|5");
        assertThat(read("井戸,,給水\n番号,備考,日量\nW-1,x,5\n")).containsExactly("W-1|5");
        assertThat(read("番号,量\n#meta+id,#capacity\nW-1,5\n")).containsExactly("W-1|5");
        assertThat(read("#capacity,#meta +id\n5,W-1\n")).containsExactly("W-1|5");
    }

    @Test
    void saysWhatIsNoTable() {
        assertThat(refusal(new byte[0])).isEqualTo("empty-file");
        assertThat(refusal("\n\n\n")).isEqualTo("no-header");
        assertThat(refusal("これは手紙です。\nお元気ですか。\n")).isEqualTo("no-header");
        assertThat(refusal("井戸番号,備考\nW-1,x\n")).isEqualTo("missing-columns");
        assertThat(refusal(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13}))
                .isEqualTo("not-a-table");
        assertThat(refusal(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 1, 2, 3, 4}))
                .isEqualTo("old-or-locked-workbook");
        assertThat(refusal(new byte[] {'P', 'K', 3, 4, 1, 2, 3})).isEqualTo("damaged-workbook");
        assertThat(refusal(zip(Map.of("photo.jpg", "x")))).isEqualTo("not-a-table");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void refusesTextWhoseEncodingNobodyKnows() {
        byte[] noise = new byte[5000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (i % 7 == 0 ? '\n' : 0x80 + (i * 31) % 0x20);
        }

        assertThat(refusal(noise)).isEqualTo("broken-encoding");
    }

    @Test
    void rejectsOnlyTheRowsWithBrokenCharacters() throws IOException {
        byte[] table = ("井戸番号,日量\n" + "W-1,良い\n".repeat(50) + "W-2,xx\nW-3,良い\n").getBytes(StandardCharsets.UTF_8);
        int at = new String(table, StandardCharsets.ISO_8859_1).indexOf("xx");
        table[at] = (byte) 0xff;

        List<ReadRow> rows = readRows(table);

        assertThat(rows).hasSize(52);
        assertThat(rows.get(50).faults()).extracting(CellFault::code).containsExactly("broken-encoding");
        assertThat(rows.get(51).faults()).isEmpty();
    }

    @Test
    void refusesTenThousandColumns() {
        String header = IntStream.range(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));

        assertThat(refusal(header + "\n1\n")).isEqualTo("too-many-columns");
        assertThat(refusal(workbook(book -> {
                    XSSFRow row = book.createSheet().createRow(0);
                    row.createCell(9_999).setCellValue("far away");
                })))
                .isEqualTo("too-many-columns");
    }

    @Test
    void stopsAtAQuoteThatNeverCloses() {
        byte[] endless = ("井戸番号,日量\nW-1,1\n\"" + "x,y\n".repeat(3_000_000)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> readRows(endless))
                .isInstanceOfSatisfying(
                        UnreadableTable.class, e -> assertThat(e.code()).isEqualTo("unclosed-quote"))
                .hasMessageContaining("line 3");
    }

    @Test
    void rejectsFormulasShiftedRowsAndGiantCells() throws IOException {
        List<ReadRow> rows = readRows(
                ("井戸番号,日量\nW-1,=SUM(A1:A9)\nW-2,1,000\nW-3,\"" + "x".repeat(40_000) + "\"\n=\"007\",'-x\nW-5,-5\n")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(rows.stream()
                        .map(row -> row.faults().stream().map(CellFault::code).toList()))
                .containsExactly(
                        List.of("formula"), List.of("too-many-cells"), List.of("cell-too-long"), List.of(), List.of());
        assertThat(rows.get(3).row().values()).containsExactly("007", "-x");
    }

    @Test
    void readsAWorkbookAsASpreadsheetShowsIt() throws IOException {
        byte[] book = workbook(workbook -> {
            workbook.createSheet("表紙").createRow(0).createCell(0).setCellValue("報告書");
            XSSFSheet sheet = workbook.createSheet("井戸");
            XSSFRow header = sheet.createRow(3);
            header.createCell(1).setCellValue("井戸番号");
            header.createCell(2).setCellValue("日量");
            Object[] values = {300.0, 38.2682, 1e10, true, 0.1 + 0.2};
            for (int i = 0; i < values.length; i++) {
                XSSFRow row = sheet.createRow(5 + i);
                row.createCell(1).setCellValue("W-" + i);
                if (values[i] instanceof Double number) {
                    row.createCell(2).setCellValue(number);
                } else {
                    row.createCell(2).setCellValue((Boolean) values[i]);
                }
            }
            XSSFRow dated = sheet.createRow(20);
            CellStyle day = workbook.createCellStyle();
            day.setDataFormat(workbook.createDataFormat().getFormat("yyyy\"年\"m\"月\"d\"日\""));
            CellStyle code = workbook.createCellStyle();
            code.setDataFormat(workbook.createDataFormat().getFormat("00000"));
            dated.createCell(1).setCellValue(4202);
            dated.getCell(1).setCellStyle(code);
            dated.createCell(2).setCellValue(java.time.LocalDateTime.of(2011, 3, 14, 9, 30));
            dated.getCell(2).setCellStyle(day);
            workbook.createSheet("第二").createRow(0).createCell(0).setCellValue("日量");
            workbook.getSheetAt(2).getRow(0).createCell(1).setCellValue("井戸番号");
            workbook.getSheetAt(2).createRow(1).createCell(0).setCellValue("7");
            workbook.getSheetAt(2).getRow(1).createCell(1).setCellValue("X-1");
            workbook.createSheet("隠し").createRow(0).createCell(0).setCellValue("secret");
            workbook.setSheetHidden(3, true);
        });

        assertThat(read(book))
                .containsExactly(
                        "W-0|300",
                        "W-1|38.2682",
                        "W-2|10000000000",
                        "W-3|TRUE",
                        "W-4|0.30000000000000004",
                        "04202|2011-03-14T09:30:00",
                        "X-1|7");
        List<ReadRow> rows = readRows(book);
        assertThat(rows.get(0).row().line()).isEqualTo(6);
        assertThat(rows.get(0).row().sheet()).contains("井戸");
        assertThat(rows.get(6).row().line()).isEqualTo(2);
        assertThat(rows.get(6).row().lineInFile()).isEqualTo(10_000_002);
        try (TableReader reader = open(book)) {
            while (reader.next() != null) {
                // to the end
            }
            assertThat(reader.skipped()).containsExactly("表紙");
        }
    }

    @Test
    void takesTheStoredValueOfAFormulaAndRejectsARowWithoutOne() throws IOException {
        byte[] book = workbook(workbook -> {
            XSSFSheet sheet = workbook.createSheet();
            sheet.createRow(0).createCell(0).setCellValue("井戸番号");
            sheet.getRow(0).createCell(1).setCellValue("日量");
            for (int i = 1; i <= 3; i++) {
                sheet.createRow(i).createCell(0).setCellValue("W-" + i);
                sheet.getRow(i).createCell(1).setCellFormula(i == 3 ? "1/0" : "2*3");
            }
            workbook.getCreationHelper()
                    .createFormulaEvaluator()
                    .evaluateFormulaCell(sheet.getRow(1).getCell(1));
            workbook.getCreationHelper()
                    .createFormulaEvaluator()
                    .evaluateFormulaCell(sheet.getRow(3).getCell(1));
        });

        List<ReadRow> rows = readRows(book);

        assertThat(rows.get(0).row().text("litres_per_day")).contains("6");
        assertThat(rows.get(1).faults()).extracting(CellFault::code).containsExactly("formula-without-value");
        assertThat(rows.get(2).faults()).extracting(CellFault::code).containsExactly("formula-error");
    }

    @Test
    void refusesMacrosAndBombs() throws IOException {
        byte[] plain = workbook(workbook -> {
            XSSFSheet sheet = workbook.createSheet();
            sheet.createRow(0).createCell(0).setCellValue("井戸番号");
            sheet.getRow(0).createCell(1).setCellValue("日量");
        });

        assertThat(refusal(with(plain, "xl/vbaProject.bin", out -> out.write(1))))
                .isEqualTo("macro");
        byte[] spaces = new byte[1 << 20];
        Arrays.fill(spaces, (byte) ' ');
        assertThat(refusal(with(plain, "xl/worksheets/sheet1.xml", out -> {
                    for (int i = 0; i < 300; i++) {
                        out.write(spaces);
                    }
                })))
                .isEqualTo("zip-bomb");
        assertThat(refusal(with(plain, "xl/sharedStrings.xml", out -> {
                    out.write("<sst>".getBytes(StandardCharsets.UTF_8));
                    for (int i = 0; i < 300; i++) {
                        out.write("<si><t>".getBytes(StandardCharsets.UTF_8));
                        out.write(spaces);
                        out.write("</t></si>".getBytes(StandardCharsets.UTF_8));
                    }
                })))
                .isEqualTo("zip-bomb");
        assertThat(refusal(with(
                        plain,
                        "xl/worksheets/sheet1.xml",
                        out -> out.write(
                                ("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><worksheet><sheetData>"
                                                + "<row><c t=\"inlineStr\"><is><t>&a;</t></is></c></row></sheetData></worksheet>")
                                        .getBytes(StandardCharsets.UTF_8)))))
                .isEqualTo("damaged-workbook");
        assertThat(leftovers()).isEmpty();
    }

    @Property(tries = 200)
    void readsBackWhateverWasWrittenByTheBook(@ForAll @Size(max = 5) List<@Size(min = 1, max = 4) List<String>> cells)
            throws IOException {
        List<String> expected = new ArrayList<>();
        StringBuilder table = new StringBuilder("井戸番号,日量\r\n");
        for (List<String> row : cells) {
            String value = row.get(0)
                    .replaceAll("[\\p{Cs}\\p{Cn}\\ufffd\\u0000\\ufeff\\r\\n]", "")
                    .replaceAll("^[='].*", "");
            table.append("id,\"").append(value.replace("\"", "\"\"")).append("\"\r\n");
            expected.add("id|" + value.strip());
        }

        try (TableReader reader = new TableReader(
                new CsvTable(
                        new ByteArrayInputStream(table.toString().getBytes(StandardCharsets.UTF_8)),
                        StandardCharsets.UTF_8),
                new ImportKinds(List.of(new WellsByText())),
                Optional.of("wells"))) {
            List<String> seen = new ArrayList<>();
            for (ReadRow row = reader.next(); row != null; row = reader.next()) {
                seen.add(shown(row));
            }
            assertThat(seen).isEqualTo(expected);
        }
    }

    @Test
    void remembersTheFirstLineOfMillionsOfIds() throws IOException {
        try (SeenIds seen = new SeenIds(folder)) {
            for (int i = 1; i <= 1_500_000; i++) {
                assertThat(seen.firstLine("id-" + i, i)).isZero();
            }
            assertThat(seen.firstLine("id-1", 9)).isEqualTo(1);
            assertThat(seen.firstLine("id-1499999", 9)).isEqualTo(1_499_999);
            assertThat(seen.firstLine("id-0", 9)).isZero();
            assertThat(leftovers()).hasSize(1);
        }
        assertThat(leftovers()).isEmpty();
    }

    private static List<String> rowsOf(String table) {
        return table.lines().skip(1).map(line -> line.replace(',', '|')).toList();
    }

    private List<String> read(String table) throws IOException {
        return read(table.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> read(byte[] content) throws IOException {
        return readRows(content).stream().map(TableReaderTest::shown).toList();
    }

    private static String shown(ReadRow row) {
        return row.row().text("well_id").orElse("") + "|"
                + row.row().text("litres_per_day").orElse("");
    }

    private List<ReadRow> readRows(byte[] content) throws IOException {
        List<ReadRow> rows = new ArrayList<>();
        try (TableReader reader = open(content)) {
            for (ReadRow row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private TableReader open(byte[] content) throws IOException {
        RawTable table = TableOpener.open(() -> new ByteArrayInputStream(content), content.length, folder);
        try {
            return new TableReader(table, kinds, Optional.of("wells"));
        } catch (IOException e) {
            table.close();
            throw e;
        }
    }

    private String refusal(String content) {
        return refusal(content.getBytes(StandardCharsets.UTF_8));
    }

    private String refusal(byte[] content) {
        try {
            return "read " + readRows(content).size() + " rows";
        } catch (UnreadableTable e) {
            assertThat(e.text().ja()).isNotBlank();
            assertThat(e.text().en()).isNotBlank();
            return e.code();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<Path> leftovers() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Filling {
        void fill(XSSFWorkbook workbook) throws IOException;
    }

    private static byte[] workbook(Filling filling) {
        try (XSSFWorkbook workbook = new XSSFWorkbook();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            filling.fill(workbook);
            workbook.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Writing {
        void write(ZipOutputStream out) throws IOException;
    }

    /** The workbook with one part added or replaced. */
    private static byte[] with(byte[] workbook, String part, Writing writing) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (java.util.zip.ZipInputStream in = new java.util.zip.ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                parts.put(entry.getName(), in.readAllBytes());
            }
        }
        parts.remove(part);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> kept : parts.entrySet()) {
                out.putNextEntry(new ZipEntry(kept.getKey()));
                out.write(kept.getValue());
            }
            out.putNextEntry(new ZipEntry(part));
            writing.write(out);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(Map<String, String> parts) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                out.putNextEntry(new ZipEntry(part.getKey()));
                out.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
            out.finish();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Wells whose cells are taken as text. */
    private static final class WellsByText implements ImportKind<String> {
        @Override
        public String name() {
            return "wells";
        }

        @Override
        public BilingualText title() {
            return BilingualText.of("井戸", "Wells");
        }

        @Override
        public List<Column> columns() {
            return List.of(
                    Column.required("well_id", "井戸番号", "Well id").hxl("#meta+id"),
                    Column.required("litres_per_day", "日量", "Litres per day")
                            .alsoCalled("給水日量")
                            .hxl("#capacity"));
        }

        @Override
        public Optional<String> externalId(Row row) {
            return row.text("well_id");
        }

        @Override
        public RowInterpreter<String> interpreter(ImportContext context) {
            return row -> Interpretation.accepted("");
        }

        @Override
        public RowStore<String> store() {
            return (context, rows) -> RowStore.Applied.of(0, rows.size(), 0);
        }
    }
}
