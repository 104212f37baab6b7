package jp.musubi.matching;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A plan in figures.
 *
 * @param objective total cost less total value of exactly the plan's lines; smaller is better
 * @param lowerBound no plan has a smaller objective
 * @param weightedUnmet Σ P·U·unmet / Σ P·U·quantity; null without needs
 * @param coverage null without needs
 * @param unitKm Σ quantity · km
 * @param rounds how often all pairs were priced, the most in any group of items
 */
public record PlanFigures(
        BigInteger objective,
        BigInteger lowerBound,
        long servedUnits,
        long unmetUnits,
        @Nullable Double weightedUnmet,
        @Nullable Coverage coverage,
        double unitKm,
        int rounds) {

    /** Whether it is proven that no plan is better. */
    public boolean certified() {
        return objective.equals(lowerBound);
    }

    /** (objective − lowerBound) / |lowerBound|: 0 when certified, positive infinity if the bound is 0 and not reached. */
    public double gap() {
        return gap(objective, lowerBound);
    }

    static double gap(BigInteger objective, BigInteger lowerBound) {
        if (objective.equals(lowerBound)) {
            return 0;
        }
        return objective.subtract(lowerBound).doubleValue() / lowerBound.abs().doubleValue();
    }
}
