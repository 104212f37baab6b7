package jp.musubi.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What equity costs: one problem planned from efficiency only to nobody left behind, everything else equal.
 *
 * @param points by rising equity; the last levels coverage
 */
public record TradeOff(List<Point> points) {

    /** The equities that are planned, before levelling. */
    public static final List<Double> EQUITIES = List.of(1.0, 2.0, 4.0, 8.0, 20.0, 100.0);

    /**
     * @param equity empty = coverage is levelled without regard to anything else
     */
    public record Point(Optional<Double> equity, PlanFigures figures) {}

    public TradeOff {
        points = List.copyOf(points);
    }

    /**
     * Plans once for each equity, each from the one before.
     *
     * @param progress told how much is done of all plans together
     * @return empty if the constraints contradict each other
     */
    public static Optional<TradeOff> of(PlanningProblem problem, int threads, PlanProgress progress) {
        List<Point> points = new ArrayList<>();
        @Nullable Plan before = null;
        int plans = EQUITIES.size() + 1;
        for (int i = 0; i < plans; i++) {
            int done = i;
            Planner planner = Planner.withThreads(threads)
                    .watchedBy((part, all) -> progress.goOn(done * Math.max(1, all) + part, plans * Math.max(1, all)));
            if (before != null) {
                planner = planner.startingFrom(before);
            }
            boolean last = i == EQUITIES.size();
            Optional<Double> equity = last ? Optional.empty() : Optional.of(EQUITIES.get(i));
            PlanOutcome outcome = last
                    ? planner.levelling().plan(problem)
                    : planner.plan(problem.withPolicy(problem.policy().withEquity(EQUITIES.get(i))));
            if (!(outcome instanceof PlanOutcome.Planned planned)) {
                return Optional.empty();
            }
            points.add(new Point(equity, planned.plan().figures()));
            before = planned.plan();
        }
        return Optional.of(new TradeOff(points));
    }
}
