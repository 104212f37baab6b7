package jp.musubi.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Solves the transportation problem of one group of items to proven optimality. Small problems are given to the simplex
 * with all their pairs; large ones with the pairs that estimated prices call promising, and then with whatever pairs
 * turn out to gain, until none does.
 */
final class GroupSolver {

    /** Up to here all pairs are given to the simplex at once. */
    static final long PAIRS_AT_ONCE = 250_000;

    /** Up to here pairs of merged sources estimate the prices. */
    private static final long PAIRS_TO_ESTIMATE = 1_000_000;

    private static final double SMALLEST_CELL_KM = 10;
    private static final double LARGEST_CELL_KM = 640;
    private static final double KM_PER_DEGREE = 111.2;

    private static final int PROMISING_PER_ROW = 6;
    private static final int GAINING_PER_ROW = 4;
    private static final int ROWS_AT_A_TIME = 128;

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
     * @param estimate prices of the columns to begin with; null if none are known
     */
    Solution solve(long @Nullable [] estimate) {
        TransportSimplex simplex = new TransportSimplex(supply, table.columns(), tierSink, tierSize, tierValue);
        if ((long) table.rows() * table.columns() <= pairsAtOnce) {
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
        long[] promising = estimate != null ? estimate : estimate();
        Found found = scan(new long[table.rows()], promising, PROMISING_PER_ROW);
        found.addTo(simplex);
        int rounds = 0;
        while (simplex.optimise(goOn)) {
            rounds++;
            found = scan(rowPrices(simplex), columnPrices(simplex), GAINING_PER_ROW);
            if (found.isEmpty()) {
                return solution(simplex, rowPrices(simplex), rounds);
            }
            found.addTo(simplex);
        }
        return solution(simplex, boundingPrices(columnPrices(simplex)), rounds);
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
        Found best = scan(new long[table.rows()], columnPrices, 1);
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
        TransportSimplex simplex = new TransportSimplex(together, table.columns(), tierSink, tierSize, tierValue);
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

    /** The best pairs of each row with negative reduced cost. */
    private final class Found {
        final int perRow;
        final int[] count;
        final int[] column;
        final int[] cost;
        final long[] reducedCost;

        Found(int perRow) {
            this.perRow = perRow;
            count = new int[table.rows()];
            int room = Math.multiplyExact(table.rows(), perRow);
            column = new int[room];
            cost = new int[room];
            reducedCost = new long[room];
        }

        boolean isEmpty() {
            for (int n : count) {
                if (n > 0) {
                    return false;
                }
            }
            return true;
        }

        void addTo(TransportSimplex simplex) {
            long more = 0;
            for (int n : count) {
                more += n;
            }
            simplex.expectPairs(simplex.pairs() + more);
            for (int row = 0; row < count.length; row++) {
                for (int k = 0; k < count[row]; k++) {
                    simplex.addPair(row, column[row * perRow + k], cost[row * perRow + k]);
                }
            }
        }

        void offer(int row, int newColumn, int newCost, long newReducedCost) {
            int begin = row * perRow;
            int place = begin + count[row];
            if (count[row] == perRow) {
                place--;
            } else {
                count[row]++;
            }
            while (place > begin && reducedCost[place - 1] > newReducedCost) {
                column[place] = column[place - 1];
                cost[place] = cost[place - 1];
                reducedCost[place] = reducedCost[place - 1];
                place--;
            }
            column[place] = newColumn;
            cost[place] = newCost;
            reducedCost[place] = newReducedCost;
        }

        /** What a pair must undercut to be among the best of its row. */
        long bar(int row) {
            return count[row] < perRow ? 0 : reducedCost[row * perRow + perRow - 1];
        }
    }

    /** Looks at all pairs, cell by cell. Rows are shared out to threads, and no row depends on another. */
    private Found scan(long[] rowPrices, long[] columnPrices, int perRow) {
        Found found = new Found(perRow);
        long[] highest = cells().highest(columnPrices);
        int parts = (table.rows() + ROWS_AT_A_TIME - 1) / ROWS_AT_A_TIME;
        IntStream.range(0, parts).parallel().forEach(part -> {
            int end = Math.min(table.rows(), (part + 1) * ROWS_AT_A_TIME);
            for (int row = part * ROWS_AT_A_TIME; row < end; row++) {
                scanRow(found, row, rowPrices[row], columnPrices, highest);
            }
        });
        return found;
    }

    private @Nullable ColumnCells cells;

    private ColumnCells cells() {
        ColumnCells known = cells;
        if (known == null) {
            known = new ColumnCells(table);
            cells = known;
        }
        return known;
    }

    private void scanRow(Found found, int row, long u, long[] w, long[] highest) {
        ColumnCells all = cells();
        boolean sphere = table.isOnSphere();
        for (int cell = 0; cell < all.count(); cell++) {
            if (all.costAtLeast(table, row, cell) >= (double) (highest[cell] - u + found.bar(row))) {
                continue;
            }
            for (int place = all.begin(cell); place < all.end(cell); place++) {
                int column = all.column(place);
                long limit = w[column] - u + found.bar(row);
                if (sphere && table.costsAtLeast(row, column, (double) limit)) {
                    continue;
                }
                int cost = table.cost(row, column);
                if (cost != PairTable.NONE && cost < limit) {
                    found.offer(row, column, cost, cost + u - w[column]);
                }
            }
        }
    }
}
