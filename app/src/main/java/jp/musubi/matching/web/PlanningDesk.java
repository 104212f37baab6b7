package jp.musubi.matching.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.identity.PersonId;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.Closures;
import jp.musubi.matching.ConstraintConflict;
import jp.musubi.matching.GreatCircleTravel;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanConstraints;
import jp.musubi.matching.PlanDraft;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanOutcome;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.PlanReasons;
import jp.musubi.matching.Planner;
import jp.musubi.matching.PlanningData;
import jp.musubi.matching.PlanningInput;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Plans;
import jp.musubi.matching.Policy;
import jp.musubi.matching.TradeOff;
import jp.musubi.matching.Wish;
import jp.musubi.response.Response;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes plans of what there is now. Reading is one transaction and keeping another; nothing is held while the solver
 * works.
 */
@Component
class PlanningDesk {

    /** Name and version of the solver, kept with every plan. */
    static final String ENGINE = "musubi-transport-simplex/1";

    private final PlanningData data;
    private final Plans plans;
    private final TransactionTemplate transaction;
    private final Clock realTime;

    PlanningDesk(PlanningData data, Plans plans, TransactionTemplate transaction, Clock realTime) {
        this.data = data;
        this.plans = plans;
        this.transaction = transaction;
        this.realTime = realTime;
    }

    /** What came of planning. */
    sealed interface Result {

        /**
         * A plan that was solved and not kept yet.
         *
         * @param input what it was made from, with counts of what could not be planned
         */
        record Solved(PlanningInput input, PlanningProblem problem, Plan plan, Duration solveTime) implements Result {}

        /** One plan for each equity, to compare and not to keep. */
        record Compared(TradeOff tradeOff, Instant asOf, Choices choices) implements Result {}

        /** The wishes contradict each other. */
        record Contradictory(List<ConstraintConflict> conflicts) implements Result {}
    }

    /**
     * What a person chooses before planning.
     *
     * @param substituteKm how much further a substitute seems to lie; empty = nothing may stand in for anything
     */
    record Choices(double equity, Optional<Integer> substituteKm) {

        static final Choices STANDARD = new Choices(Policy.DEFAULT_EQUITY, Optional.of(Policy.DEFAULT_PENALTY_KM));

        /** What that plan was made with. */
        static Choices of(PlanHead plan) {
            return new Choices(plan.equity(), plan.substitutePenaltyKm());
        }

        Choices withEquity(double other) {
            return new Choices(other, substituteKm);
        }
    }

    /** Plans for the response's now, keeping the wishes in force. */
    Result solve(Response response, Choices choices, PlanProgress progress) {
        Setting setting = setting(response);
        progress.goOn(0, 1);
        return solve(setting.input(), setting.problem(choices), progress);
    }

    /** Plans once for each equity, everything else as chosen. */
    Result compare(Response response, Choices choices, PlanProgress progress) {
        Setting setting = setting(response);
        PlanningProblem problem = setting.problem(choices);
        return TradeOff.of(problem, Runtime.getRuntime().availableProcessors(), progress)
                .<Result>map(tradeOff -> new Result.Compared(tradeOff, setting.now(), choices))
                .orElseGet(() -> solve(setting.input(), problem, progress)); // says what contradicts what
    }

    /**
     * What there is to plan with now, and the wishes in force: any number of plans can be made of it.
     *
     * @param substitutions what the catalogue lets stand in for what
     */
    record Setting(
            PlanningInput input, Instant now, PlanConstraints constraints, Set<Policy.Substitution> substitutions) {

        PlanningProblem problem(Choices choices) {
            Policy policy = Policy.STANDARD.withEquity(choices.equity());
            return new PlanningProblem(
                    now,
                    input.lots(),
                    input.needs(),
                    choices.substituteKm()
                            .map(km -> policy.withSubstitutes(substitutions, km))
                            .orElse(policy),
                    constraints,
                    new GreatCircleTravel(),
                    Closures.NONE);
        }
    }

    Setting setting(Response response) {
        Instant now = response.clock().now(realTime);
        PlanningInput input = transaction.execute(status -> data.read(response.id(), now));
        return new Setting(input, now, constraints(input, plans.listWishes(response.id())), data.listSubstitutions());
    }

    Result solve(PlanningInput input, PlanningProblem problem, PlanProgress progress) {
        long began = System.nanoTime();
        PlanOutcome outcome = Planner.withThreads(Runtime.getRuntime().availableProcessors())
                .watchedBy(progress)
                .plan(problem);
        Duration solveTime = Duration.ofNanos(System.nanoTime() - began);
        if (outcome instanceof PlanOutcome.Contradictory contradictory) {
            return new Result.Contradictory(contradictory.conflicts());
        }
        return new Result.Solved(input, problem, ((PlanOutcome.Planned) outcome).plan(), solveTime);
    }

    /** A solved plan with its reasons. */
    PlanDraft explain(Response response, Result.Solved solved, Optional<PersonId> by) {
        PlanningProblem problem = solved.problem();
        PlanReasons reasons = PlanReasons.of(problem, solved.plan());
        return new PlanDraft(
                response.id(),
                by,
                realTime.instant(),
                ENGINE,
                solved.input().hash(problem.now(), problem.policy(), problem.constraints()),
                problem,
                solved.plan(),
                reasons.listLines(),
                reasons.listShortfalls(),
                solved.solveTime());
    }

    /** Keeps a plan under the next number. */
    PlanHead keep(PlanDraft draft) {
        return plans.keep(draft);
    }

    private static PlanConstraints constraints(PlanningInput input, List<Wish> wishes) {
        Set<LotKey> lots = new HashSet<>();
        for (AvailableLot lot : input.lots()) {
            lots.add(lot.key());
        }
        Set<NeedKey> needs = new HashSet<>();
        for (OpenNeed need : input.needs()) {
            needs.add(need.key());
        }
        return Wish.constraints(wishes, lots, needs);
    }
}
