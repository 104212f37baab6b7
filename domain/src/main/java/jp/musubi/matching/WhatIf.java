package jp.musubi.matching;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a plan would be if there were more: who would get more, who less, and what it would be worth. Only the group of items
 * that can stand in for one another is planned again.
 *
 * @param changes needs that would get another quantity, in the order of their keys
 * @param gain by how much the objective would be better, in its unit (100 m of road for one unit); never negative
 * @param used how many of the units there would be more would be used
 */
public record WhatIf(List<Change> changes, long gain, long used) {

    /** One need, with what it gets and what it would get. */
    public record Change(NeedKey need, long gets, long wouldGet) {}

    public WhatIf {
        changes = List.copyOf(changes);
    }

    /**
     * @param problem whose items share nothing, or at prices of what they share
     * @param more what there would be, under a key of its own
     * @throws IllegalArgumentException if the problem has a lot of that key
     */
    public static WhatIf there(PlanningProblem problem, AvailableLot more) {
        return there(problem, more, 1, PlanProgress.UNWATCHED);
    }

    /**
     * The same, watched; stopped early it says too little.
     *
     * @param threads how many to use, at least 1
     */
    public static WhatIf there(PlanningProblem problem, AvailableLot more, int threads, PlanProgress progress) {
        if (problem.lots().stream().anyMatch(lot -> lot.key().equals(more.key()))) {
            throw new IllegalArgumentException("There is a lot " + more.key() + " already.");
        }
        PlanningProblem group = groupOf(problem, more.item());
        List<AvailableLot> lots = new ArrayList<>(group.lots());
        lots.add(more);
        Planner planner = Planner.withThreads(threads).watchedBy(progress);
        Plan before = solve(group, planner);
        Plan after = solve(group.withLots(lots), planner.startingFrom(PlanStart.of(group, before)));
        return between(
                group,
                before.lines(),
                before.figures().objective(),
                after,
                line -> line.lot().equals(more.key()));
    }

    /**
     * What differs between two plans.
     *
     * @param objective of the lines before
     * @param isMore which lines after are counted as used
     */
    public static WhatIf between(
            PlanningProblem problem,
            List<PlanLine> before,
            BigInteger objective,
            Plan after,
            Predicate<PlanLine> isMore) {
        Map<NeedKey, Long> gets = served(before);
        Map<NeedKey, Long> wouldGet = served(after.lines());
        List<Change> changes = problem.needs().stream()
                .map(need -> new Change(
                        need.key(), gets.getOrDefault(need.key(), 0L), wouldGet.getOrDefault(need.key(), 0L)))
                .filter(change -> change.gets() != change.wouldGet())
                .sorted(Comparator.comparing(Change::need))
                .toList();
        return new WhatIf(
                changes,
                objective
                        .subtract(after.figures().objective())
                        .max(BigInteger.ZERO)
                        .longValueExact(),
                after.lines().stream()
                        .filter(isMore)
                        .mapToLong(PlanLine::quantity)
                        .sum());
    }

    /** The part of a problem that an item has to do with. */
    private static PlanningProblem groupOf(PlanningProblem problem, String item) {
        List<Market> markets = Market.of(problem, problem.lots(), problem.needs());
        Market own = markets.stream()
                .filter(market -> Arrays.stream(market.lots())
                                .anyMatch(lot ->
                                        fits(problem, problem.lots().get(lot).item(), item))
                        || Arrays.stream(market.needs())
                                .anyMatch(need ->
                                        fits(problem, problem.needs().get(need).item(), item)))
                .findFirst()
                .orElse(new Market(new int[0], new int[0]));
        List<AvailableLot> lots =
                Arrays.stream(own.lots()).mapToObj(problem.lots()::get).toList();
        List<OpenNeed> needs =
                Arrays.stream(own.needs()).mapToObj(problem.needs()::get).toList();
        Set<LotKey> lotKeys = new HashSet<>();
        lots.forEach(lot -> lotKeys.add(lot.key()));
        PlanConstraints all = problem.constraints();
        PlanConstraints constraints = new PlanConstraints(
                all.locks().stream()
                        .filter(lock -> lotKeys.contains(lock.lot()))
                        .toList(),
                all.bans().stream().filter(ban -> lotKeys.contains(ban.lot())).toList());
        return new PlanningProblem(
                problem.now(),
                lots,
                needs,
                problem.policy(),
                constraints,
                problem.travel(),
                problem.closures(),
                problem.sharing(),
                problem.surcharges());
    }

    private static boolean fits(PlanningProblem problem, String one, String other) {
        return problem.policy().fits(one, other) || problem.policy().fits(other, one);
    }

    private static Plan solve(PlanningProblem problem, Planner planner) {
        PlanOutcome outcome = planner.plan(problem);
        if (outcome instanceof PlanOutcome.Planned planned) {
            return planned.plan();
        }
        throw new IllegalArgumentException("The constraints contradict each other, so there was no plan: " + outcome);
    }

    /** What each need gets; needs without a line are not there. */
    static Map<NeedKey, Long> served(List<PlanLine> lines) {
        Map<NeedKey, Long> served = new HashMap<>();
        lines.forEach(line -> served.merge(line.need(), line.quantity(), Long::sum));
        return served;
    }
}
