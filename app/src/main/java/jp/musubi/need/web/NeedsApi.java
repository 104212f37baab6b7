package jp.musubi.need.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemMatch;
import jp.musubi.catalog.ItemUnit;
import jp.musubi.catalog.QuantityReading;
import jp.musubi.catalog.Sureness;
import jp.musubi.catalog.Units;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.Need;
import jp.musubi.need.NeedBoard;
import jp.musubi.need.NeedId;
import jp.musubi.need.NeedKind;
import jp.musubi.need.Needs;
import jp.musubi.need.NetLine;
import jp.musubi.need.Priority;
import jp.musubi.need.ReportedNeed;
import jp.musubi.place.CommunityId;
import jp.musubi.place.store.PlaceListing;
import jp.musubi.place.store.PlaceListing.CommunityLine;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Needs for programs: what is open, net of what came and is coming; reporting and withdrawing one. */
@RestController
@RequestMapping("/api/v1/needs")
@Requires(Action.VIEW_OPERATIONS)
class NeedsApi {

    /** PostgreSQL knows no times beyond the year 294276; nobody needs anything by then. */
    private static final Instant LAST_DEADLINE = Instant.parse("2200-01-01T00:00:00Z");

    private final NeedBoard board;
    private final Needs needs;
    private final PlaceListing places;
    private final Catalogue catalogue;
    private final CurrentActor actor;
    private final CurrentResponse response;

    NeedsApi(
            NeedBoard board,
            Needs needs,
            PlaceListing places,
            Catalogue catalogue,
            CurrentActor actor,
            CurrentResponse response) {
        this.board = board;
        this.needs = needs;
        this.places = places;
        this.catalogue = catalogue;
        this.actor = actor;
        this.response = response;
    }

    /**
     * One line of demand; quantities in base units.
     *
     * @param id stays the same from one look to the next, also for an estimate
     * @param net what is still to be found
     */
    record NeedLine(
            String id,
            long community,
            String item,
            String unit,
            boolean estimate,
            int priority,
            @Nullable Instant neededBy,
            long quantity,
            long received,
            long underWay,
            long reserved,
            long net) {}

    /**
     * Somebody's word.
     *
     * @param item any name or code of the catalogue
     * @param quantity as people write it: 120, 12箱, 12箱×24
     * @param unit blank if the quantity says it, or for the base unit
     * @param kind request or assessment; request if blank
     * @param how how the word came, never a person's name
     */
    record NewNeed(
            long community,
            @Nullable String item,
            @Nullable String quantity,
            @Nullable String unit,
            int priority,
            @Nullable Instant neededBy,
            @Nullable Instant reportedAt,
            @Nullable String kind,
            @Nullable String how) {}

    record Reported(String id) {}

    record Withdrawal(@Nullable String reason) {}

    /** All open lines, or those of one community, the earliest deadline first within a community and item. */
    @GetMapping
    @Transactional(readOnly = true)
    public List<NeedLine> list(@RequestParam Optional<Long> community) {
        Response current = response.get();
        Instant now = response.now();
        ItemCatalogue items = catalogue.current();
        List<CommunityNeeds> all = community.isPresent()
                ? board
                        .findNeeds(
                                current.id(),
                                new CommunityId(
                                        visible(current, community.get()).id()),
                                now)
                        .stream()
                        .toList()
                : onlyVisible(current, board.listNeeds(current.id(), now));
        return all.stream()
                .flatMap(of -> of.items().stream()
                        .flatMap(need -> need.net().lines().stream()
                                .map(line -> line(of.community(), items.getById(need.item()), line))))
                .toList();
    }

    private List<CommunityNeeds> onlyVisible(Response current, List<CommunityNeeds> all) {
        var visible = places
                .listCommunities(current.id(), actor.actor().regionsFor(Action.VIEW_OPERATIONS, Scope.of(current.id())))
                .stream()
                .map(CommunityLine::id)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(of -> visible.contains(of.community().value()))
                .toList();
    }

    private static NeedLine line(CommunityId community, Item item, NetLine net) {
        return new NeedLine(
                net.line().ref().key(),
                community.value(),
                item.code().value(),
                item.base().code(),
                net.line().isEstimate(),
                net.line().priority().number(),
                net.line().neededBy().orElse(null),
                net.line().quantity().baseUnits(),
                net.received().baseUnits(),
                net.underWay().baseUnits(),
                net.reserved().baseUnits(),
                net.net().baseUnits());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Action.EDIT_NEEDS)
    @Transactional
    public Reported report(
            @RequestBody NewNeed said,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            Locale locale) {
        Response current = response.get();
        CommunityLine place = visible(current, said.community());
        requireEditing(current, place);
        Item item = item(said(said.item()), locale);
        String quantity = said(said.quantity());
        NeedKind kind = kind(said.kind());
        boolean fits = said.priority() >= 1
                && said.priority() <= 4
                && (said.how() == null
                        || (said.how().length() <= 100 && said.how().indexOf('\0') < 0))
                && (said.neededBy() == null || said.neededBy().isBefore(LAST_DEADLINE))
                && (said.reportedAt() == null || !said.reportedAt().isAfter(response.now()))
                && (key == null || key.matches("[A-Za-z0-9._-]{1,100}"));
        if (!fits) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
        if (!(Units.read(item, quantity, said.unit() == null ? "" : said.unit()) instanceof QuantityReading.Read read)
                || (read.quantity().isZero() && kind == NeedKind.REQUEST)) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "needs.problem.quantity",
                    quantity,
                    item.name(locale),
                    item.units().stream().map(unit -> name(unit, locale)).collect(Collectors.joining(", ")));
        }
        NeedId id = needs.report(
                current.id(),
                new ReportedNeed(
                        new CommunityId(place.id()),
                        item.id(),
                        kind,
                        read.quantity(),
                        (quantity + " " + (said.unit() == null ? "" : said.unit())).strip(),
                        read.unit().sureness() == Sureness.ASSUMED,
                        Priority.of(said.priority()),
                        Optional.ofNullable(said.neededBy()),
                        Optional.ofNullable(said.reportedAt()),
                        Optional.ofNullable(said.how())),
                response.now(),
                actor.person(),
                key == null ? UUID.randomUUID().toString() : key);
        return new Reported((kind == NeedKind.REQUEST ? "request-" : "assessment-") + id.value());
    }

    private static String said(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
        return text;
    }

    private static String name(ItemUnit unit, Locale locale) {
        return unit.unit().name(locale);
    }

    private static NeedKind kind(@Nullable String text) {
        if (text == null || text.isBlank() || text.equalsIgnoreCase(NeedKind.REQUEST.name())) {
            return NeedKind.REQUEST;
        }
        if (text.equalsIgnoreCase(NeedKind.ASSESSMENT.name())) {
            return NeedKind.ASSESSMENT;
        }
        throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
    }

    private Item item(String text, Locale locale) {
        ItemMatch match = catalogue.current().match(text.length() > 200 ? text.substring(0, 200) : text);
        if (match instanceof ItemMatch.Matched matched) {
            return matched.item();
        }
        List<Item> near = match instanceof ItemMatch.Ambiguous ambiguous
                ? ambiguous.candidates()
                : ((ItemMatch.Unknown) match).nearest();
        throw new Problem(
                HttpStatus.BAD_REQUEST,
                "needs.problem.item",
                text,
                near.stream()
                        .map(item -> item.name(locale) + " (" + item.code() + ")")
                        .collect(Collectors.joining(", ")));
    }

    /** Takes a request or an assessment back, by the id that reporting or the list gave it. */
    @PostMapping("/{id}/withdraw")
    @Requires(Action.EDIT_NEEDS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Transactional
    public void withdraw(@PathVariable String id, @RequestBody Withdrawal withdrawal) {
        Response current = response.get();
        Need need = Optional.of(id)
                .filter(text -> text.matches("(request|assessment)-\\d{1,18}"))
                .map(text -> new NeedId(Long.parseLong(text.substring(text.indexOf('-') + 1))))
                .flatMap(known -> needs.findById(current.id(), known))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        requireEditing(current, visible(current, need.community().value()));
        String reason = said(withdrawal.reason());
        if (reason.length() > 500) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
        needs.withdraw(current.id(), need.id(), response.now(), actor.person(), reason);
    }

    private void requireEditing(Response current, CommunityLine place) {
        actor.require(Action.EDIT_NEEDS, Scope.of(current.id()).inMunicipality(place.municipality()));
    }

    /** A community the reader may see; one that he may not see is not there for him. */
    private CommunityLine visible(Response current, long community) {
        return places.findCommunity(
                        current.id(),
                        community,
                        actor.actor().regionsFor(Action.VIEW_OPERATIONS, Scope.of(current.id())))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
    }
}
