package jp.musubi.volunteer.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.OpenToAll;
import jp.musubi.identity.web.Requires;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.volunteer.Volunteer;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.Volunteers;
import jp.musubi.volunteer.store.RosterBoard;
import jp.musubi.volunteer.store.SecretAddresses;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A volunteer's shifts as a calendar (RFC 5545) under a secret address that can be taken back. */
@Controller
class CalendarPages {

    private final SecretAddresses secrets;
    private final Volunteers volunteers;
    private final RosterBoard board;
    private final VolunteerAccess access;
    private final Responses responses;
    private final CurrentResponse response;
    private final CurrentActor actor;
    private final Clock realTime;

    CalendarPages(
            SecretAddresses secrets,
            Volunteers volunteers,
            RosterBoard board,
            VolunteerAccess access,
            Responses responses,
            CurrentResponse response,
            CurrentActor actor,
            Clock realTime) {
        this.secrets = secrets;
        this.volunteers = volunteers;
        this.board = board;
        this.access = access;
        this.responses = responses;
        this.response = response;
        this.actor = actor;
        this.realTime = realTime;
    }

    /** A new address, shown once; the one before does not work any more. */
    @PostMapping("/volunteers/{id:\\d+}/calendar")
    @Requires(Action.MANAGE_VOLUNTEERS)
    String issue(@PathVariable long id, Model model) {
        Volunteer volunteer = get(id);
        String token = secrets.issueCalendar(volunteer.id(), actor.person());
        model.addAttribute("number", volunteer.externalId());
        model.addAttribute("id", id);
        model.addAttribute(
                "address",
                ServletUriComponentsBuilder.fromCurrentContextPath()
                        .path("/calendar/" + token + ".ics")
                        .build()
                        .toUriString());
        return "volunteers/calendar";
    }

    @PostMapping("/volunteers/{id:\\d+}/calendar/revoke")
    @Requires(Action.MANAGE_VOLUNTEERS)
    String revoke(@PathVariable long id, Model model) {
        Volunteer volunteer = get(id);
        secrets.revokeCalendar(volunteer.id());
        model.addAttribute("number", volunteer.externalId());
        model.addAttribute("id", id);
        model.addAttribute("address", "");
        return "volunteers/calendar";
    }

    private Volunteer get(long id) {
        access.requireAll();
        return volunteers
                .find(new VolunteerId(id))
                .filter(found -> found.response().equals(response.get().id()))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
    }

    @GetMapping("/calendar/{token:[A-Za-z0-9_-]{43}}.ics")
    @OpenToAll
    ResponseEntity<byte[]> feed(@PathVariable String token, Locale locale) {
        Volunteer volunteer = secrets.findCalendar(token)
                .flatMap(volunteers::find)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "calendar.problem.unknown"));
        Response of = responses.getById(volunteer.response());
        Instant now = realTime.instant();
        CalendarText calendar = new CalendarText(of.name(locale), Duration.ofHours(1));
        for (RosterBoard.Shift shift : board.ofVolunteer(of.id(), volunteer.id().value())) {
            Optional<RosterBoard.Placed> own = shift.lines().stream()
                    .flatMap(line -> line.placed().stream())
                    .filter(placed -> placed.volunteer() == volunteer.id().value())
                    .findFirst();
            if (own.isPresent() && !shift.cancelled()) {
                calendar.event(new CalendarText.Event(
                        "shift-" + shift.id() + "-" + volunteer.id().value() + "@musubi",
                        now,
                        shift.time()
                                .day()
                                .atStartOfDay(of.zone())
                                .toInstant()
                                .plus(Duration.ofMinutes(shift.time().fromMinute())),
                        shift.time()
                                .day()
                                .atStartOfDay(of.zone())
                                .toInstant()
                                .plus(Duration.ofMinutes(shift.time().toMinute())),
                        shift.title(),
                        shift.place(),
                        own.get().state().isDecided(),
                        own.get().version()));
            }
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "calendar", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .body(calendar.text().getBytes(StandardCharsets.UTF_8));
    }
}
