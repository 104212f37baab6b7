package jp.musubi.volunteer.web;

import java.util.Arrays;
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
import jp.musubi.volunteer.ActivityKind;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.ShiftRow;
import jp.musubi.volunteer.ShiftRows;
import jp.musubi.volunteer.Shifts;
import jp.musubi.volunteer.Volunteers.Edit;
import jp.musubi.volunteer.store.ShiftListing;
import jp.musubi.volunteer.store.WorkPlaces;
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

/** The shifts of a response as a list, and one of them to put right. */
@Controller
@RequestMapping("/volunteers/shifts")
@Requires(Action.MANAGE_VOLUNTEERS)
class ShiftPages {

    private static final int LINES = 100;

    private final ShiftListing listing;
    private final Shifts shifts;
    private final WorkPlaces places;
    private final VolunteerAccess access;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final Frame frame;
    private final MessageSource texts;

    ShiftPages(
            ShiftListing listing,
            Shifts shifts,
            WorkPlaces places,
            VolunteerAccess access,
            CurrentActor actor,
            CurrentResponse response,
            Frame frame,
            MessageSource texts) {
        this.listing = listing;
        this.shifts = shifts;
        this.places = places;
        this.access = access;
        this.actor = actor;
        this.response = response;
        this.frame = frame;
        this.texts = texts;
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "false") boolean open,
            @RequestParam(defaultValue = "0") int from,
            Model model) {
        int start = Math.max(0, from);
        ShiftListing.Page page = listing.list(
                new ShiftListing.Filter(
                        response.get().id(),
                        q,
                        ActivityKind.findByCode(kind),
                        VolunteerPages.date(day),
                        open,
                        access.regions()),
                start,
                LINES);
        model.addAttribute("shifts", page.lines());
        model.addAttribute("total", page.total());
        model.addAttribute("openSeats", page.openSeats());
        model.addAttribute("from", start);
        model.addAttribute("step", LINES);
        model.addAttribute("q", q);
        model.addAttribute("kind", kind);
        model.addAttribute("day", day);
        model.addAttribute("open", open);
        model.addAttribute("kinds", ActivityKind.values());
        return "volunteers/shifts";
    }

    @GetMapping("/new")
    String blank(@RequestParam(defaultValue = "") String day, Model model, Locale locale) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("day", day);
        values.put("from", "09:00");
        values.put("to", "15:00");
        values.put("seats", "any=5");
        values.put("priority", "3");
        values.put("continuity", "no");
        return show(model, form("/volunteers/shifts/new", 0, "", values, List.of(), locale), Optional.empty());
    }

    @PostMapping("/new")
    String add(@RequestParam Map<String, String> sent, Model model, Locale locale, RedirectAttributes redirect) {
        Map<String, String> values = ColumnForm.values(ShiftRows.COLUMNS, sent);
        Interpretation<ShiftRow> read =
                ShiftRows.interpret(values, places.of(response.get().id()));
        if (read instanceof Interpretation.Accepted<ShiftRow> accepted) {
            access.requireIn(places.municipality(accepted.value().place()));
            Optional<ShiftId> added =
                    shifts.add(response.get().id(), values.getOrDefault("shift_id", ""), accepted.value(), edit());
            if (added.isPresent()) {
                Notice.done("shifts.saved").showOnNextPage(redirect);
                return to(added.get());
            }
            throw new Problem(HttpStatus.CONFLICT, "shifts.problem.number-taken");
        }
        return show(
                model, form("/volunteers/shifts/new", 0, "", values, read.listProblems(), locale), Optional.empty());
    }

    @GetMapping("/{id:\\d+}")
    String edit(@PathVariable long id, Model model, Locale locale) {
        Shifts.Kept shift = get(id);
        return show(
                model,
                form(path(shift), shift.version(), "shift_id", values(shift), List.of(), locale),
                Optional.of(shift));
    }

    @PostMapping("/{id:\\d+}")
    String save(
            @PathVariable long id,
            @RequestParam long version,
            @RequestParam Map<String, String> sent,
            Model model,
            Locale locale,
            RedirectAttributes redirect) {
        Shifts.Kept shift = get(id);
        Map<String, String> values = ColumnForm.values(ShiftRows.COLUMNS, sent);
        values.put("shift_id", shift.externalId());
        Interpretation<ShiftRow> read =
                ShiftRows.interpret(values, places.of(response.get().id()));
        ColumnForm form = form(path(shift), version, "shift_id", values, read.listProblems(), locale);
        if (read instanceof Interpretation.Accepted<ShiftRow> accepted) {
            access.requireIn(places.municipality(accepted.value().place()));
            try {
                shifts.correct(shift.id(), version, accepted.value(), edit());
                Notice.done("shifts.saved").showOnNextPage(redirect);
                return to(shift.id());
            } catch (ChangedMeanwhile e) {
                form = form.overtakenBy(get(id).version());
            }
        }
        return show(model, form, Optional.of(shift));
    }

    @PostMapping("/{id:\\d+}/cancel")
    String cancel(@PathVariable long id, @RequestParam boolean cancelled, RedirectAttributes redirect) {
        Shifts.Kept shift = get(id);
        shifts.setCancelled(shift.id(), cancelled, edit());
        Notice.done(cancelled ? "shifts.cancelled.done" : "shifts.restored.done")
                .showOnNextPage(redirect);
        return to(shift.id());
    }

    private Shifts.Kept get(long id) {
        Shifts.Kept shift = shifts.find(new ShiftId(id))
                .filter(found -> found.response().equals(response.get().id()))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        access.requireIn(places.municipality(shift.row().place()));
        return shift;
    }

    private Map<String, String> values(Shifts.Kept shift) {
        return ShiftRows.values(
                shift.externalId(),
                shift.row().activity().orElse(""),
                shift.row(),
                places.number(shift.row().place()));
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
        Map<String, String> kinds = new LinkedHashMap<>();
        Arrays.stream(ActivityKind.values())
                .forEach(kind -> kinds.put(kind.code(), kind.label().in(locale)));
        Map<String, String> priorities = ColumnForm.words(texts, locale, "shifts.priority.", "1", "2", "3", "4");
        return ColumnForm.of(
                action,
                version,
                ShiftRows.COLUMNS,
                fixed,
                values,
                Map.of("kind", kinds, "continuity", yesNo, "priority", priorities),
                problems,
                locale);
    }

    private String show(Model model, ColumnForm form, Optional<Shifts.Kept> shift) {
        model.addAttribute("form", form);
        model.addAttribute("known", shift.isPresent());
        model.addAttribute("id", shift.map(found -> found.id().value()).orElse(0L));
        model.addAttribute("title", shift.map(found -> found.row().title()).orElse(""));
        model.addAttribute(
                "day", shift.map(found -> found.row().time().day().toString()).orElse(""));
        model.addAttribute("derived", shift.map(Shifts.Kept::derived).orElse(false));
        model.addAttribute("cancelled", shift.map(Shifts.Kept::cancelled).orElse(false));
        return "volunteers/shift";
    }

    private static String path(Shifts.Kept shift) {
        return "/volunteers/shifts/" + shift.id().value();
    }

    private String to(ShiftId id) {
        return "redirect:" + frame.to("/volunteers/shifts/" + id.value());
    }
}
