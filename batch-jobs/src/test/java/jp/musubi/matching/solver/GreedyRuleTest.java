package jp.musubi.matching.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanAudit;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanOutcome;
import jp.musubi.matching.Planner;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Policy;
import jp.musubi.place.Position;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules that plans are compared with: what they do, that they break nothing, and that they never win. */
class GreedyRuleTest {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    /** Two shelters on one road: the lot in between is nearer to the second. */
    private static final List<OpenNeed> NEEDS = List.of(
            need("first", 10, 3, 38.0, NOW.plus(Duration.ofDays(3))),
            need("second", 10, 2, 39.0, NOW.plus(Duration.ofDays(3))));

    private static final List<AvailableLot> LOTS = List.of(lot("between", 6, 38.6), lot("beyond", 9, 39.1));

    @Test
    void needByNeedFillsWhoCameFirst() {
        assertThat(who(GreedyRule.NEED_BY_NEED))
                .containsExactly(
                        Tuple.tuple("between", "first", 6L),
                        Tuple.tuple("beyond", "first", 4L),
                        Tuple.tuple("beyond", "second", 5L));
    }

    @Test
    void lotByLotGoesToTheNearest() {
        assertThat(who(GreedyRule.LOT_BY_LOT))
                .containsExactly(
                        Tuple.tuple("between", "second", 6L),
                        Tuple.tuple("beyond", "second", 4L),
                        Tuple.tuple("beyond", "first", 5L));
    }

    @Test
    void priorityFirstFillsTheHigherPriority() {
        assertThat(who(GreedyRule.PRIORITY_FIRST))
                .containsExactly(
                        Tuple.tuple("beyond", "second", 9L),
                        Tuple.tuple("between", "second", 1L),
                        Tuple.tuple("between", "first", 5L));
    }

    @Test
    void nothingIsCarriedThatComesTooLate() {
        List<OpenNeed> hurry = List.of(need("hurry", 10, 1, 38.0, NOW.plus(Duration.ofHours(2))));
        for (GreedyRule rule : GreedyRule.values()) {
            assertThat(rule.plan(PlanningProblem.of(NOW, LOTS, hurry, Policy.STANDARD)))
                    .isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRuleKeepsTheRulesAndNoneBeatsTheOptimum() {
        return LongStream.range(0, 40)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    PlanningProblem problem =
                            GeneratedProblem.of(40 + 9 * (int) seed, 30 + 5 * (int) seed, 1 + (int) seed % 5, seed);
                    Plan best = ((PlanOutcome.Planned) Planner.withThreads(1).plan(problem)).plan();
                    for (GreedyRule rule : GreedyRule.values()) {
                        List<PlanLine> lines = rule.plan(problem);
                        PlanAudit.Report report = PlanAudit.of(problem, lines, best.prices());
                        assertThat(report.findings()).isEmpty();
                        assertThat(report.objective())
                                .isEqualTo(BigInteger.valueOf(
                                        Carried.of(problem, lines).objective()))
                                .isGreaterThanOrEqualTo(best.figures().objective());
                    }
                }));
    }

    @Test
    void figuresAreCountedAsThePlannerCountsThem() {
        PlanningProblem problem = GeneratedProblem.of(300, 200, 4, 5);
        Plan best = ((PlanOutcome.Planned) Planner.withThreads(1).plan(problem)).plan();
        OrToolsPlan rival = OrToolsPlan.build(problem);
        rival.solve();
        Carried ours = Carried.of(problem, best.lines());
        assertThat(BigInteger.valueOf(ours.objective()))
                .isEqualTo(best.figures().objective());
        assertThat(Carried.of(problem, rival.lines()).objective()).isEqualTo(ours.objective());
        assertThat(ours.weightedUnmet()).isEqualTo(best.figures().weightedUnmet());
        assertThat(ours.unitKm()).isEqualTo(best.figures().unitKm());
        assertThat(best.figures().coverage()).isNotNull().satisfies(coverage -> {
            assertThat(ours.coverageP10()).isEqualTo(coverage.p10());
            assertThat(ours.zeroShare()).isEqualTo(coverage.zeroShare());
        });
    }

    private static List<Tuple> who(GreedyRule rule) {
        return rule.plan(PlanningProblem.of(NOW, LOTS, NEEDS, Policy.STANDARD)).stream()
                .map(line -> Tuple.tuple(line.lot().value(), line.need().value(), line.quantity()))
                .toList();
    }

    private static AvailableLot lot(String key, long quantity, double latitude) {
        return new AvailableLot(new LotKey(key), "water", "litre", quantity, new Position(latitude, 141), null, null);
    }

    private static OpenNeed need(String key, long quantity, int priority, double latitude, Instant neededBy) {
        return new OpenNeed(
                new NeedKey(key),
                new CommunityKey(key),
                "water",
                "litre",
                quantity,
                priority,
                new Position(latitude, 141),
                neededBy);
    }
}
