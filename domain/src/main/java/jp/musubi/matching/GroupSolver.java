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

    private final PairTable table;
    private final long[] supply;
    private final int[] tierSink;
    private final long[] tierSize;
    private final int[] tierValue;
    private final BooleanSupplier goOn;
    private final long pairsAtOnce;

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
            long pairsAtOnce) {
        this.table = table;
        this.supply = supply;
        this.tierSink = tierSink;
        this.tierSize = tierSize;
        this.tierValue = tierValue;
        this.goOn = goOn;
        this.pairsAtOnce = pairsAtOnce;
    }

    /**
     * A plan for a similar problem, as far as it concerns this group.
     *
     * @param columnPrices w of each column
     * @param pairs row · columns + column of the pairs that had flow
     * @param units how much
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier inside this package, never compared
    record WarmStart(long[] columnPrices, long[] pairs, long[] units) {}

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
        long[] units = new long[warm.pairs().length];
        int possible = 0;
        for (int i = 0; i < units.length; i++) {
            int row = Math.toIntExact(warm.pairs()[i] / table.columns());
            int column = Math.toIntExact(warm.pairs()[i] % table.columns());
            int cost = table.cost(row, column);
            if (cost != PairTable.NONE) {
                simplex.addPair(row, column, cost);
                units[possible++] = warm.units()[i];
            }
        }
        simplex.startFrom(Arrays.copyOf(units, possible));
        if ((long) table.rows() * table.columns() <= Math.min(pairsAtOnce, PAIRS_AT_ONCE_WARM)) {
            return solveWithAllPairs(simplex); // those with flow come twice, which does no harm
        }
        return addWhatGains(simplex, addPromising(simplex, warm.columnPrices()));
    }

    /** Optimises, prices all pairs and adds those that gain, until none does. */
    private Solution addWhatGains(TransportSimplex simplex, Checks checks) {
        int rounds = 0;
        while (simplex.optimise(goOn)) {
            rounds++;
            long[] u = rowPrices(simplex);
            long[] w = columnPrices(simplex);
            Found gaining = bestOfRows(u, w, GAINING_PER_LINE, checks);
            if (gaining.isEmpty()) {
                return solution(simplex, u, rounds);
            }
            add(simplex, gaining, bestOfColumns(u, w, GAINING_PER_LINE, gaining));
            checks.note(u, w, gaining);
        }
        return solution(simplex, boundingPrices(columnPrices(simplex)), rounds);
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
        add(simplex, promising, bestOfColumns(u, w, PROMISING_PER_LINE, promising));
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

    /** Looks for the best of each column among those that may be missing from the best of rows: the rows that are full. */
    private Found bestOfColumns(long[] u, long[] w, int perColumn, Found ofRows) {
        Found found = new Found(table.columns(), perColumn);
        Cells cells = rowCells();
        long[] ofFull = new long[u.length];
        Arrays.setAll(ofFull, row -> ofRows.isFull(row) ? u[row] : NEVER);
        double[] cheapest = cells.lowest(ofFull);
        inParallel(table.columns(), column -> {
            for (int cell = 0; cell < cells.count(); cell++) {
                double chord = cells.chordTo(cell, columnCells(), column);
                if (table.costOverChord(chord) >= w[column] - cheapest[cell] + found.bar(column)) {
                    continue;
                }
                for (int place = cells.begin(cell); place < cells.end(cell); place++) {
                    int row = cells.point(place);
                    if (ofFull[row] == NEVER) {
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
