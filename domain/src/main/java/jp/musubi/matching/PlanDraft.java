package jp.musubi.matching;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/**
 * A plan that was just made, with all that is needed to make it again.
 *
 * @param madeAt real time
 * @param engine name and version of the solver
 * @param policy by which policy
 * @param input where all that it was made from is kept
 * @param problem what it was made from
 * @param reasons one for each line of the plan, in their order
 * @param shortfalls one for each need that lacks something
 * @param loads of the limits that the plan keeps to
 * @param needPrices what one more unit arriving at each need would be worth, met or not
 */
public record PlanDraft(
        ResponseId response,
        Optional<PersonId> by,
        Instant madeAt,
        String engine,
        PolicyUse policy,
        PlanInputs.Kept input,
        PlanningProblem problem,
        Plan plan,
        List<LineReason> reasons,
        List<Shortfall> shortfalls,
        List<SharedPlan.Load> loads,
        Map<NeedKey, Long> needPrices,
        Duration solveTime) {

    public PlanDraft {
        reasons = List.copyOf(reasons);
        shortfalls = List.copyOf(shortfalls);
        loads = List.copyOf(loads);
        needPrices = Map.copyOf(needPrices);
        if (reasons.size() != plan.lines().size()) {
            throw new IllegalArgumentException(
                    "A plan of " + plan.lines().size() + " lines has " + reasons.size() + " reasons.");
        }
    }
}
