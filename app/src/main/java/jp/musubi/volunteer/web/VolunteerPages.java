package jp.musubi.volunteer.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.RowProblem;
import jp.musubi.response.web.CurrentResponse;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.Volunteer;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.VolunteerPerson;
import jp.musubi.volunteer.VolunteerRow;
import jp.musubi.volunteer.VolunteerRows;
import jp.musubi.volunteer.Volunteers;
import jp.musubi.volunteer.Volunteers.Edit;
import jp.musubi.volunteer.store.RosterBoard;
import jp.musubi.volunteer.store.SecretAddresses;
import jp.musubi.volunteer.store.VolunteerListing;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The registry of volunteers. */
@Controller
@RequestMapping("/volunteers")
@Requires(Action.MANAGE_VOLUNTEERS)
class VolunteerPages {

    private static final int LINES = 100;

    private final VolunteerListing listing;
    private final Volunteers volunteers;
    private final RosterBoard board;
    private final SecretAddresses secrets;
    private final VolunteerAccess access;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final Frame frame;
    private final MessageSource texts;

    VolunteerPages(
            VolunteerListing listing,
            Volunteers volunteers,
            RosterBoard board,
            SecretAddresses secrets,
            VolunteerAccess access,
            CurrentActor actor,
            CurrentResponse response,
            Frame frame,
            MessageSource texts) {
        this.listing = listing;
        this.volunteers = volunteers;
        this.board = board;
        this.secrets = secrets;
        this.access = access;
        this.actor = actor;
        this.response = response;
        this.frame = frame;
        this.texts = texts;
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String skill,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "false") boolean withdrawn,
            @RequestParam(defaultValue = "0") int from,
            Model model) {
        int start = Math.max(0, from);
        VolunteerListing.Filter filter = new VolunteerListing.Filter(
                response.get().id(), q, Skill.findByCode(skill), date(day), false, withdrawn, access.mayKnowPeople());
        model.addAttribute("page", listing.list(filter, start, LINES));
        model.addAttribute("from", start);
        model.addAttribute("step", LINES);
        model.addAttribute("q", q);
        model.addAttribute("skill", skill);
        model.addAttribute("day", day);
        model.addAttribute("withdrawn", withdrawn);
        model.addAttribute("skills", Skill.values());
        model.addAttribute("mayKnowPeople", access.mayKnowPeople());
        return "volunteers/list";
    }

    static Optional<LocalDate> date(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @GetMapping("/new")
    String blank(Model model, Locale locale) {
        access.requireAll();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("radius_km", "30");
        values.put("languages", "ja");
        values.put("minor", "no");
        values.put("consent", "no");
        return show(model, form("/volunteers/new", 0, "", values, List.of(), locale), Optional.empty());
    }

    @PostMapping("/new")
    String add(@RequestParam Map<String, String> sent, Model model, Locale locale, RedirectAttributes redirect) {
        access.requireAll();
        Map<String, String> values = ColumnForm.values(VolunteerRows.COLUMNS, sent);
        Interpretation<VolunteerRow> read = VolunteerRows.interpret(values, today());
        if (read instanceof Interpretation.Accepted<VolunteerRow> accepted) {
            Optional<VolunteerId> added = volunteers.add(
                    response.get().id(), values.getOrDefault("volunteer_id", ""), accepted.value(), edit());
            if (added.isPresent()) {
                Notice.done("volunteers.saved").showOnNextPage(redirect);
                return to(added.get());
            }
            throw new Problem(HttpStatus.CONFLICT, "volunteers.problem.number-taken");
        }
        return show(model, form("/volunteers/new", 0, "", values, read.listProblems(), locale), Optional.empty());
    }

    @GetMapping("/{id:\\d+}")
    String edit(@PathVariable long id, Model model, Locale locale) {
        Volunteer volunteer = get(id);
        return show(
                model,
                form(path(volunteer), volunteer.version(), "volunteer_id", values(volunteer), List.of(), locale),
                Optional.of(volunteer));
    }

    @PostMapping("/{id:\\d+}")
    String save(
            @PathVariable long id,
            @RequestParam long version,
            @RequestParam Map<String, String> sent,
            Model model,
            Locale locale,
            RedirectAttributes redirect) {
        Volunteer volunteer = get(id);
        Map<String, String> values = ColumnForm.values(VolunteerRows.COLUMNS, sent);
        values.put("volunteer_id", volunteer.externalId());
        Interpretation<VolunteerRow> read = VolunteerRows.interpret(values, today());
        ColumnForm form = form(path(volunteer), version, "volunteer_id", values, read.listProblems(), locale);
        if (read instanceof Interpretation.Accepted<VolunteerRow> accepted) {
            try {
                volunteers.correct(volunteer.id(), version, accepted.value(), edit());
                Notice.done("volunteers.saved").showOnNextPage(redirect);
                return to(volunteer.id());
            } catch (ChangedMeanwhile e) {
                form = form.overtakenBy(get(id).version());
            }
        }
        return show(model, form, Optional.of(volunteer));
    }

    @PostMapping("/{id:\\d+}/withdraw")
    String withdraw(@PathVariable long id, @RequestParam boolean withdrawn, RedirectAttributes redirect) {
        Volunteer volunteer = get(id);
        volunteers.setWithdrawn(volunteer.id(), withdrawn, edit());
        Notice.done(withdrawn ? "volunteers.withdrawn.done" : "volunteers.restored.done")
                .showOnNextPage(redirect);
        return to(volunteer.id());
    }

    private Volunteer get(long id) {
        access.requireAll();
        return volunteers
                .find(new VolunteerId(id))
                .filter(found -> found.response().equals(response.get().id()))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
    }

    private Map<String, String> values(Volunteer volunteer) {
        VolunteerPerson person =
                access.read(volunteer.id()).orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        return VolunteerRows.values(volunteer.externalId(), volunteer.details(), person);
    }

    private LocalDate today() {
        return response.now().atZone(response.get().zone()).toLocalDate();
    }

    private Edit edit() {
        return new Edit(actor.person(), response.now());
    }

    private ColumnForm form(
            String action,
            long version,
            String fixed,
            Map<String, String> values,
            List<RowProblem> problems,
            Locale locale) {
        Map<String, String> yesNo = ColumnForm.yesNo(texts, locale);
        return ColumnForm.of(
                action,
                version,
                VolunteerRows.COLUMNS,
                fixed,
                values,
                Map.of("minor", yesNo, "consent", yesNo),
                problems,
                locale);
    }

    private String show(Model model, ColumnForm form, Optional<Volunteer> volunteer) {
        model.addAttribute("form", form);
        model.addAttribute("known", volunteer.isPresent());
        model.addAttribute("number", volunteer.map(Volunteer::externalId).orElse(""));
        model.addAttribute("derived", volunteer.map(Volunteer::derived).orElse(false));
        model.addAttribute(
                "withdrawn", volunteer.flatMap(Volunteer::withdrawnAt).isPresent());
        model.addAttribute("id", volunteer.map(found -> found.id().value()).orElse(0L));
        model.addAttribute(
                "shifts",
                volunteer
                        .map(found -> board.ofVolunteer(
                                response.get().id(), found.id().value()))
                        .orElse(List.of()));
        model.addAttribute(
                "hasCalendar",
                volunteer.map(found -> secrets.hasCalendar(found.id())).orElse(false));
        model.addAttribute("skillCodes", Skill.values());
        return "volunteers/volunteer";
    }

    private static String path(Volunteer volunteer) {
        return "/volunteers/" + volunteer.id().value();
    }

    private String to(VolunteerId id) {
        return "redirect:" + frame.to("/volunteers/" + id.value());
    }
}
