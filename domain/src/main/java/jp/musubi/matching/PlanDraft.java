package jp.musubi.matching;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/**
 * A plan that was just made, with all that is needed to make it again.
 *
 * @param madeAt real time
 * @param engine name and version of the solver
 * @param inputHash see {@link PlanningInput#hash}
 * @param problem what it was made from
 */
public record PlanDraft(
        ResponseId response,
        Optional<PersonId> by,
        Instant madeAt,
        String engine,
        String inputHash,
        PlanningProblem problem,
        Plan plan,
        Duration solveTime) {}
