package jp.musubi.volunteer.web;

import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.web.IfMatch;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.inbox.Interpretation;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.volunteer.Risk;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.ShiftRow;
import jp.musubi.volunteer.ShiftRows;
import jp.musubi.volunteer.Shifts;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.Volunteers.Edit;
import jp.musubi.volunteer.store.RosterBoard;
import jp.musubi.volunteer.store.WorkPlaces;
import jp.musubi.volunteer.web.AssignmentsApi.AssignmentEntry;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shifts for programs, with who works on them by number. What is sent is read by the rules of files; an edit names its
 * version with If-Match.
 */
@RestController
@RequestMapping("/api/v1/shifts")
@Requires(Action.MANAGE_VOLUNTEERS)
class ShiftsApi {

    private static final int LONGEST_DAYS = 62;

    private final RosterBoard board;
    private final Shifts shifts;
    private final WorkPlaces places;
    private final VolunteerAccess access;
    private final CurrentActor actor;
    private final CurrentResponse response;

    ShiftsApi(
            RosterBoard board,
            Shifts shifts,
            WorkPlaces places,
            VolunteerAccess access,
            CurrentActor actor,
            CurrentResponse response) {
        this.board = board;
        this.shifts = shifts;
        this.places = places;
        this.access = access;
        this.actor = actor;
        this.response = response;
    }

    /**
     * @param skill null = anybody
     */
    record LineEntry(int line, @Nullable String skill, int level, int seats, List<AssignmentEntry> placed) {}

    record ShiftEntry(
            long id,
            String number,
            String title,
            String kind,
            String place,
            String municipality,
            LocalDate day,
            int fromMinute,
            int toMinute,
            int priority,
            List<String> risks,
            boolean continuity,
            int leastPeople,
            @Nullable String leaderSkill,
            boolean cancelled,
            boolean derived,
            long version,
            List<LineEntry> lines) {}

    record ShiftList(List<ShiftEntry> shifts) {}

    /**
     * @param skill a code or name; null or "any" = anybody
     */
    record SeatsBody(@Nullable String skill, @Nullable Integer level, int seats) {

        String text() {
            return (skill == null ? "any" : skill) + (level == null ? "" : ":" + level) + "=" + seats;
        }
    }

    /**
     * What a program sends. What a change leaves out stays as it is; an empty text takes a value away.
     *
     * @param community where it is, by the number of its list; or
     * @param hub at which hub
     * @param from by the clock of the response, e.g. 09:00; with {@code to}, or {@code half}: am, pm or day
     */
    record ShiftBody(
            @Nullable String number,
            @Nullable String activity,
            @Nullable String title,
            @Nullable String kind,
            @Nullable String community,
            @Nullable String hub,
            @Nullable LocalDate day,
            @Nullable String from,
            @Nullable String to,
            @Nullable String half,
            @Nullable List<SeatsBody> seats,
            @Nullable Integer leastPeople,
            @Nullable String leaderSkill,
            @Nullable List<String> risks,
            @Nullable Boolean continuity,
            @Nullable Integer priority) {

        void writeTo(Map<String, String> values) {
            ApiFields fields = new ApiFields(values);
            fields.set("activity_id", activity);
            fields.set("title", title);
            fields.set("kind", kind);
            if (community != null || hub != null) {
                values.put("community_id", "");
                values.put("hub_id", "");
            }
            fields.set("community_id", community);
            fields.set("hub_id", hub);
            fields.set("day", day);
            if (half != null) {
                values.put("from", "");
                values.put("to", "");
            }
            fields.set("from", from);
            fields.set("to", to);
            fields.set("half", half);
            fields.setAll("seats", seats, SeatsBody::text);
            fields.set("least_people", leastPeople);
            fields.set("leader_skill", leaderSkill);
            fields.setAll("risks", risks, each -> each);
            fields.set("continuity", continuity);
            fields.set("priority", priority);
        }
    }

    @GetMapping
    @Operation(summary = "The shifts of up to 62 days")
    ShiftList list(@RequestParam String first, @RequestParam(defaultValue = "") String last) {
        LocalDate from = VolunteerPages.date(first)
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "roster.problem.days"));
        LocalDate to = last.isEmpty()
                ? from
                : VolunteerPages.date(last)
                        .filter(day -> !day.isBefore(from) && !day.isAfter(from.plusDays(LONGEST_DAYS)))
                        .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "roster.problem.days"));
        return new ShiftList(board.list(response.get().id(), from, to, access.regions(), true).stream()
                .map(ShiftsApi::entry)
                .toList());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One shift with its seats and who has them")
    ResponseEntity<ShiftEntry> show(@PathVariable long id) {
        return answer(ResponseEntity.ok(), id);
    }

    @PostMapping
    @Operation(summary = "Adds a shift under a number that none has")
    ResponseEntity<ShiftEntry> add(@RequestBody ShiftBody body, Locale locale) {
        Map<String, String> values = new LinkedHashMap<>();
        new ApiFields(values).set("shift_id", body.number());
        body.writeTo(values);
        ShiftRow row = read(values, locale);
        access.requireIn(places.municipality(row.place()));
        ShiftId id = shifts.add(response.get().id(), values.getOrDefault("shift_id", ""), row, edit())
                .orElseThrow(() -> new Problem(HttpStatus.CONFLICT, "shifts.problem.number-taken"));
        return answer(ResponseEntity.created(URI.create("/api/v1/shifts/" + id.value())), id.value());
    }

    @PutMapping("/{id}")
    @Operation(summary = "Corrects a shift; what is left out stays as it is. Who was only proposed is free again")
    ResponseEntity<ShiftEntry> correct(
            @PathVariable long id,
            @RequestBody ShiftBody body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            Locale locale) {
        Shifts.Kept known = get(id);
        long version = IfMatch.version(ifMatch);
        Map<String, String> values = ShiftRows.values(
                known.externalId(),
                known.row().activity().orElse(""),
                known.row(),
                places.number(known.row().place()));
        body.writeTo(values);
        ShiftRow row = read(values, locale);
        access.requireIn(places.municipality(row.place()));
        try {
            shifts.correct(known.id(), version, row, edit());
        } catch (ChangedMeanwhile e) {
            throw new Problem(HttpStatus.PRECONDITION_FAILED, "problem.changed-meanwhile");
        }
        return answer(ResponseEntity.ok(), id);
    }

    @PostMapping("/{id}/cancel")
    @Operation(summary = "The shift does not take place; who was proposed or confirmed is free again")
    ResponseEntity<ShiftEntry> cancel(@PathVariable long id) {
        shifts.setCancelled(get(id).id(), true, edit());
        return answer(ResponseEntity.ok(), id);
    }

    @PostMapping("/{id}/restore")
    @Operation(summary = "The shift takes place after all")
    ResponseEntity<ShiftEntry> restore(@PathVariable long id) {
        shifts.setCancelled(get(id).id(), false, edit());
        return answer(ResponseEntity.ok(), id);
    }

    private ShiftRow read(Map<String, String> values, Locale locale) {
        Interpretation<ShiftRow> read =
                ShiftRows.interpret(values, places.of(response.get().id()));
        if (read instanceof Interpretation.Accepted<ShiftRow> accepted) {
            return accepted.value();
        }
        throw ApiFields.wrong(read.listProblems(), locale);
    }

    private Shifts.Kept get(long id) {
        Shifts.Kept shift = shifts.find(new ShiftId(id))
                .filter(found -> found.response().equals(response.get().id()))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        access.requireIn(places.municipality(shift.row().place()));
        return shift;
    }

    private Edit edit() {
        return new Edit(actor.person(), response.now());
    }

    /** The tag begins with the version; behind it stands what changes with the people on the shift. */
    private ResponseEntity<ShiftEntry> answer(ResponseEntity.BodyBuilder builder, long id) {
        ShiftEntry entry = board.find(response.get().id(), id, access.regions())
                .map(ShiftsApi::entry)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        return builder.eTag("\"" + entry.version() + "-" + Integer.toHexString(entry.hashCode()) + "\"")
                .body(entry);
    }

    private static ShiftEntry entry(RosterBoard.Shift shift) {
        return new ShiftEntry(
                shift.id(),
                shift.externalId(),
                shift.title(),
                shift.kind().code(),
                shift.place(),
                shift.municipality(),
                shift.time().day(),
                shift.time().fromMinute(),
                shift.time().toMinute(),
                shift.priority(),
                shift.risks().stream().sorted().map(Risk::code).toList(),
                shift.continuity(),
                shift.leastPeople(),
                shift.leaderSkill().map(Skill::code).orElse(null),
                shift.cancelled(),
                shift.derived(),
                shift.version(),
                shift.lines().stream()
                        .map(line -> new LineEntry(
                                line.seats().number(),
                                line.seats().skill().map(Skill::code).orElse(null),
                                line.seats().level(),
                                line.seats().seats(),
                                line.placed().stream()
                                        .map(one -> AssignmentEntry.of(shift.id(), one))
                                        .toList()))
                        .toList());
    }
}
