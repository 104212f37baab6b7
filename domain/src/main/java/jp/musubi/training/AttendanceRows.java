package jp.musubi.training;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ColumnMatch;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.OpenColumns;
import jp.musubi.inbox.Row;

/** How a line of a register becomes marks: one person on one day, or one person with the days across. */
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
            Column.optional("name", "氏名", "Name")
                    .alsoCalled("名前", "受講者氏名", "full name")
                    .hxl("#contact+name"),
            TrainingCells.SAID_AT);

    /** Days across instead of below each other. */
    public static final OpenColumns DAYS_ACROSS = new RegisterDays();

    private static final int LETTERS = 26;

    private AttendanceRows() {}

    /** What rows refer to. */
    public interface Known {

        List<TraineeRef> trainees(String number);

        /** By name, where a sheet has no numbers. */
        List<TraineeRef> traineesByName(String name);

        /** The days of a cohort's timetable. */
        Collection<LocalDate> days(CohortId cohort);

        /** The sessions of a cohort on a day that are not cancelled. */
        List<KnownSession> sessions(CohortId cohort, LocalDate day);

        /** Days of the cohort's sessions around a day, to suggest. */
        List<LocalDate> daysNear(CohortId cohort, LocalDate day);
    }

    /** A session of the timetable. */
    public record KnownSession(SessionId id, int number) {}

    /** Person, day and number; where days stand across, person and all days of the sheet. */
    public static Optional<String> externalId(Row row) {
        if (isAcross(row)) {
            return row.text("trainee_id")
                    .or(() -> row.text("name"))
                    .map(who -> who + " " + String.join(" ", across(row).values()));
        }
        return row.text("trainee_id")
                .flatMap(trainee -> row.text("day")
                        .map(day -> trainee + " " + TrainingCells.dayKey(day) + " "
                                + row.text("number").orElse("")));
    }

    private static boolean isAcross(Row row) {
        return !row.hasColumn("mark");
    }

    /** Positions of the days and what stands for each. */
    private static SortedMap<Integer, String> across(Row row) {
        SortedMap<Integer, String> days = new TreeMap<>();
        List<String> headers = row.columns().headers();
        for (int k = 0; k < headers.size(); k++) {
            if (RegisterDays.across(headers.get(k)).isPresent()) {
                days.put(k, headers.get(k));
            }
        }
        return days;
    }

    /** @param today in real time: nothing happened after it */
    public static Interpretation<RegisterRow> interpret(Row row, LocalDate today, Known known) {
        return isAcross(row) ? interpretAcross(row, today, known) : interpretOne(row, today, known);
    }

    private static Interpretation<RegisterRow> interpretOne(Row row, LocalDate today, Known known) {
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
        return cells.finish(() -> new RegisterRow(List.of(
                new AttendanceRow(trainee.orElseThrow().id(), session.orElseThrow(), mark.orElseThrow(), saidAt))));
    }

    /** Every cell that cannot be read is explained; a blank one says nothing. */
    private static Interpretation<RegisterRow> interpretAcross(Row row, LocalDate today, Known known) {
        Cells cells = new Cells(row);
        SortedMap<Integer, String> days = across(row);
        Optional<TraineeRef> trainee = row.text("trainee_id").isPresent()
                ? cells.required("trainee_id", TrainingCells.trainee(known::trainees))
                : cells.required("name", TrainingCells.trainee(name -> byName(name, days.values(), known)));
        if (trainee.isPresent() && !trainee.get().mayWrite()) {
            TrainingCells.notYours(cells, row.text("trainee_id").isPresent() ? "trainee_id" : "name");
        }
        Optional<Instant> saidAt = cells.optional("said_at", CellParsers.time());
        List<AttendanceRow> marks = new ArrayList<>();
        days.forEach((position, written) -> {
            String text =
                    position < row.values().size() ? row.values().get(position).strip() : "";
            if (!text.isEmpty()) {
                // One cell is read as a row of its own: with the day for its header.
                Row cell = cell(row, position, written, text);
                Cells of = new Cells(cell);
                Optional<Mark> mark = of.required("mark", TrainingCells.MARK);
                Optional<SessionId> session = trainee.isPresent()
                        ? session(of, written, trainee.get().cohort(), today, known)
                        : Optional.empty();
                // An unknown person has no session, and that is said of the row.
                Interpretation<Optional<AttendanceRow>> read = of.finish(() -> trainee.flatMap(who ->
                        session.flatMap(held -> mark.map(sign -> new AttendanceRow(who.id(), held, sign, saidAt)))));
                if (read instanceof Interpretation.Accepted<Optional<AttendanceRow>> good) {
                    good.value().ifPresent(marks::add);
                }
                read.listProblems().forEach(cells::add);
            }
        });
        return cells.finish(() -> new RegisterRow(marks));
    }

    private static Row cell(Row row, int position, String written, String text) {
        String header = written + " (" + letters(position) + ")";
        return new Row(
                row.line(),
                row.sheet(),
                new ColumnMatch(Map.of("mark", 0), List.of(header), List.of(), List.of(), List.of()),
                List.of(text),
                row.sheetNumber());
    }

    /** The column as a spreadsheet calls it. */
    static String letters(int position) {
        return (position < LETTERS ? "" : letters(position / LETTERS - 1)) + (char) ('A' + position % LETTERS);
    }

    private static Optional<SessionId> session(
            Cells cells, String written, CohortId cohort, LocalDate today, Known known) {
        RegisterDays.Across across = RegisterDays.across(written).orElseThrow();
        List<LocalDate> fitting =
                known.days(cohort).stream().filter(across::fits).sorted().toList();
        LocalDate day = fitting.isEmpty() ? across.day().atYear(across.year().orElse(today.getYear())) : fitting.get(0);
        if (day.isAfter(today) && !fitting.isEmpty()) {
            cells.problem(
                    "mark",
                    "in-the-future",
                    BilingualText.of("今日までの日", "A day up to today"),
                    BilingualText.of("まだ来ていない日のセルは空にしてください。", "Leave the cells of days to come blank."));
            return Optional.empty();
        }
        return session(cells, "mark", cohort, day, across.session(), known);
    }

    /** Of several people with one name the one whose timetable has these days. */
    private static List<TraineeRef> byName(String name, Collection<String> days, Known known) {
        List<TraineeRef> found = known.traineesByName(name);
        if (found.size() < 2) {
            return found;
        }
        List<TraineeRef> there = found.stream()
                .filter(one -> days.stream()
                        .flatMap(written -> RegisterDays.across(written).stream())
                        .anyMatch(across -> known.days(one.cohort()).stream().anyMatch(across::fits)))
                .toList();
        return there.isEmpty() ? found : there;
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
