package jp.musubi.training;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jp.musubi.inbox.CellParser;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;

/** How a row of answers to a follow-up survey becomes a fact. */
public final class FollowUpRows {

    public static final List<Column> COLUMNS = List.of(
            Column.required("trainee_id", "受講者番号", "Trainee id")
                    .alsoCalled("受講番号", "学籍番号", "trainee")
                    .hxl("#meta+id")
                    .example("T-0001"),
            Column.required("answered_on", "回答日", "Answered on")
                    .hxl("#date+answered")
                    .example("2013-04-02"),
            Column.required("status", "現在の状況", "Status now")
                    .alsoCalled("就労状況", "現況")
                    .hxl("#status+work")
                    .example("in-cooperative"),
            TrainingCells.SAID_AT);

    private static final CellParser<FollowUpStatus> STATUS = CellParsers.oneOf(FollowUpStatus.words());

    private FollowUpRows() {}

    /** Person and day. */
    public static Optional<String> externalId(Row row) {
        return row.text("trainee_id")
                .flatMap(trainee -> row.text("answered_on").map(day -> trainee + " " + TrainingCells.dayKey(day)));
    }

    /** @param today in real time: nothing happened after it */
    public static Interpretation<FactRow> interpret(
            Row row, LocalDate today, Function<String, List<TraineeRef>> trainees) {
        Cells cells = new Cells(row);
        Optional<TraineeRef> trainee = cells.required("trainee_id", TrainingCells.trainee(trainees));
        if (trainee.isPresent() && !trainee.get().mayWrite()) {
            TrainingCells.notYours(cells, "trainee_id");
        }
        Optional<LocalDate> on = TrainingCells.pastDay(cells, "answered_on", today, true);
        Optional<FollowUpStatus> status = cells.required("status", STATUS);
        Optional<Instant> saidAt = cells.optional("said_at", CellParsers.time());
        return cells.finish(() -> new FactRow(
                trainee.orElseThrow().id(), FactEntry.followUp(status.orElseThrow(), on.orElseThrow()), saidAt));
    }
}
