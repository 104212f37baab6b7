package jp.musubi.matching;

import java.util.List;

/** What units are worth to needs by themselves, computed once for each need. */
final class OwnValue {

    private final long[][] sizes;
    private final int[][] values;

    /**
     * @param needs in their final order
     */
    OwnValue(PlanningProblem problem, List<OpenNeed> needs) {
        sizes = needs.stream().map(need -> Policy.tierSizes(need.quantity())).toArray(long[][]::new);
        values = needs.stream().map(problem::tierValues).toArray(int[][]::new);
    }

    /** What the first units of a need are worth together. */
    double of(int need, long quantity) {
        double worth = 0;
        long rest = quantity;
        for (int tier = 0; tier < Policy.TIERS && rest > 0; tier++) {
            long part = Math.min(rest, sizes[need][tier]);
            worth += (double) part * values[need][tier];
            rest -= part;
        }
        return worth;
    }

    /** How many units more are worth as much as the next one; what is asked beyond the last tier is 0. */
    long alike(int need, long served) {
        long below = 0;
        for (int tier = 0; tier < Policy.TIERS; tier++) {
            below += sizes[need][tier];
            if (served < below) {
                return below - served;
            }
        }
        return 0;
    }
}
