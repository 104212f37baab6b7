package jp.musubi.matching;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;

/**
 * A kept plan without its lines.
 *
 * @param number counts from 1 within the response; people call the plan by it
 * @param madeAt real time
 * @param asOf the response's time it was planned for
 * @param substitutePenaltyKm see {@link Policy}; empty if nothing could stand in for anything
 * @param engine name and version of the solver that made it
 * @param policy by which policy; empty for plans from before policies had names
 * @param inputHash see {@link PlanInputs.Kept}
 * @param inputFile where the input is kept; empty for plans from before it was
 */
public record PlanHead(
        PlanId id,
        ResponseId response,
        int number,
        Optional<PersonId> madeBy,
        Instant madeAt,
        Instant asOf,
        double equity,
        Optional<Integer> substitutePenaltyKm,
        Optional<PolicyUse> policy,
        String engine,
        String inputHash,
        Optional<String> inputFile,
        int lots,
        int needs,
        BigInteger objective,
        BigInteger lowerBound,
        long servedUnits,
        long unmetUnits,
        @Nullable Double weightedUnmet,
        @Nullable Double coverageP10,
        @Nullable Double coverageMedian,
        @Nullable Double zeroShare,
        double unitKm,
        int rounds,
        long solveMillis,
        int lines,
        int acceptedLines) {

    /** Whether it is proven that no plan is better. */
    public boolean certified() {
        return objective.equals(lowerBound);
    }

    /** See {@link PlanFigures#gap()}. */
    public double gap() {
        return PlanFigures.gap(objective, lowerBound);
    }

    /** Where the input is; empty for plans from before it was kept. */
    public Optional<PlanInputs.Kept> input() {
        return inputFile.map(file -> new PlanInputs.Kept(inputHash, file));
    }
}
