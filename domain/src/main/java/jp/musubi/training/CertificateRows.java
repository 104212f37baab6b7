package jp.musubi.training;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;

/** How a row of a register of certificates becomes a fact. */
public final class CertificateRows {

    public static final List<Column> COLUMNS = List.of(
            Column.required("certificate_no", "証書番号", "Certificate number")
                    .alsoCalled("修了証番号", "証明書番号")
                    .hxl("#meta+certificate")
                    .example("登介-0001"),
            Column.required("trainee_id", "受講者番号", "Trainee id")
                    .alsoCalled("受講番号", "学籍番号", "trainee")
                    .hxl("#meta+id")
                    .example("T-0001"),
            Column.required("competency", "資格", "Competency")
                    .alsoCalled("資格名", "講習名", "qualification")
                    .hxl("#capacity+skill")
                    .example("helper-2"),
            Column.required("issued_on", "交付日", "Issued on")
                    .alsoCalled("修了日", "発行日", "取得日")
                    .hxl("#date+issued")
                    .example("2012-03-30"),
            Column.optional("issuer", "発行者", "Issuer")
                    .alsoCalled("交付者", "実施機関")
                    .hxl("#org+issuer")
                    .example("宮城県知事指定事業者"),
            Column.optional("withdrawn", "取消", "Withdrawn")
                    .hxl("#status+withdrawn")
                    .example("no"),
            TrainingCells.SAID_AT);

    private CertificateRows() {}

    public static Optional<String> externalId(Row row) {
        return row.text("certificate_no");
    }

    /** @param today in real time: nothing happened after it */
    public static Interpretation<FactRow> interpret(
            Row row, LocalDate today, Competencies competencies, Function<String, List<TraineeRef>> trainees) {
        Cells cells = new Cells(row);
        Optional<String> number = cells.required("certificate_no", CellParsers.text(TrainingCells.LONGEST_ID));
        Optional<TraineeRef> trainee = cells.required("trainee_id", TrainingCells.trainee(trainees));
        if (trainee.isPresent() && !trainee.get().mayWrite()) {
            TrainingCells.notYours(cells, "trainee_id");
        }
        Optional<Competency> competency =
                cells.required("competency", text -> CohortRows.competency(text, competencies));
        Optional<LocalDate> issued = TrainingCells.pastDay(cells, "issued_on", today, true);
        Optional<String> issuer = cells.optional("issuer", CellParsers.text(FactEntry.LONGEST_NOTE));
        boolean withdrawn = cells.optional("withdrawn", CellParsers.yesNo()).orElse(false);
        Optional<Instant> saidAt = cells.optional("said_at", CellParsers.time());
        if (competency.isPresent() && issued.isPresent() && !competency.get().isIssuedOn(issued.get())) {
            anotherTime(cells, competency.get(), issued.get(), competencies);
        }
        return cells.finish(() -> {
            FactEntry entry = FactEntry.certificate(
                    number.orElseThrow(), competency.orElseThrow().code(), issued.orElseThrow(), issuer.orElse(""));
            return new FactRow(trainee.orElseThrow().id(), withdrawn ? entry.takenBack() : entry, saidAt);
        });
    }

    private static void anotherTime(Cells cells, Competency competency, LocalDate issued, Competencies competencies) {
        Optional<Competency> right = competency.from().filter(issued::isBefore).isPresent()
                ? competency.replaces().flatMap(competencies::find)
                : competencies.findSuccessor(competency);
        cells.problem(
                "competency",
                "competency-of-another-time",
                BilingualText.of(issued + " に交付されていた資格", "A qualification that was issued on " + issued),
                right.map(one -> BilingualText.of(
                                "その日の資格は「" + one.name().ja() + "」(" + one.code() + ")です。資格か交付日を直してください。",
                                "On that day it was \"" + one.name().en() + "\" (" + one.code()
                                        + "). Correct the qualification or the day."))
                        .orElse(BilingualText.of("資格か交付日を直してください。", "Correct the qualification or the day.")));
    }
}
