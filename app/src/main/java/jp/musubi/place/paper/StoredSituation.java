package jp.musubi.place.paper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.Freshness;
import jp.musubi.need.Freshness.AgeClass;
import jp.musubi.need.ItemNeed;
import jp.musubi.need.NeedBoard;
import jp.musubi.need.web.CoverageReading;
import jp.musubi.need.web.CoverageReading.Filter;
import jp.musubi.place.CommunityId;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.HubState;
import jp.musubi.place.Municipalities;
import jp.musubi.place.Municipality;
import jp.musubi.place.MunicipalityDirectory;
import jp.musubi.place.Position;
import jp.musubi.place.geo.Mark;
import jp.musubi.place.geo.Situation;
import jp.musubi.place.geo.Situation.Community;
import jp.musubi.place.geo.Situation.Depot;
import jp.musubi.place.geo.Situation.Town;
import jp.musubi.place.paper.SituationNow.Detail;
import jp.musubi.place.store.PlaceListing;
import jp.musubi.place.store.PlaceListing.CommunityLine;
import jp.musubi.response.Response;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The situation out of the database: places, and needs net of what was received or is promised. */
@Component
class StoredSituation implements SituationSource {

    private static final int ITEMS_THAT_LACK = 3;

    private final PlaceListing places;
    private final NeedBoard needs;
    private final Municipalities municipalities;
    private final Catalogue catalogue;

    StoredSituation(PlaceListing places, NeedBoard needs, Municipalities municipalities, Catalogue catalogue) {
        this.places = places;
        this.needs = needs;
        this.municipalities = municipalities;
        this.catalogue = catalogue;
    }

    @Override
    @Transactional(readOnly = true)
    public SituationNow read(Response response, Instant now, Optional<Set<String>> regions, Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        MunicipalityDirectory directory = municipalities.directory();
        List<Town> towns = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        for (Municipality municipality : directory.listMunicipalities()) {
            towns.add(town(municipality, locale));
            names.put(municipality.code().value(), directory.fullName(municipality, english));
        }
        List<Depot> hubs = places.listHubs(response.id(), regions).stream()
                .map(hub -> new Depot(
                        english && hub.nameEn() != null ? hub.nameEn() : hub.name(),
                        HubState.valueOf(hub.state()),
                        Optional.of(new Position(hub.lat(), hub.lon()))))
                .toList();
        Map<CommunityId, CommunityNeeds> needsOf = needs.listNeeds(response.id(), now).stream()
                .collect(Collectors.toMap(CommunityNeeds::community, need -> need));
        ItemCatalogue items = catalogue.current();
        List<Community> communities = new ArrayList<>();
        Map<CommunityId, Detail> details = new LinkedHashMap<>();
        for (CommunityLine line : places.listCommunities(response.id(), regions)) {
            CommunityId id = new CommunityId(line.id());
            CommunityKind kind = CommunityKind.valueOf(line.kind());
            CommunityNeeds need = needsOf.get(id);
            CoverageReading reading = need == null ? null : CoverageReading.of(need, Filter.NONE, now);
            Freshness freshness = need == null ? Freshness.of(line.reportedAt(), now) : need.lastWord();
            communities.add(new Community(
                    id,
                    line.name(),
                    line.municipality(),
                    Mark.of(kind),
                    line.lat() == null || line.lon() == null
                            ? Optional.empty()
                            : Optional.of(new Position(line.lat(), line.lon())),
                    reading == null || reading.share() == null
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(reading.share()),
                    line.people() == null ? OptionalLong.empty() : OptionalLong.of(line.people()),
                    reading != null && reading.estimateOnly(),
                    freshness.ageClass() == AgeClass.STALE || freshness.ageClass() == AgeClass.NEVER));
            details.put(id, new Detail(kind, need == null ? "" : lacks(need, items, locale), freshness.ageClass()));
        }
        return new SituationNow(new Situation(towns, hubs, communities), details, names);
    }

    private static Town town(Municipality municipality, Locale locale) {
        boolean city = municipality.parent().isEmpty() && municipality.ja().endsWith("市");
        return new Town(
                municipality.code().value(),
                municipality.parent().orElse(municipality.code()).value(),
                municipality.name(locale),
                municipality.prefecture().name(locale),
                municipality.centre().orElse(municipality.point()),
                city ? 0 : 1);
    }

    private static String lacks(CommunityNeeds needs, ItemCatalogue items, Locale locale) {
        return needs.items().stream()
                .filter(item -> !item.net().net().isZero())
                .sorted(Comparator.<ItemNeed>comparingInt(StoredSituation::priority)
                        .thenComparing(StoredSituation::isEstimated)
                        .thenComparingDouble(StoredSituation::covered)
                        .thenComparingLong(item -> item.item().value()))
                .limit(ITEMS_THAT_LACK)
                .map(item -> items.getById(item.item()).name(locale) + " "
                        + items.getById(item.item()).show(item.net().net(), locale))
                .collect(Collectors.joining(locale.getLanguage().equals("en") ? ", " : "、"));
    }

    /** What somebody said comes before what a rate says. */
    private static boolean isEstimated(ItemNeed item) {
        return item.net().lines().stream().allMatch(line -> line.line().isEstimate());
    }

    private static double covered(ItemNeed item) {
        return 1 - item.net().net().baseUnits() / (double) item.net().gross().baseUnits();
    }

    private static int priority(ItemNeed item) {
        return item.net().lines().stream()
                .filter(line -> !line.net().isZero())
                .mapToInt(line -> line.line().priority().number())
                .min()
                .orElse(4);
    }
}
