package jp.musubi.matching.web;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import jp.musubi.matching.Coverage;
import jp.musubi.matching.FarEnd;

/**
 * Two curves in a drawing of {@value #WIDTH} by {@value #HEIGHT}: to the right all communities, each curve's least covered
 * first; upwards how much of their needs they get.
 *
 * @param planned, levelled as the attribute {@code points} of a polyline wants it
 * @param byPlan, byLevel what the table says of the same
 */
public record CoverageCurves(String planned, String levelled, Coverage byPlan, Coverage byLevel) {

    public static final int WIDTH = 640;
    public static final int HEIGHT = 280;
    static final int MOST_POINTS = 201;
    private static final int LEFT = 56;
    private static final int RIGHT = 616;
    private static final int TOP = 20;
    private static final int BOTTOM = 236;

    /**
     * @param farEnd of at least one community
     */
    static CoverageCurves of(FarEnd farEnd) {
        double[] planned = shares(farEnd, FarEnd.Community::planned);
        double[] levelled = shares(farEnd, FarEnd.Community::levelled);
        return new CoverageCurves(line(planned), line(levelled), Coverage.of(planned), Coverage.of(levelled));
    }

    /** Least first. */
    private static double[] shares(FarEnd farEnd, ToDoubleFunction<FarEnd.Community> share) {
        double[] shares = farEnd.communities().stream().mapToDouble(share).toArray();
        Arrays.sort(shares);
        return shares;
    }

    /** One community is a level line; of many only as many are drawn as the eye tells apart. */
    private static String line(double[] shares) {
        int points = Math.min(MOST_POINTS, Math.max(2, shares.length));
        StringBuilder line = new StringBuilder();
        for (int point = 0; point < points; point++) {
            double right = (double) point / (points - 1);
            double share = shares[(int) Math.round(right * (shares.length - 1))];
            line.append(point == 0 ? "" : " ")
                    .append(Math.round(LEFT + right * (RIGHT - LEFT)))
                    .append(',')
                    .append(Math.round(BOTTOM - share * (BOTTOM - TOP)));
        }
        return line.toString();
    }
}
