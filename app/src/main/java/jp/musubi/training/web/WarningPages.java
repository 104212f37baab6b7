package jp.musubi.training.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.People;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.training.Alerts;
import jp.musubi.training.Alerts.Alert;
import jp.musubi.training.CohortId;
import jp.musubi.training.Edit;
import jp.musubi.training.TraineeId;
import jp.musubi.training.WarningRule;
import jp.musubi.training.store.CohortBoard;
import jp.musubi.training.store.CohortBoard.Line;
import jp.musubi.training.store.CohortBoard.Person;
import jp.musubi.training.store.CohortWatch;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Warnings of the reader's cohorts, and what is done about them. */
@Controller
@RequestMapping("/training/warnings")
@Requires(Action.EDIT_TRAINING)
class WarningPages {

    private static final int LONGEST_WORD = 300;

    private final Alerts alerts;
    private final CohortBoard board;
    private final CohortWatch watch;
    private final People people;
    private final TrainingAccess access;
    private final CurrentActor actor;
    private final AsOf asOf;
    private final Frame frame;
    private final Clock realTime;

    WarningPages(
            Alerts alerts,
            CohortBoard board,
            CohortWatch watch,
            People people,
            TrainingAccess access,
            CurrentActor actor,
            AsOf asOf,
            Frame frame,
            Clock realTime) {
        this.alerts = alerts;
        this.board = board;
        this.watch = watch;
        this.people = people;
        this.access = access;
        this.actor = actor;
        this.asOf = asOf;
        this.frame = frame;
        this.realTime = realTime;
    }

    /**
     * A warning as the page shows it.
     *
     * @param number of the trainee it is about; blank if about a session
     * @param assigned name of whoever takes care of it
     */
    record WarningLine(Alert alert, Line cohort, String number, String assigned, boolean due) {}

    @GetMapping
    String list(@RequestParam(defaultValue = "") String day, Model model) {
        AsOf.Moment moment = asOf.show(day, "", model);
        Map<CohortId, Line> own = own();
        Map<TraineeId, String> numbers = new HashMap<>();
        List<Alert> open = alerts.listOfAll(access.responseId()).stream()
                .filter(alert -> own.containsKey(alert.cohort()))
                .toList();
        board.listPeople(open.stream().map(Alert::cohort).distinct().toList())
                .forEach((Person person) -> numbers.put(person.id(), person.number()));
        model.addAttribute(
                "lines",
                open.stream()
                        .flatMap(alert -> Optional.ofNullable(own.get(alert.cohort())).stream()
                                .map(cohort -> new WarningLine(
                                        alert,
                                        cohort,
                                        alert.warning()
                                                .trainee()
                                                .map(id -> numbers.getOrDefault(id, ""))
                                                .orElse(""),
                                        alert.assignedTo().map(people::getName).orElse(""),
                                        alert.isDue(moment.day()))))
                        .toList());
        model.addAttribute("rules", WarningRule.values());
        model.addAttribute("records", alerts.trackRecords(access.responseId()));
        model.addAttribute("longestWord", LONGEST_WORD);
        return "training/warnings";
    }

    private Map<CohortId, Line> own() {
        return access.listCohorts().stream()
                .filter(access::worksWith)
                .collect(Collectors.toMap(Line::id, line -> line));
    }

    /** Looks at all own cohorts that run on the day. */
    @PostMapping("/find")
    String find(@RequestParam(defaultValue = "") String day, RedirectAttributes redirect) {
        LocalDate on = asOf.read(day, "").day();
        int found = own().values().stream()
                .mapToInt(cohort -> watch.watch(access.responseId(), cohort, on))
                .sum();
        Notice.done("training.warnings.found", found).showOnNextPage(redirect);
        return to(on);
    }

    @PostMapping("/{id:\\d+}/assign")
    String assign(@PathVariable long id, @RequestParam(defaultValue = "") String day, RedirectAttributes redirect) {
        Alert alert = get(id);
        boolean mine = alert.assignedTo().equals(actor.person());
        alerts.assign(id, mine ? Optional.empty() : actor.person(), edit());
        Notice.done(mine ? "training.warnings.given-back" : "training.warnings.taken")
                .showOnNextPage(redirect);
        return to(asOf.read(day, "").day());
    }

    @PostMapping("/{id:\\d+}/snooze")
    String snooze(
            @PathVariable long id,
            @RequestParam String until,
            @RequestParam(defaultValue = "") String day,
            RedirectAttributes redirect) {
        get(id);
        LocalDate today = asOf.read(day, "").day();
        LocalDate last = AsOf.date(until)
                .filter(date -> date.isAfter(today) && date.isBefore(today.plusDays(93)))
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "training.problem.until"));
        alerts.snooze(id, last, edit());
        Notice.done("training.warnings.snoozed", last.toString()).showOnNextPage(redirect);
        return to(today);
    }

    @PostMapping("/{id:\\d+}/close")
    String close(
            @PathVariable long id,
            @RequestParam String word,
            @RequestParam boolean right,
            @RequestParam(defaultValue = "") String day,
            RedirectAttributes redirect) {
        get(id);
        if (word.isBlank() || word.strip().length() > LONGEST_WORD) {
            throw new Problem(HttpStatus.BAD_REQUEST, "training.problem.word", LONGEST_WORD);
        }
        alerts.close(id, word.strip(), right, edit());
        Notice.done("training.warnings.closed").showOnNextPage(redirect);
        return to(asOf.read(day, "").day());
    }

    private Alert get(long id) {
        Alert alert = alerts.find(id).orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        access.ownCohort(alert.cohort().value());
        return alert;
    }

    private Edit edit() {
        return new Edit(actor.person(), realTime.instant());
    }

    private String to(LocalDate day) {
        return "redirect:" + frame.to("/training/warnings?day=" + day);
    }
}
