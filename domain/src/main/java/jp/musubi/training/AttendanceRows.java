package jp.musubi.training;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;

/** How a row of a register, one person on one day, becomes a mark. */
public final class AttendanceRows {

    public static final List<Column> COLUMNS = List.of(
            Column.required("trainee_id", "受講者番号", "Trainee id")
                    .alsoCalled("受講番号", "学籍番号", "trainee")
                    .hxl("#meta+id")
                    .example("T-0001"),
            Column.required("day", "授業日", "Day of class")
                    .alsoCalled("日", "日付", "訓練日", "date")
                    .hxl("#date+session")
                    .example("2011-10-03"),
            Column.required("mark", "出欠", "Mark")
                    .alsoCalled("出席", "出席状況", "attendance")
                    .hxl("#status+attendance")
                    .example("○"),
            Column.optional("number", "時限", "Number of the session")
                    .alsoCalled("限")
                    .hxl("#meta+number")
                    .example("1"),
            TrainingCells.SAID_AT);

    private AttendanceRows() {}

    /** What rows refer to. */
    public interface Known {

        List<TraineeRef> trainees(String number);

        /** The sessions of a cohort on a day that are not cancelled. */
        List<KnownSession> sessions(CohortId cohort, LocalDate day);

        /** Days of the cohort's sessions around a day, to suggest. */
        List<LocalDate> daysNear(CohortId cohort, LocalDate day);
    }

    /** A session of the timetable. */
    public record KnownSession(SessionId id, int number) {}

    /** Person, day and number. */
    public static Optional<String> externalId(Row row) {
        return row.text("trainee_id")
                .flatMap(trainee -> row.text("day")
                        .map(day -> trainee + " " + TrainingCells.dayKey(day) + " "
                                + row.text("number").orElse("")));
    }

    /** @param today in real time: nothing happened after it */
    public static Interpretation<AttendanceRow> interpret(Row row, LocalDate today, Known known) {
        Cells cells = new Cells(row);
        Optional<TraineeRef> trainee = cells.required("trainee_id", TrainingCells.trainee(known::trainees));
        if (trainee.isPresent() && !trainee.get().mayWrite()) {
            TrainingCells.notYours(cells, "trainee_id");
        }
        Optional<LocalDate> day = TrainingCells.pastDay(cells, "day", today, true);
        Optional<Long> number = cells.optional("number", CellParsers.wholeNumber(1, 20));
        Optional<Mark> mark = cells.required("mark", TrainingCells.MARK);
        Optional<Instant> saidAt = cells.optional("said_at", CellParsers.time());
        Optional<SessionId> session = trainee.isPresent() && day.isPresent()
                ? session(cells, "day", trainee.get().cohort(), day.get(), asInt(number), known)
                : Optional.empty();
        return cells.finish(
                () -> new AttendanceRow(trainee.orElseThrow().id(), session.orElseThrow(), mark.orElseThrow(), saidAt));
    }

    private static OptionalInt asInt(Optional<Long> number) {
        return number.map(value -> OptionalInt.of(value.intValue())).orElse(OptionalInt.empty());
    }

    /** The one session that is meant, or a problem of the column. */
    static Optional<SessionId> session(
            Cells cells, String column, CohortId cohort, LocalDate day, OptionalInt number, Known known) {
        List<KnownSession> found = known.sessions(cohort, day).stream()
                .filter(session -> number.isEmpty() || session.number() == number.getAsInt())
                .toList();
        if (found.size() == 1) {
            return Optional.of(found.get(0).id());
        }
        if (found.isEmpty()) {
            List<LocalDate> near = known.daysNear(cohort, day);
            String days =
                    String.join(", ", near.stream().map(LocalDate::toString).toList());
            cells.problem(
                    column,
                    "no-session",
                    BilingualText.of("日程表にある授業日", "A day of the timetable"),
                    near.isEmpty()
                            ? BilingualText.of("日程表を先に取り込んでください。", "Import the timetable first.")
                            : BilingualText.of(
                                    "近い授業日: " + days + "。日程表にない日は、先に日程表へ加えてください。",
                                    "Days near it: " + days + ". Add a day that is missing to the timetable first."));
        } else {
            cells.problem(
                    column,
                    "several-sessions",
                    BilingualText.of("時限(1から" + found.size() + ")", "Which session of the day, 1 to " + found.size()),
                    BilingualText.of("「時限」の列を加えてください。", "Add the column \"number\"."));
        }
        return Optional.empty();
    }
}
