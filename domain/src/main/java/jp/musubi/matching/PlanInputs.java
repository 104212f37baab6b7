package jp.musubi.matching;

import java.io.IOException;
import java.util.Optional;

/** Port: everything that plans were made from, kept for as long as the plans are. */
public interface PlanInputs {

    /**
     * A kept input.
     *
     * @param hash SHA-256 of the input written down in a fixed form, 64 hex digits: the same input has the same hash on
     *     every machine and in every year, and other input has another
     * @param file names it in the {@link jp.musubi.common.FileStore}
     */
    record Kept(String hash, String file) {}

    /**
     * What a planner was given.
     *
     * @param start the plan it began with; empty if it began with nothing
     */
    record Input(PlanningProblem problem, Optional<Start> start) {}

    /**
     * A plan to begin with.
     *
     * @param before what it was made from; its own start does not matter
     */
    record Start(Kept before, Plan plan) {}

    Kept keep(Input input) throws IOException;

    /**
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws IOException if it is not what was written
     */
    Input open(Kept kept) throws IOException;
}
