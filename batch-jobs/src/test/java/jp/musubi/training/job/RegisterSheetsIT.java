package jp.musubi.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.inbox.FeedInbox;
import jp.musubi.inbox.FeedInbox.Delivery;
import jp.musubi.inbox.FeedState;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.job.ImportJobs;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFile.Counts;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.inbox.store.RejectedRow;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import jp.musubi.training.store.TrainingScene;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Registers as people make them: days across, names down. */
@MusubiIT
@Import(TrainingScene.class)
class RegisterSheetsIT {

    private static final Charset CP932 = Charset.forName("windows-31j");
    private static final Instant NOW = Instant.parse("2012-06-01T00:00:00Z");

    private final FeedInbox inbox;
    private final FeedFiles files;
    private final ImportJobs jobs;
    private final Responses responses;
    private final TrainingScene scene;
    private final JdbcClient jdbc;
    private Response response = TestResponse.at(NOW, "registers");

    RegisterSheetsIT(
            FeedInbox inbox,
            FeedFiles files,
            ImportJobs jobs,
            Responses responses,
            TrainingScene scene,
            JdbcClient jdbc) {
        this.inbox = inbox;
        this.files = files;
        this.jobs = jobs;
        this.responses = responses;
        this.scene = scene;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void openTome() {
        response = responses.open(TestResponse.at(NOW, "t-" + UUID.randomUUID()));
        scene.openTome(new TrainingScene.Sent(response, NOW));
    }

    @Test
    void readsATextWithMonthsOverDaysAndNamesOnly() throws IOException {
        String sheet = """
                登米市 介護講座 出席簿 平成23年度,,,,,
                ,,,,,
                氏名,10月,,,,備考
                ,3,4,5,6,
                ,月,火,水,木,
                試験 花子,○,×,△,遅,よくがんばった
                試験　太郎,〇,早,,公欠,
                """;

        FeedFile first = imported("出席簿.csv", sheet.getBytes(CP932), Optional.empty());
        FeedFile again = imported("出席簿(2).csv", ("\ufeff" + sheet).getBytes(StandardCharsets.UTF_8), Optional.empty());

        assertThat(first.state()).isEqualTo(FeedState.DONE);
        assertThat(first.kind()).contains("attendance");
        assertThat(first.counts()).isEqualTo(new Counts(2, 2, 0, 0, 0));
        assertThat(again.counts()).isEqualTo(new Counts(2, 0, 2, 0, 0));
        assertThat(first.message().map(message -> message.text().ja())).contains("読まなかった列: 備考。");
        assertThat(marks("T-1")).containsExactly("3=PRESENT", "4=ABSENT", "5=PARTIAL", "6=LATE");
        assertThat(marks("T-2")).containsExactly("3=PRESENT", "4=LEFT_EARLY", "6=EXCUSED");
    }

    @Test
    void explainsEveryCellThatCannotBeRead() throws IOException {
        FeedFile file = imported("sheet.csv", """
                受講番号,氏名,10/3,10/4,10/8,10/5(水)
                T-1,試験 花子,○,？,○,出張
                T-2,試験 太郎,○,○,,×
                ,試験 四郎,○,,,
                合計,,2,1,,
                """.getBytes(StandardCharsets.UTF_8), Optional.of("attendance"));

        assertThat(file.counts()).isEqualTo(new Counts(4, 1, 0, 0, 3));
        List<RejectedRow> rejected = files.listRejected(file.id(), 0, 10);
        assertThat(rejected.get(0).problems())
                .extracting(RowProblem::code, problem -> problem.place().column(), RowProblem::value)
                .containsExactly(
                        tuple("unknown-mark", "--10-04 (D)", "？"),
                        tuple("no-session", "--10-08 (E)", "○"),
                        tuple("unknown-mark", "--10-05 (F)", "出張"));
        assertThat(rejected.get(0).cells()).containsExactly("T-1", "試験 花子", "○", "？", "○", "出張");
        assertThat(rejected.get(1).problems())
                .extracting(RowProblem::code, problem -> problem.place().column())
                .containsExactly(tuple("not-known", "氏名"));
        assertThat(rejected.get(2).problems().get(0).code()).isEqualTo("not-known");
        assertThat(marks("T-1")).isEmpty();
        assertThat(marks("T-2")).containsExactly("3=PRESENT", "4=PRESENT", "5=ABSENT");

        // The list of rejected rows has the header as it was understood: corrected, it is read again.
        FeedFile corrected = imported(
                "corrected.csv",
                (String.join(",", file.header()) + "\nT-1,試験 花子,○,早,,△\n").getBytes(StandardCharsets.UTF_8),
                Optional.of("attendance"));
        assertThat(corrected.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0));
        assertThat(marks("T-1")).containsExactly("3=PRESENT", "4=LEFT_EARLY", "5=PARTIAL");
    }

    @Test
    void readsAWorkbookWithMergedCellsAndRealDates() throws IOException {
        byte[] workbook;
        try (XSSFWorkbook book = new XSSFWorkbook();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            XSSFSheet merged = book.createSheet("10月");
            row(merged, 0, "登米市介護講座 2011年10月");
            merged.addMergedRegion(new CellRangeAddress(0, 0, 0, 4));
            row(merged, 1, "受講者番号", "氏名", "2011年10月");
            merged.addMergedRegion(new CellRangeAddress(1, 1, 2, 4));
            row(merged, 2, "", "", "3", "4", "5");
            row(merged, 3, "T-1", "試験 花子", "○", "○", "×");
            CellStyle date = book.createCellStyle();
            date.setDataFormat(book.createDataFormat().getFormat("m/d"));
            XSSFSheet dates = book.createSheet("続き");
            XSSFRow header = row(dates, 0, "受講者番号", "氏名");
            header.createCell(2).setCellValue(LocalDate.of(2011, 10, 6));
            header.getCell(2).setCellStyle(date);
            row(dates, 1, "T-1", "試験 花子", "遅");
            row(book.createSheet("メモ"), 0, "何でもない");
            book.write(out);
            workbook = out.toByteArray();
        }

        FeedFile file = imported("出席簿.xlsx", workbook, Optional.empty());

        assertThat(file.kind()).contains("attendance");
        assertThat(file.counts()).isEqualTo(new Counts(2, 2, 0, 0, 0));
        assertThat(file.message().map(message -> message.text().ja())).contains("読まなかったシート: メモ。");
        assertThat(marks("T-1")).containsExactly("3=PRESENT", "4=PRESENT", "5=ABSENT", "6=LATE");
    }

    @Test
    void tellsPeopleWithOneNameApartByTheirTimetables() throws IOException {
        TrainingScene.Sent sent = new TrainingScene.Sent(response, NOW);
        scene.take(
                sent,
                "cohorts",
                TrainingScene.COHORTS,
                TrainingScene.row(
                        "ISHI-1", "ISHI", "食の講座", "食・農", "石巻市", "commissioned", "2011-11-01", "2012-03-30", ""));
        scene.take(sent, "sessions", TrainingScene.SESSIONS, TrainingScene.row("ISHI-1", "2011-11-04", "6"));
        scene.take(
                sent,
                "trainees",
                TrainingScene.TRAINEES,
                TrainingScene.row("T-5", "ISHI-1", "試験 花子", "", "", "", "", "", "", ""));

        imported("石巻.csv", "氏名,11/4\n試験花子,○\n".getBytes(CP932), Optional.of("attendance"));
        FeedFile unclear = imported("不明.csv", "氏名,12/4\n試験花子,○\n".getBytes(CP932), Optional.of("attendance"));

        assertThat(marks("T-5")).containsExactly("4=PRESENT");
        assertThat(marks("T-1")).isEmpty();
        assertThat(files.listRejected(unclear.id(), 0, 10).get(0).problems())
                .extracting(RowProblem::code)
                .containsExactly("ambiguous");
    }

    private static XSSFRow row(XSSFSheet sheet, int number, String... cells) {
        XSSFRow row = sheet.createRow(number);
        for (int i = 0; i < cells.length; i++) {
            row.createCell(i).setCellValue(cells[i]);
        }
        return row;
    }

    private List<String> marks(String number) {
        return jdbc.sql("""
                        SELECT s.held_on, a.mark FROM attendance a
                          JOIN course_session s ON s.id = a.session_id JOIN trainee t ON t.id = a.trainee_id
                         WHERE t.response_id = ? AND t.external_id = ? AND a.is_current ORDER BY s.held_on""")
                .params(response.id().value(), number)
                .query((row, n) -> row.getDate(1).toLocalDate().getDayOfMonth() + "=" + row.getString(2))
                .list();
    }

    private FeedFile imported(String name, byte[] content, Optional<String> kind) throws IOException {
        try (InputStream in = new ByteArrayInputStream(content)) {
            return Objects.requireNonNull(jobs.submit(inbox.receive(
                            new Delivery(
                                    response.id(),
                                    kind,
                                    "main",
                                    name,
                                    UUID.randomUUID().toString(),
                                    Optional.empty()),
                            in))
                    .join());
        }
    }
}
