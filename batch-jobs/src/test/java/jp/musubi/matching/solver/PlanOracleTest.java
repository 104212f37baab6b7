package jp.musubi.matching.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanAudit;
import jp.musubi.matching.PlanOutcome;
import jp.musubi.matching.Planner;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Policy;
import jp.musubi.place.Position;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our plans against OR-Tools' min-cost flow: the same objective, and always feasible. */
class PlanOracleTest {

    private static final Instant NOW = GeneratedProblem.NOW;

    @TestFactory
    Stream<DynamicTest> smallProblemsOfEveryKind() {
        return LongStream.range(0, 600)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> agree(smallProblem(seed))));
    }

    @TestFactory
    Stream<DynamicTest> mediumProblems() {
        return LongStream.range(0, 40)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    Random random = new Random(seed);
                    agree(GeneratedProblem.of(
                            50 + random.nextInt(400), 50 + random.nextInt(300), 1 + random.nextInt(6), seed));
                }));
    }

    /** So many pairs of one item that the planner does not look at all of them at once. */
    @TestFactory
    Stream<DynamicTest> problemsTooLargeForAllPairsAtOnce() {
        return LongStream.range(0, 3)
                .mapToObj(seed ->
                        DynamicTest.dynamicTest("seed " + seed, () -> agree(GeneratedProblem.of(900, 700, 1, seed))));
    }

    @Test
    void nothingToGiveAndNothingAsked() {
        agree(problem(List.of(), List.of()));
    }

    @Test
    void nothingToGive() {
        agree(problem(List.of(), List.of(need("n", 5, 1), need("m", 1, 4))));
        agree(problem(List.of(lot("l", 0)), List.of(need("n", 5, 1))));
    }

    @Test
    void nothingAsked() {
        agree(problem(List.of(lot("l", 7)), List.of()));
    }

    @Test
    void oneLotForEverything() {
        List<OpenNeed> needs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            needs.add(need("n" + i, 1 + i, 1 + i % 4));
        }
        agree(problem(List.of(lot("l", 1000)), needs));
    }

    @Test
    void everythingTies() {
        List<AvailableLot> lots = new ArrayList<>();
        List<OpenNeed> needs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            lots.add(lot("l" + i, 10));
            needs.add(need("n" + i, 11, 3));
        }
        agree(problem(lots, needs));
    }

    @Test
    void theLargestQuantities() {
        agree(problem(
                List.of(lot("l", 1_000_000_000), lot("k", 999_999_999)),
                List.of(need("n", 1_000_000_000, 1), need("m", 1_000_000_000, 2))));
    }

    private static void agree(PlanningProblem problem) {
        Plan plan = ((PlanOutcome.Planned) Planner.withThreads(2).plan(problem)).plan();
        PlanAudit.Report report = PlanAudit.of(problem, plan.lines(), plan.prices());
        assertThat(report.findings()).isEmpty();
        assertThat(report.objective()).isEqualTo(plan.figures().objective());
        assertThat(plan.figures().objective())
                .isEqualTo(BigInteger.valueOf(OrToolsPlan.build(problem).solve()));
        assertThat(plan.figures().certified()).isTrue();
    }

    private static PlanningProblem problem(List<AvailableLot> lots, List<OpenNeed> needs) {
        return PlanningProblem.of(NOW, lots, needs, Policy.STANDARD);
    }

    private static AvailableLot lot(String key, long quantity) {
        return new AvailableLot(new LotKey(key), "water", "litre", quantity, new Position(38.3, 140.9), null, null);
    }

    private static OpenNeed need(String key, long quantity, int priority) {
        return new OpenNeed(
                new NeedKey(key),
                new CommunityKey("c"),
                "water",
                "litre",
                quantity,
                priority,
                new Position(38.4, 141.3),
                null);
    }

    private static PlanningProblem smallProblem(long seed) {
        Random random = new Random(seed);
        long scale = List.of(1L, 3L, 1000L, 50_000_000L).get(random.nextInt(4));
        List<Position> places = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            places.add(new Position(37 + 3 * random.nextDouble(), 140 + 2 * random.nextDouble()));
        }
        int items = 1 + random.nextInt(2);
        List<AvailableLot> lots = new ArrayList<>();
        for (int i = 0; i < random.nextInt(25); i++) {
            lots.add(new AvailableLot(
                    new LotKey("l" + i),
                    "item" + random.nextInt(items),
                    "piece",
                    random.nextInt(8) * scale,
                    places.get(random.nextInt(places.size())),
                    random.nextInt(3) == 0 ? NOW.plus(Duration.ofMinutes(random.nextInt(3000) - 300)) : null,
                    random.nextInt(2) == 0 ? NOW.plus(Duration.ofHours(random.nextInt(100))) : null));
        }
        List<OpenNeed> needs = new ArrayList<>();
        for (int i = 0; i < random.nextInt(25); i++) {
            needs.add(new OpenNeed(
                    new NeedKey("n" + i),
                    new CommunityKey("c" + i),
                    "item" + random.nextInt(items),
                    "piece",
                    (1 + random.nextInt(20)) * scale,
                    1 + random.nextInt(4),
                    places.get(random.nextInt(places.size())),
                    random.nextInt(2) == 0 ? NOW.plus(Duration.ofHours(random.nextInt(70))) : null));
        }
        double equity = List.of(1.0, 1.7, 8.0, 100.0).get(random.nextInt(4));
        return PlanningProblem.of(NOW, lots, needs, Policy.STANDARD.withEquity(equity));
    }
}
