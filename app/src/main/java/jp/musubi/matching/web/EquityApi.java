package jp.musubi.matching.web;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.matching.PlanFigures;
import jp.musubi.matching.web.EquityEffect.CommunityEffect;
import jp.musubi.matching.web.EquityPreviews.Preview;
import jp.musubi.matching.web.EquityPreviews.State;
import jp.musubi.place.store.PlaceListing;
import jp.musubi.place.store.PlaceListing.CommunityLine;
import jp.musubi.place.store.PlaceListing.MunicipalityLine;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The price of another equity, before anybody commits: ask, look again until it is ready, or leave it. */
@RestController
@RequestMapping("/api/v1/plans/previews")
@Requires(Action.PLAN)
class EquityApi {

    private static final int NAMED = 5;

    /** Shares differ by less than this only because of rounding. */
    private static final double EQUAL = 1e-9;

    private final EquityPreviews previews;
    private final PlaceListing places;
    private final CurrentActor actor;
    private final CurrentResponse response;

    EquityApi(EquityPreviews previews, PlaceListing places, CurrentActor actor, CurrentResponse response) {
        this.previews = previews;
        this.places = places;
        this.actor = actor;
        this.response = response;
    }

    /**
     * @param equity 1 (efficiency only) to 100 (almost nobody is left with nothing); null = the one compared with
     */
    record Asked(@Nullable Double equity) {}

    /**
     * @param state working, ready, contradictory, stopped or failed
     */
    record Answer(
            String id,
            double equity,
            String state,
            @Nullable Effect effect) {}

    /**
     * @param comparedWith the equity compared with
     * @param plan the kept plan that has it; null = the standard policy's
     * @param asOf real time at which stock and needs were read
     */
    record Effect(
            double comparedWith,
            @Nullable Integer plan,
            Instant asOf,
            Figures before,
            Figures after,
            Side gaining,
            Side losing,
            List<CommunityEffect> communities,
            List<Flow> flows) {}

    /**
     * @param nothing communities with needs that are left with nothing
     * @param weightedUnmet see {@link PlanFigures}
     */
    record Figures(
            double unitKm, long servedUnits, @Nullable Double weightedUnmet, long nothing) {}

    /**
     * @param people in those communities whose headcount is known
     * @param unknown communities whose headcount is not known
     * @param most where it makes the largest difference to the most people
     */
    record Side(int communities, long people, int unknown, List<Named> most) {}

    record Named(
            long id,
            String name,
            String municipality,
            @Nullable Integer people,
            double before,
            double after) {}

    /** So many more lines (fewer if negative) go this way. */
    record Flow(double lat, double lon, long community, int lines) {}

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    public Answer ask(@RequestBody Asked asked, Locale locale) {
        Response here = here();
        @Nullable Double equity = asked.equity();
        return answer(
                here,
                previews.start(
                        here, equity == null ? previews.present(here) : PlanPages.equity(equity), actor.person()),
                locale);
    }

    @GetMapping("/{id}")
    public Answer look(@PathVariable String id, Locale locale) {
        Response here = here();
        return answer(here, get(here, id), locale);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void leave(@PathVariable String id) {
        EquityPreviews.stop(get(here(), id));
    }

    private Preview get(Response here, String id) {
        return previews.find(here.id(), actor.person(), id)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-plan-run"));
    }

    /** Plans are made for a whole response. */
    private Response here() {
        Response found = response.get();
        actor.require(Action.PLAN, Scope.of(found.id()));
        return found;
    }

    private Answer answer(Response here, Preview preview, Locale locale) {
        State state = preview.state();
        return new Answer(
                preview.id(),
                preview.equity(),
                state.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                state instanceof State.Ready ready ? effect(here, ready.effect(), locale) : null);
    }

    private Effect effect(Response here, EquityEffect effect, Locale locale) {
        Map<Long, CommunityLine> lines = new HashMap<>();
        places.listCommunities(here.id(), Optional.empty()).forEach(line -> lines.put(line.id(), line));
        Map<String, MunicipalityLine> names = places.municipalities(locale);
        return new Effect(
                effect.before(),
                effect.planNumber().isPresent() ? effect.planNumber().getAsInt() : null,
                effect.asOf(),
                figures(
                        effect.figuresBefore(),
                        effect.communities().stream()
                                .filter(each -> each.before() <= EQUAL)
                                .count()),
                figures(
                        effect.figuresAfter(),
                        effect.communities().stream()
                                .filter(each -> each.after() <= EQUAL)
                                .count()),
                side(
                        effect.communities().stream()
                                .filter(each -> each.gain() > EQUAL)
                                .toList(),
                        lines,
                        names),
                side(
                        effect.communities().stream()
                                .filter(each -> each.gain() < -EQUAL)
                                .toList(),
                        lines,
                        names),
                effect.communities(),
                effect.flows().stream()
                        .map(flow -> new Flow(
                                flow.from().latitude(), flow.from().longitude(), flow.community(), flow.lines()))
                        .toList());
    }

    private static Figures figures(PlanFigures figures, long nothing) {
        return new Figures(figures.unitKm(), figures.servedUnits(), figures.weightedUnmet(), nothing);
    }

    private static Side side(
            List<CommunityEffect> effects, Map<Long, CommunityLine> lines, Map<String, MunicipalityLine> names) {
        long people = 0;
        int unknown = 0;
        for (CommunityEffect each : effects) {
            @Nullable Integer count = people(lines.get(each.community()));
            people += count == null ? 0 : count;
            unknown += count == null ? 1 : 0;
        }
        return new Side(
                effects.size(),
                people,
                unknown,
                effects.stream()
                        .filter(each -> lines.containsKey(each.community()))
                        .sorted(Comparator.comparingDouble((CommunityEffect each) ->
                                        -Math.abs(each.gain()) * Math.max(1, count(lines.get(each.community()))))
                                .thenComparing(CommunityEffect::community))
                        .limit(NAMED)
                        .map(each -> named(each, lines.get(each.community()), names))
                        .toList());
    }

    private static Named named(
            CommunityEffect effect, @Nullable CommunityLine line, Map<String, MunicipalityLine> names) {
        if (line == null) {
            throw new IllegalStateException("Community " + effect.community() + " has needs but is not listed.");
        }
        @Nullable MunicipalityLine municipality = names.get(line.municipality());
        return new Named(
                line.id(),
                line.name(),
                municipality == null ? line.municipality() : municipality.name(),
                line.people(),
                effect.before(),
                effect.after());
    }

    private static @Nullable Integer people(@Nullable CommunityLine line) {
        return line == null ? null : line.people();
    }

    private static int count(@Nullable CommunityLine line) {
        @Nullable Integer people = people(line);
        return people == null ? 0 : people;
    }
}
