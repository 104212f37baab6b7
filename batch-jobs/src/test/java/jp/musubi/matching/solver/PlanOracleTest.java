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

/** Our plans against OR-Tools' min-cost flow and against HiGHS: the same objective, and always feasible. */
class PlanOracleTest {

    private static final Instant NOW = GeneratedProblem.NOW;
    private static final int PROBLEMS_OF_A_KIND = 300;

    @TestFactory
    Stream<DynamicTest> smallProblemsOfEveryKind() {
        return Stream.of(SmallProblems.values())
                .map(kind -> DynamicTest.dynamicTest(
                        PROBLEMS_OF_A_KIND + " of the kind " + kind, () -> agreeWithBoth(kind, PROBLEMS_OF_A_KIND)));
    }

    /** Ours, OR-Tools' and HiGHS', problem by problem. */
    private static void agreeWithBoth(SmallProblems kind, int count) {
        List<PlanningProblem> problems =
                LongStream.range(0, count).mapToObj(kind::problem).toList();
        long[] byHighs = HighsPlans.solve(problems);
        for (int seed = 0; seed < count; seed++) {
            PlanningProblem problem = problems.get(seed);
            long ours = agree(problem, kind + " " + seed);
            assertThat(ours).as("HiGHS, %s %s", kind, seed).isEqualTo(byHighs[seed]);
        }
    }

    @Test
    void theDegenerateKindsAreWhatTheySay() {
        assertThat(possiblePairs(SmallProblems.NOTHING_IN_TIME)).isZero();
        assertThat(possiblePairs(SmallProblems.NOTHING_ASKED)).isZero();
        assertThat(possiblePairs(SmallProblems.TIMES_ON_THE_BORDER)).isPositive();
        long onTheBorder = 0;
        for (PlanningProblem problem : problems(SmallProblems.TIMES_ON_THE_BORDER)) {
            Plan plan = ((PlanOutcome.Planned) Planner.withThreads(1).plan(problem)).plan();
            onTheBorder += plan.lines().stream()
                    .filter(line -> problem.needs().stream()
                            .anyMatch(need -> need.key().equals(line.need())
                                    && need.neededBy() != null
                                    && Duration.between(line.arrival(), need.neededBy())
                                                    .abs()
                                                    .compareTo(Duration.ofMillis(1))
                                            <= 0))
                    .count();
        }
        assertThat(onTheBorder).isGreaterThan(50);
    }

    private static List<PlanningProblem> problems(SmallProblems kind) {
        return LongStream.range(0, PROBLEMS_OF_A_KIND).mapToObj(kind::problem).toList();
    }

    private static long possiblePairs(SmallProblems kind) {
        return problems(kind).stream()
                .flatMap(problem -> problem.lots().stream()
                        .flatMap(lot -> problem.needs().stream()
                                .filter(need -> need.item().equals(lot.item())
                                        && PolicyText.cost(problem.now(), lot, need)
                                                .isPresent())))
                .count();
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
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        "seed " + seed, () -> agree(GeneratedProblem.of(900, 700, 1, seed), "large")));
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
        long ours = agree(problem, "this problem");
        assertThat(ours).isEqualTo(HighsPlans.solve(List.of(problem))[0]);
    }

    /** Proven by the audit and as good as OR-Tools' plan; gives the objective. */
    private static long agree(PlanningProblem problem, String name) {
        Plan plan = ((PlanOutcome.Planned) Planner.withThreads(2).plan(problem)).plan();
        PlanAudit.Report report = PlanAudit.of(problem, plan.lines(), plan.prices());
        assertThat(report.findings()).as(name).isEmpty();
        assertThat(report.objective()).as(name).isEqualTo(plan.figures().objective());
        assertThat(plan.figures().certified()).as(name).isTrue();
        assertThat(report.provesOptimality()).as(name).isTrue();
        long rival = OrToolsPlan.build(problem).solve();
        assertThat(plan.figures().objective()).as("OR-Tools, %s", name).isEqualTo(BigInteger.valueOf(rival));
        return rival;
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
}
