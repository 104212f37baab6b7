package jp.musubi.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Solves the transportation problem of one group of items to proven optimality. Small problems are given to the simplex
 * with all their pairs; large ones with the pairs that estimated prices call promising, and then with whatever pairs
 * turn out to gain, until none does.
 */
final class GroupSolver {

    /** Up to here all pairs are given to the simplex at once. */
    static final long PAIRS_AT_ONCE = 500_000;

    /** The same after a warm start, which leaves less to do for which all pairs are worth it. */
    private static final long PAIRS_AT_ONCE_WARM = 100_000;

    /** Up to here pairs of merged sources estimate the prices. */
    private static final long PAIRS_TO_ESTIMATE = 3_000_000;

    private static final double SMALLEST_CELL_KM = 10;
    private static final double LARGEST_CELL_KM = 640;
    private static final double KM_PER_DEGREE = 111.2;

    /** How many pairs each row and each column adds at most, at first and in every round. */
    private static final int PROMISING_PER_LINE = 16;

    private static final int GAINING_PER_LINE = 16;

    /** How near to gaining a pair must come under estimated prices to be tried; as much as 30 km. */
    private static final long NEARLY = 300;

    private static final int LINES_AT_A_TIME = 64;

    /** Above all prices, and far from overflowing. */
    private static final long NEVER = Long.MAX_VALUE / 4;

    /** Above all costs. */
    private static final long ANYTHING = 1L << 40;

    private final PairTable table;
    private final long[] supply;
    private final int[] tierSink;
    private final long[] tierSize;
    private final int[] tierValue;
    private final BooleanSupplier goOn;
    private final long pairsAtOnce;
    private final Rounds rounds;

    /** Is told how good a group's plan is by now. */
    interface Rounds {

        /** Tells nobody. */
        Rounds UNWATCHED = (objective, bound) -> {};

        /**
         * @param objective of the plan that is there
         * @param bound no plan of this group is better
         */
        void found(double objective, double bound);
    }

    /**
     * What came of a group.
     *
     * @param rowPrices u of each row
     * @param columnPrices w of each column
     * @param rows, columns, units the flows, sorted by row, then column
     * @param rounds how often all pairs were priced
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier inside this package, never compared
    record Solution(long[] rowPrices, long[] columnPrices, int[] rows, int[] columns, long[] units, int rounds) {}

    /**
     * @param supply units of each row
     * @param tierSink the column of each tier, not falling; every column has at least one
     * @param pairsAtOnce {@link #PAIRS_AT_ONCE}, less in tests
     */
    GroupSolver(
            PairTable table,
            long[] supply,
            int[] tierSink,
            long[] tierSize,
            int[] tierValue,
            BooleanSupplier goOn,
            long pairsAtOnce,
            Rounds rounds) {
        this.table = table;
        this.supply = supply;
        this.tierSink = tierSink;
        this.tierSize = tierSize;
        this.tierValue = tierValue;
        this.goOn = goOn;
        this.pairsAtOnce = pairsAtOnce;
        this.rounds = rounds;
    }

    /** Some pairs of rows and columns, with a flow each. */
    static final class Arcs {
        private int[] row = new int[256];
        private int[] column = new int[256];
        private long[] units = new long[256];
        private int count;

        void add(int newRow, int newColumn, long newUnits) {
            if (count == row.length) {
                row = Arrays.copyOf(row, 2 * count);
                column = Arrays.copyOf(column, 2 * count);
                units = Arrays.copyOf(units, 2 * count);
            }
            row[count] = newRow;
            column[count] = newColumn;
            units[count++] = newUnits;
        }
    }

    /**
     * A plan for a similar problem, as far as it concerns this group. No pair of a row and a column of known price gains at
     * these prices.
     *
     * @param columnPrices w of each column, {@link PlanStart#UNKNOWN} of those that have changed
     * @param rowPrices u of each row, {@link PlanStart#UNKNOWN} of those that have changed
     * @param firstValues what a column's first unit is worth
     * @param flows the pairs that had flow
     * @param near the pairs that came near to gaining; their costs are noted in the place of flows
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier inside this package, never compared
    record WarmStart(long[] columnPrices, long[] rowPrices, long[] firstValues, Arcs flows, Arcs near) {}

    /**
     * @param warm null for a cold start
     */
    Solution solve(@Nullable WarmStart warm) {
        if (warm != null) {
            return solveFrom(warm);
        }
        if ((long) table.rows() * table.columns() <= pairsAtOnce) {
            return solveWithAllPairs(
                    new TransportSimplex(supply, table.columns(), tierSink, tierSize, tierValue, expected()));
        }
        long[] promising = estimate();
        TransportSimplex simplex =
                new TransportSimplex(supply, table.columns(), tierSink, tierSize, tierValue, expectedAt(promising));
        return addWhatGains(simplex, addPromising(simplex, promising));
    }

    private Solution solveWithAllPairs(TransportSimplex simplex) {
        for (int row = 0; row < table.rows(); row++) {
            for (int column = 0; column < table.columns(); column++) {
                int cost = table.cost(row, column);
                if (cost != PairTable.NONE) {
                    simplex.addPair(row, column, cost);
                }
            }
        }
        boolean optimal = simplex.optimise(goOn);
        return solution(simplex, optimal ? rowPrices(simplex) : boundingPrices(columnPrices(simplex)), 1);
    }

    private Solution solveFrom(WarmStart warm) {
        TransportSimplex simplex = new TransportSimplex(
                supply, table.columns(), tierSink, tierSize, tierValue, new boolean[tierSink.length]);
        simplex.startFrom(addFlows(simplex, warm), warm.rowPrices(), warm.columnPrices());
        if ((long) table.rows() * table.columns() <= Math.min(pairsAtOnce, PAIRS_AT_ONCE_WARM)) {
            return solveWithAllPairs(simplex); // those with flow come twice, which does no harm
        }
        long[] w = warm.columnPrices().clone();
        long[] u = warm.rowPrices().clone();
        long unknown =
                Arrays.stream(u).filter(price -> price == PlanStart.UNKNOWN).count();
        if (2 * unknown > u.length) {
            Arrays.setAll(w, column -> w[column] == PlanStart.UNKNOWN ? warm.firstValues()[column] : w[column]);
            return addWhatGains(simplex, addPromising(simplex, w));
        }
        addNear(simplex, warm.near());
        addChangedColumns(simplex, u, w, warm.firstValues());
        addChangedRows(simplex, u, w);
        return addWhatGains(simplex, new Checks(u, w));
    }

    /** Adds the pairs that had flow, then those that cost what they are worth, and returns their flows. */
    private long[] addFlows(TransportSimplex simplex, WarmStart warm) {
        Arcs flows = warm.flows();
        Arcs near = warm.near();
        long[] units = new long[flows.count + near.count];
        int possible = 0;
        for (int i = 0; i < flows.count; i++) {
            int cost = table.cost(flows.row[i], flows.column[i]);
            if (cost != PairTable.NONE) {
                simplex.addPair(flows.row[i], flows.column[i], cost);
                units[possible++] = flows.units[i];
            }
        }
        for (int i = 0; i < near.count; i++) {
            int cost = table.cost(near.row[i], near.column[i]);
            long u = warm.rowPrices()[near.row[i]];
            long w = warm.columnPrices()[near.column[i]];
            boolean even = cost != PairTable.NONE && u != PlanStart.UNKNOWN && w != PlanStart.UNKNOWN && cost + u == w;
            near.units[i] = even ? PairTable.NONE : cost;
            if (even) {
                simplex.addPair(near.row[i], near.column[i], cost);
                possible++;
            }
        }
        return Arrays.copyOf(units, possible);
    }

    /** Adds the others that came near to gaining, by the costs that were noted with them. */
    private static void addNear(TransportSimplex simplex, Arcs near) {
        for (int i = 0; i < near.count; i++) {
            if (near.units[i] != PairTable.NONE) {
                simplex.addPair(near.row[i], near.column[i], (int) near.units[i]);
            }
        }
    }

    /** Adds the best pairs of columns without a price, and gives them the highest at which none of known rows gains. */
    private void addChangedColumns(TransportSimplex simplex, long[] u, long[] w, long[] firstValues) {
        long[] ofKnown = Arrays.stream(u)
                .map(price -> price == PlanStart.UNKNOWN ? NEVER : price)
                .toArray();
        long[] ofChanged = Arrays.stream(w)
                .map(price -> price == PlanStart.UNKNOWN ? ANYTHING : -NEVER)
                .toArray();
        Found best = bestOfColumns(ofKnown, ofChanged, PROMISING_PER_LINE);
        for (int column = 0; column < w.length; column++) {
            if (w[column] == PlanStart.UNKNOWN) {
                w[column] = firstValues[column];
                if (best.count[column] > 0) {
                    w[column] = Math.min(w[column], best.reducedCost[column * best.perLine] + ANYTHING);
                }
                for (int k = 0; k < best.count[column]; k++) {
                    simplex.addPair(best.other(column, k), column, best.cost(column, k));
                }
            }
        }
    }

    /** Adds the best pairs of rows without a price, and gives them the lowest at which none gains. */
    private void addChangedRows(TransportSimplex simplex, long[] u, long[] w) {
        long[] ofChanged = Arrays.stream(u)
                .map(price -> price == PlanStart.UNKNOWN ? 0 : NEVER)
                .toArray();
        long[] nearly = Arrays.stream(w).map(price -> price + NEARLY).toArray();
        Found best = bestOfRows(ofChanged, nearly, PROMISING_PER_LINE, null);
        for (int row = 0; row < u.length; row++) {
            if (u[row] == PlanStart.UNKNOWN) {
                u[row] = best.count[row] == 0 ? 0 : Math.max(0, -best.reducedCost[row * best.perLine] - NEARLY);
                for (int k = 0; k < best.count[row]; k++) {
                    simplex.addPair(row, best.other(row, k), best.cost(row, k));
                }
            }
        }
    }

    /**
     * The columns of each row that come near to gaining at these prices, among the best of the row or of the column; none
     * where there are so few pairs that all are looked at anyway.
     */
    static int[][] near(PairTable table, long[] columnPrices) {
        int[][] near = new int[table.rows()][0];
        if ((long) table.rows() * table.columns() > PAIRS_AT_ONCE_WARM) {
            GroupSolver solver = new GroupSolver(
                    table,
                    new long[0],
                    new int[0],
                    new long[0],
                    new int[0],
                    () -> true,
                    PAIRS_AT_ONCE,
                    Rounds.UNWATCHED);
            long[] u = solver.boundingPrices(columnPrices);
            long[] w = Arrays.stream(columnPrices).map(price -> price + NEARLY).toArray();
            Found ofRows = solver.bestOfRows(u, w, PROMISING_PER_LINE, null);
            Found ofColumns = solver.bestOfColumns(ofFull(u, ofRows), w, PROMISING_PER_LINE);
            for (int row = 0; row < near.length; row++) {
                near[row] = new int[ofRows.count[row]];
                for (int k = 0; k < near[row].length; k++) {
                    near[row][k] = ofRows.other(row, k);
                }
            }
            for (int column = 0; column < table.columns(); column++) {
                for (int k = 0; k < ofColumns.count[column]; k++) {
                    int row = ofColumns.other(column, k);
                    if (!ofRows.has(row, column)) {
                        near[row] = Arrays.copyOf(near[row], near[row].length + 1);
                        near[row][near[row].length - 1] = column;
                    }
                }
            }
        }
        return near;
    }

    /** Optimises, prices all pairs and adds those that gain, until none does. */
    private Solution addWhatGains(TransportSimplex simplex, Checks checks) {
        int round = 0;
        while (simplex.optimise(goOn)) {
            round++;
            long[] u = rowPrices(simplex);
            long[] w = columnPrices(simplex);
            Found gaining = bestOfRows(u, w, GAINING_PER_LINE, checks);
            rounds.found(simplex.objective(), bound(u, w, gaining));
            if (gaining.isEmpty()) {
                return solution(simplex, u, round);
            }
            add(simplex, gaining, bestOfColumns(ofFull(u, gaining), w, GAINING_PER_LINE));
            checks.note(u, w, gaining);
        }
        return solution(simplex, boundingPrices(columnPrices(simplex)), round);
    }

    /** What a solution costs less what it is worth. */
    double objective(Solution solution) {
        double objective = 0;
        long[] served = new long[table.columns()];
        for (int i = 0; i < solution.rows().length; i++) {
            objective += (double) solution.units()[i] * table.cost(solution.rows()[i], solution.columns()[i]);
            served[solution.columns()[i]] += solution.units()[i];
        }
        for (int tier = 0; tier < tierSink.length; tier++) {
            long part = Math.min(served[tierSink[tier]], tierSize[tier]);
            served[tierSink[tier]] -= part;
            objective -= (double) part * tierValue[tier];
        }
        return objective;
    }

    /** What its prices prove that no plan is better than. */
    double bound(Solution solution) {
        return bound(solution.rowPrices(), solution.columnPrices(), new Found(table.rows(), 1));
    }

    /** What no plan is better than: with row prices raised until nothing gains. */
    private double bound(long[] u, long[] w, Found gaining) {
        double bound = 0;
        for (int row = 0; row < u.length; row++) {
            long more = gaining.count[row] == 0 ? 0 : -gaining.reducedCost[row * gaining.perLine];
            bound -= (double) supply[row] * (u[row] + more);
        }
        for (int tier = 0; tier < tierSink.length; tier++) {
            bound -= (double) tierSize[tier] * Math.max(0, tierValue[tier] - w[tierSink[tier]]);
        }
        return bound;
    }

    /**
     * Adds the pairs that come near to gaining at these prices.
     *
     * @return the prices at which no pair gains
     */
    private Checks addPromising(TransportSimplex simplex, long[] columnPrices) {
        long[] u = boundingPrices(columnPrices);
        long[] w = Arrays.stream(columnPrices).map(price -> price + NEARLY).toArray();
        Found promising = bestOfRows(u, w, PROMISING_PER_LINE, null);
        add(simplex, promising, bestOfColumns(ofFull(u, promising), w, PROMISING_PER_LINE));
        return new Checks(u, columnPrices);
    }

    private void add(TransportSimplex simplex, Found ofRows, Found ofColumns) {
        simplex.expectPairs(simplex.pairs() + ofRows.total() + ofColumns.total());
        for (int row = 0; row < table.rows(); row++) {
            for (int k = 0; k < ofRows.count[row]; k++) {
                simplex.addPair(row, ofRows.other(row, k), ofRows.cost(row, k));
            }
        }
        for (int column = 0; column < table.columns(); column++) {
            for (int k = 0; k < ofColumns.count[column]; k++) {
                int row = ofColumns.other(column, k);
                if (!ofRows.has(row, column)) {
                    simplex.addPair(row, column, ofColumns.cost(column, k));
                }
            }
        }
    }

    /**
     * The prices at which each row was last known to have no pair that gains, but those in the simplex. From then on a pair
     * can gain only if its column's price has risen by more than its row's.
     */
    private final class Checks {
        private final List<long[]> rowPrices = new ArrayList<>();
        private final List<long[]> columnPrices = new ArrayList<>();

        /** For each row the number of its last check. */
        private final int[] last = new int[table.rows()];

        /** By check and cell of columns, how much prices have risen at most since. */
        private double[][] rise = new double[0][];

        private long[][] rises = new long[0][];

        /** No pair gains at these prices. */
        Checks(long[] u, long[] w) {
            rowPrices.add(u);
            columnPrices.add(w);
        }

        /** What gains at these prices was found and added; rows with more than was looked for keep their last check. */
        void note(long[] u, long[] w, Found gaining) {
            int number = rowPrices.size();
            rowPrices.add(u);
            columnPrices.add(w);
            for (int row = 0; row < last.length; row++) {
                if (!gaining.isFull(row)) {
                    last[row] = number;
                }
            }
        }

        /** Compares all checks with the prices of now. */
        void compare(long[] w) {
            rises = columnPrices.stream()
                    .map(before -> IntStream.range(0, w.length)
                            .mapToLong(column -> w[column] - before[column])
                            .toArray())
                    .toArray(long[][]::new);
            rise = Arrays.stream(rises).map(each -> columnCells().highest(each)).toArray(double[][]::new);
        }

        boolean mayGain(int row, int column, long[] u) {
            return rises[last[row]][column] > u[row] - rowPrices.get(last[row])[row];
        }

        boolean someMayGain(int row, int cell, long[] u) {
            return rise[last[row]][cell] > u[row] - rowPrices.get(last[row])[row];
        }
    }

    private long[] rowPrices(TransportSimplex simplex) {
        long[] prices = new long[table.rows()];
        Arrays.setAll(prices, simplex::sourcePrice);
        return prices;
    }

    private long[] columnPrices(TransportSimplex simplex) {
        long[] prices = new long[table.columns()];
        Arrays.setAll(prices, simplex::sinkPrice);
        return prices;
    }

    /** The least row prices that with these column prices make a valid bound. */
    private long[] boundingPrices(long[] columnPrices) {
        Found best = bestOfRows(new long[table.rows()], columnPrices, 1, null);
        long[] prices = new long[table.rows()];
        for (int row = 0; row < prices.length; row++) {
            prices[row] = best.count[row] == 0 ? 0 : -best.reducedCost[row];
        }
        return prices;
    }

    private Solution solution(TransportSimplex simplex, long[] rowPrices, int rounds) {
        record Flow(int row, int column, long units) {}
        List<Flow> flows = new ArrayList<>();
        simplex.forEachFlow((row, column, units) -> flows.add(new Flow(row, column, units)));
        flows.sort((a, b) -> a.row != b.row ? Integer.compare(a.row, b.row) : Integer.compare(a.column, b.column));
        return new Solution(
                rowPrices,
                columnPrices(simplex),
                flows.stream().mapToInt(Flow::row).toArray(),
                flows.stream().mapToInt(Flow::column).toArray(),
                flows.stream().mapToLong(Flow::units).toArray(),
                rounds);
    }

    /** Prices of the columns when sources of one neighbourhood are one. */
    private long[] estimate() {
        double cellKm = SMALLEST_CELL_KM;
        int[] cellOf = neighbourhoods(cellKm);
        while ((long) count(cellOf) * table.columns() > PAIRS_TO_ESTIMATE && cellKm < LARGEST_CELL_KM) {
            cellKm *= 2;
            cellOf = neighbourhoods(cellKm);
        }
        int cells = count(cellOf);
        long[] together = new long[cells];
        int[] largest = new int[cells];
        Arrays.fill(largest, -1);
        for (int row = 0; row < cellOf.length; row++) {
            int cell = cellOf[row];
            together[cell] += supply[row];
            if (largest[cell] < 0 || supply[row] > supply[largest[cell]]) {
                largest[cell] = row;
            }
        }
        TransportSimplex simplex =
                new TransportSimplex(together, table.columns(), tierSink, tierSize, tierValue, expected());
        for (int cell = 0; cell < cells; cell++) {
            for (int column = 0; column < table.columns(); column++) {
                int cost = table.cost(largest[cell], column);
                if (cost != PairTable.NONE) {
                    simplex.addPair(cell, column, cost);
                }
            }
        }
        simplex.optimise(goOn);
        return columnPrices(simplex);
    }

    /** The tiers that would be served if nothing but their value mattered and supply were in one place. */
    private boolean[] expected() {
        long left = Arrays.stream(supply).sum();
        Integer[] byValue = new Integer[tierValue.length];
        Arrays.setAll(byValue, i -> i);
        Arrays.sort(byValue, (a, b) -> Integer.compare(tierValue[b], tierValue[a]));
        boolean[] served = new boolean[tierValue.length];
        for (int tier : byValue) {
            if (left < tierSize[tier] || tierValue[tier] <= 0) {
                break;
            }
            left -= tierSize[tier];
            served[tier] = true;
        }
        return served;
    }

    /** The tiers that are worth more than a unit costs at the sink. */
    private boolean[] expectedAt(long[] columnPrices) {
        boolean[] served = new boolean[tierValue.length];
        for (int tier = 0; tier < served.length; tier++) {
            served[tier] = tierValue[tier] > Math.max(0, columnPrices[tierSink[tier]]);
        }
        return served;
    }

    private static int count(int[] numbers) {
        return Arrays.stream(numbers).max().orElse(-1) + 1;
    }

    /** Numbers rows by item, cell on the ground, and classes of expiry and availability. */
    private int[] neighbourhoods(double cellKm) {
        record Neighbourhood(String item, long north, long east, int expiry, long ready) {}
        Map<Neighbourhood, Integer> numbers = new HashMap<>();
        int[] numberOf = new int[table.rows()];
        for (int row = 0; row < numberOf.length; row++) {
            AvailableLot lot = table.lot(row);
            long north = (long) Math.floor(lot.position().latitude() * KM_PER_DEGREE / cellKm);
            double middle = Math.toRadians((north + 0.5) * cellKm / KM_PER_DEGREE);
            long east = (long) Math.floor(lot.position().longitude() * KM_PER_DEGREE * Math.cos(middle) / cellKm);
            Neighbourhood neighbourhood =
                    new Neighbourhood(lot.item(), north, east, expiryClass(table.hoursToExpiry(row)), (long)
                            Math.min(28, table.readyHours(row) / 6));
            numberOf[row] = numbers.computeIfAbsent(neighbourhood, key -> numbers.size());
        }
        return numberOf;
    }

    private static int expiryClass(double hours) {
        if (hours == Double.POSITIVE_INFINITY) {
            return 6;
        }
        int[] borders = {8, 24, 48, 72, 168};
        int expiry = 0;
        while (expiry < borders.length && hours > borders[expiry]) {
            expiry++;
        }
        return expiry;
    }

    /** For each row (or each column) its pairs of most negative reduced cost, the best first. */
    private static final class Found {
        final int perLine;
        final int[] count;
        final int[] other;
        final int[] cost;
        final long[] reducedCost;

        Found(int lines, int perLine) {
            this.perLine = perLine;
            count = new int[lines];
            int room = Math.multiplyExact(lines, perLine);
            other = new int[room];
            cost = new int[room];
            reducedCost = new long[room];
        }

        int other(int line, int k) {
            return other[line * perLine + k];
        }

        int cost(int line, int k) {
            return cost[line * perLine + k];
        }

        boolean has(int line, int point) {
            for (int k = 0; k < count[line]; k++) {
                if (other(line, k) == point) {
                    return true;
                }
            }
            return false;
        }

        /** Whether the line may have more than was looked for. */
        boolean isFull(int line) {
            return count[line] == perLine;
        }

        boolean isEmpty() {
            return total() == 0;
        }

        long total() {
            long total = 0;
            for (int n : count) {
                total += n;
            }
            return total;
        }

        void offer(int line, int newOther, int newCost, long newReducedCost) {
            int begin = line * perLine;
            int place = begin + count[line];
            if (count[line] == perLine) {
                place--;
            } else {
                count[line]++;
            }
            while (place > begin && reducedCost[place - 1] > newReducedCost) {
                other[place] = other[place - 1];
                cost[place] = cost[place - 1];
                reducedCost[place] = reducedCost[place - 1];
                place--;
            }
            other[place] = newOther;
            cost[place] = newCost;
            reducedCost[place] = newReducedCost;
        }

        /** What a pair must undercut to be among the best of its line. */
        long bar(int line) {
            return count[line] < perLine ? 0 : reducedCost[line * perLine + perLine - 1];
        }
    }

    private @Nullable Cells rowCells;
    private @Nullable Cells columnCells;

    private Cells rowCells() {
        Cells known = rowCells;
        if (known == null) {
            known = table.rowCells();
            rowCells = known;
        }
        return known;
    }

    private Cells columnCells() {
        Cells known = columnCells;
        if (known == null) {
            known = table.columnCells();
            columnCells = known;
        }
        return known;
    }

    /**
     * Looks at all pairs for the best of each row. Rows are shared out to threads, and no row depends on another.
     *
     * @param checks what need not be looked at again; null = everything is looked at
     */
    private Found bestOfRows(long[] u, long[] w, int perRow, @Nullable Checks checks) {
        Found found = new Found(table.rows(), perRow);
        Cells cells = columnCells();
        double[] dearest = cells.highest(w);
        if (checks != null) {
            checks.compare(w);
        }
        inParallel(table.rows(), row -> {
            for (int cell = 0; cell < cells.count(); cell++) {
                if (checks != null && !checks.someMayGain(row, cell, u)) {
                    continue;
                }
                double chord = cells.chordTo(cell, rowCells(), row);
                if (table.costOverChord(chord) >= dearest[cell] - u[row] + found.bar(row)) {
                    continue;
                }
                for (int place = cells.begin(cell); place < cells.end(cell); place++) {
                    int column = cells.point(place);
                    if (checks != null && !checks.mayGain(row, column, u)) {
                        continue;
                    }
                    long limit = w[column] - u[row] + found.bar(row);
                    int cost = costBelow(row, column, limit);
                    if (cost != PairTable.NONE) {
                        found.offer(row, column, cost, cost + u[row] - w[column]);
                    }
                }
            }
        });
        return found;
    }

    /** Prices of the rows whose best may not be all that gains; the others' are {@link #NEVER}. */
    private static long[] ofFull(long[] u, Found ofRows) {
        long[] ofFull = new long[u.length];
        Arrays.setAll(ofFull, row -> ofRows.isFull(row) ? u[row] : NEVER);
        return ofFull;
    }

    /**
     * Looks for the best of each column.
     *
     * @param u of the rows that are looked at, {@link #NEVER} of others
     */
    private Found bestOfColumns(long[] u, long[] w, int perColumn) {
        Found found = new Found(table.columns(), perColumn);
        Cells cells = rowCells();
        double[] cheapest = cells.lowest(u);
        inParallel(table.columns(), column -> {
            for (int cell = 0; cell < cells.count(); cell++) {
                double chord = cells.chordTo(cell, columnCells(), column);
                if (table.costOverChord(chord) >= w[column] - cheapest[cell] + found.bar(column)) {
                    continue;
                }
                for (int place = cells.begin(cell); place < cells.end(cell); place++) {
                    int row = cells.point(place);
                    if (u[row] == NEVER) {
                        continue;
                    }
                    long limit = w[column] - u[row] + found.bar(column);
                    int cost = costBelow(row, column, limit);
                    if (cost != PairTable.NONE) {
                        found.offer(column, row, cost, cost + u[row] - w[column]);
                    }
                }
            }
        });
        return found;
    }

    /** The cost of a pair if it is possible and costs less than the limit, else {@link PairTable#NONE}. */
    private int costBelow(int row, int column, long limit) {
        if (table.isOnSphere() && table.costsAtLeast(row, column, (double) limit)) {
            return PairTable.NONE;
        }
        int cost = table.cost(row, column);
        return cost < limit ? cost : PairTable.NONE;
    }

    private static void inParallel(int lines, IntConsumer work) {
        int parts = (lines + LINES_AT_A_TIME - 1) / LINES_AT_A_TIME;
        IntStream.range(0, parts).parallel().forEach(part -> {
            int end = Math.min(lines, (part + 1) * LINES_AT_A_TIME);
            for (int line = part * LINES_AT_A_TIME; line < end; line++) {
                work.accept(line);
            }
        });
    }
}
