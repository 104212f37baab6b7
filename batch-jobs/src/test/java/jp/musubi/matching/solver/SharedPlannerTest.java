package jp.musubi.matching.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import jp.musubi.common.Quantity;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.LinearPrograms.LinearProgram;
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
        Map<String, Double> limits = limited
                ? Map.of("hub0", asked * 0.1 * random.nextDouble(), "hub1", asked * 0.3, "hub2", 0.0)
                : Map.of();
        return plain.withPolicy(plain.policy().withFairness(fairness))
                .withSharing(new Sharing(people, hubs, limits, kilograms));
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
            double relaxed = wholeProgram(problem);
            double size = Math.max(1, Math.abs(relaxed));

            assertKept(problem, plan);
            assertThat(plan.figures().objective().doubleValue())
                    .as("what the plan says of itself")
                    .isCloseTo(objective(problem, plan), within(1e-6 * size));
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
        Map<String, Double> load = new HashMap<>();
        Map<Object, Long> got = new HashMap<>();
        for (PlanLine line : plan.lines()) {
            sent.merge(line.lot(), line.quantity(), Long::sum);
            got.merge(line.need(), line.quantity(), Long::sum);
            String hub = problem.sharing().hubs().get(line.lot());
            if (hub != null) {
                load.merge(
                        hub,
                        line.quantity() * problem.sharing().kilograms().getOrDefault(line.item(), 0.0),
                        Double::sum);
            }
        }
        problem.lots()
                .forEach(lot -> assertThat(sent.getOrDefault(lot.key(), 0L)).isLessThanOrEqualTo(lot.quantity()));
        problem.needs()
                .forEach(need -> assertThat(got.getOrDefault(need.key(), 0L)).isLessThanOrEqualTo(need.quantity()));
        problem.sharing()
                .limits()
                .forEach((hub, limit) ->
                        assertThat(load.getOrDefault(hub, 0.0)).as(hub).isLessThanOrEqualTo(limit + 1e-6));
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
                        .containsKey(problem.sharing().hubs().get(full.lot()));
            }
        }
        SharedPlan more =
                plan(problem.withSharing(problem.sharing().withLimits(Map.of("hub0", 1e9, "hub1", 1e9, "hub2", 1e9))));
        assertThat(more.plan().figures().objective())
                .isLessThan(shared.plan().figures().objective());
        assertThat(PlanReasons.of(more.priced(), more.atThePrices()).listShortfalls())
                .noneMatch(each -> each.cause() instanceof Shortfall.HubFull);
    }

    private static double worth(PlanningProblem problem, OpenNeed need) {
        Sharing.People people = problem.sharing().people().get(need.community());
        double share =
                people == null || people.number() == 0 ? 1 : Math.min(1, (double) people.number() / need.quantity());
        return 2000 * PolicyText.weight(problem.now(), need) * share;
    }

    private static Map<Object, Double> askedByGroup(PlanningProblem problem) {
        Map<Object, Double> asked = new HashMap<>();
        for (OpenNeed need : problem.needs()) {
            groups(problem, need)
                    .forEach(group -> asked.merge(group, worth(problem, need) * need.quantity(), Double::sum));
        }
        return asked;
    }

    private static List<Object> groups(PlanningProblem problem, OpenNeed need) {
        List<Object> groups = new ArrayList<>();
        if (problem.policy().fairness().communities() > 1) {
            groups.add(need.community());
        }
        Sharing.People people = problem.sharing().people().get(need.community());
        if (people != null && problem.policy().fairness().municipalities() > 1) {
            groups.add(people.municipality());
        }
        return groups;
    }

    private static double bonus(PlanningProblem problem, Object group, int tier) {
        Fairness fairness = problem.policy().fairness();
        double equity = group instanceof CommunityKey ? fairness.communities() : fairness.municipalities();
        return Math.pow(equity, 1 - (tier + 0.5) / 10) - 1;
    }

    /** Counted from the text once more. */
    private static double objective(PlanningProblem problem, Plan plan) {
        double objective = 0;
        Map<Object, Double> covered = new HashMap<>();
        for (OpenNeed need : problem.needs()) {
            long left = 0;
            for (PlanLine line : plan.lines()) {
                if (line.need().equals(need.key())) {
                    left += line.quantity();
                    objective += (double) line.quantity() * line.unitCost();
                }
            }
            for (Object group : groups(problem, need)) {
                covered.merge(group, left * worth(problem, need), Double::sum);
            }
            for (int s = 0; s < 10; s++) {
                long part = Math.min(left, PolicyText.tierSize(need.quantity(), s));
                left -= part;
                objective -= (double) part
                        * PolicyText.tierValue(
                                PolicyText.weight(problem.now(), need),
                                problem.policy().equity(),
                                s);
            }
        }
        for (Map.Entry<Object, Double> group : askedByGroup(problem).entrySet()) {
            double left = covered.getOrDefault(group.getKey(), 0.0);
            for (int s = 0; s < 10; s++) {
                double part = Math.min(left, group.getValue() / 10);
                left -= part;
                objective -= part * bonus(problem, group.getKey(), s);
            }
        }
        return objective;
    }

    /** All pairs, all tiers, all limits at once. */
    private static double wholeProgram(PlanningProblem problem) {
        try (LinearProgram program = PROGRAMS.begin()) {
            double none = Double.NEGATIVE_INFINITY;
            Map<LotKey, Integer> outOfLots = new HashMap<>();
            problem.lots().forEach(lot -> outOfLots.put(lot.key(), program.addRow(none, (double) lot.quantity())));
            Map<String, Integer> outOfHubs = new HashMap<>();
            problem.sharing().limits().forEach((hub, limit) -> outOfHubs.put(hub, program.addRow(none, limit)));
            Map<Object, Integer> coverage = new HashMap<>();
            askedByGroup(problem).forEach((group, asked) -> {
                int row = program.addRow(none, 0);
                coverage.put(group, row);
                for (int s = 0; s < 10; s++) {
                    program.addVariable(asked / 10, -bonus(problem, group, s), new int[] {row}, new double[] {1});
                }
            });
            for (OpenNeed need : problem.needs()) {
                int arrived = program.addRow(0, 0);
                double weight = PolicyText.weight(problem.now(), need);
                for (int s = 0; s < 10; s++) {
                    program.addVariable(
                            (double) PolicyText.tierSize(need.quantity(), s),
                            (double) -PolicyText.tierValue(
                                    weight, problem.policy().equity(), s),
                            new int[] {arrived},
                            new double[] {-1});
                }
                for (AvailableLot lot : problem.lots()) {
                    OptionalLong cost = PolicyText.cost(problem.now(), lot, need);
                    if (!lot.item().equals(need.item()) || cost.isEmpty()) {
                        continue;
                    }
                    Map<Integer, Double> terms =
                            new HashMap<>(Map.of(arrived, 1.0, outOfLots.getOrDefault(lot.key(), -1), 1.0));
                    Integer hub = outOfHubs.get(problem.sharing().hubs().getOrDefault(lot.key(), ""));
                    double kilograms = problem.sharing().kilograms().getOrDefault(lot.item(), 0.0);
                    if (hub != null && kilograms > 0) {
                        terms.put(hub, kilograms);
                    }
                    for (Object group : groups(problem, need)) {
                        terms.put(coverage.getOrDefault(group, -1), -worth(problem, need));
                    }
                    program.addVariable(
                            Double.POSITIVE_INFINITY,
                            (double) cost.getAsLong(),
                            terms.keySet().stream().mapToInt(Integer::intValue).toArray(),
                            terms.values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray());
                }
            }
            return program.solve().objective();
        }
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
                    .withSharing(usual.sharing().withLimits(Map.of("hub0", 3.1e8, "hub1", 1.7e9, "hub2", 0.0)));
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
        Plan shared = plan(problem.withSharing(new Sharing(Map.of(), hubs, Map.of("hub", 1e9), Map.of("item0", 1.0))))
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
            asked.merge(need.community(), worth(problem, need) * need.quantity(), Double::sum);
            long units = plan.lines().stream()
                    .filter(line -> line.need().equals(need.key()))
                    .mapToLong(PlanLine::quantity)
                    .sum();
            got.merge(need.community(), worth(problem, need) * units, Double::sum);
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
