package jp.musubi.need.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.Freshness;
import jp.musubi.need.ItemNeed;
import jp.musubi.need.NeedBoard;
import jp.musubi.need.NetLine;
import jp.musubi.need.store.CommunityNews;
import jp.musubi.place.CommunityId;
import jp.musubi.place.store.PlaceListing;
import jp.musubi.place.store.PlaceListing.CommunityLine;
import jp.musubi.place.store.PlaceListing.MunicipalityLine;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Communities with what they need: the list and the map of {@code /ops}, and one community's card. */
@RestController
@Requires(Action.VIEW_OPERATIONS)
class CommunitiesApi {

    private static final int HISTORY = 40;

    private final PlaceListing places;
    private final NeedBoard board;
    private final CommunityNews news;
    private final Catalogue catalogue;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final MessageSource texts;
    private final Clock clock;

    CommunitiesApi(
            PlaceListing places,
            NeedBoard board,
            CommunityNews news,
            Catalogue catalogue,
            CurrentActor actor,
            CurrentResponse response,
            MessageSource texts,
            Clock clock) {
        this.places = places;
        this.board = board;
        this.news = news;
        this.catalogue = catalogue;
        this.actor = actor;
        this.response = response;
        this.texts = texts;
        this.clock = clock;
    }

    /** All that the list and the map show. Instants are the response's, asOf and changed are real time. */
    record Board(
            Instant now,
            Instant asOf,
            List<CommunityEntry> communities,
            List<MunicipalityLine> municipalities,
            Map<String, String> prefectures,
            List<ItemEntry> items) {}

    record ItemEntry(String code, String name) {}

    record Worst(String item, double share) {}

    record CommunityEntry(
            long id,
            String name,
            String kind,
            String municipality,
            @Nullable Double lat,
            @Nullable Double lon,
            @Nullable Integer people,
            int needs,
            int urgent,
            @Nullable Double share,
            @Nullable Instant deadline,
            @Nullable Worst worst,
            @Nullable Instant word,
            boolean stale,
            boolean estimate,
            boolean derived,
            double urgency,
            @Nullable Instant changed) {}

    /** One community in full. */
    record Card(
            long id,
            String name,
            String kind,
            String municipality,
            String prefecture,
            @Nullable Double lat,
            @Nullable Double lon,
            Map<String, Integer> people,
            @Nullable Instant word,
            boolean stale,
            boolean derived,
            @Nullable Double share,
            List<NeedEntry> needs,
            List<HistoryEntry> history) {}

    /** One line of demand; quantities in the item's base unit. */
    record NeedEntry(
            String id,
            String item,
            String unit,
            int priority,
            @Nullable Instant deadline,
            long quantity,
            long received,
            long underWay,
            long reserved,
            long missing,
            double share,
            boolean estimate) {}

    record HistoryEntry(Instant at, String text) {}

    /**
     * The board.
     *
     * @param item code of the only item that counts
     * @param priority 1 to 4, the least urgent that counts
     * @param within hours until the last deadline that counts
     */
    @GetMapping("/api/v1/communities")
    @Transactional(readOnly = true)
    public Board communities(
            @RequestParam Optional<String> item,
            @RequestParam Optional<Integer> priority,
            @RequestParam Optional<Integer> within,
            Locale locale) {
        Response current = response.get();
        Instant now = response.now();
        ItemCatalogue items = catalogue.current();
        CoverageReading.Filter filter = new CoverageReading.Filter(
                item.map(code -> known(items, code)),
                priority.map(OptionalInt::of).orElse(OptionalInt.empty()),
                within.map(Duration::ofHours));
        Map<Long, CommunityNeeds> needs = board.listNeeds(current.id(), now).stream()
                .collect(Collectors.toMap(each -> each.community().value(), Function.identity()));
        Map<CommunityId, Instant> changes = news.listChanges(current.id());
        Map<String, MunicipalityLine> municipalities = places.municipalities(locale);
        List<CommunityLine> lines = places.listCommunities(current.id(), regions(current));
        Set<String> codes = new TreeSet<>();
        Map<String, String> prefectures = new TreeMap<>();
        Set<Item> asked = new TreeSet<>(java.util.Comparator.comparing(Item::code));
        List<CommunityEntry> entries = new ArrayList<>(lines.size());
        for (CommunityLine line : lines) {
            codes.add(line.municipality());
            prefectures.computeIfAbsent(
                    line.municipality().substring(0, 2), code -> PlaceListing.prefecture(code, locale));
            @Nullable CommunityNeeds of = needs.get(line.id());
            if (of != null) {
                of.items().forEach(each -> items.findById(each.item()).ifPresent(asked::add));
            }
            entries.add(entry(line, of, filter, changes.get(new CommunityId(line.id())), items, now, locale));
        }
        List<MunicipalityLine> named = municipalities.values().stream()
                .filter(municipality -> codes.contains(municipality.code()))
                .toList();
        List<ItemEntry> choices = items.listItems().stream()
                .filter(asked::contains)
                .map(each -> new ItemEntry(each.code().value(), each.name(locale)))
                .toList();
        return new Board(now, clock.instant(), entries, named, prefectures, choices);
    }

    private static CommunityEntry entry(
            CommunityLine line,
            @Nullable CommunityNeeds needs,
            CoverageReading.Filter filter,
            @Nullable Instant changed,
            ItemCatalogue items,
            Instant now,
            Locale locale) {
        CoverageReading reading = needs == null ? null : CoverageReading.of(needs, filter, now);
        ItemId worstItem = reading == null ? null : reading.worstItem();
        Freshness freshness = needs == null ? Freshness.of(line.reportedAt(), now) : needs.lastWord();
        return new CommunityEntry(
                line.id(),
                line.name(),
                line.kind(),
                line.municipality(),
                line.lat(),
                line.lon(),
                line.people(),
                reading == null ? 0 : reading.needs(),
                reading == null ? 0 : reading.urgent(),
                reading == null ? null : reading.share(),
                reading == null ? null : reading.deadline(),
                reading == null || worstItem == null
                        ? null
                        : new Worst(items.getById(worstItem).name(locale), reading.worstShare()),
                freshness.age().map(now::minus).orElse(null),
                isOld(freshness),
                reading != null && reading.estimateOnly(),
                line.derived(),
                reading == null ? 0 : reading.urgency(),
                changed);
    }

    /** One community's card. */
    @GetMapping("/api/v1/communities/{id}")
    @Transactional(readOnly = true)
    public Card community(@PathVariable long id, Locale locale) {
        Response current = response.get();
        Instant now = response.now();
        ItemCatalogue items = catalogue.current();
        CommunityLine line = places.findCommunity(current.id(), id, regions(current))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        CommunityNeeds needs = board.findNeeds(current.id(), new CommunityId(id), now)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        CoverageReading reading = CoverageReading.of(
                needs, new CoverageReading.Filter(Optional.empty(), OptionalInt.empty(), Optional.empty()), now);
        List<NeedEntry> entries = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (ItemNeed each : needs.items()) {
            Item item = items.getById(each.item());
            for (NetLine net : each.net().lines()) {
                if (net.line().quantity().isZero()) {
                    continue;
                }
                NeedEntry entry = entry(item, net, locale);
                double weight = CoverageReading.weight(net.line(), now) * (1 - entry.share());
                int at = 0;
                while (at < weights.size() && weights.get(at) >= weight) {
                    at++;
                }
                weights.add(at, weight);
                entries.add(at, entry);
            }
        }
        @Nullable MunicipalityLine municipality = places.municipalities(locale).get(line.municipality());
        return new Card(
                line.id(),
                line.name(),
                line.kind(),
                municipality == null ? line.municipality() : municipality.name(),
                PlaceListing.prefecture(line.municipality(), locale),
                line.lat(),
                line.lon(),
                people(line),
                needs.lastWord().age().map(now::minus).orElse(null),
                isOld(needs.lastWord()),
                line.derived(),
                reading.share(),
                entries,
                history(current, id, items, locale));
    }

    private static NeedEntry entry(Item item, NetLine net, Locale locale) {
        long quantity = net.line().quantity().baseUnits();
        return new NeedEntry(
                net.line().ref().key(),
                item.name(locale),
                item.base().name(locale),
                net.line().priority().number(),
                net.line().neededBy().orElse(null),
                quantity,
                net.received().baseUnits(),
                net.underWay().baseUnits(),
                net.reserved().baseUnits(),
                net.net().baseUnits(),
                1 - net.net().baseUnits() / (double) quantity,
                net.line().isEstimate());
    }

    private static Map<String, Integer> people(CommunityLine line) {
        Map<String, Integer> people = new LinkedHashMap<>();
        put(people, "all", line.people());
        put(people, "children", line.children());
        put(people, "infants", line.infants());
        put(people, "elderly", line.elderly());
        put(people, "capacity", line.capacity());
        return people;
    }

    private static void put(Map<String, Integer> people, String group, @Nullable Integer count) {
        if (count != null) {
            people.put(group, count);
        }
    }

    private List<HistoryEntry> history(Response current, long id, ItemCatalogue items, Locale locale) {
        return news.listWords(current.id(), new CommunityId(id), HISTORY).stream()
                .map(word -> {
                    Item item = items.getById(word.item());
                    String code = "ops.history." + word.kind().name() + (word.withdrawn() ? ".withdrawn" : "");
                    Object[] values = {item.name(locale), item.show(word.quantity(), locale)};
                    return new HistoryEntry(word.at(), texts.getMessage(code, values, locale));
                })
                .toList();
    }

    private static boolean isOld(Freshness freshness) {
        return freshness.ageClass() == Freshness.AgeClass.STALE || freshness.ageClass() == Freshness.AgeClass.NEVER;
    }

    private static ItemId known(ItemCatalogue items, String code) {
        return Optional.of(code)
                .filter(ItemCode::isCode)
                .flatMap(text -> items.findByCode(new ItemCode(text)))
                .map(Item::id)
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request"));
    }

    private Optional<Set<String>> regions(Response current) {
        return actor.actor().regionsFor(Action.VIEW_OPERATIONS, Scope.of(current.id()));
    }
}
