package jp.musubi.need.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
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
import java.util.stream.Stream;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.Deliveries;
import jp.musubi.need.Deliveries.Delivery;
import jp.musubi.need.EstimateOutcome;
import jp.musubi.need.EstimateOutcome.Estimated;
import jp.musubi.need.Freshness;
import jp.musubi.need.ItemNeed;
import jp.musubi.need.NeedBoard;
import jp.musubi.need.NeedId;
import jp.musubi.need.NeedRef;
import jp.musubi.need.NetLine;
import jp.musubi.need.store.CommunityNews;
import jp.musubi.need.store.CommunityNews.Word;
import jp.musubi.place.CommunityId;
import jp.musubi.place.store.PlaceListing;
import jp.musubi.place.store.PlaceListing.CommunityLine;
import jp.musubi.place.store.PlaceListing.MunicipalityLine;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.format.annotation.DateTimeFormat;
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
    private static final int LAST_YEAR = 9999;

    private final PlaceListing places;
    private final NeedBoard board;
    private final CommunityNews news;
    private final Deliveries deliveries;
    private final EstimateTexts estimates;
    private final Catalogue catalogue;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final MessageSource texts;
    private final Clock clock;

    CommunitiesApi(
            PlaceListing places,
            NeedBoard board,
            CommunityNews news,
            Deliveries deliveries,
            EstimateTexts estimates,
            Catalogue catalogue,
            CurrentActor actor,
            CurrentResponse response,
            MessageSource texts,
            Clock clock) {
        this.places = places;
        this.board = board;
        this.news = news;
        this.deliveries = deliveries;
        this.estimates = estimates;
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
            List<HistoryEntry> history,
            boolean mayReport) {}

    /**
     * One line of demand; quantities in the item's base unit.
     *
     * @param derived made by a rule and said by nobody
     * @param said when it was said; null for an estimate
     * @param basis what an estimate rests on
     * @param sureness of an estimate's rate, where it is in doubt
     */
    record NeedEntry(
            String id,
            String item,
            String code,
            String unit,
            int priority,
            @Nullable Instant deadline,
            long quantity,
            long received,
            long underWay,
            long reserved,
            long missing,
            double share,
            boolean estimate,
            boolean derived,
            @Nullable Instant said,
            @Nullable String basis,
            @Nullable String sureness) {}

    record HistoryEntry(Instant at, String text, boolean derived) {}

    /**
     * The board.
     *
     * @param item code of the only item that counts
     * @param priority 1 to 4, the least urgent that counts
     * @param within hours until the last deadline that counts
     * @param day only deadlines on this day of the response's calendar
     */
    @GetMapping("/api/v1/communities")
    @Transactional(readOnly = true)
    public Board communities(
            @RequestParam Optional<String> item,
            @RequestParam Optional<Integer> priority,
            @RequestParam Optional<Integer> within,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) Optional<LocalDate> day,
            Locale locale) {
        if (day.filter(date -> date.getYear() < 1 || date.getYear() > LAST_YEAR).isPresent()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
        Response current = response.get();
        Instant now = response.now();
        ItemCatalogue items = catalogue.current();
        CoverageReading.Filter filter = new CoverageReading.Filter(
                item.map(code -> known(items, code)),
                priority.map(OptionalInt::of).orElse(OptionalInt.empty()),
                day.map(date -> date.atStartOfDay(current.zone()).toInstant()),
                day.map(date -> date.plusDays(1)
                                .atStartOfDay(current.zone())
                                .toInstant()
                                .minusNanos(1))
                        .or(() -> within.map(hours -> now.plus(Duration.ofHours(hours)))));
        Map<Long, CommunityNeeds> needs = board.listNeeds(current.id(), now).stream()
                .collect(Collectors.toMap(each -> each.community().value(), Function.identity()));
        Map<CommunityId, Instant> changes = news.listChanges(current.id());
        Map<String, MunicipalityLine> municipalities = places.municipalities(locale);
        List<CommunityLine> lines = places.listCommunities(current.id(), regions(current));
        Set<String> codes = new TreeSet<>();
        Map<String, String> prefectures = new TreeMap<>();
        Set<Item> asked = new TreeSet<>(Comparator.comparing(Item::code));
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
        CoverageReading reading = CoverageReading.of(needs, CoverageReading.Filter.NONE, now);
        List<Word> words = news.listWords(current.id(), new CommunityId(id), HISTORY);
        Set<NeedId> derived =
                words.stream().filter(Word::derived).map(Word::need).collect(Collectors.toSet());
        List<NeedEntry> entries = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (ItemNeed each : needs.items()) {
            Item item = items.getById(each.item());
            for (NetLine net : each.net().lines()) {
                if (net.line().quantity().isZero()) {
                    continue;
                }
                NeedEntry entry = entry(item, net, each.estimate(), derived, locale);
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
                history(words, deliveries.listDeliveries(current.id(), new CommunityId(id), HISTORY), items, locale),
                actor.mayDo(Action.EDIT_NEEDS, Scope.of(current.id()).inMunicipality(line.municipality())));
    }

    private NeedEntry entry(
            Item item, NetLine net, Optional<EstimateOutcome> estimate, Set<NeedId> derived, Locale locale) {
        Optional<Estimated> estimated = net.line().isEstimate()
                ? estimate.filter(Estimated.class::isInstance).map(Estimated.class::cast)
                : Optional.empty();
        long quantity = net.line().quantity().baseUnits();
        return new NeedEntry(
                net.line().ref().key(),
                item.name(locale),
                item.code().value(),
                item.base().name(locale),
                net.line().priority().number(),
                net.line().neededBy().orElse(null),
                quantity,
                net.received().baseUnits(),
                net.underWay().baseUnits(),
                net.reserved().baseUnits(),
                net.net().baseUnits(),
                1 - net.net().baseUnits() / (double) quantity,
                net.line().isEstimate(),
                net.line().ref() instanceof NeedRef.Stored stored && derived.contains(stored.id()),
                net.line().isEstimate() ? null : net.line().since(),
                estimated.map(found -> estimates.basis(found, item, locale)).orElse(null),
                estimated
                        .map(found -> found.rate().sureness().label(locale))
                        .filter(label -> !label.isEmpty())
                        .orElse(null));
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

    /** What was said, and what was sent and came of it, the newest first. */
    private List<HistoryEntry> history(
            List<Word> words, List<Delivery> deliveries, ItemCatalogue items, Locale locale) {
        Stream<HistoryEntry> said = words.stream().map(word -> {
            String code = "ops.history." + word.kind().name() + (word.withdrawn() ? ".withdrawn" : "");
            return happened(word.at(), code, items.getById(word.item()), word.quantity(), word.derived(), locale);
        });
        Stream<HistoryEntry> moved = deliveries.stream()
                .map(each -> happened(
                        each.at(),
                        "ops.history." + each.step().name(),
                        items.getById(each.item()),
                        each.quantity(),
                        false,
                        locale));
        return Stream.concat(moved, said)
                .sorted(Comparator.comparing(HistoryEntry::at).reversed())
                .limit(HISTORY)
                .toList();
    }

    private HistoryEntry happened(
            Instant at, String code, Item item, Quantity quantity, boolean derived, Locale locale) {
        Object[] values = {item.name(locale), item.show(quantity, locale)};
        return new HistoryEntry(at, texts.getMessage(code, values, locale), derived);
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
