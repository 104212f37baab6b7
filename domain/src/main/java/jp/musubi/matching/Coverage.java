package jp.musubi.matching;

import java.util.Arrays;

/**
 * How evenly needs are served. The share of a need is served / asked, from 0 to 1; every need counts once.
 *
 * @param min the smallest share
 * @param p10 the share below which one need in ten lies; between two needs it is interpolated
 * @param gini 0 if all shares are equal, towards 1 if few needs have everything
 * @param zeroShare the part of needs that get nothing
 */
public record Coverage(double min, double p10, double p25, double median, double gini, double zeroShare) {

    /**
     * @param shares at least one
     */
    public static Coverage of(double[] shares) {
        if (shares.length == 0) {
            throw new IllegalArgumentException("Without needs there is no coverage.");
        }
        double[] sorted = shares.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double weighted = 0;
        int zero = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += sorted[i];
            weighted += (2.0 * (i + 1) - sorted.length - 1) * sorted[i];
            if (sorted[i] == 0) {
                zero++;
            }
        }
        double gini = sum == 0 ? 0 : weighted / (sorted.length * sum);
        return new Coverage(
                sorted[0],
                quantile(sorted, 0.10),
                quantile(sorted, 0.25),
                quantile(sorted, 0.50),
                Math.max(0, gini),
                (double) zero / sorted.length);
    }

    private static double quantile(double[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
