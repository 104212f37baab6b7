package jp.musubi.matching;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plan to begin the next one from, with the problem it was made for. At its prices no pair of that problem gains; so the
 * next plan needs to look only at pairs of what has changed, and at those whose prices change by it.
 */
public final class PlanStart {

    /** The price of what may gain. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private final PlanningProblem problem;
    private final Plan plan;
    private final List<AvailableLot> lots;
    private final List<OpenNeed> needs;
    private final Map<LotKey, Integer> lotPlaces;
    private final Map<NeedKey, Integer> needPlaces;

    /** For each lot the needs that come near to gaining; none where all pairs are looked at anyway. */
    private final int[][] near;

    /** For each lot its price and that of the limits it takes of, {@link #UNKNOWN} if that differs from need to need. */
    private final long[] lotPrices;

    private final long[] needPrices;
    private final PlanLine[][] linesOfLot;

    private PlanStart(
            PlanningProblem problem,
            Plan plan,
            List<AvailableLot> lots,
            List<OpenNeed> needs,
            Map<LotKey, Integer> lotPlaces,
            Map<NeedKey, Integer> needPlaces,
            int[][] near) {
        this.problem = problem;
        this.plan = plan;
        this.lots = lots;
        this.needs = needs;
        this.lotPlaces = lotPlaces;
        this.needPlaces = needPlaces;
        this.near = near;
        Set<LotKey> decided = new HashSet<>();
        problem.constraints().locks().forEach(lock -> decided.add(lock.lot()));
        problem.constraints().bans().forEach(ban -> decided.add(ban.lot()));
        LimitPrices limits = new LimitPrices(
                problem,
                lots.toArray(AvailableLot[]::new),
                needs.subList(0, Math.min(1, needs.size())).toArray(OpenNeed[]::new));
        lotPrices = new long[lots.size()];
        Map<LotKey, Long> prices = plan.prices().lots();
        for (int lot = 0; lot < lotPrices.length; lot++) {
            LotKey key = lots.get(lot).key();
            Long price = prices.get(key);
            lotPrices[lot] = price == null || decided.contains(key) || limits.dependsOnColumn(lot)
                    ? UNKNOWN
                    : price + limits.of(lot);
        }
        needPrices = new long[needs.size()];
        for (int need = 0; need < needPrices.length; need++) {
            needPrices[need] =
                    plan.prices().needs().getOrDefault(needs.get(need).key(), UNKNOWN);
        }
        linesOfLot = new PlanLine[lots.size()][];
        List<PlanLine> lines = plan.lines();
        int begin = 0;
        while (begin < lines.size()) {
            int end = begin;
            while (end < lines.size()
                    && lines.get(end).lot().equals(lines.get(begin).lot())) {
                end++;
            }
            Integer lot = lotPlaces.get(lines.get(begin).lot());
            if (lot != null) {
                linesOfLot[lot] = lines.subList(begin, end).toArray(PlanLine[]::new);
            }
            begin = end;
        }
    }

    /**
     * Looks at all pairs once, so that the next plan does not have to.
     *
     * @param plan made for exactly this problem
     */
    public static PlanStart of(PlanningProblem problem, Plan plan) {
        List<AvailableLot> lots = problem.lots().stream()
                .sorted(Comparator.comparing(AvailableLot::key))
                .toList();
        List<OpenNeed> needs = problem.needs().stream()
                .sorted(Comparator.comparing(OpenNeed::key))
                .toList();
        Map<LotKey, Integer> lotPlaces = new HashMap<>(2 * lots.size());
        for (int i = 0; i < lots.size(); i++) {
            lotPlaces.put(lots.get(i).key(), i);
        }
        Map<NeedKey, Integer> needPlaces = new HashMap<>(2 * needs.size());
        for (int i = 0; i < needs.size(); i++) {
            needPlaces.put(needs.get(i).key(), i);
        }
        int[][] near = new int[lots.size()][0];
        Decisions decisions = Decisions.of(problem, lots, needs);
        for (Market market : Market.of(problem, lots, needs)) {
            MarketTable table = new MarketTable(problem, lots, needs, decisions, market);
            long[] columnPrices = Arrays.stream(table.needs())
                    .mapToLong(need -> plan.prices().needs().getOrDefault(need.key(), 0L))
                    .toArray();
            int[][] nearRows = GroupSolver.near(table.pairs(), columnPrices);
            for (int row = 0; row < nearRows.length; row++) {
                int[] places = Arrays.stream(nearRows[row])
                        .map(column -> market.needs()[column])
                        .toArray();
                for (int member : table.classes().members(row)) {
                    near[market.lots()[member]] = places;
                }
            }
        }
        return new PlanStart(problem, plan, lots, needs, lotPlaces, needPlaces, near);
    }

    /**
     * The same with another plan for the same lots and needs.
     *
     * @param next with equal lots and needs; policy, prices of limits and the like may differ
     */
    PlanStart with(PlanningProblem next, Plan other) {
        return new PlanStart(next, other, lots, needs, lotPlaces, needPlaces, near);
    }

    public Plan plan() {
        return plan;
    }

    /** What this says of another problem. */
    Earlier seenFrom(PlanningProblem now, List<AvailableLot> lotsNow, List<OpenNeed> needsNow) {
        return new Earlier(now, lotsNow, needsNow);
    }

    /** A plan from before, by the places of a problem's lots and needs. */
    final class Earlier {
        private final boolean sameCosts;
        private final int[] lotBefore;
        private final int[] needBefore;
        private final int[] needNow;
        private final boolean[] sameNeed;

        /** The column of each need in its market. */
        private final int[] columnOfNeed;

        private Earlier(PlanningProblem now, List<AvailableLot> lotsNow, List<OpenNeed> needsNow) {
            sameCosts = costsAreTheSame(now);
            boolean later = now.now().isAfter(problem.now());
            lotBefore = new int[lotsNow.size()];
            for (int lot = 0; lot < lotBefore.length; lot++) {
                Integer place = lotPlaces.get(lotsNow.get(lot).key());
                lotBefore[lot] = place != null && isSame(lots.get(place), lotsNow.get(lot), later) ? place : -1;
            }
            needBefore = new int[needsNow.size()];
            needNow = new int[needs.size()];
            sameNeed = new boolean[needsNow.size()];
            Arrays.fill(needNow, -1);
            for (int need = 0; need < needBefore.length; need++) {
                Integer place = needPlaces.get(needsNow.get(need).key());
                needBefore[need] = place == null ? -1 : place;
                if (place != null) {
                    needNow[place] = need;
                    sameNeed[need] = isSame(needs.get(place), needsNow.get(need));
                }
            }
            columnOfNeed = new int[needsNow.size()];
        }

        /** Later costs at most what is in the freshness bonus, and makes less possible; neither is true of earlier. */
        private boolean costsAreTheSame(PlanningProblem now) {
            boolean sameRoads = now.travel() == problem.travel()
                    || (now.travel() instanceof GreatCircleTravel && problem.travel() instanceof GreatCircleTravel);
            return sameRoads
                    && now.closures() == problem.closures()
                    && !now.now().isBefore(problem.now())
                    && now.policy().costsAsIn(problem.policy());
        }

        private static boolean isSame(AvailableLot before, AvailableLot now, boolean later) {
            return before.withQuantity(0).equals(now.withQuantity(0)) && !(later && now.expiresAt() != null);
        }

        private static boolean isSame(OpenNeed before, OpenNeed now) {
            return before.item().equals(now.item())
                    && before.unit().equals(now.unit())
                    && before.position().equals(now.position())
                    && Objects.equals(before.neededBy(), now.neededBy());
        }

        /**
         * What a group begins with; null if too little is known of it.
         *
         * @param firstValues of each column, for those that are new
         */
        GroupSolver.@Nullable WarmStart startOf(Market group, MarketTable market, long[] firstValues) {
            int columns = group.needs().length;
            long[] columnPrices = new long[columns];
            int known = 0;
            for (int column = 0; column < columns; column++) {
                int need = group.needs()[column];
                columnOfNeed[need] = column;
                long price = needBefore[need] < 0 ? UNKNOWN : needPrices[needBefore[need]];
                known += price == UNKNOWN ? 0 : 1;
                columnPrices[column] = sameNeed[need] ? price : UNKNOWN;
            }
            if (10L * known < 9L * columns) {
                return null;
            }
            PairTable table = market.pairs();
            long[] rowPrices = new long[table.rows()];
            GroupSolver.Arcs flows = new GroupSolver.Arcs();
            long[] ofRow = new long[columns];
            GroupSolver.Arcs nearly = new GroupSolver.Arcs();
            for (int row = 0; row < rowPrices.length; row++) {
                rowPrices[row] = UNKNOWN;
                boolean first = true;
                for (int member : market.classes().members(row)) {
                    int lot = lotBefore[group.lots()[member]];
                    if (lot < 0) {
                        continue;
                    }
                    if (rowPrices[row] == UNKNOWN
                            && sameCosts
                            && lotPrices[lot] != UNKNOWN
                            && !table.limitsDiffer(row)) {
                        rowPrices[row] = lotPrices[lot] - table.limitPriceOf(row);
                    }
                    addUnits(lot, ofRow);
                    if (first) {
                        first = false;
                        addNear(near[lot], row, nearly);
                    }
                }
                for (int column = 0; column < columns; column++) {
                    if (ofRow[column] > 0) {
                        flows.add(row, column, ofRow[column]);
                        ofRow[column] = 0;
                    }
                }
            }
            return new GroupSolver.WarmStart(columnPrices, rowPrices, firstValues, flows, nearly);
        }

        /** What a lot gave, by column. */
        private void addUnits(int lot, long[] units) {
            PlanLine[] lines = linesOfLot[lot];
            for (int i = 0; lines != null && i < lines.length; i++) {
                Integer before = needPlaces.get(lines[i].need());
                int need = before == null ? -1 : needNow[before];
                if (need >= 0 && !lines[i].locked()) {
                    units[columnOfNeed[need]] += lines[i].quantity();
                }
            }
        }

        private void addNear(int[] places, int row, GroupSolver.Arcs nearly) {
            for (int place : places) {
                if (needNow[place] >= 0) {
                    nearly.add(row, columnOfNeed[needNow[place]], 0);
                }
            }
        }
    }
}
