package jp.musubi.place.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.place.HubId;
import jp.musubi.place.HubStocks;
import jp.musubi.place.HubStocks.HubStock;
import jp.musubi.place.store.PlaceListing;
import jp.musubi.place.store.PlaceListing.HubLine;
import jp.musubi.response.ResponseId;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hubs with their state and what lies in them. */
@RestController
@Requires(Action.VIEW_OPERATIONS)
class HubsApi {

    private final PlaceListing places;
    private final ObjectProvider<HubStocks> stocks;
    private final CurrentActor actor;
    private final CurrentResponse response;

    HubsApi(PlaceListing places, ObjectProvider<HubStocks> stocks, CurrentActor actor, CurrentResponse response) {
        this.places = places;
        this.stocks = stocks;
        this.actor = actor;
        this.response = response;
    }

    /** A hub; stock is null while nobody keeps one. */
    record HubEntry(
            long id,
            String name,
            String municipality,
            String place,
            double lat,
            double lon,
            String state,
            @Nullable Integer lots,
            @Nullable Integer idle,
            @Nullable Instant idleSince,
            boolean derived) {}

    @GetMapping("/api/v1/hubs")
    @Transactional(readOnly = true)
    public List<HubEntry> hubs(Locale locale) {
        ResponseId id = response.get().id();
        Optional<Set<String>> regions = actor.actor().regionsFor(Action.VIEW_OPERATIONS, Scope.of(id));
        Map<String, PlaceListing.MunicipalityLine> names = places.municipalities(locale);
        @Nullable HubStocks keeper = stocks.getIfAvailable();
        Map<HubId, HubStock> stock = keeper == null ? Map.of() : keeper.listStocks(id);
        return places.listHubs(id, regions).stream()
                .map(hub -> entry(
                        hub,
                        names,
                        keeper == null
                                ? null
                                : stock.getOrDefault(new HubId(hub.id()), new HubStock(0, 0, Optional.empty())),
                        locale))
                .toList();
    }

    private static HubEntry entry(
            HubLine hub, Map<String, PlaceListing.MunicipalityLine> names, @Nullable HubStock stock, Locale locale) {
        PlaceListing.@Nullable MunicipalityLine municipality = names.get(hub.municipality());
        String nameEn = hub.nameEn();
        return new HubEntry(
                hub.id(),
                locale.getLanguage().equals("en") && nameEn != null ? nameEn : hub.name(),
                hub.municipality(),
                municipality == null ? hub.municipality() : municipality.name(),
                hub.lat(),
                hub.lon(),
                hub.state(),
                stock == null ? null : stock.lots(),
                stock == null ? null : stock.idle(),
                stock == null ? null : stock.idleSince().orElse(null),
                hub.derived());
    }
}
