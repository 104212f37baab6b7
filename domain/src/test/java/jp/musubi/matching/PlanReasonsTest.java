package jp.musubi.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import jp.musubi.place.Position;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanReasonsTest {

    private static final Instant NOW = RandomProblems.NOW;

    /** One degree of latitude: 111.195 km of great circle, 144.55 km of road, cost 1446. */
    private static Position north(double degrees) {
        return new Position(37 + degrees, 141);
    }

    private static AvailableLot lot(String key, long quantity, double at) {
        return lot(key, quantity, at, null, null);
    }

    private static AvailableLot lot(
            String key, long quantity, double at, @Nullable Instant from, @Nullable Instant expires) {
        return new AvailableLot(new LotKey(key), "blanket", "sheet", quantity, north(at), from, expires);
    }

    private static OpenNeed need(String key, long quantity, int priority, double at, @Nullable Instant by) {
        return new OpenNeed(
                new NeedKey(key), new CommunityKey("c-" + key), "blanket", "sheet", quantity, priority, north(at), by);
    }

    private static Plan plan(PlanningProblem problem) {
        return ((PlanOutcome.Planned) Planner.withThreads(1).plan(problem)).plan();
    }

    private static PlanningProblem problem(List<AvailableLot> lots, List<OpenNeed> needs) {
        return PlanningProblem.of(NOW, lots, needs, Policy.STANDARD);
    }

    private static Shortfall.Cause cause(PlanningProblem problem, String need) {
        return PlanReasons.of(problem, plan(problem))
                .findShortfall(new NeedKey(need))
                .orElseThrow()
                .cause();
    }

    @Test
    void saysWhatALineGainsAndWhichLotWouldComeNext() {
        PlanningProblem problem =
                problem(List.of(lot("near", 10, 0), lot("far", 10, 1)), List.of(need("n", 10, 3, 0, null)));
        LineReason reason = PlanReasons.of(problem, plan(problem))
                .findLine(new LotKey("near"), new NeedKey("n"))
                .orElseThrow();
        long values = 0;
        for (int value : Policy.STANDARD.tierValues(problem.needs().get(0), NOW)) {
            values += value;
        }
        assertThat(reason.gain()).isEqualTo(values);
        assertThat(reason.nextBest()).hasValueSatisfying(next -> {
            assertThat(next).isInstanceOf(LineReason.NextBest.OtherLot.class);
            assertThat(next.difference()).isEqualTo(1446);
        });
    }

    @Test
    void saysWhereALotWouldGoInstead() {
        PlanningProblem problem =
                problem(List.of(lot("only", 1, 0)), List.of(need("urgent", 1, 1, 0, null), need("low", 1, 4, 0, null)));
        LineReason reason = PlanReasons.of(problem, plan(problem)).listLines().get(0);
        assertThat(reason.need()).isEqualTo(new NeedKey("urgent"));
        assertThat(reason.nextBest().orElseThrow()).isInstanceOf(LineReason.NextBest.OtherNeed.class);
    }

    @Test
    void nothingIsLeftWhenThereIsNoStockOrTheNeedHasItAll() {
        assertThat(cause(problem(List.of(), List.of(need("n", 5, 1, 0, null))), "n"))
                .isEqualTo(new Shortfall.NothingLeft(0));
        assertThat(cause(problem(List.of(lot("l", 3, 0)), List.of(need("n", 5, 1, 0, null))), "n"))
                .isEqualTo(new Shortfall.NothingLeft(3));
    }

    @Test
    void saysByHowMuchTheDeadlineIsMissed() {
        PlanningProblem problem = problem(
                List.of(lot("l", 9, 1), lot("further", 9, 2)),
                List.of(need("n", 5, 1, 0, NOW.plus(Duration.ofHours(3)))));
        assertThat(cause(problem, "n")).isInstanceOfSatisfying(Shortfall.TooFarForTheDeadline.class, late -> {
            assertThat(late.lot()).isEqualTo(new LotKey("l"));
            assertThat(late.units()).isEqualTo(18);
            // 144.55 km at 40 km/h and an hour of handling, less three hours.
            assertThat(late.late()).isCloseTo(Duration.ofMinutes(97), Duration.ofMinutes(1));
        });
    }

    @Test
    void saysThatItSpoilsOnTheWay() {
        PlanningProblem problem = problem(
                List.of(lot("l", 9, 1, null, NOW.plus(Duration.ofHours(4)))), List.of(need("n", 5, 1, 0, null)));
        assertThat(cause(problem, "n"))
                .isInstanceOfSatisfying(
                        Shortfall.ExpiresFirst.class,
                        spoilt ->
                                assertThat(spoilt.missing()).isCloseTo(Duration.ofMinutes(37), Duration.ofMinutes(1)));
    }

    @Test
    void saysThatTheWayIsClosed() {
        PlanningProblem open = problem(List.of(lot("l", 9, 1)), List.of(need("n", 5, 1, 0, null)));
        PlanningProblem closed = new PlanningProblem(
                NOW, open.lots(), open.needs(), open.policy(), PlanConstraints.NONE, open.travel(), (a, b) -> true);
        assertThat(cause(closed, "n")).isEqualTo(new Shortfall.ClosedOff(9));
        TravelTimes noWay = (a, b) -> Optional.empty();
        PlanningProblem cutOff = new PlanningProblem(
                NOW, open.lots(), open.needs(), open.policy(), PlanConstraints.NONE, noWay, Closures.NONE);
        assertThat(cause(cutOff, "n")).isEqualTo(new Shortfall.ClosedOff(9));
    }

    @Test
    void saysThatPeopleForbadeIt() {
        PlanningProblem problem = problem(List.of(lot("l", 9, 1)), List.of(need("n", 5, 1, 0, null)))
                .withConstraints(new PlanConstraints(
                        List.of(),
                        List.of(new PlanConstraints.Ban.ForCommunity(new LotKey("l"), new CommunityKey("c-n")))));
        assertThat(cause(problem, "n")).isEqualTo(new Shortfall.Forbidden(9));
    }

    @Test
    void saysThatTheDistanceIsNotWorthIt() {
        Policy flat = Policy.STANDARD.withEquity(1);
        PlanningProblem problem =
                PlanningProblem.of(NOW, List.of(lot("l", 9, 2)), List.of(need("n", 5, 4, 0, null)), flat);
        // Two degrees cost 2891, a unit of low priority is worth 2000.
        assertThat(cause(problem, "n"))
                .isInstanceOfSatisfying(
                        Shortfall.NotWorthTheDistance.class,
                        far -> assertThat(far.by()).isEqualTo(891));
    }

    @Test
    void saysWhoNeedsItMoreAndByHowMuch() {
        PlanningProblem problem = PlanningProblem.of(
                NOW,
                List.of(lot("l", 5, 0)),
                List.of(need("n", 5, 4, 0, null), need("m", 5, 1, 0, null)),
                Policy.STANDARD.withEquity(1));
        assertThat(cause(problem, "n"))
                .isEqualTo(new Shortfall.OthersNeedItMore(new LotKey("l"), new NeedKey("m"), 14_000));
    }

    @Property(tries = 300)
    void everyLineAndEveryShortfallHasAReasonAndNothingBetterWasPassedOver(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(new Random(seed), 30, 25, 2);
        Plan plan = plan(problem);
        PlanReasons reasons = PlanReasons.of(problem, plan);
        assertThat(reasons.listLines()).hasSameSizeAs(plan.lines()).allSatisfy(reason -> {
            assertThat(reason.gain()).isNotNegative();
            assertThat(reason.nextBest().map(LineReason.NextBest::difference).orElse(0L))
                    .isNotNegative();
        });
        Map<NeedKey, Long> served = plan.lines().stream()
                .collect(Collectors.groupingBy(PlanLine::need, Collectors.summingLong(PlanLine::quantity)));
        Map<NeedKey, Long> unmet = problem.needs().stream()
                .filter(need -> served.getOrDefault(need.key(), 0L) < need.quantity())
                .collect(
                        Collectors.toMap(OpenNeed::key, need -> need.quantity() - served.getOrDefault(need.key(), 0L)));
        assertThat(reasons.listShortfalls().stream().collect(Collectors.toMap(Shortfall::need, Shortfall::unmet)))
                .isEqualTo(unmet);
        assertThat(reasons.listShortfalls()).allSatisfy(shortfall -> {
            assertThat(shortfall.cause()).isNotInstanceOf(Shortfall.StoppedEarly.class);
            if (shortfall.cause() instanceof Shortfall.OthersNeedItMore more) {
                assertThat(more.by()).isNotNegative();
                assertThat(more.other()).isNotEqualTo(shortfall.need());
            }
        });
    }
}
