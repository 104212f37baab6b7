package jp.musubi.matching;

import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much each need gets if coverage is raised for everybody together, and whoever cannot get more is left where it is:
 * the lexicographically largest vector of coverages, smallest first. No need can get more without taking from one that is
 * covered no better.
 *
 * <p>What sets of needs can be given at once is a polymatroid, so giving the next unit always to the least covered need
 * that can still get one is optimal: A. Federgruen and H. Groenevelt, The greedy procedure for resource allocation
 * problems, Operations Research 34 (1986). Here all open needs are raised to one level by maximum flows. Where a level is too
 * high, the needs that block it say which could be right (W. Dinkelbach, On nonlinear fractional programming, Management
 * Science 13, 1967), so a few flows suffice. Single units are given only where not all of a level can have one.
 */
final class MaxMinCoverage {

    private final long[] left;
    private final long[] asked;
    private final int[][] columnsOfRow;
    private final long[][] flow;
    private final int[][] rowsOfColumn;
    private final long[] served;
    private final boolean[] settled;

    // Of the last search: who was seen, and who came before whom. Equal to the search's number = seen.
    private final int[] rowSeen;
    private final int[] columnSeen;
    private final int[] rowBefore;
    private final int[] columnBefore;
    private int search;

    /**
     * @param supply units of each row
     * @param asked units that each column may still get
     */
    private MaxMinCoverage(PairTable pairs, long[] supply, long[] asked) {
        this.asked = asked;
        // Rows that can go to the same columns are one: here it does not matter how far they go.
        Map<IntBuffer, Integer> rowOfColumns = new LinkedHashMap<>();
        long[] together = new long[pairs.rows()];
        for (int row = 0; row < pairs.rows(); row++) {
            if (supply[row] > 0) {
                IntBuffer columns = IntBuffer.wrap(columns(pairs, row));
                Integer same = rowOfColumns.putIfAbsent(columns, rowOfColumns.size());
                together[same == null ? rowOfColumns.size() - 1 : same] += supply[row];
            }
        }
        left = Arrays.copyOf(together, rowOfColumns.size());
        columnsOfRow = rowOfColumns.keySet().stream().map(IntBuffer::array).toArray(int[][]::new);
        flow = new long[columnsOfRow.length][];
        int[] degree = new int[pairs.columns()];
        for (int row = 0; row < columnsOfRow.length; row++) {
            flow[row] = new long[columnsOfRow[row].length];
            for (int column : columnsOfRow[row]) {
                degree[column]++;
            }
        }
        rowsOfColumn = new int[pairs.columns()][];
        for (int column = 0; column < rowsOfColumn.length; column++) {
            rowsOfColumn[column] = new int[degree[column]];
        }
        int[] next = new int[rowsOfColumn.length];
        for (int row = 0; row < columnsOfRow.length; row++) {
            for (int column : columnsOfRow[row]) {
                rowsOfColumn[column][next[column]++] = row;
            }
        }
        served = new long[rowsOfColumn.length];
        settled = new boolean[served.length];
        rowSeen = new int[columnsOfRow.length];
        columnSeen = new int[served.length];
        rowBefore = new int[served.length];
        columnBefore = new int[columnsOfRow.length];
    }

    private static int[] columns(PairTable pairs, int row) {
        int[] columns = new int[pairs.columns()];
        int count = 0;
        for (int column = 0; column < columns.length; column++) {
            if (pairs.cost(row, column) != PairTable.NONE) {
                columns[count++] = column;
            }
        }
        return Arrays.copyOf(columns, count);
    }

    /**
     * @return units for each column
     */
    static long[] of(PairTable pairs, long[] supply, long[] asked) {
        MaxMinCoverage coverage = new MaxMinCoverage(pairs, supply, asked);
        coverage.fill();
        return coverage.served;
    }

    private void fill() {
        for (int column = 0; column < served.length; column++) {
            settled[column] = asked[column] == 0;
        }
        long most = mostAsked();
        while (most > 0) {
            raiseTogether(most);
            settleSome();
            most = mostAsked();
        }
    }

    /** The most that an open column asks; 0 if none is open. */
    private long mostAsked() {
        long most = 0;
        for (int column = 0; column < served.length; column++) {
            if (!settled[column]) {
                most = Math.max(most, asked[column]);
            }
        }
        return most;
    }

    /** Raises all open columns to the highest level they can reach together, in units of the largest. */
    private void raiseTogether(long most) {
        long[] leftBefore = left.clone();
        long[] servedBefore = served.clone();
        long[][] flowBefore = Arrays.stream(flow).map(long[]::clone).toArray(long[][]::new);
        long level = most;
        while (!raiseTo(level, most)) {
            level = levelOfBlocked(level, most, servedBefore);
            System.arraycopy(leftBefore, 0, left, 0, left.length);
            System.arraycopy(servedBefore, 0, served, 0, served.length);
            for (int row = 0; row < flow.length; row++) {
                System.arraycopy(flowBefore[row], 0, flow[row], 0, flow[row].length);
            }
        }
    }

    /** What an open column is given at least at a level. */
    private long goal(int column, long level, long most) {
        return -Math.floorDiv(-asked[column] * level, most);
    }

    /** Serves every open column at least level/most of what it asks; if false, the last search met those who block it. */
    private boolean raiseTo(long level, long most) {
        for (int column = 0; column < served.length; column++) {
            long goal = settled[column] ? 0 : goal(column, level, most);
            while (served[column] < goal) {
                if (augment(column, goal - served[column]) == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The highest level that the open columns of the last search could reach with what they have; they can get no more. */
    private long levelOfBlocked(long tooHigh, long most, long[] servedBefore) {
        long together = 0;
        for (int column = 0; column < served.length; column++) {
            together += isOpenAndBlocked(column) ? served[column] : 0;
        }
        long reached = 0;
        long beyond = tooHigh;
        while (beyond - reached > 1) {
            long level = reached + (beyond - reached) / 2;
            long wanted = 0;
            for (int column = 0; column < served.length; column++) {
                wanted += isOpenAndBlocked(column) ? Math.max(goal(column, level, most), servedBefore[column]) : 0;
            }
            if (wanted <= together) {
                reached = level;
            } else {
                beyond = level;
            }
        }
        return reached;
    }

    private boolean isOpenAndBlocked(int column) {
        return !settled[column] && columnSeen[column] == search;
    }

    /** Gives the least covered open column one unit more, until one has all or some cannot get more. */
    private void settleSome() {
        while (true) {
            int least = -1;
            for (int column = 0; column < served.length; column++) {
                if (!settled[column] && (least < 0 || comesBefore(column, least))) {
                    least = column;
                }
            }
            if (served[least] == asked[least]) {
                settled[least] = true;
                return;
            }
            if (augment(least, 1) == 0) {
                // Whatever others get from now on, none of those that the search met can get more.
                for (int column = 0; column < served.length; column++) {
                    settled[column] |= columnSeen[column] == search;
                }
                return;
            }
        }
    }

    /** Whether a column is covered less than another, or as much and one more unit would do more for it. */
    private boolean comesBefore(int column, int other) {
        long difference = served[column] * asked[other] - served[other] * asked[column];
        return difference < 0 || (difference == 0 && asked[column] < asked[other]);
    }

    /** Finds the shortest way by which a column can get more, taking from no other in sum; gives at most {@code most}. */
    private long augment(int target, long most) {
        search++;
        ArrayDeque<Integer> columns = new ArrayDeque<>();
        columnSeen[target] = search;
        rowBefore[target] = -1;
        columns.add(target);
        while (!columns.isEmpty()) {
            int column = columns.remove();
            for (int row : rowsOfColumn[column]) {
                if (rowSeen[row] == search) {
                    continue;
                }
                rowSeen[row] = search;
                columnBefore[row] = column;
                if (left[row] > 0) {
                    return push(row, most);
                }
                for (int place = 0; place < columnsOfRow[row].length; place++) {
                    int from = columnsOfRow[row][place];
                    if (columnSeen[from] != search && flow[row][place] > 0) {
                        columnSeen[from] = search;
                        rowBefore[from] = row;
                        columns.add(from);
                    }
                }
            }
        }
        return 0;
    }

    /** The row gives to the column before it, which lets go as much to the row before that, up to the target. */
    private long push(int source, long most) {
        long units = Math.min(most, left[source]);
        for (int row = source; ; ) {
            int column = columnBefore[row];
            int next = rowBefore[column];
            if (next < 0) {
                break;
            }
            units = Math.min(units, flow[next][place(next, column)]);
            row = next;
        }
        left[source] -= units;
        for (int row = source; ; ) {
            int column = columnBefore[row];
            flow[row][place(row, column)] += units;
            int next = rowBefore[column];
            if (next < 0) {
                served[column] += units;
                return units;
            }
            flow[next][place(next, column)] -= units;
            row = next;
        }
    }

    private int place(int row, int column) {
        return Arrays.binarySearch(columnsOfRow[row], column);
    }
}
