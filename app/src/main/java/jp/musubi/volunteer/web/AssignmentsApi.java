package jp.musubi.volunteer.web;

import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.stream.Stream;
import jp.musubi.common.web.IfMatch;
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
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who works on which shift, for programs. Every decision is checked by the rules of the board; a rule that forbids it is
 * named in the answer (409), and nothing is changed. An edit names its version with If-Match.
 */
@RestController
@RequestMapping("/api/v1")
@Requires(Action.MANAGE_VOLUNTEERS)
class AssignmentsApi {

    private final Assignments assignments;
    private final RosterBoard board;
    private final VolunteerAccess access;
    private final CurrentActor actor;
    private final CurrentResponse response;

    AssignmentsApi(
            Assignments assignments,
            RosterBoard board,
            VolunteerAccess access,
            CurrentActor actor,
            CurrentResponse response) {
        this.assignments = assignments;
        this.board = board;
        this.access = access;
        this.actor = actor;
        this.response = response;
    }

    /**
     * One person on one line.
     *
     * @param number of the volunteer in the registry
     * @param locked whether the next roster must keep it
     */
    record AssignmentEntry(
            long id, long shift, int line, long volunteer, String number, String state, boolean locked, long version) {

        static AssignmentEntry of(long shift, RosterBoard.Placed placed) {
            return new AssignmentEntry(
                    placed.id(),
                    shift,
                    placed.line(),
                    placed.volunteer(),
                    placed.number(),
                    placed.state().name(),
                    placed.locked(),
                    placed.version());
        }
    }

    record NewAssignment(long volunteer, int line) {}

    record Target(long shift, int line) {}

    /**
     * @param withVersion of the other; null = whatever it is now
     */
    record Exchange(long with, @Nullable Long withVersion) {}

    record Lock(boolean locked) {}

    record NextState(@Nullable AssignmentState state) {}

    @GetMapping("/assignments/{id}")
    @Operation(summary = "One person on one seat")
    ResponseEntity<AssignmentEntry> show(@PathVariable long id) {
        return answer(ResponseEntity.ok(), id);
    }

    @PostMapping("/shifts/{shift}/assignments")
    @Operation(summary = "Puts somebody on an open seat and locks it")
    ResponseEntity<AssignmentEntry> put(@PathVariable long shift, @RequestBody NewAssignment wanted) {
        access.requireAll();
        requireShift(shift);
        long id = done(assignments.put(new VolunteerId(wanted.volunteer()), new ShiftId(shift), wanted.line(), edit()));
        return answer(ResponseEntity.created(URI.create("/api/v1/assignments/" + id)), id);
    }

    @PostMapping("/assignments/{id}/move")
    @Operation(summary = "Moves somebody to another open seat and locks it there, under a new id")
    ResponseEntity<AssignmentEntry> move(
            @PathVariable long id,
            @RequestBody Target target,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        requireMine(id);
        requireShift(target.shift());
        return answer(
                ResponseEntity.ok(),
                done(assignments.move(
                        Seen.at(id, IfMatch.version(ifMatch)), new ShiftId(target.shift()), target.line(), edit())));
    }

    @PostMapping("/assignments/{id}/swap")
    @Operation(summary = "Changes the places of two people; the answer is the first of them under a new id")
    ResponseEntity<AssignmentEntry> swap(
            @PathVariable long id,
            @RequestBody Exchange exchange,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        requireMine(id);
        requireMine(exchange.with());
        Long version = exchange.withVersion();
        Seen other = version == null ? Seen.of(exchange.with()) : Seen.at(exchange.with(), version);
        return answer(
                ResponseEntity.ok(), done(assignments.swap(Seen.at(id, IfMatch.version(ifMatch)), other, edit())));
    }

    @PutMapping("/assignments/{id}/lock")
    @Operation(summary = "Keeps a proposed seat from the next roster, or lets it go")
    ResponseEntity<AssignmentEntry> lock(
            @PathVariable long id,
            @RequestBody Lock lock,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        requireMine(id);
        return answer(
                ResponseEntity.ok(),
                done(assignments.lock(Seen.at(id, IfMatch.version(ifMatch)), lock.locked(), edit())));
    }

    @PutMapping("/assignments/{id}/state")
    @Operation(summary = "Confirms, takes off, notes who came, has finished or did not come")
    ResponseEntity<AssignmentEntry> become(
            @PathVariable long id,
            @RequestBody NextState next,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        requireMine(id);
        AssignmentState state = next.state();
        if (state == null) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
        Seen seen = Seen.at(id, IfMatch.version(ifMatch));
        return answer(ResponseEntity.ok(), done(assignments.become(seen, state, response.now(), edit())));
    }

    private void requireShift(long id) {
        RosterBoard.Shift shift = board.find(response.get().id(), id, access.regions())
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        access.requireIn(shift.municipality());
    }

    private RosterBoard.Shift requireMine(long assignment) {
        RosterBoard.Shift shift = board.findByAssignment(response.get().id(), assignment, access.regions())
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        access.requireIn(shift.municipality());
        return shift;
    }

    private Edit edit() {
        return new Edit(actor.person(), response.now());
    }

    private static long done(Result result) {
        if (result instanceof Result.Refused refused) {
            throw new Problem(HttpStatus.CONFLICT, "roster.problem." + refused.why());
        }
        if (result instanceof Result.Done done) {
            return done.id().value();
        }
        throw new Problem(HttpStatus.PRECONDITION_FAILED, "roster.problem.overtaken");
    }

    private ResponseEntity<AssignmentEntry> answer(ResponseEntity.BodyBuilder builder, long id) {
        RosterBoard.Shift shift = requireMine(id);
        AssignmentEntry entry = Stream.concat(
                        shift.lines().stream().flatMap(line -> line.placed().stream()), shift.gone().stream())
                .filter(placed -> placed.id() == id)
                .map(placed -> AssignmentEntry.of(shift.id(), placed))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        return builder.eTag("\"" + entry.version() + "\"").body(entry);
    }
}
