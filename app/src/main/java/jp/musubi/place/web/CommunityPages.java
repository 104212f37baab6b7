package jp.musubi.place.web;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.RowProblem;
import jp.musubi.place.Communities;
import jp.musubi.place.Community;
import jp.musubi.place.CommunityDetails;
import jp.musubi.place.CommunityId;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.CommunityRow;
import jp.musubi.place.CommunityRows;
import jp.musubi.place.Municipalities;
import jp.musubi.place.Prefecture;
import jp.musubi.place.store.CommunityListing;
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

/** The communities of a response as a list, and one of them to put right. */
@Controller
@RequestMapping("/places")
@Requires(Action.EDIT_PLACES)
class CommunityPages {

    private static final int LINES = 100;
    private static final List<String> FIELDS = List.of(
            "name",
            "kana",
            "kind",
            "municipality",
            "address",
            "lat",
            "lon",
            "people",
            "children",
            "infants",
            "elderly",
            "capacity",
            "max_vehicle_width_m",
            "contact");

    private final CommunityListing listing;
    private final Communities communities;
    private final CommunityRows rows;
    private final Municipalities municipalities;
    private final PlaceHistoryLines history;
    private final ContactReads contacts;
    private final PlaceEdits edits;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final Frame frame;
    private final TransactionTemplate transaction;

    CommunityPages(
            CommunityListing listing,
            Communities communities,
            CommunityRows rows,
            Municipalities municipalities,
            PlaceHistoryLines history,
            ContactReads contacts,
            PlaceEdits edits,
            CurrentActor actor,
            CurrentResponse response,
            Frame frame,
            TransactionTemplate transaction) {
        this.listing = listing;
        this.communities = communities;
        this.rows = rows;
        this.municipalities = municipalities;
        this.history = history;
        this.contacts = contacts;
        this.edits = edits;
        this.actor = actor;
        this.response = response;
        this.frame = frame;
        this.transaction = transaction;
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String prefecture,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "false") boolean closed,
            @RequestParam(defaultValue = "0") int from,
            Model model,
            Locale locale) {
        Response current = response.get();
        PlaceFilter filter = PlaceFilter.all(current.id())
                .seenBy(actor.actor().regionsFor(Action.EDIT_PLACES, Scope.of(current.id())))
                .matching(q);
        Map<String, String> prefectures = prefectures(locale);
        if (prefectures.containsKey(prefecture)) {
            filter = filter.in(Prefecture.ofCode(prefecture));
        }
        Optional<CommunityKind> wanted = EnumSet.allOf(CommunityKind.class).stream()
                .filter(each -> each.name().equals(kind))
                .findFirst();
        if (wanted.isPresent()) {
            filter = filter.of(Set.of(wanted.get()));
        }
        if (closed) {
            filter = filter.withClosed();
        }
        int start = Math.max(0, from);
        model.addAttribute("page", listing.list(filter, start, LINES));
        model.addAttribute("from", start);
        model.addAttribute("step", LINES);
        model.addAttribute("q", q);
        model.addAttribute("prefecture", prefecture);
        model.addAttribute("kind", kind);
        model.addAttribute("closed", closed);
        model.addAttribute("prefectures", prefectures);
        model.addAttribute("kinds", CommunityKind.values());
        model.addAttribute("zone", current.zone());
        return "places/communities";
    }

    private Map<String, String> prefectures(Locale locale) {
        return municipalities.directory().listMunicipalities().stream()
                .map(municipality -> municipality.prefecture())
                .distinct()
                .collect(
                        Collectors.toMap(Prefecture::code, each -> each.name(locale), (a, b) -> a, LinkedHashMap::new));
    }

    @GetMapping("/communities/new")
    String blank(Model model, Locale locale) {
        Map<String, String> values = new LinkedHashMap<>();
        FIELDS.forEach(key -> values.put(key, key.equals("kind") ? "shelter" : ""));
        return show(model, form("/places/communities", 0, values, List.of(), locale), Optional.empty(), locale);
    }

    @PostMapping("/communities")
    String add(@RequestParam Map<String, String> sent, Model model, Locale locale) {
        Map<String, String> values = PlaceEdits.values(FIELDS, sent);
        Interpretation<CommunityRow> read = rows.interpret(values);
        if (read instanceof Interpretation.Accepted<CommunityRow> accepted) {
            edits.requireIn(accepted.value().details().municipality());
            Community added = transaction.execute(status -> {
                Community fresh = communities.add(
                        response.get().id(),
                        PlaceEdits.intention(sent, values),
                        accepted.value().details(),
                        edits.edit(sent));
                communities.setContact(fresh.id(), accepted.value().contact());
                return fresh;
            });
            return to(Objects.requireNonNull(added).id());
        }
        return show(
                model, form("/places/communities", 0, values, read.listProblems(), locale), Optional.empty(), locale);
    }

    @GetMapping("/communities/{id}")
    String edit(@PathVariable long id, Model model, Locale locale) {
        Community community = get(id);
        return show(
                model,
                form(path(community), community.version(), values(community, locale), List.of(), locale),
                Optional.of(community),
                locale);
    }

    @PostMapping("/communities/{id}")
    String save(
            @PathVariable long id,
            @RequestParam long version,
            @RequestParam Map<String, String> sent,
            Model model,
            Locale locale) {
        Community community = get(id);
        Map<String, String> values = PlaceEdits.values(FIELDS, sent);
        Interpretation<CommunityRow> read = rows.interpret(values);
        PlaceForm form = form(path(community), version, values, read.listProblems(), locale);
        if (read instanceof Interpretation.Accepted<CommunityRow> accepted) {
            edits.requireIn(accepted.value().details().municipality());
            try {
                transaction.executeWithoutResult(status -> {
                    communities.correct(
                            community.id(), version, accepted.value().details(), edits.edit(sent));
                    communities.setContact(community.id(), accepted.value().contact());
                });
                return to(community.id());
            } catch (OptimisticLockingFailureException e) {
                Community now = get(id);
                form = form.overtaken(now.version(), values(now, locale));
            }
        }
        return show(model, form, Optional.of(community), locale);
    }

    @PostMapping("/communities/{id}/close")
    String close(@PathVariable long id, @RequestParam long version, @RequestParam Map<String, String> sent) {
        Community community = get(id);
        try {
            communities.close(community.id(), version, edits.edit(sent));
        } catch (OptimisticLockingFailureException e) {
            throw new Problem(HttpStatus.CONFLICT, "places.problem.overtaken");
        }
        return to(community.id());
    }

    @PostMapping("/communities/{id}/reopen")
    String reopen(@PathVariable long id, @RequestParam long version, @RequestParam Map<String, String> sent) {
        Community community = get(id);
        try {
            communities.reopen(community.id(), version, edits.edit(sent));
        } catch (OptimisticLockingFailureException e) {
            throw new Problem(HttpStatus.CONFLICT, "places.problem.overtaken");
        }
        return to(community.id());
    }

    private Community get(long id) {
        Community community = communities
                .find(new CommunityId(id))
                .filter(found -> found.response().equals(response.get().id()))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        edits.requireIn(community.details().municipality());
        return community;
    }

    private Map<String, String> values(Community community, Locale locale) {
        CommunityDetails details = community.details();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("name", details.name());
        values.put("kana", details.kana().orElse(""));
        values.put("kind", details.kind().name().toLowerCase(Locale.ROOT));
        values.put("municipality", edits.nameOf(details.municipality(), locale));
        values.put("address", details.address().orElse(""));
        values.put(
                "lat",
                details.position().map(at -> PlaceEdits.text(at.latitude())).orElse(""));
        values.put(
                "lon",
                details.position().map(at -> PlaceEdits.text(at.longitude())).orElse(""));
        values.put("people", details.people().total().map(String::valueOf).orElse(""));
        values.put("children", details.people().children().map(String::valueOf).orElse(""));
        values.put("infants", details.people().infants().map(String::valueOf).orElse(""));
        values.put("elderly", details.people().elderly().map(String::valueOf).orElse(""));
        values.put("capacity", details.capacity().map(String::valueOf).orElse(""));
        values.put(
                "max_vehicle_width_m",
                details.maxVehicleWidthMetres().map(PlaceEdits::text).orElse(""));
        values.put("contact", contacts.read(community.id()));
        return values;
    }

    private PlaceForm form(
            String action, long version, Map<String, String> values, List<RowProblem> problems, Locale locale) {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (CommunityKind kind : CommunityKind.values()) {
            kinds.put(kind.name().toLowerCase(Locale.ROOT), kind.label().in(locale));
        }
        return PlaceForm.of(action, version, rows.columns(), values, Map.of("kind", kinds), problems, locale);
    }

    private String show(Model model, PlaceForm form, Optional<Community> community, Locale locale) {
        model.addAttribute("form", form);
        model.addAttribute("key", UUID.randomUUID());
        model.addAttribute("known", community.isPresent());
        model.addAttribute(
                "watched",
                community.map(each -> "community/" + each.id().value()).orElse(""));
        model.addAttribute("closed", community.flatMap(Community::closedAt).isPresent());
        model.addAttribute("derived", community.map(Community::derived).orElse(false));
        model.addAttribute(
                "doubtful",
                community.map(known -> known.details().positionDoubtful()).orElse(false));
        model.addAttribute(
                "history",
                community
                        .map(known -> history.list(
                                response.get(), "community", known.id().value(), rows.columns(), locale))
                        .orElse(List.of()));
        model.addAttribute("municipalities", edits.municipalityNames(locale));
        return "places/community";
    }

    private static String path(Community community) {
        return "/places/communities/" + community.id().value();
    }

    private String to(CommunityId id) {
        return "redirect:" + frame.to("/places/communities/" + id.value() + "?saved");
    }
}
