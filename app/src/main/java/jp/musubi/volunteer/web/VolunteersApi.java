package jp.musubi.volunteer.web;

import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.web.IfMatch;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.inbox.Interpretation;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.volunteer.HeldSkill;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.Volunteer;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.VolunteerPerson;
import jp.musubi.volunteer.VolunteerRow;
import jp.musubi.volunteer.VolunteerRows;
import jp.musubi.volunteer.Volunteers;
import jp.musubi.volunteer.Volunteers.Edit;
import jp.musubi.volunteer.store.VolunteerListing;
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
 * The registry of volunteers for programs. Answers hold no personal data but {@code /person}, and each look at that is
 * written down. What is sent is read by the rules of files; an edit names its version with If-Match.
 */
@RestController
@RequestMapping("/api/v1/volunteers")
@Requires(Action.MANAGE_VOLUNTEERS)
class VolunteersApi {

    private static final int MOST = 1000;

    private final VolunteerListing listing;
    private final Volunteers volunteers;
    private final VolunteerAccess access;
    private final CurrentActor actor;
    private final CurrentResponse response;

    VolunteersApi(
            VolunteerListing listing,
            Volunteers volunteers,
            VolunteerAccess access,
            CurrentActor actor,
            CurrentResponse response) {
        this.listing = listing;
        this.volunteers = volunteers;
        this.access = access;
        this.actor = actor;
        this.response = response;
    }

    /**
     * @param level 1 to 3; 1 if left out
     * @param validUntil the last day of a licence
     */
    record SkillEntry(
            String skill, @Nullable Integer level, @Nullable LocalDate validUntil) {

        static SkillEntry of(HeldSkill held) {
            return new SkillEntry(
                    held.skill().code(), held.level(), held.validUntil().orElse(null));
        }

        String text() {
            return skill + (level == null ? "" : ":" + level) + (validUntil == null ? "" : "@" + validUntil);
        }
    }

    /** A volunteer in the list, without personal data. */
    record VolunteerEntry(
            long id,
            String number,
            @Nullable String team,
            List<SkillEntry> skills,
            List<String> languages,
            int radiusKm,
            boolean minor,
            boolean derived,
            long freeDays,
            long shifts) {}

    record VolunteerList(List<VolunteerEntry> volunteers, long total, int from) {}

    /**
     * A volunteer in full but for personal data.
     *
     * @param available days as files write them: {@code 2011-03-20}, {@code 2011-03-21 am}, {@code 2011-03-22..2011-03-25}
     */
    record VolunteerCard(
            long id,
            String number,
            @Nullable String team,
            List<SkillEntry> skills,
            List<String> languages,
            int radiusKm,
            boolean minor,
            boolean consent,
            List<String> available,
            boolean derived,
            boolean withdrawn,
            long version) {}

    /** Who a volunteer is. */
    record PersonCard(
            String name,
            @Nullable String phone,
            @Nullable String mail,
            @Nullable LocalDate birthDate,
            @Nullable String insuranceNumber,
            @Nullable Double lat,
            @Nullable Double lon) {}

    /** What a program sends. What a change leaves out stays as it is; an empty text takes a value away. */
    record VolunteerBody(
            @Nullable String number,
            @Nullable String name,
            @Nullable String phone,
            @Nullable String mail,
            @Nullable String birthDate,
            @Nullable String insuranceNumber,
            @Nullable Double lat,
            @Nullable Double lon,
            @Nullable Integer radiusKm,
            @Nullable List<SkillEntry> skills,
            @Nullable List<String> languages,
            @Nullable String team,
            @Nullable Boolean minor,
            @Nullable Boolean consent,
            @Nullable List<String> available) {

        void writeTo(Map<String, String> values) {
            ApiFields fields = new ApiFields(values);
            fields.set("name", name);
            fields.set("phone", phone);
            fields.set("mail", mail);
            fields.set("birth_date", birthDate);
            fields.set("insurance_number", insuranceNumber);
            fields.set("lat", lat);
            fields.set("lon", lon);
            fields.set("radius_km", radiusKm);
            fields.setAll("skills", skills, SkillEntry::text);
            fields.setAll("languages", languages, each -> each);
            fields.set("team", team);
            fields.set("minor", minor);
            fields.set("consent", consent);
            fields.setAll("available", available, each -> each);
        }
    }

    @GetMapping
    @Operation(summary = "Volunteers by number, without personal data; a part of the list")
    VolunteerList list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String skill,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "false") boolean seatless,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "100") int limit) {
        Optional<Skill> wanted = Skill.findByCode(skill);
        Optional<LocalDate> on = VolunteerPages.date(day);
        if ((!skill.isEmpty() && wanted.isEmpty())
                || (!day.isEmpty() && on.isEmpty())
                || from < 0
                || limit < 1
                || limit > MOST) {
            throw new Problem(HttpStatus.BAD_REQUEST, "volunteers.problem.filter");
        }
        VolunteerListing.Page page = listing.list(
                new VolunteerListing.Filter(response.get().id(), q, wanted, on, seatless, false, false), from, limit);
        return new VolunteerList(
                page.lines().stream()
                        .map(line -> new VolunteerEntry(
                                line.id(),
                                line.externalId(),
                                line.team().orElse(null),
                                line.skills().stream().map(SkillEntry::of).toList(),
                                List.of(line.languages().split(" ", -1)),
                                line.radiusKm(),
                                line.minor(),
                                line.derived(),
                                line.freeDays(),
                                line.shifts()))
                        .toList(),
                page.total(),
                from);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One volunteer without personal data")
    ResponseEntity<VolunteerCard> show(@PathVariable long id) {
        return answer(ResponseEntity.ok(), get(id));
    }

    @GetMapping("/{id}/person")
    @Operation(summary = "Who a volunteer is; that somebody looked is written down")
    PersonCard person(@PathVariable long id) {
        VolunteerPerson person =
                access.read(get(id).id()).orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        return new PersonCard(
                person.name(),
                person.phone().orElse(null),
                person.mail().orElse(null),
                person.birthDate().orElse(null),
                person.insuranceNumber().orElse(null),
                person.home().map(home -> home.latitude()).orElse(null),
                person.home().map(home -> home.longitude()).orElse(null));
    }

    @PostMapping
    @Operation(summary = "Registers a volunteer under a number that nobody has")
    ResponseEntity<VolunteerCard> add(@RequestBody VolunteerBody body, Locale locale) {
        access.requireAll();
        Map<String, String> values = new LinkedHashMap<>();
        new ApiFields(values).set("volunteer_id", body.number());
        body.writeTo(values);
        VolunteerRow row = read(values, locale);
        VolunteerId id = volunteers
                .add(response.get().id(), values.getOrDefault("volunteer_id", ""), row, edit())
                .orElseThrow(() -> new Problem(HttpStatus.CONFLICT, "volunteers.problem.number-taken"));
        return answer(ResponseEntity.created(URI.create("/api/v1/volunteers/" + id.value())), get(id.value()));
    }

    @PutMapping("/{id}")
    @Operation(summary = "Corrects a volunteer; what is left out stays as it is")
    ResponseEntity<VolunteerCard> correct(
            @PathVariable long id,
            @RequestBody VolunteerBody body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            Locale locale) {
        Volunteer known = get(id);
        long version = IfMatch.version(ifMatch);
        VolunteerPerson person = volunteers
                .findPerson(known.id())
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        Map<String, String> values = VolunteerRows.values(known.externalId(), known.details(), person);
        body.writeTo(values);
        try {
            volunteers.correct(known.id(), version, read(values, locale), edit());
        } catch (ChangedMeanwhile e) {
            throw new Problem(HttpStatus.PRECONDITION_FAILED, "problem.changed-meanwhile");
        }
        return answer(ResponseEntity.ok(), get(id));
    }

    @PostMapping("/{id}/withdraw")
    @Operation(summary = "The person does not come any more; proposed and confirmed seats become open")
    ResponseEntity<VolunteerCard> withdraw(@PathVariable long id) {
        volunteers.setWithdrawn(get(id).id(), true, edit());
        return answer(ResponseEntity.ok(), get(id));
    }

    @PostMapping("/{id}/restore")
    @Operation(summary = "The person comes again")
    ResponseEntity<VolunteerCard> restore(@PathVariable long id) {
        volunteers.setWithdrawn(get(id).id(), false, edit());
        return answer(ResponseEntity.ok(), get(id));
    }

    private VolunteerRow read(Map<String, String> values, Locale locale) {
        LocalDate today = response.now().atZone(response.get().zone()).toLocalDate();
        Interpretation<VolunteerRow> read = VolunteerRows.interpret(values, today);
        if (read instanceof Interpretation.Accepted<VolunteerRow> accepted) {
            return accepted.value();
        }
        throw ApiFields.wrong(read.listProblems(), locale);
    }

    private Volunteer get(long id) {
        access.requireAll();
        return volunteers
                .find(new VolunteerId(id))
                .filter(found -> found.response().equals(response.get().id()))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
    }

    private Edit edit() {
        return new Edit(actor.person(), response.now());
    }

    private static ResponseEntity<VolunteerCard> answer(ResponseEntity.BodyBuilder builder, Volunteer of) {
        String available = VolunteerRows.available(of.details());
        return builder.eTag("\"" + of.version() + "\"")
                .body(new VolunteerCard(
                        of.id().value(),
                        of.externalId(),
                        of.details().team().orElse(null),
                        of.details().skills().stream().map(SkillEntry::of).collect(Collectors.toList()),
                        of.details().languages(),
                        of.details().radiusKm(),
                        of.details().minor(),
                        of.details().consent(),
                        available.isEmpty() ? List.of() : List.of(available.split("; ", -1)),
                        of.derived(),
                        of.withdrawnAt().isPresent(),
                        of.version()));
    }
}
