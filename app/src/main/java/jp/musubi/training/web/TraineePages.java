package jp.musubi.training.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.People;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.training.Edit;
import jp.musubi.training.FactEntry;
import jp.musubi.training.FactKind;
import jp.musubi.training.FollowUpStatus;
import jp.musubi.training.Mark;
import jp.musubi.training.Said;
import jp.musubi.training.StageReading;
import jp.musubi.training.TraineeFact;
import jp.musubi.training.TraineeHistory;
import jp.musubi.training.TraineePerson;
import jp.musubi.training.Trainees;
import jp.musubi.training.store.CohortBoard;
import jp.musubi.training.store.Histories;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One person's way, with who said what and when. */
@Controller
@RequestMapping("/training/trainees/{id:\\d+}")
@Requires(Action.EDIT_TRAINING)
class TraineePages {

    /** What may be entered here; certificates come in registers, consents with the list of trainees. */
    private static final List<FactKind> ENTERED = List.of(
            FactKind.APPLIED,
            FactKind.SCREENED,
            FactKind.ENROLLED,
            FactKind.COMPLETED,
            FactKind.FOUNDING_GROUP,
            FactKind.INCORPORATED,
            FactKind.LAUNCHED,
            FactKind.WITHDREW,
            FactKind.JOB_ELSEWHERE,
            FactKind.FURTHER_STUDY,
            FactKind.MOVED,
            FactKind.DIED,
            FactKind.PLACEMENT,
            FactKind.FOLLOW_UP);

    private static final DateTimeFormatter SAID_AT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final CohortBoard board;
    private final Histories histories;
    private final Trainees trainees;
    private final People people;
    private final TrainingAccess access;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final AsOf asOf;
    private final Frame frame;
    private final Clock realTime;

    TraineePages(
            CohortBoard board,
            Histories histories,
            Trainees trainees,
            People people,
            TrainingAccess access,
            CurrentActor actor,
            CurrentResponse response,
            AsOf asOf,
            Frame frame,
            Clock realTime) {
        this.board = board;
        this.histories = histories;
        this.trainees = trainees;
        this.people = people;
        this.access = access;
        this.actor = actor;
        this.response = response;
        this.asOf = asOf;
        this.frame = frame;
        this.realTime = realTime;
    }

    /**
     * One word of the timeline.
     *
     * @param holds whether it is the one that holds
     * @param saidAt with its year, in the response's zone
     * @param by name of whoever said it; blank for the machine's own operator
     */
    record WordLine(TraineeFact fact, boolean holds, String saidAt, String by, String what) {}

    /** Marks of a kind, counted. */
    record MarkCount(Mark mark, long count) {}

    @GetMapping
    String show(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String known,
            Model model,
            Locale locale) {
        TrainingAccess.Found found = access.trainee(id);
        access.noteLookAt(found.person().id());
        AsOf.Moment moment = asOf.show(day, known, model);
        TraineeHistory history = histories.history(found.person().id());
        TraineeHistory.Known now = moment.knownOn().map(history::knownOn).orElseGet(history::known);
        model.addAttribute("cohort", found.cohort());
        model.addAttribute("trainee", found.person());
        model.addAttribute(
                "person",
                trainees.findPerson(found.person().id())
                        .orElseGet(() -> new TraineePerson(
                                "",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
        model.addAttribute("sensitive", trainees.findSensitive(found.person().id()));
        model.addAttribute("reading", reading(found, moment));
        model.addAttribute("words", words(history, now, locale));
        model.addAttribute("marks", counts(now));
        model.addAttribute("kinds", ENTERED);
        model.addAttribute("statuses", FollowUpStatus.values());
        return "training/trainee";
    }

    private StageReading reading(TrainingAccess.Found found, AsOf.Moment moment) {
        Map<?, StageReading> stages =
                board.stages(List.of(found.cohort()), List.of(found.person()), moment.day(), moment.knownOn());
        return stages.values().iterator().next();
    }

    private List<WordLine> words(TraineeHistory history, TraineeHistory.Known now, Locale locale) {
        List<WordLine> lines = new ArrayList<>();
        for (TraineeFact fact : history.facts()) {
            lines.add(new WordLine(
                    fact,
                    now.facts().contains(fact),
                    SAID_AT.format(fact.said().at().atZone(response.get().zone())),
                    fact.said().by().map(people::getName).orElse(""),
                    what(fact.entry(), locale)));
        }
        lines.sort(Comparator.comparing((WordLine line) -> line.fact().on())
                .thenComparing(line -> line.fact().key())
                .thenComparing(line -> line.fact().said(), Said.ORDER));
        return lines;
    }

    private static String what(FactEntry entry, Locale locale) {
        String code = entry.kind() == FactKind.FOLLOW_UP
                ? FollowUpStatus.findByCode(entry.code())
                        .map(status -> status.label().in(locale))
                        .orElse(entry.code())
                : entry.code();
        return (code + " " + entry.note()).strip();
    }

    private static List<MarkCount> counts(TraineeHistory.Known now) {
        List<MarkCount> counts = new ArrayList<>();
        for (Mark mark : Mark.values()) {
            long count =
                    now.marks().stream().filter(word -> word.mark() == mark).count();
            if (count > 0) {
                counts.add(new MarkCount(mark, count));
            }
        }
        return counts;
    }

    @PostMapping("/facts")
    String say(
            @PathVariable long id,
            @RequestParam String kind,
            @RequestParam String on,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String note,
            RedirectAttributes redirect) {
        TrainingAccess.Found found = access.trainee(id);
        FactKind chosen = ENTERED.stream()
                .filter(each -> each.code().equals(kind))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "training.problem.kind"));
        LocalDate today = realTime.instant().atZone(response.get().zone()).toLocalDate();
        LocalDate happened = AsOf.date(on)
                .filter(date -> !date.isAfter(today))
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "training.problem.day"));
        boolean fresh = trainees.say(found.person().id(), entry(chosen, happened, status, note.strip()), edit());
        Notice.done(fresh ? "training.said" : "training.said-before").showOnNextPage(redirect);
        return to(id);
    }

    private static FactEntry entry(FactKind kind, LocalDate on, String status, String note) {
        if (kind == FactKind.FOLLOW_UP) {
            return FactEntry.followUp(
                    FollowUpStatus.findByCode(status)
                            .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "training.problem.status")),
                    on);
        }
        if (kind == FactKind.PLACEMENT) {
            if (note.isEmpty() || note.length() > FactEntry.LONGEST_NOTE) {
                throw new Problem(HttpStatus.BAD_REQUEST, "training.problem.where", FactEntry.LONGEST_NOTE);
            }
            return FactEntry.placement(on, note);
        }
        return FactEntry.milestone(kind, on);
    }

    @PostMapping("/take-back")
    String takeBack(@PathVariable long id, @RequestParam String key, RedirectAttributes redirect) {
        TrainingAccess.Found found = access.trainee(id);
        if (!trainees.takeBack(found.person().id(), key, edit())) {
            throw new Problem(HttpStatus.NOT_FOUND, "training.problem.no-fact");
        }
        Notice.done("training.taken-back").showOnNextPage(redirect);
        return to(id);
    }

    private Edit edit() {
        return new Edit(actor.person(), realTime.instant());
    }

    private String to(long id) {
        return "redirect:" + frame.to("/training/trainees/" + id);
    }
}
