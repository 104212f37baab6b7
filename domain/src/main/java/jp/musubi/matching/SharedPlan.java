package jp.musubi.matching;

import java.util.List;

/**
 * A plan that keeps what items share: hubs pass on no more than they can, and communities and municipalities are served
 * evenly.
 *
 * @param plan its objective counts what evenness is worth; its bound holds for all plans that keep the limits
 * @param priced the problem with the prices of what is shared counted into costs and values: what reasons are read from
 * @param atThePrices {@code plan} as a plan for {@code priced}
 * @param loads of all limits, in their order
 */
public record SharedPlan(Plan plan, PlanningProblem priced, Plan atThePrices, List<Load> loads) {

    /**
     * How much of a limit is used.
     *
     * @param limit as planned with: at least what people have decided
     * @param used by this plan, in the measure's unit
     * @param price what one more would gain, in the objective's unit; 0 if there is enough
     */
    public record Load(Sharing.Limit limit, double used, double price) {}

    public SharedPlan {
        loads = List.copyOf(loads);
    }
}
