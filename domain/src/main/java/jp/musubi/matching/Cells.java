package jp.musubi.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Points on the unit sphere in small cells of neighbours, so that whole cells can be passed over when even their nearest
 * and dearest point cannot gain.
 */
final class Cells {

    private static final int LARGEST_CELL = 24;

    private final double[][] points;
    private final int[] order;
    private final int[] start;
    private final double[][] centre;
    private final double[] radius;

    Cells(double[] x, double[] y, double[] z) {
        points = new double[][] {x, y, z};
        Integer[] numbers = new Integer[x.length];
        Arrays.setAll(numbers, i -> i);
        List<Integer> starts = new ArrayList<>();
        split(numbers, 0, numbers.length, starts);
        int cells = starts.size();
        order = new int[numbers.length];
        Arrays.setAll(order, i -> numbers[i]);
        start = new int[cells + 1];
        for (int i = 0; i < cells; i++) {
            start[i] = starts.get(i);
        }
        start[cells] = numbers.length;
        centre = new double[3][cells];
        radius = new double[cells];
        for (int cell = 0; cell < cells; cell++) {
            int size = start[cell + 1] - start[cell];
            for (int place = start[cell]; place < start[cell + 1]; place++) {
                for (int axis = 0; axis < 3; axis++) {
                    centre[axis][cell] += points[axis][order[place]] / size;
                }
            }
            for (int place = start[cell]; place < start[cell + 1]; place++) {
                // A little more, for what rounding takes.
                radius[cell] = Math.max(radius[cell], distance(cell, this, order[place]) + 1e-12);
            }
        }
    }

    /** Halves the widest side until cells are small. */
    private void split(Integer[] numbers, int begin, int end, List<Integer> starts) {
        if (end - begin <= LARGEST_CELL) {
            if (end > begin) {
                starts.add(begin);
            }
            return;
        }
        int widest = 0;
        double width = -1;
        for (int axis = 0; axis < 3; axis++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int k = begin; k < end; k++) {
                low = Math.min(low, points[axis][numbers[k]]);
                high = Math.max(high, points[axis][numbers[k]]);
            }
            if (high - low > width) {
                width = high - low;
                widest = axis;
            }
        }
        double[] along = points[widest];
        Arrays.sort(
                numbers,
                begin,
                end,
                Comparator.<Integer>comparingDouble(i -> along[i]).thenComparing(Comparator.naturalOrder()));
        int middle = (begin + end) >>> 1;
        split(numbers, begin, middle, starts);
        split(numbers, middle, end, starts);
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

    int point(int place) {
        return order[place];
    }

    /** The highest price in each cell. */
    double[] highest(long[] prices) {
        double[] highest = new double[count()];
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        for (int cell = 0; cell < highest.length; cell++) {
            for (int place = start[cell]; place < start[cell + 1]; place++) {
                highest[cell] = Math.max(highest[cell], (double) prices[order[place]]);
            }
        }
        return highest;
    }

    /** The lowest price in each cell. */
    double[] lowest(long[] prices) {
        double[] lowest = new double[count()];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        for (int cell = 0; cell < lowest.length; cell++) {
            for (int place = start[cell]; place < start[cell + 1]; place++) {
                lowest[cell] = Math.min(lowest[cell], (double) prices[order[place]]);
            }
        }
        return lowest;
    }

    /** The straight line, in earth radii, that a point among {@code others} has at least to any point of the cell. */
    double chordTo(int cell, Cells others, int point) {
        return distance(cell, others, point) - radius[cell];
    }

    private double distance(int cell, Cells others, int point) {
        double dx = others.points[0][point] - centre[0][cell];
        double dy = others.points[1][point] - centre[1][cell];
        double dz = others.points[2][point] - centre[2][cell];
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
