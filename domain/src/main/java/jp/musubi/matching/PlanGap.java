package jp.musubi.matching;

import java.util.Arrays;
import java.util.List;

/** Adds up how far from the best the plans of all groups are, and says so while they are being solved. */
final class PlanGap {

    private final PlanProgress progress;
    private final double[] objective;
    private final double[] bound;

    PlanGap(PlanProgress progress, PlanningProblem problem, List<OpenNeed> needs, List<Market> groups) {
        this.progress = progress;
        objective = new double[groups.size()];
        bound = new double[groups.size()];
        if (progress == PlanProgress.UNWATCHED) {
            return;
        }
        // Until more is known: nothing is planned, and all might be served from next door while it is fresh.
        for (int group = 0; group < bound.length; group++) {
            for (int place : groups.get(group).needs()) {
                OpenNeed need = needs.get(place);
                long[] sizes = Policy.tierSizes(need.quantity());
                int[] values = problem.tierValues(need);
                for (int tier = 0; tier < sizes.length; tier++) {
                    bound[group] -= (double) sizes[tier] * (values[tier] + Policy.freshnessBonus(0));
                }
            }
        }
    }

    GroupSolver.Rounds ofGroup(int group) {
        return (found, proven) -> progress.foundPlan(noted(group, found, proven));
    }

    private synchronized double noted(int group, double found, double proven) {
        objective[group] = found;
        bound[group] = Math.max(bound[group], proven);
        double best = Arrays.stream(bound).sum();
        return best == 0 ? 0 : Math.max(0, (Arrays.stream(objective).sum() - best) / Math.abs(best));
    }
}
