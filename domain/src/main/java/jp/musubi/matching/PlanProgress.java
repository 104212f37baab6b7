package jp.musubi.matching;

/**
 * Watches planning and may end it early. It is called often, by several threads, and must answer at once.
 */
@FunctionalInterface
public interface PlanProgress {

    /** Lets planning run to its end. */
    PlanProgress UNWATCHED = (done, total) -> true;

    /**
     * @param pairsDone pairs of lots and needs whose group of items is solved
     * @param pairsTotal all pairs of lots and needs of fitting groups
     * @return false to stop with the best plan so far; it is feasible and has a valid bound, but may have a gap
     */
    boolean goOn(long pairsDone, long pairsTotal);

    /**
     * There is a plan by now.
     *
     * @param gap how much better any other could be at most, as a share; 0 = it is the best
     */
    default void foundPlan(double gap) {}
}
