package jp.musubi.matching.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.musubi.common.Quantity;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanAudit;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanOutcome;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.PlanReasons;
import jp.musubi.matching.Planner;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Prices;
import jp.musubi.matching.SharedPlan;
import jp.musubi.matching.SharedPlanner;
import jp.musubi.matching.Sharing;
import jp.musubi.matching.Shortfall;
import org.junit.jupiter.api.Test;

class SharedPlannerTest {

    private static final GlopPrograms PROGRAMS = new GlopPrograms();

    private static SharedPlan plan(PlanningProblem problem) {
        PlanOutcome outcome = new SharedPlanner(PROGRAMS, 2, PlanProgress.UNWATCHED).plan(problem);
        return ((PlanOutcome.Shared) outcome).plan();
    }

    /** Some lots in three hubs that can pass on a part of what is asked, some elsewhere; eight communities in three towns. */
    private static PlanningProblem problem(long seed, Fairness fairness, boolean limited) {
        Random random = new Random(seed);
        PlanningProblem plain = GeneratedProblem.of(20 + random.nextInt(60), 20 + random.nextInt(40), 4, seed);
        Map<CommunityKey, Sharing.People> people = new HashMap<>();
        for (OpenNeed need : plain.needs()) {
            if (random.nextInt(5) > 0) {
                people.putIfAbsent(
                        need.community(), new Sharing.People(random.nextInt(300), "town" + random.nextInt(3)));
            }
        }
        Map<LotKey, String> hubs = new HashMap<>();
        for (AvailableLot lot : plain.lots()) {
            if (random.nextInt(4) > 0) {
                hubs.put(lot.key(), "hub" + random.nextInt(3));
            }
        }
        Map<String, Double> kilograms = Map.of("item0", 1.0, "item1", 0.4, "item2", 12.5);
        double asked = plain.needs().stream()
                .mapToDouble(need -> need.quantity() * kilograms.getOrDefault(need.item(), 0.0))
                .sum();
        List<Sharing.Limit> limits = limited ? limits(asked * 0.1 * random.nextDouble(), asked * 0.3, 0) : List.of();
        return plain.withPolicy(plain.policy().withFairness(fairness))
                .withSharing(new Sharing(people, hubs, limits, bulks(kilograms), Map.of()));
    }

    private static List<Sharing.Limit> limits(double... kilograms) {
        return IntStream.range(0, kilograms.length)
                .mapToObj(hub -> Sharing.Limit.ofKilograms("hub" + hub, kilograms[hub]))
                .toList();
    }

    private static Map<String, Sharing.Bulk> bulks(Map<String, Double> kilograms) {
        return kilograms.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> new Sharing.Bulk(each.getValue(), 0, 0)));
    }

    @Test
    void isAsGoodAsTheWholeProblemAsOneLinearProgram() {
        double gaps = 0;
        int problems = 60;
        for (int seed = 0; seed < problems; seed++) {
            Fairness fairness = new Fairness(seed % 3 == 0 ? 1 : 20, seed % 4 == 1 ? 10 : 1, 1);
            PlanningProblem problem = problem(seed, fairness, seed % 5 > 0);
            SharedPlan shared = plan(problem);
            Plan plan = shared.plan();
            double relaxed = WholeProgram.relaxed(problem, PROGRAMS);
            double size = Math.max(1, Math.abs(relaxed));

            assertKept(problem, plan);
            assertThat(plan.figures().objective().doubleValue())
                    .as("what the plan says of itself")
                    .isCloseTo(WholeProgram.objective(problem, plan), within(1e-6 * size));
            assertThat(plan.figures().lowerBound().doubleValue())
                    .as("the bound of problem " + seed)
                    .isLessThanOrEqualTo(relaxed + 1e-6 * size)
                    .isGreaterThan(relaxed - 0.002 * size);
            assertThat(plan.figures().objective().doubleValue()).isGreaterThan(relaxed - 1e-6 * size);
            gaps += plan.figures().gap();
        }
        assertThat(gaps / problems).as("mean gap").isLessThan(0.01);
    }

    private static void assertKept(PlanningProblem problem, Plan plan) {
        assertThat(PlanAudit.of(problem, plan.lines(), Prices.NONE).findings())
                .allMatch(finding -> finding instanceof PlanAudit.Finding.PriceMissing);
        Map<LotKey, Long> sent = new HashMap<>();
        Map<Object, Long> got = new HashMap<>();
        for (PlanLine line : plan.lines()) {
            sent.merge(line.lot(), line.quantity(), Long::sum);
            got.merge(line.need(), line.quantity(), Long::sum);
        }
        problem.lots()
                .forEach(lot -> assertThat(sent.getOrDefault(lot.key(), 0L)).isLessThanOrEqualTo(lot.quantity()));
        problem.needs()
                .forEach(need -> assertThat(got.getOrDefault(need.key(), 0L)).isLessThanOrEqualTo(need.quantity()));
    }

    @Test
    void aShortfallBehindAFullHubSaysSo() {
        PlanningProblem problem = problem(12, Fairness.NONE, true);
        SharedPlan shared = plan(problem);
        List<Shortfall> shortfalls =
                PlanReasons.of(shared.priced(), shared.atThePrices()).listShortfalls();
        Map<String, Long> causes = shortfalls.stream()
                .collect(Collectors.groupingBy(each -> each.cause().code(), Collectors.counting()));
        assertThat(causes).containsKey("hub-full").doesNotContainKey("stopped-early");
        for (Shortfall shortfall : shortfalls) {
            if (shortfall.cause() instanceof Shortfall.HubFull full) {
                assertThat(problem.sharing().limits())
                        .extracting(Sharing.Limit::hub)
                        .contains(problem.sharing().hubs().get(full.lot()));
            }
        }
        SharedPlan more = plan(problem.withSharing(problem.sharing().withLimits(limits(1e9, 1e9, 1e9))));
        assertThat(more.plan().figures().objective())
                .isLessThan(shared.plan().figures().objective());
        assertThat(PlanReasons.of(more.priced(), more.atThePrices()).listShortfalls())
                .noneMatch(each -> each.cause() instanceof Shortfall.HubFull);
    }

    /** A billion units are near what a share of a double can tell apart. */
    @Test
    void theLargestQuantitiesKeepAllLimits() {
        for (int seed = 0; seed < 10; seed++) {
            PlanningProblem usual = problem(seed, new Fairness(20, 5, 1), true);
            PlanningProblem large = PlanningProblem.of(
                            usual.now(),
                            usual.lots().stream()
                                    .map(lot -> new AvailableLot(
                                            lot.key(),
                                            lot.item(),
                                            lot.unit(),
                                            Quantity.LARGEST - lot.quantity(),
                                            lot.position(),
                                            lot.availableFrom(),
                                            lot.expiresAt()))
                                    .toList(),
                            usual.needs().stream()
                                    .map(need -> new OpenNeed(
                                            need.key(),
                                            need.community(),
                                            need.item(),
                                            need.unit(),
                                            Quantity.LARGEST - 7 * need.quantity(),
                                            need.priority(),
                                            need.position(),
                                            need.neededBy()))
                                    .toList(),
                            usual.policy())
                    .withSharing(usual.sharing().withLimits(limits(3.1e8, 1.7e9, 0)));
            assertKept(large, plan(large).plan());
        }
    }

    @Test
    void whatNobodySharesIsPlannedAsBefore() {
        PlanningProblem problem = GeneratedProblem.of(200, 100, 5, 1);
        assertThat(SharedPlanner.isNeededFor(problem)).isFalse();
        Plan alone = ((PlanOutcome.Planned) Planner.withThreads(1).plan(problem)).plan();
        Map<LotKey, String> hubs = new HashMap<>();
        problem.lots().forEach(lot -> hubs.put(lot.key(), "hub"));
        Plan shared = plan(problem.withSharing(new Sharing(
                        Map.of(),
                        hubs,
                        List.of(Sharing.Limit.ofKilograms("hub", 1e9)),
                        bulks(Map.of("item0", 1.0)),
                        Map.of())))
                .plan();
        assertThat(shared.figures().objective()).isEqualTo(alone.figures().objective());
        assertThat(shared.figures().certified()).isTrue();
    }

    @Test
    void evennessBetweenCommunitiesLeavesFewerWithNothing() {
        PlanningProblem problem = GeneratedProblem.of(300, 280, 8, 3);
        problem = problem.withPolicy(problem.policy().withEquity(1));
        double before = worstCommunity(
                problem, ((PlanOutcome.Planned) Planner.withThreads(1).plan(problem)).plan());
        PlanningProblem even = problem.withPolicy(problem.policy().withFairness(new Fairness(100, 1, 1)));
        double after = worstCommunity(even, plan(even).plan());
        assertThat(after).isGreaterThan(before);
    }

    /** Mean coverage of the tenth of communities that get least. */
    private static double worstCommunity(PlanningProblem problem, Plan plan) {
        Map<CommunityKey, Double> asked = new HashMap<>();
        Map<CommunityKey, Double> got = new HashMap<>();
        for (OpenNeed need : problem.needs()) {
            asked.merge(need.community(), WholeProgram.worth(problem, need) * need.quantity(), Double::sum);
            long units = plan.lines().stream()
                    .filter(line -> line.need().equals(need.key()))
                    .mapToLong(PlanLine::quantity)
                    .sum();
            got.merge(need.community(), WholeProgram.worth(problem, need) * units, Double::sum);
        }
        return asked.keySet().stream()
                .mapToDouble(community -> got.getOrDefault(community, 0.0) / asked.getOrDefault(community, 1.0))
                .sorted()
                .limit(Math.max(1, asked.size() / 10))
                .average()
                .orElse(0);
    }

    @Test
    void equalProblemsHaveEqualPlansWithAnyNumberOfThreads() {
        PlanningProblem problem = problem(11, new Fairness(8, 4, 1), true);
        SharedPlan one = plan(problem);
        PlanOutcome other = new SharedPlanner(new GlopPrograms(), 1, PlanProgress.UNWATCHED).plan(problem);
        assertThat(other).isEqualTo(new PlanOutcome.Shared(one));
    }

    @Test
    void stoppingEarlyLeavesAPlanThatKeepsLimits() {
        PlanningProblem problem = problem(12, new Fairness(8, 4, 1), true);
        PlanOutcome outcome = new SharedPlanner(PROGRAMS, 1, (done, total) -> false).plan(problem);
        assertKept(problem, ((PlanOutcome.Shared) outcome).plan().plan());
    }
}
