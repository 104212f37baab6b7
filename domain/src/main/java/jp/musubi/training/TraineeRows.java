package jp.musubi.training;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.CellParser;
import jp.musubi.inbox.CellParser.Parsed;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;

/** How a row of a list of trainees, or a form with the same fields, becomes a trainee. */
public final class TraineeRows {

    /** Columns that hold the day of a step. */
    private static final Map<String, FactKind> STEPS = steps();

    private static final Map<String, FactKind> EXITS = exits();

    public static final List<Column> COLUMNS = List.of(
            Column.required("trainee_id", "受講者番号", "Trainee id")
                    .alsoCalled("受講番号", "学籍番号", "trainee")
                    .hxl("#meta+id")
                    .example("T-0001"),
            Column.required("cohort_id", "受講期番号", "Cohort id")
                    .alsoCalled("受講期", "講座番号", "クラス", "cohort")
                    .hxl("#meta+cohort")
                    .example("TOME-2011-1"),
            Column.required("name", "氏名", "Name")
                    .alsoCalled("名前", "受講者氏名", "full name")
                    .hxl("#contact+name")
                    .example("結 花子"),
            Column.optional("kana", "フリガナ", "Reading")
                    .alsoCalled("ふりがな", "氏名カナ")
                    .hxl("#contact+name+kana")
                    .example("ムスビ ハナコ"),
            Column.optional("phone", "電話", "Phone")
                    .alsoCalled("電話番号", "携帯", "tel")
                    .hxl("#contact+phone")
                    .example("090-0000-0000"),
            Column.optional("mail", "メール", "Mail")
                    .alsoCalled("メールアドレス", "email", "e-mail")
                    .hxl("#contact+email")
                    .example("hanako@example.org"),
            Column.optional("birth_date", "生年月日", "Birth date")
                    .alsoCalled("date of birth")
                    .hxl("#date+birth")
                    .example("1985-06-01"),
            Column.optional("address", "住所", "Address")
                    .alsoCalled("現住所")
                    .hxl("#contact+address")
                    .example("宮城県登米市迫町佐沼"),
            Column.optional("applied_on", "応募日", "Applied on")
                    .hxl("#date+applied")
                    .example("2011-09-05"),
            Column.optional("screened_on", "選考日", "Screened on")
                    .alsoCalled("面接日")
                    .hxl("#date+screened")
                    .example("2011-09-15"),
            Column.optional("enrolled_on", "入校日", "Enrolled on")
                    .alsoCalled("入校決定日", "受講決定日")
                    .hxl("#date+enrolled")
                    .example("2011-09-20"),
            Column.optional("completed_on", "修了日", "Completed on")
                    .hxl("#date+completed")
                    .example("2012-03-30"),
            Column.optional("founding_group_on", "設立準備会参加日", "Joined a founding group on")
                    .hxl("#date+founding"),
            Column.optional("incorporated_on", "法人設立日", "Incorporated on").hxl("#date+incorporated"),
            Column.optional("launched_on", "事業開始日", "Launched on").hxl("#date+launched"),
            Column.optional("exit_on", "離れた日", "Left on")
                    .alsoCalled("退校日", "離校日")
                    .hxl("#date+exit"),
            Column.optional("exit_kind", "離れた理由", "Reason for leaving")
                    .alsoCalled("退校理由", "離校理由")
                    .hxl("#status+exit")
                    .example("withdrew"),
            Column.optional("consents", "同意した目的", "Consents")
                    .alsoCalled("同意", "利用目的の同意")
                    .hxl("#status+consent")
                    .example("training; municipality; follow-up"),
            Column.optional("consent_on", "同意日", "Consent on")
                    .hxl("#date+consent")
                    .example("2011-09-20"),
            Column.optional("disability", "障がい", "Disability").hxl("#indicator+disability"),
            Column.optional("health", "健康上の配慮", "Health").hxl("#indicator+health"),
            Column.optional("circumstances", "被災の状況", "What the disaster did").hxl("#indicator+circumstances"),
            TrainingCells.SAID_AT);

    private static final CellParser<FactKind> EXIT = CellParsers.oneOf(EXITS);

    private TraineeRows() {}

    private static Map<String, FactKind> steps() {
        Map<String, FactKind> steps = new LinkedHashMap<>();
        for (FactKind kind : List.of(
                FactKind.APPLIED,
                FactKind.SCREENED,
                FactKind.ENROLLED,
                FactKind.COMPLETED,
                FactKind.FOUNDING_GROUP,
                FactKind.INCORPORATED,
                FactKind.LAUNCHED)) {
            steps.put(kind.code().replace('-', '_') + "_on", kind);
        }
        return steps;
    }

    private static Map<String, FactKind> exits() {
        return TrainingCells.words(
                new FactKind[] {
                    FactKind.WITHDREW, FactKind.JOB_ELSEWHERE, FactKind.FURTHER_STUDY, FactKind.MOVED, FactKind.DIED
                },
                FactKind::code,
                FactKind::label);
    }

    public static Optional<String> externalId(Row row) {
        return row.text("trainee_id");
    }

    /**
     * @param today in real time: nothing happened after it
     * @param cohorts the cohorts with an id
     */
    public static Interpretation<TraineeRow> interpret(
            Row row, LocalDate today, Function<String, List<CohortRef>> cohorts) {
        Cells cells = new Cells(row);
        cells.required("trainee_id", CellParsers.text(TrainingCells.LONGEST_ID));
        Optional<CohortRef> cohort = cells.required("cohort_id", CohortRef.parser(cohorts));
        if (cohort.isPresent() && !cohort.get().mayWrite()) {
            TrainingCells.notYours(cells, "cohort_id");
        }
        Optional<String> name = cells.required("name", CellParsers.text(100));
        Optional<String> kana = cells.optional("kana", CellParsers.text(100));
        Optional<String> phone = cells.optional("phone", CellParsers.text(40));
        Optional<String> mail = cells.optional("mail", CellParsers.text(254));
        Optional<LocalDate> born = TrainingCells.pastDay(cells, "birth_date", today, false);
        Optional<String> address = cells.optional("address", CellParsers.text(300));
        List<FactEntry> facts = new ArrayList<>();
        STEPS.forEach((column, kind) -> TrainingCells.pastDay(cells, column, today, false)
                .ifPresent(on -> facts.add(FactEntry.milestone(kind, on))));
        requireOrder(cells, facts);
        exit(cells, row, today).ifPresent(facts::add);
        Set<Purpose> purposes = consents(cells, row, today, facts);
        TraineePerson.Sensitive sensitive = new TraineePerson.Sensitive(
                cells.optional("disability", CellParsers.text(500)),
                cells.optional("health", CellParsers.text(500)),
                cells.optional("circumstances", CellParsers.text(500)));
        if (!sensitive.isEmpty() && !purposes.contains(Purpose.SENSITIVE)) {
            cells.problem(
                    "consents",
                    "sensitive-without-consent",
                    BilingualText.of("「sensitive」への同意と同意日", "Consent to \"sensitive\", with its day"),
                    BilingualText.of(
                            "健康・障がい・被災の状況は、本人の同意があるときだけ書いてください。なければ消してください。",
                            "Health, disability and circumstances may be kept with the person's consent only. Leave them out otherwise."));
        }
        Optional<Instant> saidAt = cells.optional("said_at", CellParsers.time());
        return cells.finish(() -> new TraineeRow(
                cohort.orElseThrow().id(),
                new TraineePerson(name.orElseThrow(), kana, phone, mail, born, address),
                sensitive,
                facts,
                saidAt));
    }

    /** Steps come in the order of the way; a step before an earlier one is a slip of the pen. */
    private static void requireOrder(Cells cells, List<FactEntry> facts) {
        for (int i = 1; i < facts.size(); i++) {
            if (facts.get(i).on().isBefore(facts.get(i - 1).on())) {
                String earlier = facts.get(i - 1).kind().label().ja();
                cells.problem(
                        facts.get(i).kind().code().replace('-', '_') + "_on",
                        "before-the-step-before",
                        BilingualText.of(
                                "「" + earlier + "」(" + facts.get(i - 1).on() + ")以後の日",
                                "A day not before \""
                                        + facts.get(i - 1).kind().label().en() + "\" ("
                                        + facts.get(i - 1).on() + ")"),
                        BilingualText.of("どちらかの日付を直してください。", "Correct one of the two days."));
            }
        }
    }

    private static Optional<FactEntry> exit(Cells cells, Row row, LocalDate today) {
        Optional<LocalDate> on = TrainingCells.pastDay(cells, "exit_on", today, false);
        Optional<FactKind> kind = cells.optional("exit_kind", EXIT);
        if (row.text("exit_on").isPresent() != row.text("exit_kind").isPresent()) {
            cells.problem(
                    row.text("exit_on").isPresent() ? "exit_kind" : "exit_on",
                    "half-exit",
                    BilingualText.of("離れた日と理由の両方", "Both the day and the reason of leaving"),
                    BilingualText.of("もう一方も書くか、両方を空にしてください。", "Fill in the other one too, or leave both blank."));
        }
        return on.flatMap(day -> kind.map(found -> FactEntry.milestone(found, day)));
    }

    private static Set<Purpose> consents(Cells cells, Row row, LocalDate today, List<FactEntry> facts) {
        Optional<List<Purpose>> purposes = cells.optional("consents", TraineeRows::purposes);
        Optional<LocalDate> on = TrainingCells.pastDay(cells, "consent_on", today, false);
        if (row.text("consents").isPresent() && row.text("consent_on").isEmpty()) {
            cells.problem(
                    "consent_on",
                    "consent-without-day",
                    BilingualText.of("同意した日", "The day of the consent"),
                    BilingualText.of("同意書の日付を書いてください。", "Write the day of the written consent."));
        }
        Set<Purpose> given = EnumSet.noneOf(Purpose.class);
        purposes.ifPresent(given::addAll);
        on.ifPresent(day -> given.forEach(purpose -> facts.add(FactEntry.consent(purpose, day))));
        return given;
    }

    private static Parsed<List<Purpose>> purposes(String text) {
        Map<String, Purpose> words = Purpose.words();
        CellParser<Purpose> one = CellParsers.oneOf(words);
        List<Purpose> found = new ArrayList<>();
        for (String part : text.split("[;;,、/]", -1)) {
            if (part.isBlank()) {
                continue;
            }
            Parsed<Purpose> parsed = one.parse(part.strip());
            if (parsed instanceof Parsed.Value<Purpose> value) {
                found.add(value.value());
            } else if (parsed instanceof Parsed.Wrong<Purpose> wrong) {
                return Parsed.wrong(wrong.code(), wrong.expected(), wrong.remedy());
            }
        }
        return Parsed.value(found);
    }
}
