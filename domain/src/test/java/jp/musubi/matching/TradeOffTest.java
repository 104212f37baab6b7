package jp.musubi.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import jp.musubi.matching.TradeOff.Point;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TradeOffTest {

    private static final LinearPrograms NONE = () -> {
        throw new AssertionError("Nothing is shared here.");
    };

    private static Plan levelled(PlanningProblem problem) {
        return ((PlanOutcome.Planned) Planner.withThreads(1).levelling().plan(problem)).plan();
    }

    /** Every way to serve these needs is tried; the one whose worst, second worst … coverage is largest wins. */
    @Property(tries = 200)
    void noOtherPlanServesTheWorstServedBetter(@ForAll long seed) {
        PlanningProblem problem = small(RandomProblems.problem(new Random(seed), 4, 4, 1));
        Plan plan = levelled(problem);
        Map<NeedKey, Long> served = plan.lines().stream()
                .collect(Collectors.groupingBy(PlanLine::need, Collectors.summingLong(PlanLine::quantity)));

        double[] shares = problem.needs().stream()
                .mapToDouble(need -> (double) served.getOrDefault(need.key(), 0L) / need.quantity())
                .sorted()
                .toArray();

        assertThat(PlanAudit.of(problem, plan.lines(), plan.prices()).findings())
                .as("every rule is kept")
                .isEmpty();
        assertThat(shares).containsExactly(best(problem), org.assertj.core.data.Offset.offset(1e-12));
    }

    @Property(tries = 100)
    void theFarEndServesTheWorstServedAtLeastAsWellAsAnyEquity(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(new Random(seed), 20, 15, 1);
        List<Point> points = TradeOff.of(problem, NONE, 1, PlanProgress.UNWATCHED)
                .orElseThrow()
                .points();

        assertThat(points).hasSize(TradeOff.EQUITIES.size() + 1);
        assertThat(points.get(points.size() - 1).equity()).isEmpty();
        for (Point point : points) {
            assertThat(worst(points.get(points.size() - 1))).isGreaterThanOrEqualTo(worst(point));
            if (point.equity().isPresent()) {
                Plan cold = ((PlanOutcome.Planned) Planner.withThreads(1)
                                .plan(problem.withPolicy(problem.policy()
                                        .withEquity(point.equity().get()))))
                        .plan();
                assertThat(point.figures().objective())
                        .as("a warm start changes no objective")
                        .isEqualTo(cold.figures().objective());
                assertThat(point.figures().certified()).isTrue();
            }
        }
    }

    private static double worst(Point point) {
        return Objects.requireNonNull(point.figures().coverage(), "there are needs")
                .min();
    }

    @Test
    void contradictoryWishesHaveNoTradeOff() {
        PlanningProblem problem = RandomProblems.problem(new Random(1), 4, 4, 1)
                .withConstraints(new PlanConstraints(
                        List.of(new PlanConstraints.Lock(new LotKey("nowhere"), new NeedKey("nobody"), 1)), List.of()));

        assertThat(TradeOff.of(problem, NONE, 1, PlanProgress.UNWATCHED)).isEmpty();
    }

    private static PlanningProblem small(PlanningProblem problem) {
        List<AvailableLot> lots = problem.lots().stream()
                .map(lot -> new AvailableLot(
                        lot.key(),
                        lot.item(),
                        lot.unit(),
                        lot.quantity() % 4,
                        lot.position(),
                        lot.availableFrom(),
                        lot.expiresAt()))
                .toList();
        List<OpenNeed> needs = problem.needs().stream()
                .map(need -> new OpenNeed(
                        need.key(),
                        need.community(),
                        need.item(),
                        need.unit(),
                        1 + need.quantity() % 5,
                        need.priority(),
                        need.position(),
                        need.neededBy()))
                .toList();
        return PlanningProblem.of(problem.now(), lots, needs, problem.policy());
    }

    private static double[] best(PlanningProblem problem) {
        boolean[][] possible =
                new boolean[problem.lots().size()][problem.needs().size()];
        for (int l = 0; l < possible.length; l++) {
            for (int n = 0; n < possible[l].length; n++) {
                possible[l][n] = new PairTable(
                                        problem,
                                        new AvailableLot[] {problem.lots().get(l)},
                                        new OpenNeed[] {problem.needs().get(n)},
                                        null)
                                .cost(0, 0)
                        != PairTable.NONE;
            }
        }
        List<double[]> found = new ArrayList<>();
        serve(problem, possible, 0, new long[problem.needs().size()], found, new HashMap<>());
        return found.stream().max(Comparator.comparing(TradeOffTest::text)).orElseThrow();
    }

    /** Sorted shares as text of equal width, so that texts compare as the vectors do. */
    private static String text(double[] shares) {
        return Arrays.stream(shares).mapToObj("%.9f"::formatted).collect(Collectors.joining(" "));
    }

    /** Gives the units of one lot after the other to needs, in all ways. */
    private static void serve(
            PlanningProblem problem,
            boolean[][] possible,
            int unit,
            long[] served,
            List<double[]> found,
            Map<String, Boolean> seen) {
        if (seen.put(unit + Arrays.toString(served), true) != null) {
            return;
        }
        int lot = 0;
        long before = 0;
        while (lot < possible.length && before + problem.lots().get(lot).quantity() <= unit) {
            before += problem.lots().get(lot++).quantity();
        }
        if (lot == possible.length) {
            double[] shares = new double[served.length];
            Arrays.setAll(
                    shares, n -> (double) served[n] / problem.needs().get(n).quantity());
            Arrays.sort(shares);
            found.add(shares);
            return;
        }
        serve(problem, possible, unit + 1, served, found, seen);
        for (int n = 0; n < served.length; n++) {
            if (possible[lot][n] && served[n] < problem.needs().get(n).quantity()) {
                served[n]++;
                serve(problem, possible, unit + 1, served, found, seen);
                served[n]--;
            }
        }
    }
}
