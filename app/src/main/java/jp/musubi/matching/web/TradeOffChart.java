package jp.musubi.matching.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.matching.Coverage;
import jp.musubi.matching.PlanFigures;
import jp.musubi.matching.TradeOff;

/**
 * Where the points of a trade-off lie in a drawing of {@value #WIDTH} by {@value #HEIGHT}: to the right what is carried,
 * upwards how many needs get something.
 *
 * @param points from left to right as the equities rise
 * @param leastKm unit-km at the left edge
 * @param mostKm unit-km at the right edge
 */
public record TradeOffChart(List<Point> points, double leastKm, double mostKm) {

    public static final int WIDTH = 640;
    public static final int HEIGHT = 280;
    private static final int LEFT = 56;
    private static final int RIGHT = 616;
    private static final int TOP = 20;
    private static final int BOTTOM = 236;

    /**
     * @param equity empty for levelled coverage
     */
    public record Point(long x, long y, Optional<Double> equity) {}

    static TradeOffChart of(TradeOff tradeOff) {
        double least = tradeOff.points().stream()
                .mapToDouble(point -> point.figures().unitKm())
                .min()
                .orElse(0);
        double most = tradeOff.points().stream()
                .mapToDouble(point -> point.figures().unitKm())
                .max()
                .orElse(0);
        List<Point> points = new ArrayList<>();
        for (TradeOff.Point point : tradeOff.points()) {
            double right = most > least ? (point.figures().unitKm() - least) / (most - least) : 0.5;
            points.add(new Point(
                    Math.round(LEFT + right * (RIGHT - LEFT)),
                    Math.round(BOTTOM - reached(point.figures()) * (BOTTOM - TOP)),
                    point.equity()));
        }
        return new TradeOffChart(points, least, most);
    }

    private static double reached(PlanFigures figures) {
        Coverage coverage = figures.coverage();
        return coverage == null ? 1 : 1 - coverage.zeroShare();
    }

    /** As the attribute {@code points} of a polyline wants it. */
    public String line() {
        return points.stream().map(point -> point.x() + "," + point.y()).collect(Collectors.joining(" "));
    }
}
