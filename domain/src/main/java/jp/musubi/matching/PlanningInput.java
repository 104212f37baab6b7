package jp.musubi.matching;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is to plan with at one moment.
 *
 * @param lots with something free, at a known place
 * @param needs with something still to be found, at a known place
 * @param lotsWithoutPlace lots that cannot be planned because nobody knows where they are
 * @param lotsInClosedHubs lots that cannot be planned because their hub is paused or closed
 * @param needsWithoutPlace needs that cannot be planned because nobody knows where they are
 * @param people by community, where somebody has counted them
 * @param hubOfLot the hub a lot leaves from
 * @param hubs by hub that knows how much it can pass on
 * @param kilograms of one unit of an item, where the catalogue knows
 */
public record PlanningInput(
        List<AvailableLot> lots,
        List<OpenNeed> needs,
        int lotsWithoutPlace,
        int lotsInClosedHubs,
        int needsWithoutPlace,
        Map<CommunityKey, Sharing.People> people,
        Map<LotKey, String> hubOfLot,
        Map<String, HubTime> hubs,
        Map<String, Double> kilograms) {

    /**
     * What a hub can do.
     *
     * @param kilogramsPerDay it can pass on
     * @param taken kilograms of that which are promised or have left in the last 24 hours
     */
    public record HubTime(double kilogramsPerDay, double taken) {}

    public PlanningInput {
        lots = List.copyOf(lots);
        needs = List.copyOf(needs);
        people = Map.copyOf(people);
        hubOfLot = Map.copyOf(hubOfLot);
        hubs = Map.copyOf(hubs);
        kilograms = Map.copyOf(kilograms);
    }

    /** What items share under a policy; nothing if the policy looks at each need and item by itself. */
    public Sharing sharing(Policy policy) {
        Map<String, Double> limits = new HashMap<>();
        if (policy.hubDays() > 0) {
            hubs.forEach((hub, time) ->
                    limits.put(hub, Math.max(0, time.kilogramsPerDay() * policy.hubDays() - time.taken())));
        }
        boolean even = policy.fairness().joinsItems();
        if (!even && limits.isEmpty()) {
            return Sharing.NOTHING;
        }
        return new Sharing(
                even ? people : Map.of(),
                limits.isEmpty() ? Map.of() : hubOfLot,
                limits,
                limits.isEmpty() ? Map.of() : kilograms);
    }
}
