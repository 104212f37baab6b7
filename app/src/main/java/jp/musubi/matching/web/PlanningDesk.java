package jp.musubi.matching.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.musubi.catalog.ItemId;
import jp.musubi.identity.PersonId;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.Closures;
import jp.musubi.matching.ConstraintConflict;
import jp.musubi.matching.GreatCircleTravel;
import jp.musubi.matching.LinearPrograms;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanConstraints;
import jp.musubi.matching.PlanDraft;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanInputs;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanOutcome;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.PlanReasons;
import jp.musubi.matching.PlanStart;
import jp.musubi.matching.Planner;
import jp.musubi.matching.PlanningData;
import jp.musubi.matching.PlanningInput;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Plans;
import jp.musubi.matching.Policies;
import jp.musubi.matching.Policy;
import jp.musubi.matching.PolicyTerms;
import jp.musubi.matching.PolicyUse;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.matching.SharedPlan;
import jp.musubi.matching.SharedPlanner;
import jp.musubi.matching.Sharing;
import jp.musubi.matching.TradeOff;
import jp.musubi.matching.WhatIf;
import jp.musubi.matching.Wish;
import jp.musubi.place.HubId;
import jp.musubi.place.Position;
import jp.musubi.response.Response;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes plans of what there is now. Reading is one transaction and keeping another; nothing is held while the solver
 * works.
 */
@Component
class PlanningDesk {

    /** Name and version of the solver, kept with every plan. Another version may choose differently between equals. */
    static final String ENGINE = "musubi-transport-simplex/3";

    /** The same where items share something. */
    static final String SHARED_ENGINE = "musubi-shared-plans/2";

    private final PlanningData data;
    private final Plans plans;
    private final Policies policies;
    private final PlanInputs inputs;
    private final PlanStarts starts;
    private final LinearPrograms programs;
    private final TransactionTemplate transaction;
    private final Clock realTime;

    PlanningDesk(
            PlanningData data,
            Plans plans,
            Policies policies,
            PlanInputs inputs,
            PlanStarts starts,
            LinearPrograms programs,
            TransactionTemplate transaction,
            Clock realTime) {
        this.data = data;
        this.plans = plans;
        this.policies = policies;
        this.inputs = inputs;
        this.starts = starts;
        this.programs = programs;
        this.transaction = transaction;
        this.realTime = realTime;
    }

    /**
     * A plan, and the same plan at the prices of what its items share: reasons are read from that.
     *
     * @param engine name and version of the solver
     * @param loads of the limits it keeps to
     */
    record Made(String engine, Plan plan, PlanningProblem priced, Plan atThePrices, List<SharedPlan.Load> loads) {}

    /** What came of planning. */
    sealed interface Result {

        /** A plan that was solved and not kept yet. */
        record Solved(PolicyUse policy, PlanInputs.Input input, Made made, Duration solveTime) implements Result {
            Plan plan() {
                return made.plan();
            }
        }

        /** One plan for each equity, to compare and not to keep. */
        record Compared(TradeOff tradeOff, Instant asOf, Choices choices) implements Result {}

        /** The wishes contradict each other. */
        record Contradictory(List<ConstraintConflict> conflicts) implements Result {}
    }

    /**
     * What a person chooses before planning.
     *
     * @param policy the policy
     * @param terms what to plan by: the policy's terms, or others for this plan only
     */
    record Choices(PolicyVersion policy, PolicyTerms terms) {

        static final Choices STANDARD = of(PolicyVersion.STANDARD);

        static Choices of(PolicyVersion policy) {
            return new Choices(policy, policy.terms());
        }

        double equity() {
            return terms.values().equity();
        }

        Choices withEquity(double other) {
            return new Choices(policy, terms.withEquity(other));
        }

        /**
         * @param km see {@link PolicyTerms#withSubstitutes}
         */
        Choices withSubstitutes(Optional<Integer> km) {
            return new Choices(policy, terms.withSubstitutes(km));
        }
    }

    /** What that plan was made with. */
    Choices choices(PlanHead plan) {
        return plan.policy()
                .map(use -> new Choices(
                        policies.read(plan.response())
                                .find(use.key(), use.version())
                                .orElse(PolicyVersion.STANDARD),
                        use.terms()))
                .orElseGet(
                        () -> Choices.STANDARD.withEquity(plan.equity()).withSubstitutes(plan.substitutePenaltyKm()));
    }

    /** Plans for the response's now, keeping the wishes in force. */
    Result solve(Response response, Choices choices, PlanProgress progress) {
        Setting setting = setting(response);
        progress.goOn(0, 1);
        return solve(choices, setting.problem(choices), starts.find(response.id()), progress);
    }

    /** Plans once for each equity, everything else as chosen. */
    Result compare(Response response, Choices choices, PlanProgress progress) {
        Setting setting = setting(response);
        PlanningProblem problem = setting.problem(choices);
        return TradeOff.of(problem, programs, Runtime.getRuntime().availableProcessors(), progress)
                .<Result>map(tradeOff -> new Result.Compared(tradeOff, setting.now(), choices))
                .orElseGet(() -> solve(choices, problem, progress)); // says what contradicts what
    }

    /**
     * What there is to plan with now, and the wishes in force: any number of plans can be made of it.
     *
     * @param substitutions what the catalogue lets stand in for what
     */
    record Setting(
            PlanningInput input, Instant now, PlanConstraints constraints, Set<Policy.Substitution> substitutions) {

        PlanningProblem problem(Choices choices) {
            return new PlanningProblem(
                            now,
                            input.lots(),
                            input.needs(),
                            choices.terms().with(substitutions),
                            constraints,
                            new GreatCircleTravel(),
                            Closures.NONE)
                    .withSharing(input.sharing(choices.terms().values(), now));
        }
    }

    Setting setting(Response response) {
        // A clock that runs says more than databases keep, and a plan made again must be the same to the last digit.
        Instant now = response.clock().now(realTime).truncatedTo(ChronoUnit.MILLIS);
        PlanningInput input = transaction.execute(status -> data.read(response.id(), now));
        return new Setting(input, now, constraints(input, plans.listWishes(response.id())), data.listSubstitutions());
    }

    Result solve(Choices choices, PlanningProblem problem, PlanProgress progress) {
        return solve(choices, problem, Optional.empty(), progress);
    }

    private Result solve(
            Choices choices, PlanningProblem problem, Optional<PlanStarts.Ready> begin, PlanProgress progress) {
        Optional<PlanStarts.Ready> used = SharedPlanner.isNeededFor(problem) ? Optional.empty() : begin;
        PlanInputs.Input input = new PlanInputs.Input(problem, used.map(PlanStarts.Ready::kept));
        long began = System.nanoTime();
        PlanOutcome outcome = plan(problem, used.map(PlanStarts.Ready::start), progress);
        Duration solveTime = Duration.ofNanos(System.nanoTime() - began);
        if (outcome instanceof PlanOutcome.Contradictory contradictory) {
            return new Result.Contradictory(contradictory.conflicts());
        }
        return new Result.Solved(
                PolicyUse.of(choices.policy(), choices.terms()), input, made(problem, outcome), solveTime);
    }

    private static Made made(PlanningProblem problem, PlanOutcome outcome) {
        if (outcome instanceof PlanOutcome.Shared shared) {
            SharedPlan plan = shared.plan();
            return new Made(SHARED_ENGINE, plan.plan(), plan.priced(), plan.atThePrices(), plan.loads());
        }
        Plan plan = ((PlanOutcome.Planned) outcome).plan();
        return new Made(ENGINE, plan, problem, plan, List.of());
    }

    private PlanOutcome plan(PlanningProblem problem, Optional<PlanStart> start, PlanProgress progress) {
        int threads = Runtime.getRuntime().availableProcessors();
        if (SharedPlanner.isNeededFor(problem)) {
            return new SharedPlanner(programs, threads, progress).plan(problem);
        }
        Planner planner = Planner.withThreads(threads).watchedBy(progress);
        return start.map(planner::startingFrom).orElse(planner).plan(problem);
    }

    /** A solved plan with its reasons. */
    record Explained(Response response, Result.Solved solved, PlanReasons reasons, Optional<PersonId> by) {}

    Explained explain(Response response, Result.Solved solved, Optional<PersonId> by) {
        return new Explained(
                response,
                solved,
                PlanReasons.of(solved.made().priced(), solved.made().atThePrices()),
                by);
    }

    /** Keeps a plan under the next number, with all that it was made from. */
    PlanHead keep(Explained explained) {
        Result.Solved solved = explained.solved();
        PlanInputs.Kept input = kept(solved.input());
        PlanHead head = Objects.requireNonNull(transaction.execute(status -> plans.keep(new PlanDraft(
                explained.response().id(),
                explained.by(),
                realTime.instant(),
                solved.made().engine(),
                solved.policy(),
                input,
                solved.input().problem(),
                solved.plan(),
                explained.reasons().listLines(),
                explained.reasons().listShortfalls(),
                solved.made().loads(),
                solved.made().atThePrices().prices().needs(),
                solved.solveTime()))));
        if (head.engine().equals(ENGINE)) {
            starts.remember(head.response(), input, solved.input().problem(), solved.plan());
        }
        return head;
    }

    private PlanInputs.Kept kept(PlanInputs.Input input) {
        try {
            return inputs.keep(input);
        } catch (IOException e) {
            throw new UncheckedIOException("What a plan was made from could not be kept.", e);
        }
    }

    /**
     * A kept plan, made again from what it was made from.
     *
     * @param engine what it was made with now
     * @param sameFigures whether objective and bound are the same
     * @param missing lines of the kept plan that did not come again
     * @param added lines that the kept plan did not have
     */
    record Again(
            PlanHead plan,
            String engine,
            boolean sameFigures,
            List<PlanLine> missing,
            List<PlanLine> added,
            Duration solveTime) {

        public boolean identical() {
            return sameFigures && missing.isEmpty() && added.isEmpty();
        }
    }

    /**
     * Makes a kept plan again from its kept input, and compares line by line. What is in stock now does not matter.
     *
     * @throws IOException if the input is not there any more, or is not what was kept
     * @throws IllegalArgumentException if the plan is from before inputs were kept
     */
    Again again(PlanHead kept, PlanProgress progress) throws IOException {
        PlanInputs.Input input = inputs.open(kept.input()
                .orElseThrow(() -> new IllegalArgumentException("Plan " + kept.number() + " has no kept input.")));
        Optional<PlanStart> start = Optional.empty();
        if (input.start().isPresent()) {
            PlanInputs.Start begin = input.start().get();
            start = Optional.of(PlanStart.of(inputs.open(begin.before()).problem(), begin.plan()));
        }
        long began = System.nanoTime();
        Made made = made(input.problem(), plan(input.problem(), start, progress));
        Plan plan = made.plan();
        Duration solveTime = Duration.ofNanos(System.nanoTime() - began);
        Set<PlanLine> before = new LinkedHashSet<>(plans.listLines(kept.id()));
        Set<PlanLine> after = new LinkedHashSet<>(plan.lines());
        return new Again(
                kept,
                made.engine(),
                plan.figures().objective().equals(kept.objective())
                        && plan.figures().lowerBound().equals(kept.lowerBound()),
                before.stream().filter(line -> !after.contains(line)).toList(),
                after.stream().filter(line -> !before.contains(line)).toList(),
                solveTime);
    }

    /** What there might be more of. */
    sealed interface More {

        /** More units of an item, lying somewhere. */
        record Goods(ItemId item, long quantity, Position at) implements More {}

        /** A hub that passes on more. */
        record HubTime(HubId hub, double kilograms) implements More {}
    }

    /**
     * What a kept plan would have been if there had been more.
     *
     * @param problem what the plan was made from
     */
    record Supposed(PlanningProblem problem, WhatIf effect) {}

    /**
     * Plans again with more of something. Where items share nothing, only what has to do with the item is planned. Stopped
     * early, the difference says nothing.
     *
     * @throws IOException if the plan's input is not there any more, or is not what was kept
     * @return empty if the hub has no limit in the plan
     * @throws IllegalArgumentException if the plan is from before inputs were kept
     */
    Optional<Supposed> suppose(PlanHead kept, More more, PlanProgress progress) throws IOException {
        PlanningProblem problem = inputs.open(kept.input()
                        .orElseThrow(
                                () -> new IllegalArgumentException("Plan " + kept.number() + " has no kept input.")))
                .problem();
        PlanningProblem supposed;
        LotKey key = new LotKey("more");
        if (more instanceof More.Goods goods) {
            String item = Long.toString(goods.item().value());
            String unit = problem.needs().stream()
                    .filter(need -> problem.policy().fits(item, need.item()))
                    .map(OpenNeed::unit)
                    .findFirst()
                    .orElse("");
            AvailableLot lot = new AvailableLot(key, item, unit, goods.quantity(), goods.at(), null, null);
            if (!SharedPlanner.isNeededFor(problem)) {
                int threads = Runtime.getRuntime().availableProcessors();
                return Optional.of(new Supposed(problem, WhatIf.there(problem, lot, threads, progress)));
            }
            List<AvailableLot> lots = new ArrayList<>(problem.lots());
            lots.add(lot);
            supposed = problem.withLots(lots);
        } else {
            More.HubTime time = (More.HubTime) more;
            String hub = Long.toString(time.hub().value());
            List<Sharing.Limit> before = problem.sharing().limits();
            List<Sharing.Limit> limits = before.stream()
                    .map(limit ->
                            isWeightFromToday(limit, hub) ? limit.withMost(limit.most() + time.kilograms()) : limit)
                    .toList();
            if (limits.equals(before)) {
                return Optional.empty();
            }
            supposed = problem.withSharing(problem.sharing().withLimits(limits));
        }
        Plan after = made(supposed, plan(supposed, Optional.empty(), progress)).plan();
        return Optional.of(new Supposed(
                problem,
                WhatIf.between(
                        problem,
                        plans.listLines(kept.id()),
                        kept.objective(),
                        after,
                        line -> line.lot().equals(key))));
    }

    private static boolean isWeightFromToday(Sharing.Limit limit, String hub) {
        return limit.hub().equals(hub)
                && limit.measure() == Sharing.Measure.KILOGRAMS
                && limit.municipality() == null
                && limit.firstDay() == 0;
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
