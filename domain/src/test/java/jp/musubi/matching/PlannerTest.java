package jp.musubi.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.musubi.common.Quantity;
import jp.musubi.matching.PlanConstraints.Ban;
import jp.musubi.matching.PlanConstraints.Lock;
import jp.musubi.place.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Instant NOW = RandomProblems.NOW;
    private static final Position SENDAI = new Position(38.2682, 140.8694);
    private static final Position ISHINOMAKI = new Position(38.4345, 141.3028);

    private static AvailableLot lot(String key, long quantity) {
        return new AvailableLot(new LotKey(key), "water", "l", quantity, SENDAI, null, null);
    }

    private static OpenNeed need(String key, long quantity, int priority, @Nullable Instant by) {
        return new OpenNeed(new NeedKey(key), new CommunityKey("c"), "water", "l", quantity, priority, ISHINOMAKI, by);
    }

    private static Plan plan(PlanningProblem problem) {
        return ((PlanOutcome.Planned) Planner.withThreads(1).plan(problem)).plan();
    }

    private static PlanningProblem problem(List<AvailableLot> lots, List<OpenNeed> needs, PlanConstraints constraints) {
        return PlanningProblem.of(NOW, lots, needs, Policy.STANDARD).withConstraints(constraints);
    }

    @Test
    void countsDistanceTimeAndCostAsThePolicySays() {
        Plan plan = plan(problem(List.of(lot("l", 5)), List.of(need("n", 9, 3, null)), PlanConstraints.NONE));
        PlanLine line = plan.lines().get(0);
        assertThat(line.quantity()).isEqualTo(5);
        // 42.074443146 km of great circle, calculated outside this program.
        assertThat(line.km()).isCloseTo(1.3 * 42.074443146, within(1e-8));
        assertThat(line.unitCost()).isEqualTo(Math.round(10 * line.km()));
        assertThat(Duration.between(NOW, line.arrival()).toMillis())
                .isEqualTo(Math.round((1 + line.km() / 40) * 3.6e6));
        assertThat(plan.figures().servedUnits()).isEqualTo(5);
        assertThat(plan.figures().unmetUnits()).isEqualTo(4);
        assertThat(plan.figures().weightedUnmet()).isCloseTo(4 / 9.0, within(1e-12));
        assertThat(plan.figures().unitKm()).isCloseTo(5 * line.km(), within(1e-9));
    }

    @Test
    void theFirstUnitsOfAllComeBeforeTheLastOfAnyone() {
        Plan plan = plan(problem(
                List.of(lot("l", 10)), List.of(need("a", 10, 3, null), need("b", 10, 3, null)), PlanConstraints.NONE));
        assertThat(plan.lines()).extracting(PlanLine::quantity).containsExactly(5L, 5L);
    }

    @Test
    void anArrivalOnTheMinuteIsInTime() {
        OpenNeed here = new OpenNeed(
                new NeedKey("n"), new CommunityKey("c"), "water", "l", 1, 1, SENDAI, NOW.plus(Duration.ofMinutes(67)));
        AvailableLot later = new AvailableLot(
                new LotKey("l"),
                "water",
                "l",
                1,
                SENDAI,
                NOW.plus(Duration.ofMinutes(7)),
                NOW.plus(Duration.ofMinutes(67)));
        assertThat(plan(problem(List.of(later), List.of(here), PlanConstraints.NONE))
                        .lines())
                .hasSize(1);
        AvailableLot tooLate =
                new AvailableLot(new LotKey("l"), "water", "l", 1, SENDAI, NOW.plus(Duration.ofMinutes(8)), null);
        assertThat(plan(problem(List.of(tooLate), List.of(here), PlanConstraints.NONE))
                        .lines())
                .isEmpty();
    }

    @Test
    void otherUnitsAreOtherGoods() {
        AvailableLot bottles = new AvailableLot(new LotKey("l"), "water", "bottle", 5, SENDAI, null, null);
        assertThat(plan(problem(List.of(bottles), List.of(need("n", 9, 3, null)), PlanConstraints.NONE))
                        .lines())
                .isEmpty();
    }

    @Test
    void contradictoryConstraintsAreNamed() {
        List<AvailableLot> lots = List.of(lot("l", 5), lot("k", 5));
        List<OpenNeed> needs = List.of(need("n", 3, 1, null), need("late", 3, 1, NOW));
        PlanOutcome outcome = Planner.withThreads(1)
                .plan(problem(
                        lots,
                        needs,
                        new PlanConstraints(
                                List.of(
                                        new Lock(new LotKey("l"), new NeedKey("n"), 6),
                                        new Lock(new LotKey("k"), new NeedKey("n"), 1),
                                        new Lock(new LotKey("x"), new NeedKey("n"), 1),
                                        new Lock(new LotKey("l"), new NeedKey("y"), 1),
                                        new Lock(new LotKey("l"), new NeedKey("n"), 1),
                                        new Lock(new LotKey("l"), new NeedKey("late"), 1)),
                                List.of(new Ban.ForNeed(new LotKey("k"), new NeedKey("n"))))));
        assertThat(((PlanOutcome.Contradictory) outcome).conflicts())
                .extracting(ConstraintConflict::code)
                .containsExactlyInAnyOrder(
                        "locked-and-forbidden",
                        "unknown-lot",
                        "unknown-need",
                        "locked-twice",
                        "impossible-pair",
                        "more-than-the-lot-has",
                        "more-than-the-need-asks");
    }

    @Test
    void aLockNobodyCouldKeepIsRefusedWithItsQuantity() {
        for (long quantity : new long[] {0, -1, Quantity.LARGEST + 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> new Lock(new LotKey("l"), new NeedKey("n"), quantity))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("but held " + quantity);
        }
    }

    @Test
    void theLargestLocksAddUpWithoutOverflow() {
        List<Lock> locks = IntStream.range(0, 100)
                .mapToObj(i -> new Lock(new LotKey("l"), new NeedKey("n" + i), Quantity.LARGEST))
                .toList();
        List<OpenNeed> needs = IntStream.range(0, 100)
                .mapToObj(i -> need("n" + i, Quantity.LARGEST, 1, null))
                .toList();
        PlanOutcome outcome = Planner.withThreads(1)
                .plan(problem(List.of(lot("l", Quantity.LARGEST)), needs, new PlanConstraints(locks, List.of())));
        assertThat(((PlanOutcome.Contradictory) outcome).conflicts())
                .containsExactly(new ConstraintConflict.MoreThanTheLotHas(
                        new LotKey("l"), 100 * Quantity.LARGEST, Quantity.LARGEST));
    }

    @Test
    void aLockThatFillsANeedKeepsOthersAway() {
        Plan plan = plan(problem(
                List.of(lot("a", 5), lot("b", 5)),
                List.of(need("n", 5, 1, null)),
                new PlanConstraints(List.of(new Lock(new LotKey("b"), new NeedKey("n"), 5)), List.of())));
        assertThat(plan.lines()).singleElement().satisfies(line -> {
            assertThat(line.lot()).isEqualTo(new LotKey("b"));
            assertThat(line.locked()).isTrue();
        });
        assertThat(plan.figures().certified()).isTrue();
    }

    @Test
    void comparesWhoGainsAndWhoLoses() {
        List<AvailableLot> lots = List.of(lot("l", 10));
        List<OpenNeed> needs = List.of(need("a", 10, 1, null), need("b", 10, 2, null));
        PlanningProblem fair = PlanningProblem.of(NOW, lots, needs, Policy.STANDARD.withEquity(100));
        PlanComparison change =
                PlanComparison.between(plan(fair.withPolicy(Policy.STANDARD.withEquity(1))), plan(fair));
        assertThat(change.gaining()).singleElement().satisfies(gain -> {
            assertThat(gain.need()).isEqualTo(new NeedKey("b"));
            assertThat(gain.before()).isZero();
            assertThat(gain.after()).isPositive();
        });
        assertThat(change.losing()).extracting(PlanComparison.NeedChange::need).containsExactly(new NeedKey("a"));
        assertThat(change.lines()).hasSize(2);
        assertThat(PlanComparison.between(plan(fair), plan(fair)).needs()).isEmpty();
    }

    @Test
    void tiersAddUpAndFall() {
        for (long quantity : new long[] {1, 2, 3, 9, 10, 11, 25, 999_999_999, 1_000_000_000}) {
            long sum = 0;
            for (long size : Policy.tierSizes(quantity)) {
                assertThat(size).isNotNegative();
                sum += size;
            }
            assertThat(sum).isEqualTo(quantity);
        }
        assertThat(Policy.tierSizes(1)).containsExactly(0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
        // 2000 · 8 · 2 · 8^0.95 and 2000 · 1 · 1 · 8^0.05
        assertThat(Policy.STANDARD.tierValues(need("n", 1, 1, NOW.plus(Duration.ofHours(12))), NOW)[0])
                .isEqualTo(230_720);
        assertThat(Policy.STANDARD.tierValues(need("n", 1, 4, null), NOW)[9]).isEqualTo(2219);
    }

    @Test
    void refusesProblemsThatNameAThingTwice() {
        assertThatThrownBy(() -> problem(List.of(lot("l", 1), lot("l", 2)), List.of(), PlanConstraints.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("came twice");
    }

    @Test
    void theAuditFindsWhatIsWrong() {
        PlanningProblem problem = problem(List.of(lot("l", 5)), List.of(need("n", 3, 1, null)), PlanConstraints.NONE);
        Plan good = plan(problem);
        PlanLine line = good.lines().get(0);
        PlanLine tooMuch = new PlanLine(
                line.lot(), line.need(), "water", "l", 6, line.km(), line.arrival(), line.unitCost(), false);
        assertThat(PlanAudit.of(problem, List.of(tooMuch), good.prices()).findings())
                .hasAtLeastOneElementOfType(PlanAudit.Finding.MoreThanTheLotHas.class)
                .hasAtLeastOneElementOfType(PlanAudit.Finding.MoreThanTheNeedAsks.class);
        assertThat(PlanAudit.of(problem, List.of(), good.prices()).provesOptimality())
                .isFalse();
        Prices cheap = new Prices(
                good.prices().lots(), Map.of(new NeedKey("n"), good.prices().getOf(new NeedKey("n")) + 1));
        assertThat(PlanAudit.of(problem, good.lines(), cheap).findings())
                .hasOnlyElementsOfType(PlanAudit.Finding.PriceUndercut.class)
                .hasSize(1);
    }
}
