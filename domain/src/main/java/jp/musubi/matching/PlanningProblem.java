package jp.musubi.matching;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything a plan is made from. Equal problems have equal plans, whatever the order of lots and needs.
 *
 * @param now the response's time of planning: nothing leaves before
 * @param lots with keys that differ
 * @param needs with keys that differ
 * @param sharing what joins items; the planner looks at it only through {@link SharedPlanner}
 */
public record PlanningProblem(
        Instant now,
        List<AvailableLot> lots,
        List<OpenNeed> needs,
        Policy policy,
        PlanConstraints constraints,
        TravelTimes travel,
        Closures closures,
        Sharing sharing,
        Surcharges surcharges) {

    /** A problem whose items have nothing in common. */
    public PlanningProblem(
            Instant now,
            List<AvailableLot> lots,
            List<OpenNeed> needs,
            Policy policy,
            PlanConstraints constraints,
            TravelTimes travel,
            Closures closures) {
        this(now, lots, needs, policy, constraints, travel, closures, Sharing.NOTHING, Surcharges.NONE);
    }

    public PlanningProblem {
        lots = List.copyOf(lots);
        needs = List.copyOf(needs);
        Set<LotKey> lotKeys = new HashSet<>(2 * lots.size());
        for (AvailableLot lot : lots) {
            if (!lotKeys.add(lot.key())) {
                throw new IllegalArgumentException("Every lot has its own key, but " + lot.key() + " came twice.");
            }
        }
        Set<NeedKey> needKeys = new HashSet<>(2 * needs.size());
        for (OpenNeed need : needs) {
            if (!needKeys.add(need.key())) {
                throw new IllegalArgumentException("Every need has its own key, but " + need.key() + " came twice.");
            }
        }
    }

    /** A problem without constraints and closures, along great circles. */
    public static PlanningProblem of(Instant now, List<AvailableLot> lots, List<OpenNeed> needs, Policy policy) {
        return new PlanningProblem(
                now, lots, needs, policy, PlanConstraints.NONE, new GreatCircleTravel(), Closures.NONE);
    }

    public PlanningProblem withPolicy(Policy other) {
        return new PlanningProblem(now, lots, needs, other, constraints, travel, closures, sharing, surcharges);
    }

    public PlanningProblem withConstraints(PlanConstraints other) {
        return new PlanningProblem(now, lots, needs, policy, other, travel, closures, sharing, surcharges);
    }

    public PlanningProblem withLots(List<AvailableLot> others) {
        return new PlanningProblem(now, others, needs, policy, constraints, travel, closures, sharing, surcharges);
    }

    public PlanningProblem withSharing(Sharing other) {
        return new PlanningProblem(now, lots, needs, policy, constraints, travel, closures, other, surcharges);
    }

    PlanningProblem withSurcharges(Surcharges other) {
        return new PlanningProblem(now, lots, needs, policy, constraints, travel, closures, sharing, other);
    }

    /** What a unit in each tier of a need is worth: the policy's value and what its community's lack adds. */
    int[] tierValues(OpenNeed need) {
        int[] values = policy.tierValues(need, now);
        int more = surcharges.of(need.key());
        for (int s = 0; s < values.length; s++) {
            values[s] += more;
        }
        return values;
    }
}
