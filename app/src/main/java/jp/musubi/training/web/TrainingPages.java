package jp.musubi.training.web;

import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.identity.Action;
import jp.musubi.identity.People;
import jp.musubi.identity.web.Requires;
import jp.musubi.training.CohortId;
import jp.musubi.training.CourseField;
import jp.musubi.training.Mark;
import jp.musubi.training.Stage;
import jp.musubi.training.StageReading;
import jp.musubi.training.TraineeId;
import jp.musubi.training.Trainees;
import jp.musubi.training.store.CohortBoard;
import jp.musubi.training.store.CohortBoard.Funnel;
import jp.musubi.training.store.CohortBoard.Line;
import jp.musubi.training.store.CohortBoard.Person;
import jp.musubi.training.store.Looks;
import jp.musubi.training.store.RegisterBoard;
import jp.musubi.training.store.TrainingReference;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Cohorts, how far their people have come, and their registers. */
@Controller
@RequestMapping("/training")
@Requires(Action.VIEW_TRAINING)
class TrainingPages {

    private static final int LINES = 200;
    private static final int LOOKS = 500;

    /** The steps a funnel shows. */
    static final List<Stage> STEPS = List.of(
            Stage.APPLIED,
            Stage.ENROLLED,
            Stage.IN_TRAINING,
            Stage.COMPLETED,
            Stage.FOUNDING_GROUP,
            Stage.INCORPORATED,
            Stage.LAUNCHED,
            Stage.SUSTAINED_6);

    private final CohortBoard board;
    private final RegisterBoard registers;
    private final TrainingReference reference;
    private final Trainees trainees;
    private final Looks looks;
    private final People people;
    private final TrainingAccess access;
    private final AsOf asOf;

    TrainingPages(
            CohortBoard board,
            RegisterBoard registers,
            TrainingReference reference,
            Trainees trainees,
            Looks looks,
            People people,
            TrainingAccess access,
            AsOf asOf) {
        this.board = board;
        this.registers = registers;
        this.reference = reference;
        this.trainees = trainees;
        this.looks = looks;
        this.people = people;
        this.access = access;
        this.asOf = asOf;
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String field,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String known,
            @RequestParam(defaultValue = "0") int from,
            Model model,
            Locale locale) {
        AsOf.Moment moment = asOf.show(day, known, model);
        String word = q.strip().toLowerCase(Locale.ROOT);
        List<Line> found = access.listCohorts().stream()
                .filter(line -> field.isEmpty() || line.field().code().equals(field))
                .filter(line -> word.isEmpty() || says(line, word, locale))
                .toList();
        int start = Math.min(Math.max(0, from), found.size());
        List<Line> shown = found.subList(start, Math.min(found.size(), start + LINES));
        model.addAttribute("cohorts", shown);
        model.addAttribute("total", found.size());
        model.addAttribute("from", start);
        model.addAttribute("step", LINES);
        model.addAttribute("funnels", board.funnels(shown, moment.day(), moment.knownOn()));
        model.addAttribute("steps", STEPS);
        model.addAttribute("q", q);
        model.addAttribute("field", field);
        model.addAttribute("fields", CourseField.values());
        return "training/list";
    }

    private static boolean says(Line line, String word, Locale locale) {
        return String.join(
                        " ",
                        line.number(),
                        line.name(),
                        line.title(),
                        line.municipality().in(locale))
                .toLowerCase(Locale.ROOT)
                .contains(word);
    }

    /** A trainee as the cohort's page shows one. */
    record Row(Person person, String name, StageReading reading) {}

    @GetMapping("/cohorts/{id:\\d+}")
    String cohort(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String known,
            @RequestParam(defaultValue = "") String month,
            Model model) {
        Line cohort = access.cohort(id);
        AsOf.Moment moment = asOf.show(day, known, model);
        Funnel funnel = board.funnels(List.of(cohort), moment.day(), moment.knownOn())
                .getOrDefault(cohort.id(), new Funnel(0, Map.of(), Map.of()));
        boolean worksWith = access.worksWith(cohort);
        model.addAttribute("cohort", cohort);
        model.addAttribute("scheme", reference.getScheme(cohort.scheme()));
        model.addAttribute("funnel", funnel);
        model.addAttribute("steps", STEPS);
        model.addAttribute("worksWith", worksWith);
        if (worksWith) {
            showPeople(cohort, moment, model);
            showRegister(cohort, moment, month, model);
        }
        return "training/cohort";
    }

    private void showPeople(Line cohort, AsOf.Moment moment, Model model) {
        access.noteLookAt(cohort.id());
        List<Person> members = board.listPeople(List.of(cohort.id()));
        Map<TraineeId, String> names =
                trainees.names(members.stream().map(Person::id).toList());
        Map<TraineeId, StageReading> stages = board.stages(List.of(cohort), members, moment.day(), moment.knownOn());
        model.addAttribute(
                "rows",
                members.stream()
                        .flatMap(person -> Optional.ofNullable(stages.get(person.id())).stream()
                                .map(reading -> new Row(person, names.getOrDefault(person.id(), ""), reading)))
                        .sorted(Comparator.comparing(row -> row.person().number()))
                        .toList());
    }

    private void showRegister(Line cohort, AsOf.Moment moment, String wanted, Model model) {
        List<YearMonth> months = registers.months(cohort.id());
        YearMonth month = month(wanted)
                .filter(months::contains)
                .or(() -> registers.lastMarkedDay(cohort.id(), moment.day()).map(YearMonth::from))
                .or(() -> months.stream().findFirst())
                .orElse(YearMonth.from(cohort.startsOn()));
        model.addAttribute("months", months);
        model.addAttribute("month", month);
        model.addAttribute("register", registers.month(cohort.id(), month));
        model.addAttribute("marks", Mark.values());
    }

    private static Optional<YearMonth> month(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(YearMonth.parse(text.strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @GetMapping("/schemes")
    String schemes(Model model) {
        model.addAttribute("schemes", reference.listSchemes());
        model.addAttribute("competencies", reference.competencies().listCompetencies());
        return "training/schemes";
    }

    /** One look as the page shows it. */
    record LookLine(Looks.Look look, String reader, Line cohort) {}

    /** Who looked at the people of the reader's own cohorts. */
    @GetMapping("/looks")
    @Requires(Action.EDIT_TRAINING)
    String looks(Model model) {
        Map<CohortId, Line> own = access.listCohorts().stream()
                .filter(access::worksWith)
                .collect(Collectors.toMap(Line::id, line -> line));
        model.addAttribute(
                "looks",
                looks.listNewest(access.responseId(), LOOKS).stream()
                        .flatMap(look -> Optional.ofNullable(own.get(look.cohort())).stream()
                                .map(cohort -> new LookLine(
                                        look, look.by().map(people::getName).orElse(""), cohort)))
                        .toList());
        return "training/looks";
    }
}
