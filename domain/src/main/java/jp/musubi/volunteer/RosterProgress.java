package jp.musubi.volunteer;

/** Watches a solver and may end it. */
@FunctionalInterface
public interface RosterProgress {

    RosterProgress UNWATCHED = (worth, bound) -> true;

    /**
     * Called now and then.
     *
     * @param worth of the best roster so far
     * @param bound of any roster, as far as it is known
     * @return whether to go on; if not, the solver ends with the best so far
     */
    boolean goOn(long worth, double bound);
}
