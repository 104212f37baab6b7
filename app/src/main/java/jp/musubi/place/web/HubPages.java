package jp.musubi.place.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.RowProblem;
import jp.musubi.place.Hub;
import jp.musubi.place.HubCapacity;
import jp.musubi.place.HubDetails;
import jp.musubi.place.HubId;
import jp.musubi.place.HubRow;
import jp.musubi.place.HubRows;
import jp.musubi.place.HubState;
import jp.musubi.place.Hubs;
import jp.musubi.place.store.HubListing;
import jp.musubi.place.store.PlaceFilter;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The hubs of a response, whether they work, and one of them to put right. */
@Controller
@RequestMapping("/places/hubs")
@Requires(Action.EDIT_PLACES)
class HubPages {

    private static final List<String> FIELDS = List.of(
            "name",
            "name_en",
            "state",
            "municipality",
            "address",
            "lat",
            "lon",
            "throughput_kg_per_day",
            "throughput_m3_per_day",
            "throughput_lines_per_day",
            "handling_hours_per_day",
            "max_vehicle_width_m",
            "contact");

    private final HubListing listing;
    private final Hubs hubs;
    private final HubRows rows;
    private final PlaceHistoryLines history;
    private final ContactReads contacts;
    private final PlaceEdits edits;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final Frame frame;
    private final TransactionTemplate transaction;

    HubPages(
            HubListing listing,
            Hubs hubs,
            HubRows rows,
            PlaceHistoryLines history,
            ContactReads contacts,
            PlaceEdits edits,
            CurrentActor actor,
            CurrentResponse response,
            Frame frame,
            TransactionTemplate transaction) {
        this.listing = listing;
        this.hubs = hubs;
        this.rows = rows;
        this.history = history;
        this.contacts = contacts;
        this.edits = edits;
        this.actor = actor;
        this.response = response;
        this.frame = frame;
        this.transaction = transaction;
    }

    @GetMapping
    String list(Model model) {
        Response current = response.get();
        model.addAttribute(
                "hubs",
                listing.list(PlaceFilter.all(current.id())
                        .seenBy(actor.actor().regionsFor(Action.EDIT_PLACES, Scope.of(current.id())))
                        .withClosed()));
        model.addAttribute("states", HubState.values());
        model.addAttribute("zone", current.zone());
        return "places/hubs";
    }

    @GetMapping("/new")
    String blank(Model model, Locale locale) {
        Map<String, String> values = new LinkedHashMap<>();
        FIELDS.forEach(key -> values.put(key, key.equals("state") ? "working" : ""));
        return show(model, form("/places/hubs", 0, values, List.of(), locale), Optional.empty(), locale);
    }

    @PostMapping
    String add(@RequestParam Map<String, String> sent, Model model, Locale locale) {
        Map<String, String> values = PlaceEdits.values(FIELDS, sent);
        Interpretation<HubRow> read = interpret(values);
        if (read instanceof Interpretation.Accepted<HubRow> accepted) {
            edits.requireIn(accepted.value().details().municipality());
            Hub added = transaction.execute(status -> {
                Hub fresh = hubs.add(
                        response.get().id(),
                        PlaceEdits.intention(sent, values),
                        accepted.value().details(),
                        edits.edit(sent));
                hubs.setContact(fresh.id(), accepted.value().contact());
                return fresh;
            });
            return to(Objects.requireNonNull(added).id());
        }
        return show(model, form("/places/hubs", 0, values, read.listProblems(), locale), Optional.empty(), locale);
    }

    @GetMapping("/{id}")
    String edit(@PathVariable long id, Model model, Locale locale) {
        Hub hub = get(id);
        return show(
                model,
                form(path(hub), hub.version(), values(hub, locale), List.of(), locale),
                Optional.of(hub),
                locale);
    }

    @PostMapping("/{id}")
    String save(
            @PathVariable long id,
            @RequestParam long version,
            @RequestParam Map<String, String> sent,
            Model model,
            Locale locale) {
        Hub hub = get(id);
        Map<String, String> values = PlaceEdits.values(FIELDS, sent);
        Interpretation<HubRow> read = interpret(values);
        PlaceForm form = form(path(hub), version, values, read.listProblems(), locale);
        if (read instanceof Interpretation.Accepted<HubRow> accepted) {
            edits.requireIn(accepted.value().details().municipality());
            try {
                transaction.executeWithoutResult(status -> {
                    hubs.correct(hub.id(), version, accepted.value().details(), edits.edit(sent));
                    hubs.setContact(hub.id(), accepted.value().contact());
                });
                return to(hub.id());
            } catch (OptimisticLockingFailureException e) {
                Hub now = get(id);
                form = form.overtaken(now.version(), values(now, locale));
            }
        }
        return show(model, form, Optional.of(hub), locale);
    }

    /** The state alone, from the list: the change that is made most often and in a hurry. */
    @PostMapping("/{id}/state")
    String state(@PathVariable long id, @RequestParam long version, @RequestParam HubState state) {
        Hub hub = get(id);
        try {
            hubs.correct(hub.id(), version, hub.details().in(state), edits.edit(Map.of()));
        } catch (OptimisticLockingFailureException e) {
            throw new Problem(HttpStatus.CONFLICT, "places.problem.overtaken");
        }
        return "redirect:" + frame.to("/places/hubs");
    }

    /** A hub that people enter gets its id from the store; a file's row must have one. */
    private Interpretation<HubRow> interpret(Map<String, String> values) {
        Map<String, String> cells = new LinkedHashMap<>(values);
        cells.put("hub_id", UUID.randomUUID().toString());
        return rows.interpret(cells);
    }

    private Hub get(long id) {
        Hub hub = hubs.find(new HubId(id))
                .filter(found -> found.response().equals(response.get().id()))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        edits.requireIn(hub.details().municipality());
        return hub;
    }

    private Map<String, String> values(Hub hub, Locale locale) {
        HubDetails details = hub.details();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("name", details.name());
        values.put("name_en", details.nameEn().orElse(""));
        values.put("state", details.state().name().toLowerCase(Locale.ROOT));
        values.put("municipality", edits.nameOf(details.municipality(), locale));
        values.put("address", details.address().orElse(""));
        values.put("lat", PlaceEdits.text(details.position().latitude()));
        values.put("lon", PlaceEdits.text(details.position().longitude()));
        HubCapacity perDay = details.perDay();
        values.put(
                "throughput_kg_per_day", perDay.kilograms().map(String::valueOf).orElse(""));
        values.put(
                "throughput_m3_per_day",
                perDay.cubicMetres().map(PlaceEdits::text).orElse(""));
        values.put(
                "throughput_lines_per_day", perDay.lines().map(String::valueOf).orElse(""));
        values.put(
                "handling_hours_per_day",
                perDay.handlingHours().map(PlaceEdits::text).orElse(""));
        values.put(
                "max_vehicle_width_m",
                details.maxVehicleWidthMetres().map(PlaceEdits::text).orElse(""));
        values.put("contact", contacts.read(hub.id()));
        return values;
    }

    private PlaceForm form(
            String action, long version, Map<String, String> values, List<RowProblem> problems, Locale locale) {
        Map<String, String> states = new LinkedHashMap<>();
        for (HubState state : HubState.values()) {
            states.put(state.name().toLowerCase(Locale.ROOT), state.label().in(locale));
        }
        return PlaceForm.of(action, version, rows.columns(), values, Map.of("state", states), problems, locale);
    }

    private String show(Model model, PlaceForm form, Optional<Hub> hub, Locale locale) {
        model.addAttribute("form", form);
        model.addAttribute("key", UUID.randomUUID());
        model.addAttribute("known", hub.isPresent());
        model.addAttribute(
                "watched", hub.map(each -> "hub/" + each.id().value()).orElse(""));
        model.addAttribute("derived", hub.map(Hub::derived).orElse(false));
        model.addAttribute(
                "doubtful", hub.map(known -> known.details().positionDoubtful()).orElse(false));
        model.addAttribute(
                "history",
                hub.map(known -> history.list(response.get(), "hub", known.id().value(), historyColumns(), locale))
                        .orElse(List.of()));
        model.addAttribute("municipalities", edits.municipalityNames(locale));
        return "places/hub";
    }

    private List<Column> historyColumns() {
        List<Column> columns = new ArrayList<>(rows.columns());
        columns.add(Column.optional("vehicles", "車両", "Vehicles"));
        return columns;
    }

    private static String path(Hub hub) {
        return "/places/hubs/" + hub.id().value();
    }

    private String to(HubId id) {
        return "redirect:" + frame.to("/places/hubs/" + id.value() + "?saved");
    }
}
