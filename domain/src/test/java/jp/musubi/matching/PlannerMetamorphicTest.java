package jp.musubi.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import jp.musubi.place.Position;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * What must become of a plan when its problem changes in a way whose effect is known. Scaling, shuffling, splitting a lot
 * and useless lots are in {@link PlannerPropertyTest}.
 */
class PlannerMetamorphicTest {

    private static Plan plan(PlanningProblem problem) {
        return ((PlanOutcome.Planned) Planner.withThreads(1).plan(problem)).plan();
    }

    private static BigInteger objective(PlanningProblem problem) {
        return plan(problem).figures().objective();
    }

    @Property(tries = 300)
    void theSameDayAYearLaterHasTheSamePlan(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(seed);
        Duration year = Duration.ofDays(365);
        PlanningProblem later = PlanningProblem.of(
                problem.now().plus(year),
                problem.lots().stream()
                        .map(lot -> lot(
                                lot,
                                UnaryOperator.identity(),
                                plus(lot.availableFrom(), year),
                                plus(lot.expiresAt(), year)))
                        .toList(),
                problem.needs().stream()
                        .map(need -> need(need, UnaryOperator.identity(), plus(need.neededBy(), year)))
                        .toList(),
                problem.policy());
        Plan then = plan(problem);
        Plan now = plan(later);
        assertThat(now.prices()).isEqualTo(then.prices());
        assertThat(now.lines())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("arrival")
                .isEqualTo(then.lines());
    }

    /** Two disasters that have nothing to do with each other. */
    @Property(tries = 200)
    void twiceTheProblemWithOtherItemsIsTwiceThePlan(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(seed);
        List<AvailableLot> lots = new ArrayList<>(problem.lots());
        List<OpenNeed> needs = new ArrayList<>(problem.needs());
        UnaryOperator<String> other = name -> "other-" + name;
        problem.lots().forEach(lot -> lots.add(lot(lot, other, lot.availableFrom(), lot.expiresAt())));
        problem.needs().forEach(need -> needs.add(need(need, other, need.neededBy())));
        assertThat(objective(PlanningProblem.of(problem.now(), lots, needs, problem.policy())))
                .isEqualTo(objective(problem).multiply(BigInteger.TWO));
    }

    @Property(tries = 200)
    void lockingWhatThePlanDoesAnywayChangesNothing(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(seed);
        Plan free = plan(problem);
        Random random = new Random(seed);
        List<PlanConstraints.Lock> locks = free.lines().stream()
                .filter(line -> random.nextBoolean())
                .map(line -> new PlanConstraints.Lock(line.lot(), line.need(), line.quantity()))
                .toList();
        assertThat(objective(problem.withConstraints(new PlanConstraints(locks, List.of()))))
                .isEqualTo(free.figures().objective());
    }

    @Property(tries = 200)
    void forbiddingWhatThePlanDoesNotDoChangesNothing(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(seed);
        Plan free = plan(problem);
        Set<List<Object>> used = new HashSet<>();
        free.lines().forEach(line -> used.add(List.of(line.lot(), line.need())));
        List<PlanConstraints.Ban> bans = new ArrayList<>();
        for (AvailableLot lot : problem.lots()) {
            for (OpenNeed need : problem.needs()) {
                if (!used.contains(List.<Object>of(lot.key(), need.key()))) {
                    bans.add(new PlanConstraints.Ban.ForNeed(lot.key(), need.key()));
                }
            }
        }
        assertThat(objective(problem.withConstraints(new PlanConstraints(List.of(), bans))))
                .isEqualTo(free.figures().objective());
    }

    /** What a price says: one unit more gains at most that, one unit less loses at least that. */
    @Property(tries = 300)
    void aLotsPriceIsWhatItsNextUnitIsWorth(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(seed);
        if (problem.lots().isEmpty()) {
            return;
        }
        Plan plan = plan(problem);
        AvailableLot lot =
                problem.lots().get(new Random(seed).nextInt(problem.lots().size()));
        BigInteger price = BigInteger.valueOf(plan.prices().getOf(lot.key()));
        BigInteger before = plan.figures().objective();
        assertThat(before.subtract(objective(withQuantity(problem, lot, lot.quantity() + 1))))
                .isBetween(BigInteger.ZERO, price);
        if (lot.quantity() > 0) {
            assertThat(objective(withQuantity(problem, lot, lot.quantity() - 1)).subtract(before))
                    .isGreaterThanOrEqualTo(price);
        }
    }

    @Property(tries = 200)
    void whatThePlanLeavesUnusedIsNotMissed(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(seed);
        Plan plan = plan(problem);
        PlanningProblem used = PlanningProblem.of(
                problem.now(),
                problem.lots().stream()
                        .map(lot -> withQuantity(
                                lot,
                                plan.lines().stream()
                                        .filter(line -> line.lot().equals(lot.key()))
                                        .mapToLong(PlanLine::quantity)
                                        .sum()))
                        .toList(),
                problem.needs(),
                problem.policy());
        assertThat(objective(used)).isEqualTo(plan.figures().objective());
    }

    /** A mirror keeps all distances to the last bit: only differences of longitudes count, and their sines are odd. */
    @Property(tries = 200)
    void aMirroredMapHasAPlanAsGood(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(seed);
        PlanningProblem mirrored = PlanningProblem.of(
                problem.now(),
                problem.lots().stream()
                        .map(lot -> new AvailableLot(
                                lot.key(),
                                lot.item(),
                                lot.unit(),
                                lot.quantity(),
                                mirrored(lot.position()),
                                lot.availableFrom(),
                                lot.expiresAt()))
                        .toList(),
                problem.needs().stream()
                        .map(need -> new OpenNeed(
                                need.key(),
                                need.community(),
                                need.item(),
                                need.unit(),
                                need.quantity(),
                                need.priority(),
                                mirrored(need.position()),
                                need.neededBy()))
                        .toList(),
                problem.policy());
        assertThat(objective(mirrored)).isEqualTo(objective(problem));
    }

    private static Position mirrored(Position position) {
        return new Position(position.latitude(), -position.longitude());
    }

    private static @Nullable Instant plus(@Nullable Instant time, Duration by) {
        return time == null ? null : time.plus(by);
    }

    private static AvailableLot lot(
            AvailableLot lot, UnaryOperator<String> rename, @Nullable Instant from, @Nullable Instant until) {
        return new AvailableLot(
                new LotKey(rename.apply(lot.key().value())),
                rename.apply(lot.item()),
                lot.unit(),
                lot.quantity(),
                lot.position(),
                from,
                until);
    }

    private static OpenNeed need(OpenNeed need, UnaryOperator<String> rename, @Nullable Instant neededBy) {
        return new OpenNeed(
                new NeedKey(rename.apply(need.key().value())),
                need.community(),
                rename.apply(need.item()),
                need.unit(),
                need.quantity(),
                need.priority(),
                need.position(),
                neededBy);
    }

    private static PlanningProblem withQuantity(PlanningProblem problem, AvailableLot changed, long quantity) {
        return PlanningProblem.of(
                problem.now(),
                problem.lots().stream()
                        .map(lot -> lot.equals(changed) ? withQuantity(lot, quantity) : lot)
                        .toList(),
                problem.needs(),
                problem.policy());
    }

    private static AvailableLot withQuantity(AvailableLot lot, long quantity) {
        return new AvailableLot(
                lot.key(), lot.item(), lot.unit(), quantity, lot.position(), lot.availableFrom(), lot.expiresAt());
    }
}
