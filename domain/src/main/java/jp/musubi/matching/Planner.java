package jp.musubi.matching;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes plans of proven optimality. Immutable; one planner serves any number of threads.
 *
 * <p>Equal problems give equal plans, whatever the order of their rows and the number of threads.
 */
public final class Planner {

    private final int threads;
    private final PlanProgress progress;
    private final @Nullable PlanStart start;
    private final long pairsAtOnce;
    private final boolean maxMin;

    private Planner(int threads, PlanProgress progress, @Nullable PlanStart start, long pairsAtOnce, boolean maxMin) {
        this.maxMin = maxMin;
        this.threads = threads;
        this.progress = progress;
        this.start = start;
        this.pairsAtOnce = pairsAtOnce;
    }

    /**
     * @param threads how many to use, at least 1
     */
    public static Planner withThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("A plan needs at least 1 thread, but had " + threads + ".");
        }
        return new Planner(threads, PlanProgress.UNWATCHED, null, GroupSolver.PAIRS_AT_ONCE, false);
    }

    public Planner watchedBy(PlanProgress watcher) {
        return new Planner(threads, watcher, start, pairsAtOnce, maxMin);
    }

    /** Begins with a plan for a similar problem. The new one is as good as without, but found sooner. */
    public Planner startingFrom(PlanStart similar) {
        return new Planner(threads, progress, similar, pairsAtOnce, maxMin);
    }

    /**
     * Plans for the far end of equity instead: coverage is raised for all needs of a group together, whoever cannot get
     * more is left where it is ({@link MaxMinCoverage}), and what everybody gets comes over the shortest journeys.
     * Priorities, deadlines' urgency and distance do not decide who gets something. The figures stay those of the policy,
     * so that such a plan can be compared with others; it is no optimum of the policy.
     */
    public Planner levelling() {
        return new Planner(threads, progress, start, pairsAtOnce, true);
    }

    /** Prices pairs in rounds even in small problems, so that tests reach that path. */
    Planner withPairsAtOnce(long limit) {
        return new Planner(threads, progress, start, limit, maxMin);
    }

    /** Plans, or says which constraints contradict each other. */
    public PlanOutcome plan(PlanningProblem problem) {
        List<AvailableLot> lots = new ArrayList<>(problem.lots());
        lots.sort(Comparator.comparing(AvailableLot::key));
        List<OpenNeed> needs = new ArrayList<>(problem.needs());
        needs.sort(Comparator.comparing(OpenNeed::key));
        Decisions decisions = Decisions.of(problem, lots, needs);
        if (!decisions.conflicts().isEmpty()) {
            return new PlanOutcome.Contradictory(decisions.conflicts());
        }
        return new PlanOutcome.Planned(plan(problem, lots, needs, decisions));
    }

    private Plan plan(PlanningProblem problem, List<AvailableLot> lots, List<OpenNeed> needs, Decisions decisions) {
        List<Market> groups = Market.of(problem, lots, needs);
        long allPairs = groups.stream().mapToLong(Market::pairs).sum();
        PlanStart.@Nullable Earlier earlier = start == null ? null : start.seenFrom(problem, lots, needs);
        AtomicLong pairsDone = new AtomicLong();
        PlanGap gap = new PlanGap(progress, problem, needs, groups);
        List<Callable<GroupPlan>> tasks = new ArrayList<>();
        for (int place = 0; place < groups.size(); place++) {
            Market group = groups.get(place);
            GroupSolver.Rounds rounds = gap.ofGroup(place);
            tasks.add(() -> {
                GroupPlan plan = solve(
                        problem,
                        lots,
                        needs,
                        decisions,
                        group,
                        earlier,
                        () -> progress.goOn(pairsDone.get(), allPairs),
                        rounds);
                pairsDone.addAndGet(group.pairs());
                return plan;
            });
        }
        // Parallel streams inside tasks stay inside this pool.
        ForkJoinPool pool = new ForkJoinPool(threads);
        List<GroupPlan> plans = new ArrayList<>();
        try {
            List<ForkJoinTask<GroupPlan>> running = new ArrayList<>();
            for (Callable<GroupPlan> task : tasks) {
                running.add(pool.submit(task));
            }
            for (ForkJoinTask<GroupPlan> task : running) {
                plans.add(task.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Planning was interrupted.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Planning failed: " + e.getCause(), e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return assemble(problem, lots, needs, decisions, plans);
    }

    private record Flow(int lot, int need, long units, Pairing.Possible pair) {}

    @SuppressWarnings("ArrayRecordComponent") // a carrier inside this class, never compared
    private record GroupPlan(Market group, List<Flow> flows, long[] lotPrices, long[] needPrices, int rounds) {}

    private GroupPlan solve(
            PlanningProblem problem,
            List<AvailableLot> lots,
            List<OpenNeed> needs,
            Decisions decisions,
            Market group,
            PlanStart.@Nullable Earlier earlier,
            BooleanSupplier goOn,
            GroupSolver.Rounds rounds) {
        MarketTable market = new MarketTable(problem, lots, needs, decisions, group);
        PairTable table = market.pairs();
        OpenNeed[] groupNeeds = market.needs();
        IntToLongFunction locked = column -> decisions.lockedForNeed(group.needs()[column]);
        Tiers tiers = maxMin
                ? Tiers.exactly(MaxMinCoverage.of(table, market.supply(), open(groupNeeds, locked)))
                : Tiers.of(problem, groupNeeds, locked);
        GroupSolver solver = new GroupSolver(
                table, market.supply(), tiers.sink(), tiers.size(), tiers.value(), goOn, pairsAtOnce, rounds);
        GroupSolver.Solution solution = solver.solve(
                earlier == null ? null : earlier.startOf(group, market, tiers.firstValues(groupNeeds.length)));

        rounds.found(solver.objective(solution), solver.bound(solution));

        long[] lotPrices = new long[group.lots().length];
        long[] left = new long[lotPrices.length];
        for (int row = 0; row < table.rows(); row++) {
            for (int member : market.classes().members(row)) {
                lotPrices[member] = solution.rowPrices()[row];
                left[member] = decisions.freeOfLot(group.lots()[member]);
            }
        }
        List<Flow> flows = new ArrayList<>();
        int flow = 0;
        for (int row = 0; row < table.rows(); row++) {
            List<Integer> members = market.classes().members(row);
            int at = 0;
            for (; flow < solution.rows().length && solution.rows()[flow] == row; flow++) {
                int column = solution.columns()[flow];
                if (!(table.pairing(row, column) instanceof Pairing.Possible pair)) {
                    throw new IllegalStateException("The plan joins "
                            + table.lot(row).key() + " and " + groupNeeds[column].key() + ", which is not possible.");
                }
                long units = solution.units()[flow];
                while (units > 0) {
                    int member = members.get(at);
                    long part = Math.min(units, left[member]);
                    if (part > 0) {
                        flows.add(new Flow(group.lots()[member], group.needs()[column], part, pair));
                    }
                    left[member] -= part;
                    units -= part;
                    if (left[member] == 0) {
                        at++;
                    }
                }
            }
        }
        return new GroupPlan(group, flows, lotPrices, solution.columnPrices(), solution.rounds());
    }

    /** What is not locked of these needs. */
    private static long[] open(OpenNeed[] needs, IntToLongFunction locked) {
        long[] open = new long[needs.length];
        Arrays.setAll(open, column -> needs[column].quantity() - locked.applyAsLong(column));
        return open;
    }

    /** The tiers of some needs, less what is locked already, as the simplex wants them. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier inside this class, never compared
    private record Tiers(int[] sink, long[] size, int[] value) {

        static Tiers of(PlanningProblem problem, OpenNeed[] needs, IntToLongFunction locked) {
            int[] sink = new int[needs.length * Policy.TIERS];
            long[] size = new long[sink.length];
            int[] value = new int[sink.length];
            int count = 0;
            for (int column = 0; column < needs.length; column++) {
                long[] sizes = Policy.tierSizes(needs[column].quantity());
                int[] values = problem.tierValues(needs[column]);
                long taken = locked.applyAsLong(column);
                boolean any = false;
                for (int s = 0; s < Policy.TIERS; s++) {
                    long part = Math.min(taken, sizes[s]);
                    taken -= part;
                    if (sizes[s] - part > 0) {
                        sink[count] = column;
                        size[count] = sizes[s] - part;
                        value[count] = values[s];
                        count++;
                        any = true;
                    }
                }
                if (!any) {
                    // Locks fill the need. A tier that nothing gains by keeps it in the network.
                    sink[count] = column;
                    size[count] = 1;
                    value[count] = WORTHLESS;
                    count++;
                }
            }
            return new Tiers(Arrays.copyOf(sink, count), Arrays.copyOf(size, count), Arrays.copyOf(value, count));
        }

        /** One tier each, worth any journey. */
        static Tiers exactly(long[] units) {
            int[] sink = new int[units.length];
            long[] size = new long[units.length];
            int[] value = new int[units.length];
            for (int column = 0; column < units.length; column++) {
                sink[column] = column;
                size[column] = Math.max(1, units[column]);
                value[column] = units[column] == 0 ? WORTHLESS : WORTH_ANY_JOURNEY;
            }
            return new Tiers(sink, size, value);
        }

        long[] firstValues(int needs) {
            long[] first = new long[needs];
            for (int tier = sink.length - 1; tier >= 0; tier--) {
                first[sink[tier]] = value[tier];
            }
            return first;
        }
    }

    /** More than rearranging all other lines could save. */
    private static final int WORTH_ANY_JOURNEY = 1_000_000_000;

    /** What a unit too many is worth: no freshness bonus makes up for it. */
    private static final int WORTHLESS = -Policy.freshnessBonus(0);

    private static Plan assemble(
            PlanningProblem problem,
            List<AvailableLot> lots,
            List<OpenNeed> needs,
            Decisions decisions,
            List<GroupPlan> groupPlans) {
        List<PlanLine> lines = new ArrayList<>();
        long[] served = new long[needs.size()];
        long[] lotPrice = new long[lots.size()];
        long[] needPrice = new long[needs.size()];
        BigInteger objective = BigInteger.ZERO;
        BigInteger lowerBound = BigInteger.ZERO;
        int rounds = 0;
        for (Decisions.LockedPair locked : decisions.locked()) {
            AvailableLot lot = lots.get(locked.lot());
            Pairing.Possible pair = locked.pair();
            lines.add(line(lot, needs.get(locked.need()), locked.units(), pair, true));
            served[locked.need()] += locked.units();
            BigInteger cost = BigInteger.valueOf(locked.units()).multiply(BigInteger.valueOf(pair.unitCost()));
            objective = objective.add(cost);
            lowerBound = lowerBound.add(cost);
        }
        for (GroupPlan plan : groupPlans) {
            rounds = Math.max(rounds, plan.rounds);
            for (int i = 0; i < plan.lotPrices.length; i++) {
                lotPrice[plan.group.lots()[i]] = plan.lotPrices[i];
            }
            for (int i = 0; i < plan.needPrices.length; i++) {
                needPrice[plan.group.needs()[i]] = plan.needPrices[i];
            }
            for (Flow flow : plan.flows) {
                lines.add(line(lots.get(flow.lot), needs.get(flow.need), flow.units, flow.pair, false));
                served[flow.need] += flow.units;
                objective = objective.add(
                        BigInteger.valueOf(flow.units).multiply(BigInteger.valueOf(flow.pair.unitCost())));
            }
        }
        Map<LotKey, Long> lotPrices = new HashMap<>(2 * lots.size());
        for (int i = 0; i < lots.size(); i++) {
            lotPrices.put(lots.get(i).key(), lotPrice[i]);
            lowerBound = lowerBound.subtract(
                    BigInteger.valueOf(decisions.freeOfLot(i)).multiply(BigInteger.valueOf(lotPrice[i])));
        }
        Map<NeedKey, Long> needPrices = new HashMap<>(2 * needs.size());
        for (int i = 0; i < needs.size(); i++) {
            OpenNeed need = needs.get(i);
            needPrices.put(need.key(), needPrice[i]);
            long[] sizes = Policy.tierSizes(need.quantity());
            int[] values = problem.tierValues(need);
            long filled = served[i];
            long locked = decisions.lockedForNeed(i);
            for (int s = 0; s < Policy.TIERS; s++) {
                long units = Math.min(filled, sizes[s]);
                filled -= units;
                objective = objective.subtract(BigInteger.valueOf(units).multiply(BigInteger.valueOf(values[s])));
                long lockedUnits = Math.min(locked, sizes[s]);
                locked -= lockedUnits;
                lowerBound = lowerBound
                        .subtract(BigInteger.valueOf(lockedUnits).multiply(BigInteger.valueOf(values[s])))
                        .subtract(BigInteger.valueOf(sizes[s] - lockedUnits)
                                .multiply(BigInteger.valueOf(Math.max(0, values[s] - needPrice[i]))));
            }
        }
        lines.sort(Comparator.comparing(PlanLine::lot).thenComparing(PlanLine::need));
        return new Plan(
                lines,
                figures(problem, needs, served, lines, objective, lowerBound, rounds),
                new Prices(lotPrices, needPrices));
    }

    private static PlanLine line(AvailableLot lot, OpenNeed need, long units, Pairing.Possible pair, boolean locked) {
        return new PlanLine(
                lot.key(),
                need.key(),
                lot.item(),
                lot.unit(),
                units,
                pair.km(),
                pair.arrival(),
                pair.unitCost(),
                locked);
    }

    static PlanFigures figures(
            PlanningProblem problem,
            List<OpenNeed> needs,
            long[] served,
            List<PlanLine> lines,
            BigInteger objective,
            BigInteger lowerBound,
            int rounds) {
        long servedUnits = 0;
        long unmetUnits = 0;
        double unmetWeight = 0;
        double weight = 0;
        double[] shares = new double[served.length];
        for (int i = 0; i < served.length; i++) {
            OpenNeed need = needs.get(i);
            double each = Policy.weight(need, problem.now());
            servedUnits += served[i];
            unmetUnits += need.quantity() - served[i];
            unmetWeight += each * (need.quantity() - served[i]);
            weight += each * need.quantity();
            shares[i] = (double) served[i] / need.quantity();
        }
        double unitKm = 0;
        for (PlanLine line : lines) {
            unitKm += line.quantity() * line.km();
        }
        return new PlanFigures(
                objective,
                lowerBound,
                servedUnits,
                unmetUnits,
                needs.isEmpty() ? null : unmetWeight / weight,
                needs.isEmpty() ? null : Coverage.of(shares),
                unitKm,
                rounds);
    }
}
