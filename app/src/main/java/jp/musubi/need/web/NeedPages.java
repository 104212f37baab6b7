package jp.musubi.need.web;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemGroup;
import jp.musubi.catalog.ItemUnit;
import jp.musubi.catalog.QuantityReading;
import jp.musubi.catalog.Sureness;
import jp.musubi.catalog.Units;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Notice;
import jp.musubi.common.web.Problem;
import jp.musubi.common.web.SentForm;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.need.Need;
import jp.musubi.need.NeedId;
import jp.musubi.need.NeedKind;
import jp.musubi.need.Needs;
import jp.musubi.need.Priority;
import jp.musubi.need.ReportedNeed;
import jp.musubi.place.CommunityId;
import jp.musubi.place.store.PlaceListing;
import jp.musubi.place.store.PlaceListing.CommunityLine;
import jp.musubi.place.store.PlaceListing.MunicipalityLine;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/** The form by which people report what a community lacks, one need at a time. */
@Controller
@RequestMapping("/needs")
@Requires(Action.EDIT_NEEDS)
class NeedPages {

    private static final int LONGEST_NOTE = 100;

    /** Made with the form, so that a second click reports nothing twice. */
    private static final String KEY = "[0-9a-f-]{36}";

    private final Needs needs;
    private final PlaceListing places;
    private final Catalogue catalogue;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final Frame frame;
    private final JsonMapper json;

    NeedPages(
            Needs needs,
            PlaceListing places,
            Catalogue catalogue,
            CurrentActor actor,
            CurrentResponse response,
            Frame frame,
            JsonMapper json) {
        this.needs = needs;
        this.places = places;
        this.catalogue = catalogue;
        this.actor = actor;
        this.response = response;
        this.frame = frame;
        this.json = json;
    }

    /** An option of a list. */
    record Choice(String value, String label) {}

    /** @param units as {@link UnitFactor}s in JSON, for the script that shows what a quantity comes to */
    record ItemChoice(String code, String name, String units) {}

    record ItemGroupChoice(String name, List<ItemChoice> items) {}

    record CommunityGroup(String name, List<Choice> communities) {}

    /** So many base units ({@code base}) in {@code per} of this unit. */
    record UnitFactor(String code, String name, long base, long per, boolean assumed) {}

    @GetMapping("/new")
    ModelAndView ask(@RequestParam Optional<Long> community, Locale locale) {
        SentForm form = SentForm.with(Map.of("kind", "REQUEST", "priority", "2"));
        community.ifPresent(id -> form.set("community", id.toString()));
        return page(form, HttpStatus.OK, locale);
    }

    @PostMapping
    ModelAndView report(@RequestParam MultiValueMap<String, String> sent, RedirectAttributes redirect, Locale locale) {
        SentForm form = SentForm.of(sent);
        Response current = response.get();
        Optional<CommunityLine> place = editable(current).stream()
                .filter(line -> Long.toString(line.id()).equals(form.value("community")))
                .findFirst();
        if (place.isEmpty()) {
            form.reject("community", "form.choose");
        }
        Optional<Item> item = Optional.of(form.value("item"))
                .filter(ItemCode::isCode)
                .flatMap(code -> catalogue.current().findByCode(new ItemCode(code)));
        if (item.isEmpty()) {
            form.reject("item", "form.choose");
        }
        Optional<NeedKind> kind = form.oneOf("kind", NeedKind.class);
        Optional<QuantityReading.Read> quantity =
                item.flatMap(known -> quantity(form, known, kind.orElse(NeedKind.REQUEST), locale));
        Optional<Priority> priority =
                form.oneOf("priority", Set.of("1", "2", "3", "4")).map(number -> Priority.of(Integer.parseInt(number)));
        Optional<Instant> neededBy = time(form, "neededBy", current);
        Optional<Instant> reportedAt = time(form, "reportedAt", current);
        if (reportedAt.isPresent() && reportedAt.get().isAfter(response.now())) {
            form.reject("reportedAt", "needs.form.future");
        }
        Optional<String> how = form.optional("how", LONGEST_NOTE, "(?s).*", "form.missing");
        if (!form.isValid() || place.isEmpty() || item.isEmpty() || quantity.isEmpty()) {
            return page(form, HttpStatus.UNPROCESSABLE_CONTENT, locale);
        }
        NeedId id = needs.report(
                current.id(),
                new ReportedNeed(
                        new CommunityId(place.get().id()),
                        item.get().id(),
                        kind.orElseThrow(),
                        quantity.get().quantity(),
                        (form.value("quantity") + " " + form.value("unit")).strip(),
                        quantity.get().unit().sureness() == Sureness.ASSUMED,
                        priority.orElseThrow(),
                        neededBy,
                        reportedAt,
                        how),
                response.now(),
                actor.person(),
                form.value("key").matches(KEY)
                        ? form.value("key")
                        : UUID.randomUUID().toString());
        Notice.done(
                        "needs.reported",
                        place.get().name(),
                        item.get().name(locale),
                        item.get().show(quantity.get().quantity(), locale))
                .undoneBy(frame.to("/needs/" + id.value() + "/withdraw"), Map.of())
                .showOnNextPage(redirect);
        return new ModelAndView(
                "redirect:" + frame.to("/ops?open=c" + place.get().id()));
    }

    /** Takes back what was just reported. */
    @PostMapping("/{id}/withdraw")
    String withdraw(@PathVariable long id, RedirectAttributes redirect, Locale locale) {
        Response current = response.get();
        Need need = needs.findById(current.id(), new NeedId(id))
                .filter(known -> editable(current).stream()
                        .anyMatch(line -> line.id() == known.community().value()))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        needs.withdraw(
                current.id(),
                need.id(),
                response.now(),
                actor.person(),
                locale.getLanguage().equals("en") ? "Taken back right after reporting" : "届け出てすぐに取り消し");
        Notice.done("needs.withdrawn").showOnNextPage(redirect);
        return "redirect:" + frame.to("/ops?open=c" + need.community().value());
    }

    private static Optional<QuantityReading.Read> quantity(SentForm form, Item item, NeedKind kind, Locale locale) {
        String written = form.required("quantity", 80);
        if (form.error("quantity") != null) {
            return Optional.empty();
        }
        if (Units.read(item, written, form.value("unit")) instanceof QuantityReading.Read read
                && (kind == NeedKind.ASSESSMENT || !read.quantity().isZero())) {
            return Optional.of(read);
        }
        form.reject(
                "quantity",
                "needs.form.quantity.wrong",
                item.units().stream().map(unit -> unit.unit().name(locale)).collect(Collectors.joining(", ")));
        return Optional.empty();
    }

    /** A time of the response's zone, as a browser's field gives it. */
    private static Optional<Instant> time(SentForm form, String field, Response current) {
        String value = form.value(field);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(value.replace(' ', 'T'))
                    .atZone(current.zone())
                    .toInstant());
        } catch (DateTimeParseException e) {
            form.reject(field, "form.time");
            return Optional.empty();
        }
    }

    /** The communities for which the reader may report. */
    private List<CommunityLine> editable(Response current) {
        return places.listCommunities(
                current.id(), actor.actor().regionsFor(Action.EDIT_NEEDS, Scope.of(current.id())));
    }

    private ModelAndView page(SentForm form, HttpStatus status, Locale locale) {
        if (!form.value("key").matches(KEY)) {
            form.set("key", UUID.randomUUID().toString());
        }
        Response current = response.get();
        Map<String, MunicipalityLine> names = places.municipalities(locale);
        List<CommunityLine> lines = editable(current);
        Map<String, List<CommunityLine>> byMunicipality = lines.stream()
                .collect(Collectors.groupingBy(CommunityLine::municipality, TreeMap::new, Collectors.toList()));
        ModelAndView page = new ModelAndView("needs/new");
        page.setStatus(status);
        page.addObject("form", form);
        page.addObject(
                "chosen",
                lines.stream()
                        .filter(line -> Long.toString(line.id()).equals(form.value("community")))
                        .findFirst()
                        .map(line -> new Choice(Long.toString(line.id()), line.name() + " · " + name(line, names)))
                        .orElse(null));
        page.addObject(
                "communities",
                byMunicipality.entrySet().stream()
                        .map(entry -> new CommunityGroup(
                                name(entry.getValue().get(0), names),
                                entry.getValue().stream()
                                        .sorted(Comparator.comparing(CommunityLine::name))
                                        .map(line -> new Choice(Long.toString(line.id()), line.name()))
                                        .toList()))
                        .toList());
        page.addObject("groups", items(catalogue.current(), locale));
        return page;
    }

    private static String name(CommunityLine line, Map<String, MunicipalityLine> names) {
        @Nullable MunicipalityLine municipality = names.get(line.municipality());
        return municipality == null ? line.municipality() : municipality.name();
    }

    private List<ItemGroupChoice> items(ItemCatalogue items, Locale locale) {
        Map<ItemGroup, List<Item>> groups = items.listItems().stream()
                .filter(item -> item.group().isGoods())
                .collect(Collectors.groupingBy(Item::group, () -> new EnumMap<>(ItemGroup.class), Collectors.toList()));
        return groups.entrySet().stream()
                .map(entry -> new ItemGroupChoice(
                        entry.getKey().name(locale),
                        entry.getValue().stream()
                                .map(item -> new ItemChoice(
                                        item.code().value(),
                                        item.name(locale),
                                        json.writeValueAsString(units(item, locale))))
                                .toList()))
                .toList();
    }

    private static List<UnitFactor> units(Item item, Locale locale) {
        return item.units().stream().map(unit -> factor(unit, locale)).toList();
    }

    private static UnitFactor factor(ItemUnit unit, Locale locale) {
        return new UnitFactor(
                unit.unit().code(),
                unit.unit().name(locale),
                unit.baseUnits(),
                unit.perUnits(),
                unit.sureness() == Sureness.ASSUMED);
    }
}
