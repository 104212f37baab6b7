package jp.musubi.training.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.Requires;
import jp.musubi.training.Stage;
import jp.musubi.training.StageReading;
import jp.musubi.training.TraineeId;
import jp.musubi.training.store.CohortBoard;
import jp.musubi.training.store.CohortBoard.Funnel;
import jp.musubi.training.store.CohortBoard.Line;
import jp.musubi.training.store.CohortBoard.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Courses, cohorts and trainees for programs. Nothing here says who somebody is. */
@RestController
@Requires(Action.VIEW_TRAINING)
class TrainingApi {

    private static final int MOST = 1_000;

    private final CohortBoard board;
    private final TrainingAccess access;
    private final AsOf asOf;

    TrainingApi(CohortBoard board, TrainingAccess access, AsOf asOf) {
        this.board = board;
        this.access = access;
        this.asOf = asOf;
    }

    record CourseEntry(
            String number,
            String title,
            String field,
            String municipality,
            String scheme,
            @Nullable String competency,
            List<Long> cohorts) {}

    /** The courses of the cohorts the reader may see. */
    @GetMapping("/api/v1/courses")
    List<CourseEntry> courses() {
        Map<String, List<Line>> byCourse = new LinkedHashMap<>();
        access.listCohorts()
                .forEach(line -> byCourse.computeIfAbsent(line.courseNumber(), number -> new ArrayList<>())
                        .add(line));
        return byCourse.values().stream()
                .map(lines -> {
                    Line line = lines.get(0);
                    return new CourseEntry(
                            line.courseNumber(),
                            line.title(),
                            line.field().code(),
                            line.municipalityCode(),
                            line.scheme(),
                            line.competency().orElse(null),
                            lines.stream().map(each -> each.id().value()).toList());
                })
                .toList();
    }

    /**
     * A cohort.
     *
     * @param reached how many reached each step or a later one, by stage
     * @param left how many left, by exit
     */
    record CohortEntry(
            long id,
            String number,
            String name,
            String course,
            String title,
            String field,
            String municipality,
            String scheme,
            LocalDate startsOn,
            LocalDate endsOn,
            boolean derived,
            LocalDate asOf,
            int people,
            Map<String, Integer> reached,
            Map<String, Integer> left) {}

    record CohortList(List<CohortEntry> cohorts, int total, int from) {}

    @GetMapping("/api/v1/cohorts")
    CohortList cohorts(
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String known,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "100") int limit) {
        AsOf.Moment moment = moment(day, known);
        if (from < 0 || limit < 1 || limit > MOST) {
            throw new Problem(HttpStatus.BAD_REQUEST, "training.problem.filter");
        }
        List<Line> all = access.listCohorts();
        List<Line> part = all.subList(Math.min(from, all.size()), Math.min(all.size(), from + limit));
        Map<?, Funnel> funnels = board.funnels(part, moment.day(), moment.knownOn());
        return new CohortList(
                part.stream()
                        .map(line -> entry(line, moment, Optional.ofNullable(funnels.get(line.id()))))
                        .toList(),
                all.size(),
                from);
    }

    @GetMapping("/api/v1/cohorts/{id:\\d+}")
    CohortEntry cohort(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String known) {
        AsOf.Moment moment = moment(day, known);
        Line line = access.cohort(id);
        return entry(
                line,
                moment,
                Optional.ofNullable(board.funnels(List.of(line), moment.day(), moment.knownOn())
                        .get(line.id())));
    }

    private AsOf.Moment moment(String day, String known) {
        if ((!day.isEmpty() && AsOf.date(day).isEmpty())
                || (!known.isEmpty() && AsOf.date(known).isEmpty())) {
            throw new Problem(HttpStatus.BAD_REQUEST, "training.problem.filter");
        }
        return asOf.read(day, known);
    }

    private static CohortEntry entry(Line line, AsOf.Moment moment, Optional<Funnel> funnel) {
        return new CohortEntry(
                line.id().value(),
                line.number(),
                line.name(),
                line.courseNumber(),
                line.title(),
                line.field().code(),
                line.municipalityCode(),
                line.scheme(),
                line.startsOn(),
                line.endsOn(),
                line.derived(),
                moment.day(),
                funnel.map(Funnel::people).orElse(0),
                byCode(funnel.map(Funnel::reached).orElse(Map.of())),
                byCode(funnel.map(Funnel::left).orElse(Map.of())));
    }

    private static Map<String, Integer> byCode(Map<Stage, Integer> counts) {
        Map<String, Integer> byCode = new LinkedHashMap<>();
        new TreeMap<>(counts).forEach((stage, count) -> byCode.put(stage.code(), count));
        return byCode;
    }

    /** A trainee without personal data: number, stage and why. */
    record TraineeEntry(
            long id,
            String number,
            long cohort,
            boolean derived,
            LocalDate asOf,
            String stage,
            @Nullable LocalDate since,
            String rule,
            String why,
            String reached) {}

    /** The trainees of a cohort the reader works with. */
    @GetMapping("/api/v1/trainees")
    @Requires(Action.EDIT_TRAINING)
    List<TraineeEntry> trainees(
            @RequestParam long cohort,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String known,
            Locale locale) {
        Line line = access.ownCohort(cohort);
        access.noteLookAt(line.id());
        return entries(line, board.listPeople(List.of(line.id())), moment(day, known), locale);
    }

    @GetMapping("/api/v1/trainees/{id:\\d+}")
    @Requires(Action.EDIT_TRAINING)
    TraineeEntry trainee(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String known,
            Locale locale) {
        TrainingAccess.Found found = access.trainee(id);
        access.noteLookAt(found.person().id());
        return entries(found.cohort(), List.of(found.person()), moment(day, known), locale)
                .get(0);
    }

    private List<TraineeEntry> entries(Line cohort, List<Person> people, AsOf.Moment moment, Locale locale) {
        Map<TraineeId, StageReading> stages = board.stages(List.of(cohort), people, moment.day(), moment.knownOn());
        return people.stream()
                .flatMap(person -> Optional.ofNullable(stages.get(person.id())).stream()
                        .map(reading -> new TraineeEntry(
                                person.id().value(),
                                person.number(),
                                cohort.id().value(),
                                person.derived(),
                                moment.day(),
                                reading.stage().code(),
                                reading.since().orElse(null),
                                reading.rule().name(),
                                reading.rule().text().in(locale),
                                reading.reached().code())))
                .toList();
    }
}
