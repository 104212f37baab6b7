package jp.musubi.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import jp.musubi.place.Position;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class PlannerPropertyTest {

    private static Plan plan(PlanningProblem problem) {
        return plan(Planner.withThreads(1), problem);
    }

    private static Plan plan(Planner planner, PlanningProblem problem) {
        return ((PlanOutcome.Planned) planner.plan(problem)).plan();
    }

    @Property(tries = 1500)
    void everyPlanIsProvenByAnAuditOfItsOwn(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(seed);
        Plan plan = plan(problem);
        PlanAudit.Report report = PlanAudit.of(problem, plan.lines(), plan.prices());
        assertThat(report.findings()).isEmpty();
        assertThat(report.objective()).isEqualTo(plan.figures().objective());
        assertThat(report.lowerBound()).isEqualTo(plan.figures().objective());
        assertThat(plan.figures().gap()).isZero();
    }

    @Property(tries = 400)
    void pricingInRoundsFindsTheSameOptimum(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(new Random(seed), 40, 30, 1);
        Plan inRounds = plan(Planner.withThreads(2).withPairsAtOnce(0), problem);
        assertThat(PlanAudit.of(problem, inRounds.lines(), inRounds.prices()).provesOptimality())
                .isTrue();
        assertThat(inRounds.figures().objective())
                .isEqualTo(plan(problem).figures().objective());
    }

    /** What is told while planning falls to what the plan says of itself, and every gap that was told is true. */
    @Property(tries = 200)
    void theGapThatIsToldWhilePlanningIsTrue(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(new Random(seed), 40, 30, 3);
        List<Double> gaps = Collections.synchronizedList(new ArrayList<>());
        Plan plan = plan(
                Planner.withThreads(1).withPairsAtOnce(0).watchedBy(new PlanProgress() {
                    @Override
                    public boolean goOn(long done, long total) {
                        return true;
                    }

                    @Override
                    public void foundPlan(double gap) {
                        gaps.add(gap);
                    }
                }),
                problem);
        assertThat(plan.figures().certified()).isTrue();
        assertThat(gaps).allMatch(gap -> gap >= 0 && gap < Double.POSITIVE_INFINITY);
        if (!gaps.isEmpty()) {
            assertThat(gaps.get(gaps.size() - 1)).isLessThan(1e-9);
        }
    }

    @Property(tries = 200)
    void warmAndColdStartsAgree(@ForAll long seed) {
        Random random = new Random(seed);
        PlanningProblem before = RandomProblems.problem(random, 40, 30, 1);
        PlanningProblem after = before.withPolicy(before.policy().withEquity(1 + 20 * random.nextDouble()));
        Planner planner = Planner.withThreads(1).withPairsAtOnce(0);
        Plan cold = plan(planner, after);
        Plan warm = plan(planner.startingFrom(PlanStart.of(before, plan(before))), after);
        assertThat(warm.figures().objective()).isEqualTo(cold.figures().objective());
        assertThat(PlanAudit.of(after, warm.lines(), warm.prices()).provesOptimality())
                .isTrue();
    }

    /** Lots and needs come, go and change in between; some plans before were for nothing but other lots. */
    @Property(tries = 1000)
    void aPlanForWhatWasThereBeforeIsAGoodStart(@ForAll long seed) {
        Random random = new Random(seed);
        PlanningProblem after = RandomProblems.problem(random, 1 + random.nextInt(40), 1 + random.nextInt(30), 1);
        PlanningProblem before = earlier(changed(after, random, 1 + random.nextInt(8)), random.nextInt(4) - 1);
        Plan cold = plan(after);
        Planner planner =
                Planner.withThreads(1).withPairsAtOnce(random.nextInt(3) == 0 ? GroupSolver.PAIRS_AT_ONCE : 0);
        Plan warm = plan(planner.startingFrom(PlanStart.of(before, plan(before))), after);
        assertThat(warm.figures().objective()).isEqualTo(cold.figures().objective());
        PlanAudit.Report audit = PlanAudit.of(after, warm.lines(), warm.prices());
        assertThat(audit.findings()).isEmpty();
        assertThat(audit.provesOptimality()).isTrue();
    }

    /** As it was some hours ago, or as it will be. */
    private static PlanningProblem earlier(PlanningProblem problem, int hours) {
        return new PlanningProblem(
                problem.now().minus(Duration.ofHours(hours)),
                problem.lots(),
                problem.needs(),
                problem.policy(),
                problem.constraints(),
                problem.travel(),
                problem.closures());
    }

    private static PlanningProblem changed(PlanningProblem problem, Random random, int oneIn) {
        List<AvailableLot> lots = new ArrayList<>();
        for (AvailableLot lot : problem.lots()) {
            boolean same = random.nextInt(oneIn) > 0;
            if (same || random.nextBoolean()) {
                lots.add(new AvailableLot(
                        lot.key(),
                        lot.item(),
                        lot.unit(),
                        same ? lot.quantity() : 1 + random.nextInt(50),
                        lot.position(),
                        lot.availableFrom(),
                        lot.expiresAt()));
            }
        }
        List<OpenNeed> needs = new ArrayList<>();
        for (OpenNeed need : problem.needs()) {
            boolean same = random.nextInt(oneIn) > 0;
            if (same || random.nextInt(20) > 0) {
                needs.add(new OpenNeed(
                        need.key(),
                        need.community(),
                        need.item(),
                        need.unit(),
                        same ? need.quantity() : 1 + random.nextInt(50),
                        need.priority(),
                        need.position(),
                        need.neededBy()));
            }
        }
        return PlanningProblem.of(problem.now(), lots, needs, problem.policy());
    }

    @Property(tries = 200)
    void theOrderOfRowsAndTheNumberOfThreadsDoNotMatter(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int threads) {
        PlanningProblem problem = RandomProblems.problem(new Random(seed), 30, 25, 2);
        List<AvailableLot> lots = new ArrayList<>(problem.lots());
        List<OpenNeed> needs = new ArrayList<>(problem.needs());
        Collections.shuffle(lots, new Random(seed));
        Collections.shuffle(needs, new Random(seed + 1));
        PlanningProblem shuffled = PlanningProblem.of(problem.now(), lots, needs, problem.policy());
        assertThat(plan(Planner.withThreads(threads).withPairsAtOnce(0), shuffled))
                .isEqualTo(plan(Planner.withThreads(1).withPairsAtOnce(0), problem));
    }

    @Property(tries = 300)
    void aLotInTwoPartsServesAsWellAsWhole(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(seed);
        if (problem.lots().isEmpty()) {
            return;
        }
        List<AvailableLot> lots = new ArrayList<>(problem.lots());
        AvailableLot whole = lots.remove(new Random(seed).nextInt(lots.size()));
        long part = whole.quantity() / 3;
        lots.add(withQuantity(whole, "part-1", part));
        lots.add(withQuantity(whole, "part-2", whole.quantity() - part));
        PlanningProblem split = PlanningProblem.of(problem.now(), lots, problem.needs(), problem.policy());
        assertThat(plan(split).figures().objective())
                .isEqualTo(plan(problem).figures().objective());
    }

    @Property(tries = 300)
    void aLotThatNobodyCanUseGainsNothing(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(seed);
        List<AvailableLot> lots = new ArrayList<>(problem.lots());
        lots.add(new AvailableLot(
                new LotKey("a-useless"), "item0", "piece", 500, new Position(38, 141), null, RandomProblems.NOW));
        PlanningProblem more = PlanningProblem.of(problem.now(), lots, problem.needs(), problem.policy());
        assertThat(plan(more).figures().objective())
                .isEqualTo(plan(problem).figures().objective());
    }

    @Property(tries = 300)
    void oneMoreLotNeverMakesAPlanWorse(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(seed);
        List<AvailableLot> lots = new ArrayList<>(problem.lots());
        lots.add(new AvailableLot(new LotKey("more"), "item0", "piece", 7, new Position(38, 141), null, null));
        PlanningProblem more = PlanningProblem.of(problem.now(), lots, problem.needs(), problem.policy());
        assertThat(plan(more).figures().objective())
                .isLessThanOrEqualTo(plan(problem).figures().objective());
    }

    /** Tiers scale exactly when quantities are multiples of ten. */
    @Property(tries = 300)
    void tenfoldQuantitiesMakeATenfoldObjective(@ForAll long seed) {
        PlanningProblem small = times(RandomProblems.problem(seed), 10);
        PlanningProblem large = times(RandomProblems.problem(seed), 30);
        if (small == null || large == null) {
            return;
        }
        assertThat(plan(large).figures().objective())
                .isEqualTo(plan(small).figures().objective().multiply(BigInteger.valueOf(3)));
    }

    @Property(tries = 300)
    void substitutesServeWhereThePolicyAllows(@ForAll long seed) {
        PlanningProblem problem = RandomProblems.problem(new Random(seed), 12, 10, 3);
        Policy policy = new Policy(
                8,
                Duration.ofHours(3),
                Map.of("item1", Duration.ofHours(12)),
                Set.of(new Policy.Substitution("item0", "item1"), new Policy.Substitution("item1", "item2")),
                (int) Math.floorMod(seed, 60L));
        PlanningProblem joined = problem.withPolicy(policy);
        Plan plan = plan(joined);
        assertThat(PlanAudit.of(joined, plan.lines(), plan.prices()).findings()).isEmpty();
        assertThat(plan.figures().certified()).isTrue();
    }

    @Property(tries = 500)
    void lockedAndForbiddenPairsAreKeptAndTheRestIsStillOptimal(@ForAll long seed) {
        Random random = new Random(seed);
        PlanningProblem free = RandomProblems.problem(random, 12, 10, 1);
        List<PlanConstraints.Lock> locks = new ArrayList<>();
        List<PlanConstraints.Ban> bans = new ArrayList<>();
        for (PlanLine line : plan(free).lines()) {
            switch (random.nextInt(5)) {
                case 0 ->
                    locks.add(new PlanConstraints.Lock(line.lot(), line.need(), 1 + random.nextLong(line.quantity())));
                case 1 -> bans.add(new PlanConstraints.Ban.ForNeed(line.lot(), line.need()));
                default -> {}
            }
        }
        for (AvailableLot lot : free.lots()) {
            boolean locked = locks.stream().anyMatch(lock -> lock.lot().equals(lot.key()));
            if (!locked && random.nextInt(6) == 0) {
                bans.add(
                        random.nextBoolean()
                                ? new PlanConstraints.Ban.ForAll(lot.key())
                                : new PlanConstraints.Ban.ForCommunity(lot.key(), new CommunityKey("c1")));
            }
        }
        PlanningProblem bound = free.withConstraints(new PlanConstraints(locks, bans));
        for (Planner planner :
                List.of(Planner.withThreads(1), Planner.withThreads(1).withPairsAtOnce(0))) {
            Plan plan = plan(planner, bound);
            PlanAudit.Report report = PlanAudit.of(bound, plan.lines(), plan.prices());
            assertThat(report.findings()).isEmpty();
            assertThat(report.objective()).isEqualTo(plan.figures().objective());
            assertThat(plan.figures().certified()).isTrue();
            assertThat(report.provesOptimality()).isTrue();
        }
    }

    /** Ways that cannot be told from positions: one-way, closed, slow. */
    @Property(tries = 300)
    void anyTravelTimesAndClosuresWillDo(@ForAll long seed) {
        PlanningProblem sphere = RandomProblems.problem(new Random(seed), 25, 20, 1);
        TravelTimes odd = (from, to) -> {
            int mix = from.hashCode() * 31 + to.hashCode();
            return Math.floorMod(mix, 7) == 0
                    ? Optional.empty()
                    : Optional.of(new TravelTimes.Leg(Math.floorMod(mix, 900) / 7.0, Math.floorMod(mix, 11) / 3.0));
        };
        Closures some = (from, to) -> Math.floorMod(from.hashCode() + to.hashCode(), 5) == 0;
        PlanningProblem problem = new PlanningProblem(
                sphere.now(), sphere.lots(), sphere.needs(), sphere.policy(), PlanConstraints.NONE, odd, some);
        for (Planner planner :
                List.of(Planner.withThreads(1), Planner.withThreads(2).withPairsAtOnce(0))) {
            Plan plan = plan(planner, problem);
            assertThat(PlanAudit.of(problem, plan.lines(), plan.prices()).provesOptimality())
                    .isTrue();
        }
    }

    @Property(tries = 200)
    void aPlanThatIsStoppedEarlyIsFeasibleAndItsBoundHolds(@ForAll long seed, @ForAll @IntRange(max = 3) int checks) {
        PlanningProblem problem = RandomProblems.problem(new Random(seed), 200, 150, 1);
        int[] asked = {0};
        Planner impatient = Planner.withThreads(1)
                .withPairsAtOnce(seed % 2 == 0 ? 0 : 1_000_000)
                .watchedBy((done, total) -> asked[0]++ < checks);
        Plan stopped = plan(impatient, problem);
        PlanAudit.Report report = PlanAudit.of(problem, stopped.lines(), stopped.prices());
        BigInteger optimum = plan(problem).figures().objective();
        assertThat(report.findings()).isEmpty();
        assertThat(report.objective()).isEqualTo(stopped.figures().objective());
        assertThat(report.lowerBound()).isEqualTo(stopped.figures().lowerBound());
        assertThat(stopped.figures().lowerBound()).isLessThanOrEqualTo(optimum);
        assertThat(stopped.figures().objective()).isGreaterThanOrEqualTo(optimum);
    }

    private static @Nullable PlanningProblem times(PlanningProblem problem, long factor) {
        List<AvailableLot> lots = new ArrayList<>();
        for (AvailableLot lot : problem.lots()) {
            if (lot.quantity() > 1_000_000) {
                return null;
            }
            lots.add(withQuantity(lot, lot.key().value(), lot.quantity() * factor));
        }
        List<OpenNeed> needs = new ArrayList<>();
        for (OpenNeed need : problem.needs()) {
            if (need.quantity() > 1_000_000) {
                return null;
            }
            needs.add(new OpenNeed(
                    need.key(),
                    need.community(),
                    need.item(),
                    need.unit(),
                    need.quantity() * factor,
                    need.priority(),
                    need.position(),
                    need.neededBy()));
        }
        return PlanningProblem.of(problem.now(), lots, needs, problem.policy());
    }

    private static AvailableLot withQuantity(AvailableLot lot, String key, long quantity) {
        return new AvailableLot(
                new LotKey(key),
                lot.item(),
                lot.unit(),
                quantity,
                lot.position(),
                lot.availableFrom(),
                lot.expiresAt());
    }
}
