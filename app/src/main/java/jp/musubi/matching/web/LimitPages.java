package jp.musubi.matching.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.common.web.Frame;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.Plans;
import jp.musubi.matching.Sharing;
import jp.musubi.matching.store.PlanLimits;
import jp.musubi.matching.store.PlanListing.Name;
import jp.musubi.response.Response;
import jp.musubi.response.web.CurrentResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /plan/N/limits}: which hub was full of what in a plan, and what more would have done. */
@Controller
@Requires(Action.PLAN)
class LimitPages {

    static final int MOST_LIMITS = 200;

    /** One unit of the objective is 100 m of road for one unit of goods. */
    private static final double UNIT_KM = 0.1;

    private static final int KILOGRAMS_OF_A_TONNE = 1000;

    private final CurrentResponse response;
    private final CurrentActor actor;
    private final Plans plans;
    private final PlanLimits limits;
    private final Frame frame;

    LimitPages(CurrentResponse response, CurrentActor actor, Plans plans, PlanLimits limits, Frame frame) {
        this.response = response;
        this.actor = actor;
        this.plans = plans;
        this.limits = limits;
        this.frame = frame;
    }

    @ModelAttribute("base")
    String base() {
        return frame.to("/plan");
    }

    /**
     * A limit as people read it.
     *
     * @param to where its vehicles go; empty = wherever goods go
     * @param percent of the limit that is used
     * @param unitKm what one more (of weight: a tonne) would be worth; 0 if there is enough
     * @param question the address that asks what one tonne more would bring, where that can be asked
     */
    record Row(
            String hub,
            Optional<String> to,
            Sharing.Measure measure,
            Instant from,
            Instant until,
            double used,
            double most,
            double share,
            long percent,
            double unitKm,
            Optional<String> question) {}

    @GetMapping("/plan/{number:\\d+}/limits")
    String show(@PathVariable int number, Model model, Locale locale) {
        Response here = response.get();
        actor.require(Action.PLAN, Scope.of(here.id()));
        PlanHead plan = plans.findByNumber(here.id(), number)
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "problem.no-plan", number));
        List<Row> rows = limits.listLoads(plan.id(), MOST_LIMITS).stream()
                .map(load -> row(plan, load, locale))
                .toList();
        model.addAttribute("plan", plan);
        model.addAttribute("rows", rows);
        model.addAttribute("count", rows.size() < MOST_LIMITS ? rows.size() : limits.countLoads(plan.id()));
        return "plan-limits";
    }

    private static Row row(PlanHead plan, PlanLimits.Load load, Locale locale) {
        boolean weight = load.measure() == Sharing.Measure.KILOGRAMS;
        boolean canBeAsked = weight
                && load.municipality().isEmpty()
                && load.firstDay() == 0
                && plan.input().isPresent();
        return new Row(
                load.hubName().in(locale),
                load.municipality().map((Name name) -> name.in(locale)),
                load.measure(),
                plan.asOf().plus(Duration.ofDays(load.firstDay())),
                plan.asOf().plus(Duration.ofDays(load.lastDay() + 1L)),
                load.used(),
                load.most(),
                Math.min(1, load.share()),
                Math.round(100 * load.share()),
                load.price() * UNIT_KM * (weight ? KILOGRAMS_OF_A_TONNE : 1),
                canBeAsked
                        ? Optional.of("/" + plan.number() + "/what-if?kind=time&hub=" + load.hub() + "&kilograms="
                                + KILOGRAMS_OF_A_TONNE)
                        : Optional.empty());
    }
}
