package jp.musubi.matching;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import jp.musubi.matching.Journeys.Journey;
import jp.musubi.matching.LinearPrograms.LinearProgram;
import jp.musubi.matching.LinearPrograms.Solution;

/**
 * Plans that keep what items share: limits of hubs, and evenness between communities and municipalities.
 *
 * <p>Items are planned one by one by {@link Planner}, at prices for what they share. A small linear program mixes the plans
 * made so far so that limits are kept and says better prices; this goes on until the mixture is as good as any plan could be
 * (G. B. Dantzig and P. Wolfe, Decomposition principle for linear programs, Operations Research 8, 1960; prices are smoothed
 * as by P. Wentges, International Transactions in Operational Research 4, 1997). What the mixture says is rounded down to
 * whole units, and the rest is given where it gains most. Each planning at prices proves a bound, so the gap is known.
 */
public final class SharedPlanner {

    private static final int MOST_ROUNDS = 60;

    /** When the mixture is this near to the bound, better prices are not worth the time. */
    private static final double NEAR = 2e-4;

    /** How much prices keep of those that proved most so far. */
    private static final double STEADINESS = 0.5;

    /** What the linear program's objective is about. */
    private static final double USUAL_COST = 10_000;

    /** Shares that rounding made, and no more. */
    private static final double NOTHING = 1e-7;

    private final LinearPrograms programs;
    private final int threads;
    private final PlanProgress progress;

    public SharedPlanner(LinearPrograms programs, int threads, PlanProgress progress) {
        this.programs = programs;
        this.threads = threads;
        this.progress = progress;
    }

    /** Whether a problem has anything that items share. */
    public static boolean isNeededFor(PlanningProblem problem) {
        return problem.policy().fairness().joinsItems()
                || !problem.sharing().limits().isEmpty()
                || problem.policy().limits().bindsShipments();
    }

    /** Plans, or says which constraints contradict each other. */
    public PlanOutcome plan(PlanningProblem problem) {
        Planner planner = Planner.withThreads(threads).watchedBy(progress);
        PlanOutcome first = planner.plan(problem);
        return first instanceof PlanOutcome.Planned planned ? new Work(problem, planned.plan()).plan() : first;
    }

    /** One market's part of a plan. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier inside this class, never compared
    private record Part(int market, int variable, List<PlanLine> lines) {}

    private final class Work {
        private final PlanningProblem problem;
        private final List<AvailableLot> lots;
        private final List<OpenNeed> needs;
        private final Journeys journeys;
        private final OwnValue own;
        private final SharedValue value;
        private final List<PlanLine> decided;

        /** What each limit allows: at least what people have decided. */
        private final double[] limits;

        // The linear program counts in shares of these, because solvers like numbers near 1.
        private final double[] limitScale;
        private final double costScale;

        private final List<Part> parts = new ArrayList<>();

        private double[] limitPrices;
        private double[] groupPrices;
        private double bestBound = Double.NEGATIVE_INFINITY;
        private double[] bestLimitPrices;
        private double[] bestGroupPrices;
        private Plan bestPlan;
        private int rounds;

        Work(PlanningProblem problem, Plan first) {
            this.problem = problem;
            lots = problem.lots().stream()
                    .sorted(Comparator.comparing(AvailableLot::key))
                    .toList();
            needs = problem.needs().stream()
                    .sorted(Comparator.comparing(OpenNeed::key))
                    .toList();
            journeys = new Journeys(problem, lots, needs);
            own = new OwnValue(problem, needs);
            value = new SharedValue(problem, needs);
            limits = problem.sharing().limits().stream()
                    .mapToDouble(Sharing.Limit::most)
                    .toArray();
            limitPrices = new double[limits.length];
            groupPrices = new double[value.groups()];
            bestLimitPrices = limitPrices;
            bestGroupPrices = groupPrices;
            bestPlan = first;
            decided = first.lines().stream().filter(PlanLine::locked).toList();
            // What people have decided goes out, even if the hub is overloaded by it.
            double[] load = new double[limits.length];
            for (PlanLine line : decided) {
                Journey journey = journeys.of(line);
                for (int i = 0; i < journey.limits().length; i++) {
                    int limit = journey.limits()[i];
                    load[limit] += journeys.countsLines(limit) ? 1 : journey.uses()[i] * line.quantity();
                }
            }
            Arrays.setAll(limits, limit -> Math.max(limits[limit], load[limit]));
            limitScale = Arrays.stream(limits).map(limit -> Math.max(1, limit)).toArray();
            costScale = Math.max(1, Math.abs(first.figures().objective().doubleValue()) / USUAL_COST);
        }

        PlanOutcome plan() {
            try (LinearProgram mixture = programs.begin()) {
                int[] limitRows = new int[limits.length];
                Arrays.setAll(
                        limitRows,
                        limit -> mixture.addRow(Double.NEGATIVE_INFINITY, limits[limit] / limitScale[limit]));
                int[] groupRows = new int[value.groups()];
                for (int group = 0; group < groupRows.length; group++) {
                    groupRows[group] = mixture.addRow(Double.NEGATIVE_INFINITY, 0);
                    for (int tier = 0; tier < Policy.TIERS; tier++) {
                        mixture.addVariable(
                                1,
                                -value.bonus(group, tier) * value.tierSize(group) / costScale,
                                new int[] {groupRows[group]},
                                new double[] {1});
                    }
                }
                int[] marketRows = new int[journeys.markets()];
                Arrays.setAll(marketRows, market -> mixture.addRow(1, 1));

                addParts(mixture, limitRows, groupRows, marketRows, decided);
                Plan plan = bestPlan;
                PlanStart start = PlanStart.of(problem, plan);
                Solution solution;
                while (true) {
                    rounds++;
                    noteBound(plan);
                    addParts(mixture, limitRows, groupRows, marketRows, plan.lines());
                    solution = mixture.solve();
                    double gap = (solution.objective() * costScale - bestBound) / Math.max(1, Math.abs(bestBound));
                    progress.foundPlan(Math.max(0, gap));
                    if (gap <= NEAR || rounds == MOST_ROUNDS || !progress.goOn(rounds, MOST_ROUNDS)) {
                        break;
                    }
                    double[] duals = solution.prices();
                    limitPrices =
                            smooth(bestLimitPrices, limit -> -duals[limitRows[limit]] * costScale / limitScale[limit]);
                    groupPrices = smooth(
                            bestGroupPrices, group -> -duals[groupRows[group]] * costScale / value.tierSize(group));
                    PlanningProblem priced = problem.withSurcharges(surcharges());
                    PlanOutcome next = Planner.withThreads(threads)
                            .watchedBy((done, total) -> progress.goOn(rounds, MOST_ROUNDS))
                            .startingFrom(start)
                            .plan(priced);
                    plan = ((PlanOutcome.Planned) next).plan();
                    start = start.with(priced, plan);
                }
                return new PlanOutcome.Shared(plan(whole(solution.values())));
            }
        }

        private double[] smooth(double[] best, IntToDoubleFunction latest) {
            double[] prices = new double[best.length];
            Arrays.setAll(prices, i -> STEADINESS * best[i] + (1 - STEADINESS) * Math.max(0, latest.applyAsDouble(i)));
            return prices;
        }

        /** What is worth more is rounded up, so that the bound stays true. */
        private Surcharges surcharges() {
            Map<NeedKey, Integer> ofNeeds = new HashMap<>();
            for (int need = 0; need < needs.size(); need++) {
                double more = 0;
                for (int group : value.groupsOf(need)) {
                    more += groupPrices[group] * value.worthOfUnit(need);
                }
                if (more > 0) {
                    ofNeeds.put(needs.get(need).key(), (int) Math.ceil(more));
                }
            }
            boolean priced = Arrays.stream(limitPrices).anyMatch(price -> price > 0);
            return new Surcharges(priced ? Arrays.stream(limitPrices).boxed().toList() : List.of(), ofNeeds);
        }

        private void noteBound(Plan plan) {
            double bound = plan.figures().lowerBound().doubleValue();
            for (int limit = 0; limit < limits.length; limit++) {
                bound -= limitPrices[limit] * limits[limit];
            }
            for (int group = 0; group < groupPrices.length; group++) {
                bound -= value.mostAt(group, groupPrices[group]);
            }
            if (bound > bestBound) {
                bestBound = bound;
                bestLimitPrices = limitPrices;
                bestGroupPrices = groupPrices;
                bestPlan = plan;
            }
        }

        /** Offers a plan to the mixture, market by market. */
        private void addParts(
                LinearProgram mixture, int[] limitRows, int[] groupRows, int[] marketRows, List<PlanLine> lines) {
            List<List<PlanLine>> byMarket = new ArrayList<>();
            for (int market = 0; market < marketRows.length; market++) {
                byMarket.add(new ArrayList<>());
            }
            for (PlanLine line : lines) {
                byMarket.get(journeys.marketOf(journeys.of(line))).add(line);
            }
            for (int market = 0; market < marketRows.length; market++) {
                double cost = 0;
                Map<Integer, Long> served = new TreeMap<>();
                Map<Integer, Double> terms = new TreeMap<>();
                terms.put(marketRows[market], 1.0);
                for (PlanLine line : byMarket.get(market)) {
                    Journey journey = journeys.of(line);
                    cost += (double) journey.line().unitCost() * line.quantity();
                    served.merge(journey.need(), line.quantity(), Long::sum);
                    for (int i = 0; i < journey.limits().length; i++) {
                        int limit = journey.limits()[i];
                        terms.merge(
                                limitRows[limit], journey.uses()[i] * line.quantity() / limitScale[limit], Double::sum);
                    }
                    for (int group : value.groupsOf(journey.need())) {
                        double tiers = value.worthOfUnit(journey.need()) * line.quantity() / value.tierSize(group);
                        terms.merge(groupRows[group], -tiers, Double::sum);
                    }
                }
                for (Map.Entry<Integer, Long> need : served.entrySet()) {
                    cost -= own.of(need.getKey(), need.getValue());
                }
                int variable = mixture.addVariable(
                        Double.POSITIVE_INFINITY,
                        cost / costScale,
                        terms.keySet().stream().mapToInt(Integer::intValue).toArray(),
                        terms.values().stream().mapToDouble(Double::doubleValue).toArray());
                parts.add(new Part(market, variable, byMarket.get(market)));
            }
        }

        /** The mixture in whole units, what carries most first, and the rest where it gains most. */
        private WholeUnits whole(double[] shares) {
            Map<Journey, Double> mixed = new HashMap<>();
            for (Part part : parts) {
                if (shares[part.variable()] > NOTHING) {
                    for (PlanLine line : part.lines()) {
                        if (!line.locked()) {
                            mixed.merge(journeys.of(line), shares[part.variable()] * line.quantity(), Double::sum);
                        }
                    }
                }
            }
            WholeUnits whole =
                    new WholeUnits(problem, lots, needs, journeys, own, value, limits, bestLimitPrices, decided);
            mixed.entrySet().stream()
                    .sorted(Map.Entry.<Journey, Double>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey(Journeys.ORDER)))
                    .forEach(flow -> whole.give(flow.getKey(), flow.getValue()));
            whole.giveRest();
            return whole;
        }

        private SharedPlan plan(WholeUnits whole) {
            List<PlanLine> lines = new ArrayList<>();
            BigInteger objective = BigInteger.ZERO;
            for (Map.Entry<Journey, Long> flow : whole.units().entrySet()) {
                PlanLine line = flow.getKey()
                        .withQuantity(flow.getValue(), flow.getKey().line().unitCost());
                lines.add(line);
                objective = objective.add(
                        BigInteger.valueOf(line.quantity()).multiply(BigInteger.valueOf(line.unitCost())));
            }
            lines.sort(Comparator.comparing(PlanLine::lot).thenComparing(PlanLine::need));
            double worth = 0;
            long[] served = new long[needs.size()];
            for (int need = 0; need < served.length; need++) {
                served[need] = whole.served(need);
                worth += own.of(need, served[need]);
            }
            for (int group = 0; group < value.groups(); group++) {
                worth += value.of(group, whole.covered(group));
            }
            objective = objective.subtract(
                    new BigDecimal(worth).setScale(0, RoundingMode.HALF_UP).toBigInteger());
            BigInteger lowerBound = new BigDecimal(bestBound)
                    .setScale(0, RoundingMode.FLOOR)
                    .toBigInteger()
                    .min(objective);
            Plan plan = new Plan(
                    lines,
                    Planner.figures(problem, needs, served, lines, objective, lowerBound, rounds),
                    bestPlan.prices());
            limitPrices = bestLimitPrices;
            groupPrices = bestGroupPrices;
            PlanningProblem priced = problem.withSurcharges(surcharges());
            Journeys pricedJourneys = new Journeys(priced, lots, needs);
            Plan atThePrices = new Plan(
                    lines.stream()
                            .map(line -> line.locked()
                                    ? line
                                    : pricedJourneys
                                            .of(line)
                                            .withQuantity(
                                                    line.quantity(),
                                                    pricedJourneys
                                                            .of(line)
                                                            .line()
                                                            .unitCost()))
                            .toList(),
                    plan.figures(),
                    plan.prices());
            List<SharedPlan.Load> loads = new ArrayList<>();
            for (int limit = 0; limit < limits.length; limit++) {
                loads.add(new SharedPlan.Load(
                        problem.sharing().limits().get(limit).withMost(limits[limit]),
                        limits[limit] - whole.room(limit),
                        bestLimitPrices[limit]));
            }
            return new SharedPlan(plan, priced, atThePrices, loads);
        }
    }
}
