package jp.musubi.response.job;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Derives the early cohorts of the nine municipalities, one in each stage, by the rule in docs/decisions/0035. Day and
 * size of the first course (Tome, 3 October 2011, 16 people) are facts; everything else, all people included, is made up
 * and says 想定.
 */
final class ScenarioTraining {

    /** The last day about which the scenario says anything of courses. */
    static final LocalDate LAST_DAY = LocalDate.of(2012, 11, 1);

    private static final String OFFICE = "東北復興本部";
    private static final LocalDate TOME_ENDS = LocalDate.of(2012, 3, 30);

    /** Steps in the order of the way, as a list of trainees names them. */
    private static final List<String> STEPS = List.of(
            "applied_on",
            "screened_on",
            "enrolled_on",
            "completed_on",
            "founding_group_on",
            "incorporated_on",
            "launched_on");

    /**
     * A cohort.
     *
     * @param steps the days of the steps it came to; a step it did not come to is missing at the end
     */
    private record Cohort(
            String id,
            String title,
            String field,
            String municipality,
            String scheme,
            String competency,
            LocalDate starts,
            LocalDate ends,
            int people,
            List<LocalDate> steps) {}

    private static final List<Cohort> COHORTS = List.of(
            cohort(
                    "TOME",
                    "介護起業講座",
                    "eldercare",
                    "04212",
                    "emergency-employment",
                    "helper-2",
                    "2011-10-03",
                    TOME_ENDS,
                    16,
                    "2011-09-05",
                    "2011-09-15",
                    "2011-09-20",
                    "2012-03-30",
                    "2012-04-02",
                    "2012-04-09",
                    "2012-04-16"),
            cohort(
                    "ISHINOMAKI",
                    "食と農の講座",
                    "food",
                    "04202",
                    "commissioned",
                    "course-completion",
                    "2011-11-07",
                    LocalDate.of(2012, 4, 27),
                    14,
                    "2011-10-03",
                    "2011-10-14",
                    "2011-10-24",
                    "2012-04-27",
                    "2012-05-14",
                    "2012-08-01",
                    "2012-09-03"),
            cohort(
                    "KESENNUMA",
                    "林業の講座",
                    "forestry",
                    "04205",
                    "green-employment",
                    "course-completion",
                    "2011-12-05",
                    LocalDate.of(2012, 5, 31),
                    12,
                    "2011-11-01",
                    "2011-11-10",
                    "2011-11-18",
                    "2012-05-31",
                    "2012-06-11",
                    "2012-09-10"),
            cohort(
                    "MINAMISANRIKU",
                    "豆腐づくりの講座",
                    "food",
                    "04606",
                    "commissioned",
                    "course-completion",
                    "2012-01-10",
                    LocalDate.of(2012, 6, 29),
                    12,
                    "2011-12-01",
                    "2011-12-09",
                    "2011-12-16",
                    "2012-06-29",
                    "2012-08-01"),
            cohort(
                    "WATARI",
                    "介護の講座",
                    "eldercare",
                    "04361",
                    "commissioned",
                    "helper-2",
                    "2012-02-06",
                    LocalDate.of(2012, 8, 31),
                    15,
                    "2012-01-06",
                    "2012-01-13",
                    "2012-01-20",
                    "2012-08-31"),
            cohort(
                    "KAMAISHI",
                    "配食の講座",
                    "meals",
                    "03211",
                    "commissioned",
                    "course-completion",
                    "2012-08-20",
                    LocalDate.of(2013, 1, 31),
                    14,
                    "2012-07-17",
                    "2012-07-30",
                    "2012-08-06"),
            cohort(
                    "OFUNATO",
                    "建物管理の講座",
                    "buildings",
                    "03203",
                    "commissioned",
                    "course-completion",
                    "2012-11-12",
                    LocalDate.of(2013, 4, 26),
                    12,
                    "2012-10-01",
                    "2012-10-12",
                    "2012-10-22"),
            cohort(
                    "OTSUCHI",
                    "緑化の講座",
                    "greening",
                    "03461",
                    "commissioned",
                    "course-completion",
                    "2012-12-03",
                    LocalDate.of(2013, 5, 31),
                    10,
                    "2012-10-09",
                    "2012-10-24"),
            cohort(
                    "NODA",
                    "森と菜の花の講座",
                    "biodiesel",
                    "03503",
                    "commissioned",
                    "course-completion",
                    "2013-01-15",
                    LocalDate.of(2013, 6, 28),
                    10,
                    "2012-10-26"));

    private final Random random = new Random(Tohoku2011.SEED + 20111003);

    private static Cohort cohort(
            String id,
            String title,
            String field,
            String municipality,
            String scheme,
            String competency,
            String starts,
            LocalDate ends,
            int people,
            String... steps) {
        return new Cohort(
                id + "-1",
                title + "(想定)",
                field,
                municipality,
                scheme,
                competency,
                LocalDate.parse(starts),
                ends,
                people,
                List.of(steps).stream().map(LocalDate::parse).toList());
    }

    List<List<String>> cohorts() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "cohort_id",
                "course_id",
                "title",
                "field",
                "municipality",
                "scheme",
                "starts_on",
                "ends_on",
                "office",
                "places",
                "competency"));
        for (Cohort one : COHORTS) {
            rows.add(List.of(
                    one.id(),
                    one.id().replace("-1", ""),
                    one.title(),
                    one.field(),
                    one.municipality(),
                    one.scheme(),
                    one.starts().toString(),
                    one.ends().toString(),
                    OFFICE,
                    Integer.toString(one.people() + 4),
                    one.competency()));
        }
        return rows;
    }

    /** Mondays, Wednesdays and Fridays, six hours. */
    List<List<String>> sessions() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("cohort_id", "day", "hours", "subject"));
        for (Cohort one : COHORTS) {
            days(one).forEach(day -> rows.add(List.of(one.id(), day.toString(), "6", "講義と実習(想定)")));
        }
        return rows;
    }

    private static List<LocalDate> days(Cohort one) {
        return one.starts()
                .datesUntil(one.ends().plusDays(1))
                .filter(day -> day.getDayOfWeek() == DayOfWeek.MONDAY
                        || day.getDayOfWeek() == DayOfWeek.WEDNESDAY
                        || day.getDayOfWeek() == DayOfWeek.FRIDAY)
                .toList();
    }

    private static String id(Cohort one, int number) {
        return one.id() + "-" + String.format(Locale.ROOT, "%02d", number);
    }

    /** The last of a cohort withdraws in the course, the one before takes a job when it is over; not all found. */
    private static int stepsOf(Cohort one, int number) {
        int most = one.steps().size();
        if (number == one.people()) {
            return Math.min(3, most);
        }
        return number > one.people() * 2 / 3 ? Math.min(4, most) : most;
    }

    private static boolean withdraws(Cohort one, int number) {
        return number == one.people() && one.steps().size() > 3;
    }

    private static boolean takesAJob(Cohort one, int number) {
        return number == one.people() - 1 && one.steps().size() > 3;
    }

    List<List<String>> trainees() {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("trainee_id", "cohort_id", "name", "consents", "consent_on"));
        header.addAll(STEPS);
        header.addAll(List.of("exit_on", "exit_kind"));
        rows.add(header);
        for (Cohort one : COHORTS) {
            for (int number = 1; number <= one.people(); number++) {
                List<String> row = new ArrayList<>(List.of(
                        id(one, number),
                        one.id(),
                        "想定受講者 " + id(one, number),
                        "training; municipality; follow-up",
                        one.steps().get(0).toString()));
                for (int step = 0; step < STEPS.size(); step++) {
                    row.add(step < stepsOf(one, number) ? one.steps().get(step).toString() : "");
                }
                boolean job = takesAJob(one, number);
                boolean gone = withdraws(one, number);
                row.add(
                        job
                                ? one.ends().plusDays(20).toString()
                                : gone ? one.starts().plusDays(45).toString() : "");
                row.add(job ? "job-elsewhere" : gone ? "withdrew" : "");
                rows.add(row);
            }
        }
        return rows;
    }

    /**
     * Registers up to the last day. In the cohort that runs then the last but one comes less and less, and one register is
     * missing.
     */
    List<List<String>> attendance() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("trainee_id", "day", "mark"));
        for (Cohort one : COHORTS) {
            boolean runs = one.ends().isAfter(LAST_DAY);
            for (LocalDate day : days(one)) {
                boolean forgotten = runs && day.equals(LocalDate.of(2012, 10, 24));
                for (int number = 1; number <= one.people() && !day.isAfter(LAST_DAY) && !forgotten; number++) {
                    if (withdraws(one, number) && day.isAfter(one.starts().plusDays(45))) {
                        continue;
                    }
                    boolean fading = runs && number == one.people() - 1 && day.isAfter(LAST_DAY.minusDays(20));
                    rows.add(List.of(id(one, number), day.toString(), mark(fading)));
                }
            }
        }
        return rows;
    }

    private String mark(boolean fading) {
        int chance = random.nextInt(100);
        if (fading) {
            return chance < 70 ? "×" : "○";
        }
        return chance < 92 ? "○" : chance < 94 ? "遅" : chance < 95 ? "早" : chance < 97 ? "公" : "×";
    }

    List<List<String>> certificates() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("certificate_no", "trainee_id", "competency", "issued_on", "issuer"));
        for (Cohort one : COHORTS) {
            for (int number = 1; number <= one.people(); number++) {
                if (stepsOf(one, number) > 3) {
                    rows.add(List.of(
                            "想定-" + id(one, number),
                            id(one, number),
                            one.competency(),
                            one.ends().toString(),
                            "想定の発行者"));
                }
            }
        }
        return rows;
    }

    /** The founders of the first course, half a year and a day after their launch. */
    List<List<String>> followUps() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("trainee_id", "answered_on", "status"));
        Cohort tome = COHORTS.get(0);
        for (int number = 1; number <= tome.people(); number++) {
            if (stepsOf(tome, number) == STEPS.size()) {
                rows.add(List.of(
                        id(tome, number),
                        tome.steps().get(6).plusMonths(6).plusDays(1).toString(),
                        "in-cooperative"));
            }
        }
        return rows;
    }
}
