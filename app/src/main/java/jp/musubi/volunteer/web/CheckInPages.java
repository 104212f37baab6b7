package jp.musubi.volunteer.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import jp.musubi.common.web.Assets;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.OpenToAll;
import jp.musubi.identity.web.Requires;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.volunteer.AssignmentId;
import jp.musubi.volunteer.Assignments;
import jp.musubi.volunteer.Assignments.Seen;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.Shifts;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.Volunteers.Edit;
import jp.musubi.volunteer.store.RosterBoard;
import jp.musubi.volunteer.store.SecretAddresses;
import jp.musubi.volunteer.store.VolunteerListing;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Coming and going by QR code. The page works without a network once it was open: a script keeps what was tapped in the
 * phone and sends it later, each with its own time and key. Whoever has the shift's secret address and a number of the
 * registry may say so; nothing about people is shown.
 */
@Controller
class CheckInPages {

    /** What a phone kept longer is not believed any more. */
    private static final Duration OLDEST = Duration.ofDays(3);

    private final SecretAddresses secrets;
    private final Shifts shifts;
    private final RosterBoard board;
    private final VolunteerListing listing;
    private final Assignments assignments;
    private final VolunteerAccess access;
    private final Responses responses;
    private final CurrentResponse response;
    private final CurrentActor actor;
    private final Assets assets;
    private final Clock realTime;

    CheckInPages(
            SecretAddresses secrets,
            Shifts shifts,
            RosterBoard board,
            VolunteerListing listing,
            Assignments assignments,
            VolunteerAccess access,
            Responses responses,
            CurrentResponse response,
            CurrentActor actor,
            Assets assets,
            Clock realTime) {
        this.secrets = secrets;
        this.shifts = shifts;
        this.board = board;
        this.listing = listing;
        this.assignments = assignments;
        this.access = access;
        this.responses = responses;
        this.response = response;
        this.actor = actor;
        this.assets = assets;
        this.realTime = realTime;
    }

    /** A new code for a shift, to be printed or held up; the one before does not work any more. */
    @PostMapping("/volunteers/shifts/{id:\\d+}/check-in")
    @Requires(Action.MANAGE_VOLUNTEERS)
    String issue(@PathVariable long id, Model model) {
        RosterBoard.Shift shift = board.find(response.get().id(), id, access.regions())
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        access.requireIn(shift.municipality());
        String token = secrets.issueCheckIn(new ShiftId(id), actor.person());
        String address = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/checkin/" + token)
                .build()
                .toUriString();
        model.addAttribute("shift", shift);
        model.addAttribute("address", address);
        model.addAttribute("qr", Qr.of(address));
        return "volunteers/qr";
    }

    @GetMapping("/checkin/{token:[A-Za-z0-9_-]{43}}")
    @OpenToAll
    String show(@PathVariable String token, Model model) {
        Shifts.Kept shift = shift(token);
        Response of = responses.getById(shift.response());
        RosterBoard.Shift shown = board.find(of.id(), shift.id().value(), Optional.empty())
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "checkin.problem.unknown"));
        model.addAttribute("shift", shown);
        model.addAttribute("token", token);
        return "volunteers/checkin";
    }

    /** The worker that keeps the page in the phone; its own path decides which pages it may keep. */
    @GetMapping("/checkin/worker.js")
    @OpenToAll
    String worker() {
        return "forward:" + assets.url("checkin-worker.js");
    }

    /** What became of one tap; the phone keeps it until {@code final} is true. */
    record Answer(boolean taken, boolean isFinal, String code) {}

    /**
     * Somebody came or went.
     *
     * @param key of this tap; the same key again changes nothing
     * @param number in the registry
     * @param kind in or out
     * @param at when it was tapped, by the phone's clock
     */
    @PostMapping(path = "/checkin/{token:[A-Za-z0-9_-]{43}}", produces = MediaType.APPLICATION_JSON_VALUE)
    @OpenToAll
    @ResponseBody
    ResponseEntity<Answer> tap(
            @PathVariable String token,
            @RequestParam String key,
            @RequestParam String number,
            @RequestParam String kind,
            @RequestParam String at) {
        Shifts.Kept shift = shift(token);
        responses.requireOpen(shift.response());
        Instant real = realTime.instant();
        Optional<Instant> tapped = time(at);
        if (!key.matches("[A-Za-z0-9-]{8,64}")
                || !(kind.equals("in") || kind.equals("out"))
                || tapped.isEmpty()
                || tapped.get().isAfter(real.plus(Duration.ofMinutes(10)))
                || tapped.get().isBefore(real.minus(OLDEST))) {
            return ResponseEntity.badRequest().body(new Answer(false, true, "wrong"));
        }
        Optional<AssignmentId> assignment = listing.findByNumber(shift.response(), number.strip())
                .flatMap((VolunteerId person) -> assignments.find(shift.id(), person));
        if (assignment.isEmpty()) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND).body(new Answer(false, true, "not-on-the-list"));
        }
        Response of = responses.getById(shift.response());
        Instant now = of.clock().now(realTime);
        // The phone's clock runs in real time, the response may live in another: what counts is how long ago it was.
        Duration ago = Duration.between(tapped.get(), real);
        Instant happened = ago.isNegative() ? now : now.minus(ago);
        Edit edit = new Edit(Optional.empty(), now);
        Assignments.Result result = kind.equals("in")
                ? assignments.checkIn(Seen.of(assignment.get().value()), happened, edit)
                : assignments.checkOut(Seen.of(assignment.get().value()), happened, edit);
        if (result instanceof Assignments.Result.Done) {
            secrets.noteEvent(key, assignment.get(), kind.equals("out"), happened);
            return ResponseEntity.ok(new Answer(true, true, kind));
        }
        return ResponseEntity.status(HttpStatus.CONFLICT).body(new Answer(false, true, "not-possible"));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Shifts.Kept shift(String token) {
        return secrets.findCheckIn(token)
                .flatMap(shifts::find)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "checkin.problem.unknown"));
    }
}
