package jp.musubi.training;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import jp.musubi.common.BilingualText;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationId;
import jp.musubi.inbox.CellParser;
import jp.musubi.inbox.CellParser.Parsed;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.place.Municipality;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.MunicipalityDirectory;
import jp.musubi.place.MunicipalityMatch;

/** How a row of a list of cohorts becomes a course and one run of it. */
public final class CohortRows {

    public static final List<Column> COLUMNS = List.of(
            Column.required("cohort_id", "受講期番号", "Cohort id")
                    .alsoCalled("受講期", "cohort")
                    .hxl("#meta+cohort")
                    .example("TOME-2011-1"),
            Column.required("course_id", "講座番号", "Course id")
                    .alsoCalled("コース番号", "course")
                    .hxl("#meta+course")
                    .example("TOME-CARE"),
            Column.required("title", "講座名", "Course title")
                    .alsoCalled("訓練科名", "コース名")
                    .hxl("#activity+name")
                    .example("介護・地域福祉起業講座"),
            Column.required("field", "分野", "Field")
                    .alsoCalled("訓練分野")
                    .hxl("#sector")
                    .example("eldercare"),
            Column.required("municipality", "委託元の市町村", "Commissioning municipality")
                    .alsoCalled("市町村", "委託元", "municipality code")
                    .hxl("#adm2+name")
                    .example("登米市"),
            Column.required("scheme", "事業の枠組み", "Funding scheme")
                    .alsoCalled("事業", "制度", "funding")
                    .hxl("#org+funding")
                    .example("emergency-employment"),
            Column.required("starts_on", "開始日", "Starts on").hxl("#date+start").example("2011-10-03"),
            Column.required("ends_on", "終了日", "Ends on").hxl("#date+end").example("2012-03-30"),
            Column.optional("name", "受講期名", "Cohort name").hxl("#meta+name").example("第1期"),
            Column.optional("office", "事業所", "Office").hxl("#org+impl").example("ワーカーズコープ登米"),
            Column.optional("places", "定員", "Places").hxl("#capacity").example("20"),
            Column.optional("competency", "めざす資格", "Leads to")
                    .alsoCalled("資格", "目標資格")
                    .hxl("#capacity+skill")
                    .example("helper-2"));

    private static final CellParser<CourseField> FIELD = CellParsers.oneOf(CourseField.words());

    private CohortRows() {}

    /**
     * What rows refer to.
     *
     * @param mayWrite whether whoever sends the row may write about a cohort of this municipality and office
     */
    public record Known(
            List<FundingScheme> schemes,
            Competencies competencies,
            MunicipalityDirectory municipalities,
            List<Organisation> organisations,
            MayWrite mayWrite) {

        public Known {
            schemes = List.copyOf(schemes);
            organisations = List.copyOf(organisations);
        }
    }

    /** Whether somebody may write about cohorts of a municipality and an office. */
    @FunctionalInterface
    public interface MayWrite {
        boolean test(MunicipalityCode municipality, Optional<OrganisationId> office);
    }

    public static Optional<String> externalId(Row row) {
        return row.text("cohort_id");
    }

    public static Interpretation<CohortRow> interpret(Row row, Known known) {
        Cells cells = new Cells(row);
        cells.required("cohort_id", CellParsers.text(TrainingCells.LONGEST_ID));
        Optional<String> course = cells.required("course_id", CellParsers.text(TrainingCells.LONGEST_ID));
        Optional<String> title = cells.required("title", CellParsers.text(200));
        Optional<CourseField> field = cells.required("field", FIELD);
        Optional<MunicipalityCode> municipality =
                cells.required("municipality", text -> municipality(text, known.municipalities()));
        Optional<FundingScheme> scheme = cells.required("scheme", text -> scheme(text, known.schemes()));
        Optional<LocalDate> starts = cells.required("starts_on", CellParsers.date());
        Optional<LocalDate> ends = cells.required("ends_on", CellParsers.date());
        Optional<String> name = cells.optional("name", CellParsers.text(100));
        Optional<OrganisationId> office = cells.optional("office", text -> office(text, known.organisations()));
        Optional<Long> places = cells.optional("places", CellParsers.wholeNumber(1, 1_000));
        Optional<Competency> competency = cells.optional("competency", text -> competency(text, known.competencies()));
        if (starts.isPresent() && ends.isPresent() && ends.get().isBefore(starts.get())) {
            cells.problem(
                    "ends_on",
                    "ends-before-it-begins",
                    BilingualText.of("開始日以後の日", "A day not before the first"),
                    BilingualText.of("開始日か終了日を直してください。", "Correct the first or the last day."));
        }
        if (starts.isPresent() && scheme.isPresent() && !scheme.get().isOpenOn(starts.get())) {
            cells.problem(
                    "scheme",
                    "scheme-of-another-time",
                    BilingualText.of("開始日(" + starts.get() + ")に使える枠組み", "A scheme that was open on " + starts.get()),
                    BilingualText.of("枠組みか開始日を確かめてください。", "Check the scheme or the first day."));
        }
        if (municipality.isPresent() && !known.mayWrite().test(municipality.get(), office)) {
            TrainingCells.notYours(cells, "municipality");
        }
        return cells.finish(() -> new CohortRow(
                new CohortRow.Course(
                        course.orElseThrow(),
                        title.orElseThrow(),
                        field.orElseThrow(),
                        municipality.orElseThrow(),
                        scheme.orElseThrow().code(),
                        competency.map(Competency::code)),
                new CohortRow.Run(
                        name.orElse(""),
                        starts.orElseThrow(),
                        ends.orElseThrow(),
                        office,
                        places.map(count -> OptionalInt.of(count.intValue())).orElse(OptionalInt.empty()))));
    }

    private static Parsed<MunicipalityCode> municipality(String text, MunicipalityDirectory directory) {
        MunicipalityMatch match = directory.resolve(text);
        if (match instanceof MunicipalityMatch.Resolved resolved) {
            return Parsed.value(resolved.municipality().code());
        }
        List<Municipality> near = match instanceof MunicipalityMatch.Ambiguous ambiguous
                ? ambiguous.candidates()
                : match instanceof MunicipalityMatch.Unknown unknown ? unknown.suggestions() : List.of();
        String ja = near.stream().map(one -> directory.fullName(one, false)).collect(Collectors.joining("、"));
        String en = near.stream().map(one -> directory.fullName(one, true)).collect(Collectors.joining("; "));
        return Parsed.wrong(
                "unknown-municipality",
                BilingualText.of("市町村の名前かコード", "A municipality's name or code"),
                near.isEmpty()
                        ? BilingualText.of("名前かコードを確かめてください。", "Check the name or the code.")
                        : BilingualText.of("もしかして: " + ja, "Maybe: " + en));
    }

    private static Parsed<FundingScheme> scheme(String text, List<FundingScheme> schemes) {
        String wanted = text.strip();
        return schemes.stream()
                .filter(scheme -> scheme.code().equalsIgnoreCase(wanted)
                        || scheme.name().ja().equals(wanted)
                        || scheme.name().en().equalsIgnoreCase(wanted))
                .findFirst()
                .map(Parsed::value)
                .orElseGet(() -> {
                    String codes = schemes.stream()
                            .map(scheme -> scheme.code().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
                    return Parsed.wrong(
                            "unknown-scheme",
                            BilingualText.of("次のどれか: " + codes, "One of: " + codes),
                            BilingualText.of("一覧のことばを使ってください。", "Use a word of the list."));
                });
    }

    private static Parsed<OrganisationId> office(String text, List<Organisation> organisations) {
        List<Organisation> found = organisations.stream()
                .filter(one -> one.nameJa().equals(text) || one.nameEn().equalsIgnoreCase(text))
                .toList();
        return found.size() == 1
                ? Parsed.value(found.get(0).id())
                : Parsed.wrong(
                        found.isEmpty() ? "not-known" : "ambiguous",
                        BilingualText.of("登録済みの事業所の名前", "The name of a known office"),
                        BilingualText.of(
                                "組織の一覧にある名前で書いてください。", "Write the name as it stands in the list of organisations."));
    }

    static Parsed<Competency> competency(String text, Competencies competencies) {
        return competencies.find(text).map(Parsed::value).orElseGet(() -> {
            String codes = competencies.listCompetencies().stream()
                    .map(one -> one.code() + " (" + one.name().ja() + ")")
                    .collect(Collectors.joining(", "));
            return Parsed.wrong(
                    "unknown-competency",
                    BilingualText.of("次のどれか: " + codes, "One of: " + codes),
                    BilingualText.of("一覧のことばを使ってください。", "Use a word of the list."));
        });
    }
}
