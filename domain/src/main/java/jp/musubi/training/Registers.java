package jp.musubi.training;

import java.util.List;
import java.util.Optional;

/** Port: the registers of attendance, as people fill them in. Every word is kept; each save leaves an entry in the history. */
public interface Registers {

    /**
     * One cell that somebody filled in.
     *
     * @param was the mark the writer saw; empty = none
     * @param mark the mark now; empty = there is none after all
     */
    record Cell(TraineeId trainee, SessionId session, Optional<Mark> was, Optional<Mark> mark) {}

    /**
     * A cell that was not written, because somebody else had changed it.
     *
     * @param now what stands there
     */
    record Conflict(TraineeId trainee, SessionId session, Optional<Mark> now) {}

    /**
     * Writes what nobody else has changed meanwhile.
     *
     * @return the cells that somebody else has changed; they are left as they are
     * @throws IllegalArgumentException if a trainee or a session is not of this cohort
     */
    List<Conflict> write(CohortId cohort, List<Cell> cells, Edit edit);
}
