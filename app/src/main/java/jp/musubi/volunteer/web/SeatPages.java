package jp.musubi.volunteer.web;

import java.time.Duration;
import java.util.stream.Stream;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.volunteer.AssignmentState;
import jp.musubi.volunteer.Assignments;
import jp.musubi.volunteer.Assignments.Result;
import jp.musubi.volunteer.Assignments.Seen;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.Volunteers.Edit;
import jp.musubi.volunteer.store.RosterBoard;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Decisions about single seats of the roster. */
@Controller
@RequestMapping("/volunteers/roster/seats")
@Requires(Action.MANAGE_VOLUNTEERS)
class SeatPages {

    private static final int LONGEST_DAY_MINUTES = 24 * 60;

    private final Assignments assignments;
    private final RosterBoard board;
    private final VolunteerAccess access;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final Frame frame;

    SeatPages(
            Assignments assignments,
            RosterBoard board,
            VolunteerAccess access,
            CurrentActor actor,
            CurrentResponse response,
            Frame frame) {
        this.assignments = assignments;
        this.board = board;
        this.access = access;
        this.actor = actor;
        this.response = response;
        this.frame = frame;
    }

    @PostMapping("/{id}/move")
    String move(
            @PathVariable long id,
            @RequestParam long from,
            @RequestParam long shift,
            @RequestParam int line,
            RedirectAttributes redirect) {
        seat(from, id);
        RosterBoard.Shift target = shift(shift);
        return answer(assignments.move(Seen.of(id), new ShiftId(shift), line, edit()), target, redirect);
    }

    @PostMapping("/{id}/swap")
    String swap(
            @PathVariable long id,
            @RequestParam long from,
            @RequestParam long shift,
            @RequestParam long other,
            RedirectAttributes redirect) {
        seat(from, id);
        seat(shift, other);
        return answer(assignments.swap(Seen.of(id), Seen.of(other), edit()), shift(shift), redirect);
    }

    @PostMapping("/{id}/lock")
    String lock(
            @PathVariable long id, @RequestParam long from, @RequestParam boolean locked, RedirectAttributes redirect) {
        seat(from, id);
        return answer(assignments.lock(Seen.of(id), locked, edit()), shift(from), redirect);
    }

    @PostMapping("/{id}/state")
    String state(
            @PathVariable long id,
            @RequestParam long from,
            @RequestParam AssignmentState state,
            RedirectAttributes redirect) {
        seat(from, id);
        return answer(assignments.become(Seen.of(id), state, response.now(), edit()), shift(from), redirect);
    }

    @PostMapping("/{id}/work")
    String correctWork(
            @PathVariable long id, @RequestParam long from, @RequestParam int minutes, RedirectAttributes redirect) {
        seat(from, id);
        if (minutes < 1 || minutes > LONGEST_DAY_MINUTES) {
            throw new Problem(HttpStatus.BAD_REQUEST, "roster.problem.minutes");
        }
        return answer(assignments.correctWork(Seen.of(id), Duration.ofMinutes(minutes), edit()), shift(from), redirect);
    }

    /** Puts somebody who has no seat that day on an open one. */
    @PostMapping
    String put(
            @RequestParam long shift, @RequestParam int line, @RequestParam long person, RedirectAttributes redirect) {
        access.requireAll();
        RosterBoard.Shift target = shift(shift);
        return answer(assignments.put(new VolunteerId(person), new ShiftId(shift), line, edit()), target, redirect);
    }

    private RosterBoard.Shift shift(long id) {
        return board.find(response.get().id(), id, access.regions())
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
    }

    /** The assignment must be one of the shift that the reader may see. */
    private void seat(long shift, long assignment) {
        RosterBoard.Shift found = shift(shift);
        boolean there = Stream.concat(
                        found.lines().stream().flatMap(line -> line.placed().stream()), found.gone().stream())
                .anyMatch(each -> each.id() == assignment);
        if (!there) {
            throw new Problem(HttpStatus.CONFLICT, "roster.problem.overtaken");
        }
        access.requireIn(found.municipality());
    }

    private Edit edit() {
        return new Edit(actor.person(), response.now());
    }

    /** Back to the board, with what was done or why it was not: nobody has to leave it to read the reason. */
    private String answer(Result result, RosterBoard.Shift shift, RedirectAttributes redirect) {
        if (result instanceof Result.Refused refused) {
            redirect.addFlashAttribute("refused", refused.why().name());
        } else if (result instanceof Result.Overtaken) {
            redirect.addFlashAttribute("refused", "overtaken");
        } else {
            Notice.done("roster.done").showOnNextPage(redirect);
        }
        return "redirect:" + frame.to("/volunteers/roster?day=" + shift.time().day() + "#shift-" + shift.id());
    }
}
