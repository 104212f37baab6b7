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
     * Plans once for each equity, each from the one before where items share nothing. Levelling knows no limits of hubs, so
     * with limits there is no such point.
     *
     * @param programs for what items share
     * @param progress told how much is done of all plans together
     * @return empty if the constraints contradict each other
     */
    public static Optional<TradeOff> of(
            PlanningProblem problem, LinearPrograms programs, int threads, PlanProgress progress) {
        List<Point> points = new ArrayList<>();
        boolean levels = problem.sharing().limits().isEmpty();
        int plans = EQUITIES.size() + (levels ? 1 : 0);
        @Nullable PlanStart before = null;
        for (int i = 0; i < plans; i++) {
            int done = i;
            PlanProgress own = (part, all) -> progress.goOn(done * Math.max(1, all) + part, plans * Math.max(1, all));
            Planner planner = Planner.withThreads(threads).watchedBy(own);
            if (before != null) {
                planner = planner.startingFrom(before);
            }
            PlanOutcome outcome;
            if (i == EQUITIES.size()) {
                outcome = planner.levelling().plan(problem);
            } else {
                PlanningProblem next = problem.withPolicy(problem.policy().withEquity(EQUITIES.get(i)));
                outcome = SharedPlanner.isNeededFor(problem)
                        ? new SharedPlanner(programs, threads, own).plan(next)
                        : planner.plan(next);
            }
            if (outcome instanceof PlanOutcome.Contradictory) {
                return Optional.empty();
            }
            Plan plan = outcome instanceof PlanOutcome.Shared shared
                    ? shared.plan().plan()
                    : ((PlanOutcome.Planned) outcome).plan();
            points.add(
                    new Point(i < EQUITIES.size() ? Optional.of(EQUITIES.get(i)) : Optional.empty(), plan.figures()));
            if (outcome instanceof PlanOutcome.Planned) {
                before = before == null ? PlanStart.of(problem, plan) : before.with(problem, plan);
            }
        }
        return Optional.of(new TradeOff(points));
    }
}
