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
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import jp.musubi.matching.LinearPrograms.LinearProgram;
import jp.musubi.matching.LinearPrograms.Solution;
import jp.musubi.matching.SharedPlan.HubLoad;

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

    /** Costs stay in the range of int. */
    private static final int LARGEST_SURCHARGE = 1 << 29;

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
                || !problem.sharing().limits().isEmpty();
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

    private record Pair(int lot, int need) {}

    private final class Work {
        private final PlanningProblem problem;
        private final List<AvailableLot> lots;
        private final List<OpenNeed> needs;
        private final Map<LotKey, Integer> lotPlaces = new HashMap<>();
        private final Map<NeedKey, Integer> needPlaces = new HashMap<>();
        private final int[] marketOfNeed;
        private final int markets;
        private final List<String> hubs;
        private final int[] hubOfLot;
        private final double[] kilograms;
        private final double[] limits;
        private final SharedValue value;

        // The linear program counts in shares of these, because solvers like numbers near 1.
        private final double[] hubScale;
        private final double costScale;

        private final List<Part> parts = new ArrayList<>();
        private final Map<Pair, PlanLine> known = new HashMap<>();

        private double[] hubPrices;
        private double[] groupPrices;
        private double bestBound = Double.NEGATIVE_INFINITY;
        private double[] bestHubPrices;
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
            for (int i = 0; i < lots.size(); i++) {
                lotPlaces.put(lots.get(i).key(), i);
            }
            for (int i = 0; i < needs.size(); i++) {
                needPlaces.put(needs.get(i).key(), i);
            }
            List<Market> groups = Market.of(problem, lots, needs);
            markets = groups.size();
            marketOfNeed = new int[needs.size()];
            for (int market = 0; market < markets; market++) {
                for (int need : groups.get(market).needs()) {
                    marketOfNeed[need] = market;
                }
            }
            Sharing sharing = problem.sharing();
            hubs = List.copyOf(new TreeSet<>(sharing.limits().keySet()));
            hubOfLot = new int[lots.size()];
            kilograms = new double[lots.size()];
            for (int i = 0; i < hubOfLot.length; i++) {
                String hub = sharing.hubs().get(lots.get(i).key());
                kilograms[i] = sharing.kilograms().getOrDefault(lots.get(i).item(), 0.0);
                hubOfLot[i] = hub == null || kilograms[i] == 0 ? -1 : hubs.indexOf(hub);
            }
            limits = hubs.stream().mapToDouble(sharing.limits()::get).toArray();
            value = new SharedValue(problem, needs);
            hubPrices = new double[limits.length];
            groupPrices = new double[value.groups()];
            bestHubPrices = hubPrices;
            bestGroupPrices = groupPrices;
            bestPlan = first;
            // What people have decided goes out, even if the hub is overloaded by it.
            double[] decided = new double[limits.length];
            for (PlanLine line : first.lines()) {
                int lot = lot(line);
                if (line.locked() && hubOfLot[lot] >= 0) {
                    decided[hubOfLot[lot]] += kilograms[lot] * line.quantity();
                }
            }
            Arrays.setAll(limits, hub -> Math.max(limits[hub], decided[hub]));
            hubScale = Arrays.stream(limits).map(limit -> Math.max(1, limit)).toArray();
            costScale = Math.max(1, Math.abs(first.figures().objective().doubleValue()) / USUAL_COST);
        }

        private int lot(PlanLine line) {
            return Objects.requireNonNull(lotPlaces.get(line.lot()));
        }

        private int need(PlanLine line) {
            return Objects.requireNonNull(needPlaces.get(line.need()));
        }

        PlanOutcome plan() {
            try (LinearProgram mixture = programs.begin()) {
                int[] hubRows = new int[limits.length];
                Arrays.setAll(hubRows, hub -> mixture.addRow(Double.NEGATIVE_INFINITY, limits[hub] / hubScale[hub]));
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
                int[] marketRows = new int[markets];
                Arrays.setAll(marketRows, market -> mixture.addRow(1, 1));

                addParts(
                        mixture,
                        hubRows,
                        groupRows,
                        marketRows,
                        bestPlan.lines().stream().filter(PlanLine::locked).toList(),
                        Surcharges.NONE);
                Plan plan = bestPlan;
                Surcharges surcharges = Surcharges.NONE;
                Solution solution;
                while (true) {
                    rounds++;
                    noteBound(plan);
                    addParts(mixture, hubRows, groupRows, marketRows, plan.lines(), surcharges);
                    solution = mixture.solve();
                    double gap = (solution.objective() * costScale - bestBound) / Math.max(1, Math.abs(bestBound));
                    if (gap <= NEAR || rounds == MOST_ROUNDS || !progress.goOn(rounds, MOST_ROUNDS)) {
                        break;
                    }
                    double[] duals = solution.prices();
                    hubPrices = smooth(bestHubPrices, hub -> -duals[hubRows[hub]] * costScale / hubScale[hub]);
                    groupPrices = smooth(
                            bestGroupPrices, group -> -duals[groupRows[group]] * costScale / value.tierSize(group));
                    surcharges = surcharges();
                    PlanOutcome next = Planner.withThreads(threads)
                            .watchedBy((done, total) -> progress.goOn(rounds, MOST_ROUNDS))
                            .startingFrom(plan)
                            .plan(problem.withSurcharges(surcharges));
                    plan = ((PlanOutcome.Planned) next).plan();
                }
                return new PlanOutcome.Shared(whole(solution.values()));
            }
        }

        private double[] smooth(double[] best, IntToDoubleFunction latest) {
            double[] prices = new double[best.length];
            Arrays.setAll(prices, i -> STEADINESS * best[i] + (1 - STEADINESS) * Math.max(0, latest.applyAsDouble(i)));
            return prices;
        }

        /** Rounded so that the bound stays true: what costs more is rounded down, what is worth more is rounded up. */
        private Surcharges surcharges() {
            Map<LotKey, Integer> ofLots = new HashMap<>();
            for (int lot = 0; lot < hubOfLot.length; lot++) {
                int surcharge = hubOfLot[lot] < 0 ? 0 : (int) Math.floor(hubPrices[hubOfLot[lot]] * kilograms[lot]);
                if (surcharge > 0) {
                    ofLots.put(lots.get(lot).key(), Math.min(surcharge, LARGEST_SURCHARGE));
                }
            }
            Map<NeedKey, Integer> ofNeeds = new HashMap<>();
            for (int need = 0; need < marketOfNeed.length; need++) {
                double more = 0;
                for (int group : value.groupsOf(need)) {
                    more += groupPrices[group] * value.worthOfUnit(need);
                }
                if (more > 0) {
                    ofNeeds.put(needs.get(need).key(), (int) Math.ceil(more));
                }
            }
            return new Surcharges(ofLots, ofNeeds);
        }

        private void noteBound(Plan plan) {
            double bound = plan.figures().lowerBound().doubleValue();
            for (int hub = 0; hub < limits.length; hub++) {
                bound -= hubPrices[hub] * limits[hub];
            }
            for (int group = 0; group < groupPrices.length; group++) {
                bound -= value.mostAt(group, groupPrices[group]);
            }
            if (bound > bestBound) {
                bestBound = bound;
                bestHubPrices = hubPrices;
                bestGroupPrices = groupPrices;
                bestPlan = plan;
            }
        }

        /** Offers a plan to the mixture, market by market. */
        private void addParts(
                LinearProgram mixture,
                int[] hubRows,
                int[] groupRows,
                int[] marketRows,
                List<PlanLine> lines,
                Surcharges surcharges) {
            List<List<PlanLine>> byMarket = new ArrayList<>();
            for (int market = 0; market < markets; market++) {
                byMarket.add(new ArrayList<>());
            }
            for (PlanLine line : lines) {
                PlanLine own = atCost(line, line.unitCost() - surcharges.of(line.lot()));
                byMarket.get(marketOfNeed[need(line)]).add(own);
                known.putIfAbsent(new Pair(lot(line), need(line)), own);
            }
            for (int market = 0; market < markets; market++) {
                double cost = 0;
                Map<Integer, Long> served = new TreeMap<>();
                Map<Integer, Double> terms = new TreeMap<>();
                terms.put(marketRows[market], 1.0);
                for (PlanLine line : byMarket.get(market)) {
                    int lot = lot(line);
                    int need = need(line);
                    cost += (double) line.unitCost() * line.quantity();
                    served.merge(need, line.quantity(), Long::sum);
                    if (hubOfLot[lot] >= 0) {
                        int hub = hubOfLot[lot];
                        terms.merge(hubRows[hub], kilograms[lot] * line.quantity() / hubScale[hub], Double::sum);
                    }
                    for (int group : value.groupsOf(need)) {
                        double tiers = value.worthOfUnit(need) * line.quantity() / value.tierSize(group);
                        terms.merge(groupRows[group], -tiers, Double::sum);
                    }
                }
                for (Map.Entry<Integer, Long> need : served.entrySet()) {
                    cost -= ownValue(need.getKey(), need.getValue());
                }
                int variable = mixture.addVariable(
                        Double.POSITIVE_INFINITY,
                        cost / costScale,
                        terms.keySet().stream().mapToInt(Integer::intValue).toArray(),
                        terms.values().stream().mapToDouble(Double::doubleValue).toArray());
                parts.add(new Part(market, variable, byMarket.get(market)));
            }
        }

        /** What so many units are worth to a need by itself. */
        private double ownValue(int need, long units) {
            long[] sizes = Policy.tierSizes(needs.get(need).quantity());
            int[] values = problem.tierValues(needs.get(need));
            double worth = 0;
            long left = units;
            for (int tier = 0; tier < sizes.length && left > 0; tier++) {
                long part = Math.min(left, sizes[tier]);
                worth += (double) part * values[tier];
                left -= part;
            }
            return worth;
        }

        /** The mixture in whole units, and the rest where it gains most. */
        private SharedPlan whole(double[] shares) {
            Comparator<Pair> order = Comparator.comparingInt(Pair::lot).thenComparingInt(Pair::need);
            Map<Pair, Double> mixed = new TreeMap<>(order);
            Map<Pair, Long> units = new TreeMap<>(order);
            for (Part part : parts) {
                if (shares[part.variable()] > NOTHING) {
                    for (PlanLine line : part.lines()) {
                        Pair pair = new Pair(lot(line), need(line));
                        if (line.locked()) {
                            units.put(pair, line.quantity());
                        } else {
                            mixed.merge(pair, shares[part.variable()] * line.quantity(), Double::sum);
                        }
                    }
                }
            }
            Rest rest = new Rest(units);
            // Shares are exact to some digits only, which at the largest quantities are whole units.
            mixed.forEach((pair, quantity) -> rest.give(pair, (long) Math.floor(quantity + NOTHING)));
            rest.give();
            return plan(units, rest);
        }

        private SharedPlan plan(Map<Pair, Long> units, Rest rest) {
            List<PlanLine> lines = new ArrayList<>();
            BigInteger objective = BigInteger.ZERO;
            for (Map.Entry<Pair, Long> flow : units.entrySet()) {
                PlanLine line = withQuantity(Objects.requireNonNull(known.get(flow.getKey())), flow.getValue());
                lines.add(line);
                objective = objective.add(
                        BigInteger.valueOf(line.quantity()).multiply(BigInteger.valueOf(line.unitCost())));
            }
            lines.sort(Comparator.comparing(PlanLine::lot).thenComparing(PlanLine::need));
            double worth = 0;
            for (int need = 0; need < rest.served.length; need++) {
                worth += ownValue(need, rest.served[need]);
            }
            for (int group = 0; group < rest.covered.length; group++) {
                worth += value.of(group, rest.covered[group]);
            }
            objective = objective.subtract(
                    new BigDecimal(worth).setScale(0, RoundingMode.HALF_UP).toBigInteger());
            BigInteger lowerBound = new BigDecimal(bestBound)
                    .setScale(0, RoundingMode.FLOOR)
                    .toBigInteger()
                    .min(objective);
            Plan plan = new Plan(
                    lines,
                    Planner.figures(problem, needs, rest.served, lines, objective, lowerBound, rounds),
                    bestPlan.prices());
            hubPrices = bestHubPrices;
            groupPrices = bestGroupPrices;
            Surcharges surcharges = surcharges();
            Plan atThePrices = new Plan(
                    lines.stream()
                            .map(line -> atCost(line, line.unitCost() + surcharges.of(line.lot())))
                            .toList(),
                    plan.figures(),
                    plan.prices());
            Map<String, HubLoad> loads = new TreeMap<>();
            for (int hub = 0; hub < limits.length; hub++) {
                loads.put(hubs.get(hub), new HubLoad(limits[hub] - rest.room[hub], limits[hub], bestHubPrices[hub]));
            }
            return new SharedPlan(plan, problem.withSurcharges(surcharges), atThePrices, loads);
        }

        private PlanLine atCost(PlanLine line, long unitCost) {
            return new PlanLine(
                    line.lot(),
                    line.need(),
                    line.item(),
                    line.unit(),
                    line.quantity(),
                    line.km(),
                    line.arrival(),
                    unitCost,
                    line.locked());
        }

        private PlanLine withQuantity(PlanLine line, long quantity) {
            return new PlanLine(
                    line.lot(),
                    line.need(),
                    line.item(),
                    line.unit(),
                    quantity,
                    line.km(),
                    line.arrival(),
                    line.unitCost(),
                    line.locked());
        }

        /** What lots, needs and hubs have left beside some lines, and giving it out. */
        private final class Rest {
            private final Map<Pair, Long> units;
            private final long[] left = new long[hubOfLot.length];
            private final long[] served = new long[marketOfNeed.length];
            private final double[] room = limits.clone();
            private final double[] covered = new double[value.groups()];

            Rest(Map<Pair, Long> units) {
                this.units = units;
                Arrays.setAll(left, lot -> lots.get(lot).quantity());
                units.forEach(this::take);
            }

            private void take(Pair pair, long quantity) {
                left[pair.lot()] -= quantity;
                served[pair.need()] += quantity;
                if (hubOfLot[pair.lot()] >= 0) {
                    room[hubOfLot[pair.lot()]] -= kilograms[pair.lot()] * quantity;
                }
                for (int group : value.groupsOf(pair.need())) {
                    covered[group] += value.worthOfUnit(pair.need()) * quantity;
                }
            }

            private record Offer(Pair pair, double gain) {}

            /** Gives so many units, or as many as there are, are asked for and can leave the hub. */
            void give(Pair pair, long quantity) {
                long possible = Math.min(quantity, possible(pair));
                if (possible > 0) {
                    take(pair, possible);
                    units.merge(pair, possible, Long::sum);
                }
            }

            private long possible(Pair pair) {
                long asked = needs.get(pair.need()).quantity() - served[pair.need()];
                long possible = Math.min(left[pair.lot()], asked);
                int hub = hubOfLot[pair.lot()];
                return hub < 0
                        ? possible
                        : Math.min(possible, (long) Math.floor(room[hub] / kilograms[pair.lot()] + NOTHING));
            }

            /** Gives units where they gain most for what they take of their hub's time, while they gain and there is room. */
            void give() {
                PriorityQueue<Offer> offers = new PriorityQueue<>(Comparator.comparingDouble(Offer::gain)
                        .reversed()
                        .thenComparingInt(offer -> offer.pair().lot())
                        .thenComparingInt(offer -> offer.pair().need()));
                known.forEach((pair, line) -> {
                    if (!line.locked()) {
                        offers.add(new Offer(pair, gainOverHub(pair)));
                    }
                });
                Offer offer;
                while ((offer = offers.poll()) != null) {
                    Pair pair = offer.pair();
                    long quantity = step(pair);
                    if (quantity == 0 || gain(pair) <= 0) {
                        continue; // neither ever grows again
                    }
                    double now = gainOverHub(pair);
                    if (now == offer.gain()) {
                        give(pair, quantity);
                        now = gainOverHub(pair);
                    }
                    offers.add(new Offer(pair, now));
                }
            }

            /** What the next unit of a pair gains. */
            private double gain(Pair pair) {
                double gain = nextValue(pair.need())
                        - Objects.requireNonNull(known.get(pair)).unitCost();
                for (int group : value.groupsOf(pair.need())) {
                    gain += value.next(group, covered[group]) * value.worthOfUnit(pair.need());
                }
                return gain;
            }

            private double gainOverHub(Pair pair) {
                int hub = hubOfLot[pair.lot()];
                return gain(pair) - (hub < 0 ? 0 : bestHubPrices[hub] * kilograms[pair.lot()]);
            }

            private double nextValue(int need) {
                long[] sizes = Policy.tierSizes(needs.get(need).quantity());
                int[] values = problem.tierValues(needs.get(need));
                long below = 0;
                for (int tier = 0; tier < sizes.length; tier++) {
                    below += sizes[tier];
                    if (served[need] < below) {
                        return values[tier];
                    }
                }
                return 0;
            }

            /** How many units of a pair gain about the same and are possible. */
            private long step(Pair pair) {
                OpenNeed need = needs.get(pair.need());
                long units = possible(pair);
                long[] sizes = Policy.tierSizes(need.quantity());
                long below = 0;
                for (long size : sizes) {
                    below += size;
                    if (served[pair.need()] < below) {
                        units = Math.min(units, below - served[pair.need()]);
                        break;
                    }
                }
                if (value.groupsOf(pair.need()).length > 0) {
                    units = Math.min(units, Math.max(1, need.quantity() / 100));
                }
                return Math.max(0, units);
            }
        }
    }
}
