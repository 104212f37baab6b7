package jp.musubi.matching;

import java.util.Map;

/**
 * A plan that keeps what items share: hubs pass on no more than they can, and communities and municipalities are served
 * evenly.
 *
 * @param plan its objective counts what evenness is worth; its bound holds for all plans that keep the limits
 * @param priced the problem with the prices of what is shared counted into costs and values: what reasons are read from
 * @param atThePrices {@code plan} as a plan for {@code priced}
 * @param hubs by hub with a limit
 */
public record SharedPlan(Plan plan, PlanningProblem priced, Plan atThePrices, Map<String, HubLoad> hubs) {

    /**
     * How full a hub is.
     *
     * @param kilograms that leave it in this plan
     * @param limit that may leave it
     * @param pricePerKilogram what one more would gain, in the objective's unit; 0 if it is not full
     */
    public record HubLoad(double kilograms, double limit, double pricePerKilogram) {}

    public SharedPlan {
        hubs = Map.copyOf(hubs);
    }
}
