package jp.musubi.place.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.place.Communities.Edit;
import jp.musubi.place.Hub;
import jp.musubi.place.HubId;
import jp.musubi.place.HubRows;
import jp.musubi.place.HubState;
import jp.musubi.place.HubStocks;
import jp.musubi.place.HubStocks.HubStock;
import jp.musubi.place.Hubs;
import jp.musubi.place.store.PlaceListing;
import jp.musubi.place.store.PlaceListing.HubLine;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hubs with their state and what lies in them; one hub's card, and a change of its state. */
@RestController
@RequestMapping("/api/v1/hubs")
@Requires(Action.VIEW_OPERATIONS)
class HubsApi {

    private static final int HISTORY = 20;

    private final PlaceListing places;
    private final Hubs hubs;
    private final HubRows rows;
    private final PlaceHistoryLines history;
    private final ObjectProvider<HubStocks> stocks;
    private final CurrentActor actor;
    private final CurrentResponse response;
    private final MessageSource texts;
    private final Clock realTime;

    HubsApi(
            PlaceListing places,
            Hubs hubs,
            HubRows rows,
            PlaceHistoryLines history,
            ObjectProvider<HubStocks> stocks,
            CurrentActor actor,
            CurrentResponse response,
            MessageSource texts,
            Clock realTime) {
        this.places = places;
        this.hubs = hubs;
        this.rows = rows;
        this.history = history;
        this.stocks = stocks;
        this.actor = actor;
        this.response = response;
        this.texts = texts;
        this.realTime = realTime;
    }

    /**
     * A hub; stock is null while nobody keeps one.
     *
     * @param version of what is stored, for changing it
     */
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
            boolean derived,
            long version,
            boolean mayEdit) {}

    /**
     * One hub in full.
     *
     * @param asOf real time of the answer, as are the times of the changes
     * @param lastChange null if it is as it was imported
     */
    record HubCard(HubEntry hub, Instant asOf, @Nullable LastChange lastChange, List<HistoryEntry> history) {}

    /**
     * @param by null for an import or the machine's operator
     */
    record LastChange(@Nullable String by, Instant at) {}

    record HistoryEntry(Instant at, String text, boolean derived) {}

    /**
     * @param version of the hub that the change is based on
     */
    record NewState(@Nullable HubState state, @Nullable Long version) {}

    @GetMapping
    public List<HubEntry> hubs(Locale locale) {
        Response current = response.get();
        Map<String, PlaceListing.MunicipalityLine> names = places.municipalities(locale);
        Map<HubId, HubStock> stock = stock(current);
        return places.listHubs(current.id(), regions(current)).stream()
                .map(hub -> entry(current, hub, names, stock, locale))
                .toList();
    }

    @GetMapping("/{id}")
    public HubCard hub(@PathVariable long id, Locale locale) {
        Response current = response.get();
        HubLine line = places.listHubs(current.id(), regions(current)).stream()
                .filter(hub -> hub.id() == id)
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        List<PlaceHistoryLines.Line> changes = history.list(current, "hub", id, rows.columns(), locale);
        return new HubCard(
                entry(current, line, places.municipalities(locale), stock(current), locale),
                realTime.instant(),
                changes.stream()
                        .findFirst()
                        .map(last -> new LastChange(
                                last.who().orElse(null), last.at().toInstant()))
                        .orElse(null),
                changes.stream()
                        .limit(HISTORY)
                        .map(change -> new HistoryEntry(change.at().toInstant(), words(change, locale), false))
                        .toList());
    }

    /** Changes the state alone. If somebody else was quicker, 409 comes with the hub as it is now. */
    @PutMapping("/{id}/state")
    @Requires(Action.EDIT_PLACES)
    public ResponseEntity<HubCard> change(@PathVariable long id, @RequestBody NewState wanted, Locale locale) {
        Response current = response.get();
        HubState state = wanted.state();
        Long version = wanted.version();
        if (state == null || version == null) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
        Hub hub = hubs.find(new HubId(id))
                .filter(found -> found.response().equals(current.id()))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.not-found"));
        actor.require(
                Action.EDIT_PLACES,
                Scope.of(current.id())
                        .inMunicipality(hub.details().municipality().value()));
        try {
            hubs.correct(
                    hub.id(),
                    version,
                    hub.details().in(state),
                    new Edit(actor.person(), response.now(), Optional.empty()));
        } catch (OptimisticLockingFailureException e) {
            return ResponseEntity.status(HttpStatus.CONFLICT).body(hub(id, locale));
        }
        return ResponseEntity.ok(hub(id, locale));
    }

    private String words(PlaceHistoryLines.Line change, Locale locale) {
        String done = texts.getMessage("places.history." + change.action(), null, locale);
        String steps = change.steps().stream()
                .map(step -> texts.getMessage(
                        "places.history.step", new Object[] {step.label(), step.before(), step.after()}, locale))
                .collect(Collectors.joining(", "));
        String what = steps.isEmpty() ? done : steps;
        return change.who()
                .map(who -> texts.getMessage("ops.history.by", new Object[] {what, who}, locale))
                .orElse(what);
    }

    private Optional<Set<String>> regions(Response current) {
        return actor.actor().regionsFor(Action.VIEW_OPERATIONS, Scope.of(current.id()));
    }

    /** What lies in the hubs; without a keeper of stock nothing is known of any. */
    private Map<HubId, HubStock> stock(Response current) {
        @Nullable HubStocks keeper = stocks.getIfAvailable();
        return keeper == null ? Map.of() : keeper.listStocks(current.id());
    }

    private HubEntry entry(
            Response current,
            HubLine hub,
            Map<String, PlaceListing.MunicipalityLine> names,
            Map<HubId, HubStock> stocked,
            Locale locale) {
        PlaceListing.@Nullable MunicipalityLine municipality = names.get(hub.municipality());
        String nameEn = hub.nameEn();
        @Nullable
        HubStock stock = stocks.getIfAvailable() == null
                ? null
                : stocked.getOrDefault(new HubId(hub.id()), new HubStock(0, 0, Optional.empty()));
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
                hub.derived(),
                hub.version(),
                actor.mayDo(Action.EDIT_PLACES, Scope.of(current.id()).inMunicipality(hub.municipality())));
    }
}
