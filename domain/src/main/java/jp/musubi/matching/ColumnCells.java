package jp.musubi.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The columns of a table in small cells of neighbours, so that whole cells can be passed over when even their nearest
 * and dearest column cannot gain.
 */
final class ColumnCells {

    private static final int LARGEST_CELL = 24;

    private final int[] order;
    private final int[] start;
    private final double[] x;
    private final double[] y;
    private final double[] z;
    private final double[] radius;

    ColumnCells(PairTable table) {
        Integer[] columns = new Integer[table.columns()];
        Arrays.setAll(columns, i -> i);
        List<Integer> starts = new ArrayList<>();
        if (table.isOnSphere()) {
            split(table, columns, 0, columns.length, starts);
        } else {
            starts.add(0);
        }
        int cells = starts.size();
        order = new int[columns.length];
        Arrays.setAll(order, i -> columns[i]);
        start = new int[cells + 1];
        for (int i = 0; i < cells; i++) {
            start[i] = starts.get(i);
        }
        start[cells] = columns.length;
        x = new double[cells];
        y = new double[cells];
        z = new double[cells];
        radius = new double[cells];
        for (int i = 0; i < cells; i++) {
            int size = start[i + 1] - start[i];
            for (int k = start[i]; k < start[i + 1]; k++) {
                x[i] += table.columnX(order[k]) / size;
                y[i] += table.columnY(order[k]) / size;
                z[i] += table.columnZ(order[k]) / size;
            }
            for (int k = start[i]; k < start[i + 1]; k++) {
                double dx = table.columnX(order[k]) - x[i];
                double dy = table.columnY(order[k]) - y[i];
                double dz = table.columnZ(order[k]) - z[i];
                // A little more, for what rounding takes.
                radius[i] = Math.max(radius[i], Math.sqrt(dx * dx + dy * dy + dz * dz) + 1e-12);
            }
        }
    }

    /** Halves the widest side until cells are small. */
    private static void split(PairTable table, Integer[] columns, int begin, int end, List<Integer> starts) {
        if (end - begin <= LARGEST_CELL) {
            if (end > begin) {
                starts.add(begin);
            }
            return;
        }
        double[] low = {2, 2, 2};
        double[] high = {-2, -2, -2};
        for (int k = begin; k < end; k++) {
            for (int axis = 0; axis < 3; axis++) {
                double value = coordinate(table, columns[k], axis);
                low[axis] = Math.min(low[axis], value);
                high[axis] = Math.max(high[axis], value);
            }
        }
        int widest = 0;
        for (int axis = 1; axis < 3; axis++) {
            if (high[axis] - low[axis] > high[widest] - low[widest]) {
                widest = axis;
            }
        }
        int axis = widest;
        Arrays.sort(
                columns,
                begin,
                end,
                Comparator.<Integer>comparingDouble(c -> coordinate(table, c, axis))
                        .thenComparing(Comparator.naturalOrder()));
        int middle = (begin + end) >>> 1;
        split(table, columns, begin, middle, starts);
        split(table, columns, middle, end, starts);
    }

    private static double coordinate(PairTable table, int column, int axis) {
        return switch (axis) {
            case 0 -> table.columnX(column);
            case 1 -> table.columnY(column);
            default -> table.columnZ(column);
        };
    }

    int count() {
        return radius.length;
    }

    int begin(int cell) {
        return start[cell];
    }

    int end(int cell) {
        return start[cell + 1];
    }

    int column(int place) {
        return order[place];
    }

    /** The highest price in each cell. */
    long[] highest(long[] prices) {
        long[] highest = new long[count()];
        for (int cell = 0; cell < highest.length; cell++) {
            highest[cell] = Long.MIN_VALUE;
            for (int k = start[cell]; k < start[cell + 1]; k++) {
                highest[cell] = Math.max(highest[cell], prices[order[k]]);
            }
        }
        return highest;
    }

    /** A cost that the row undercuts nowhere in the cell. */
    double costAtLeast(PairTable table, int row, int cell) {
        return table.isOnSphere()
                ? table.costAtLeast(row, x[cell], y[cell], z[cell], radius[cell])
                : Double.NEGATIVE_INFINITY;
    }
}
