package jp.musubi.volunteer;

import java.time.Duration;

/** Port: fills the seats of a problem as well as it can. The same problem gives the same roster. */
public interface RosterSolver {

    /**
     * @param atMost after this the best roster so far is returned with the bound that is known
     */
    RosterOutcome solve(RosterProblem problem, Duration atMost, RosterProgress progress);

    /** Name and version, kept with every roster. */
    String engine();
}
