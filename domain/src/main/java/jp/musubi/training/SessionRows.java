package jp.musubi.training;

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

/** How a row of a timetable becomes a session. */
public final class SessionRows {

    public static final List<Column> COLUMNS = List.of(
            Column.required("cohort_id", "受講期番号", "Cohort id")
                    .alsoCalled("受講期", "cohort")
                    .hxl("#meta+cohort")
                    .example("TOME-2011-1"),
            Column.required("day", "授業日", "Day of class")
                    .alsoCalled("日", "日付", "訓練日", "date")
                    .hxl("#date+session")
                    .example("2011-10-03"),
            Column.required("hours", "時間数", "Hours").hxl("#indicator+hours").example("6"),
            Column.optional("number", "時限", "Number of the session")
                    .alsoCalled("限")
                    .hxl("#meta+number")
                    .example("1"),
            Column.optional("subject", "科目", "Subject")
                    .alsoCalled("教科", "内容")
                    .hxl("#activity+subject")
                    .example("介護の基本"),
            Column.optional("cancelled", "休講", "Cancelled")
                    .hxl("#status+cancelled")
                    .example("no"));

    private SessionRows() {}

    /** Cohort, day and number. */
    public static Optional<String> externalId(Row row) {
        return row.text("cohort_id")
                .flatMap(cohort ->
                        row.text("day").map(day -> cohort + " " + TrainingCells.dayKey(day) + " " + number(row)));
    }

    private static String number(Row row) {
        return row.text("number").orElse("1");
    }

    public static Interpretation<SessionRow> interpret(Row row, Function<String, List<CohortRef>> cohorts) {
        Cells cells = new Cells(row);
        Optional<CohortRef> cohort = cells.required("cohort_id", CohortRef.parser(cohorts));
        Optional<LocalDate> day = cells.required("day", CellParsers.date());
        Optional<Double> hours = cells.required("hours", CellParsers.decimal(0.25, 24));
        Optional<Long> number = cells.optional("number", CellParsers.wholeNumber(1, 20));
        Optional<String> subject = cells.optional("subject", CellParsers.text(200));
        Optional<Boolean> cancelled = cells.optional("cancelled", CellParsers.yesNo());
        if (cohort.isPresent() && !cohort.get().mayWrite()) {
            TrainingCells.notYours(cells, "cohort_id");
        }
        if (cohort.isPresent() && day.isPresent() && !cohort.get().holds(day.get())) {
            cells.problem(
                    "day",
                    "outside-the-course",
                    BilingualText.of(
                            cohort.get().startsOn() + " から " + cohort.get().endsOn() + " までの日",
                            "A day from " + cohort.get().startsOn() + " to "
                                    + cohort.get().endsOn()),
                    BilingualText.of("日付か、受講期の期間を直してください。", "Correct the day, or the days of the cohort."));
        }
        return cells.finish(() -> new SessionRow(
                cohort.orElseThrow().id(),
                day.orElseThrow(),
                number.map(Long::intValue).orElse(1),
                (int) Math.round(hours.orElseThrow() * 60),
                subject.orElse(""),
                cancelled.orElse(false)));
    }
}
