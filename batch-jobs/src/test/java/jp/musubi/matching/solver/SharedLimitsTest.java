package jp.musubi.matching.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.HandlingLimits;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanAudit;
import jp.musubi.matching.PlanConstraints;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanOutcome;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.PlanReasons;
import jp.musubi.matching.PlanningInput;
import jp.musubi.matching.PlanningInput.Capacity;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Policy;
import jp.musubi.matching.Prices;
import jp.musubi.matching.SharedPlan;
import jp.musubi.matching.SharedPlanner;
import jp.musubi.matching.Sharing;
import jp.musubi.matching.Sharing.Measure;
import jp.musubi.place.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What hubs, vehicles, packs and stops allow, of every kind. */
class SharedLimitsTest {

    private static final GlopPrograms PROGRAMS = new GlopPrograms();
    private static final int HUBS = 3;
    private static final int DAYS = 3;

    private static SharedPlan plan(PlanningProblem problem) {
        PlanOutcome outcome = new SharedPlanner(PROGRAMS, 2, PlanProgress.UNWATCHED).plan(problem);
        return ((PlanOutcome.Shared) outcome).plan();
    }

    private static List<PlanAudit.Finding> findings(PlanningProblem problem, SharedPlan plan) {
        return PlanAudit.of(problem, plan.plan().lines(), Prices.NONE).findings().stream()
                .filter(finding -> !(finding instanceof PlanAudit.Finding.PriceMissing))
                .toList();
    }

    /** Hubs that can do a part of what is asked for, and vehicles from two of them to one town. */
    private static PlanningProblem problem(long seed, Measure measure, HandlingLimits handling) {
        Random random = new Random(seed);
        PlanningProblem plain = GeneratedProblem.of(20 + random.nextInt(60), 20 + random.nextInt(40), 4, seed);
        List<AvailableLot> lots = plain.lots().stream()
                .map(lot -> new AvailableLot(
                        lot.key(),
                        lot.item(),
                        lot.unit(),
                        lot.quantity(),
                        lot.position(),
                        random.nextInt(3) == 0
                                ? plain.now().plus(Duration.ofHours(random.nextInt(90)))
                                : lot.availableFrom(),
                        lot.expiresAt(),
                        random.nextInt(30),
                        random.nextInt(4) == 0))
                .toList();
        Map<LotKey, String> hubs = new HashMap<>();
        lots.forEach(lot -> {
            if (random.nextInt(4) > 0) {
                hubs.put(lot.key(), "hub" + random.nextInt(HUBS));
            }
        });
        Map<CommunityKey, String> municipalities = new HashMap<>();
        plain.needs().forEach(need -> municipalities.putIfAbsent(need.community(), "town" + random.nextInt(3)));
        Map<String, Sharing.Bulk> bulks = Map.of(
                "item0", new Sharing.Bulk(1, 0.002, 0),
                "item1", new Sharing.Bulk(0.4, 0.05, 0),
                "item2", new Sharing.Bulk(12.5, 0.01, 0));
        double asked = plain.needs().stream()
                .mapToDouble(need -> switch (measure) {
                    case LINES -> 1;
                    case HOURS ->
                        bulks.getOrDefault(need.item(), new Sharing.Bulk(0, 0, 0))
                                        .kilograms()
                                * need.quantity()
                                / handling.kilogramsPerHour();
                    case KILOGRAMS ->
                        bulks.getOrDefault(need.item(), new Sharing.Bulk(0, 0, 0))
                                        .kilograms()
                                * need.quantity();
                    case CUBIC_METRES ->
                        bulks.getOrDefault(need.item(), new Sharing.Bulk(0, 0, 0))
                                        .cubicMetres()
                                * need.quantity();
                })
                .sum();
        List<Capacity> capacities = new ArrayList<>();
        for (int hub = 0; hub < HUBS; hub++) {
            Map<Measure, Double> taken = new EnumMap<>(Measure.class);
            taken.put(measure, asked * 0.01 * random.nextDouble());
            capacities.add(new Capacity("hub" + hub, null, Map.of(measure, asked * 0.15 * random.nextDouble()), taken));
            if (hub > 0) {
                capacities.add(new Capacity(
                        "hub" + hub, "town1", Map.of(measure, asked * 0.03 * random.nextDouble()), Map.of()));
            }
        }
        PlanningInput input =
                new PlanningInput(lots, plain.needs(), 0, 0, 0, Map.of(), hubs, capacities, bulks, municipalities);
        Policy policy = plain.policy().withLimits(handling);
        return plain.withLots(lots).withPolicy(policy).withSharing(input.sharing(policy, plain.now()));
    }

    @ParameterizedTest
    @EnumSource
    void areKeptDayByDayAndAlongRoadsAsWellAsInOneLinearProgram(Measure measure) {
        double gaps = 0;
        int problems = 25;
        for (int seed = 0; seed < problems; seed++) {
            PlanningProblem problem =
                    problem(seed, measure, new HandlingLimits(1 + seed % DAYS, 250, false, 0, seed % 2 * 3));
            SharedPlan shared = plan(problem);
            double relaxed = WholeProgram.relaxed(problem, PROGRAMS);
            double size = Math.max(1, Math.abs(relaxed));

            assertThat(findings(problem, shared)).as("problem " + seed).isEmpty();
            assertThat(shared.plan().figures().objective().doubleValue())
                    .as("what the plan says of itself")
                    .isCloseTo(WholeProgram.objective(problem, shared.plan()), within(1e-6 * size));
            assertThat(shared.plan().figures().lowerBound().doubleValue())
                    .as("the bound of problem " + seed)
                    .isLessThanOrEqualTo(relaxed + 1e-6 * size)
                    .isGreaterThan(relaxed - 0.002 * size);
            for (SharedPlan.Load load : shared.loads()) {
                assertThat(load.used()).isLessThanOrEqualTo(load.limit().most() * (1 + 1e-9) + 1e-6);
            }
            gaps += shared.plan().figures().gap();
        }
        // A line is a whole one, however little it carries: that is dear, and the plan says so.
        assertThat(gaps / problems).as("mean gap").isLessThan(measure == Measure.LINES ? 0.2 : 0.01);
    }

    /** Each kind of handling against the best plan there is, found by a solver of integer programs. */
    @Test
    void closedPacksLinesAndStopsAreKeptAndTheirPlansAreNearTheBest() {
        Map<String, HandlingLimits> kinds = Map.of(
                "packs", new HandlingLimits(0, 250, true, 0, 0),
                "stops", new HandlingLimits(0, 250, false, 25, 0),
                "lines", new HandlingLimits(1, 250, false, 0, 0),
                "all", new HandlingLimits(2, 250, true, 25, 6));
        int problems = 12;
        kinds.forEach((kind, handling) -> {
            double missed = 0;
            for (int seed = 0; seed < problems; seed++) {
                PlanningProblem problem =
                        small(problem(seed, kind.equals("lines") ? Measure.LINES : Measure.KILOGRAMS, handling));
                SharedPlan shared = plan(problem);
                assertThat(findings(problem, shared))
                        .as(kind + " of problem " + seed)
                        .isEmpty();
                double exact = WholeProgram.exact(problem);
                double size = Math.max(1, Math.abs(exact));
                double objective = shared.plan().figures().objective().doubleValue();
                assertThat(objective).as(kind + " of problem " + seed).isGreaterThan(exact - 1e-5 * size);
                assertThat(shared.plan().figures().lowerBound().doubleValue()).isLessThan(exact + 1e-5 * size);
                missed += (objective - exact) / size;
            }
            assertThat(missed / problems)
                    .as("how much of the best is missed: " + kind)
                    .isLessThan(0.05);
        });
    }

    /** Few enough for integer programs: half of the lots and needs, in three places, so that shipments come together. */
    private static PlanningProblem small(PlanningProblem problem) {
        List<AvailableLot> lots = problem.lots().subList(0, problem.lots().size() / 2).stream()
                .map(lot -> new AvailableLot(
                        lot.key(),
                        lot.item(),
                        lot.unit(),
                        lot.quantity(),
                        problem.lots()
                                .get(Math.floorMod(lot.key().hashCode(), 3))
                                .position(),
                        lot.availableFrom(),
                        lot.expiresAt(),
                        lot.packSize(),
                        lot.coldChain()))
                .toList();
        return new PlanningProblem(
                        problem.now(),
                        lots,
                        problem.needs().subList(0, problem.needs().size() / 2),
                        problem.policy(),
                        problem.constraints(),
                        problem.travel(),
                        problem.closures())
                .withSharing(problem.sharing());
    }

    private static final Position HUB = new Position(38.3, 141.0);
    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    private static AvailableLot lot(String key, long quantity, int hoursUntilThere, long pack) {
        return new AvailableLot(
                new LotKey(key),
                "rice",
                "kg",
                quantity,
                HUB,
                NOW.plus(Duration.ofHours(hoursUntilThere)),
                null,
                pack,
                false);
    }

    private static OpenNeed need(String key, long quantity, int neededWithinHours) {
        return new OpenNeed(
                new NeedKey(key),
                new CommunityKey(key),
                "rice",
                "kg",
                quantity,
                3,
                new Position(38.4, 141.1),
                NOW.plus(Duration.ofHours(neededWithinHours)));
    }

    private static PlanningProblem small(List<AvailableLot> lots, List<OpenNeed> needs, HandlingLimits handling) {
        Map<LotKey, String> hubs = new HashMap<>();
        lots.forEach(lot -> hubs.put(lot.key(), "hub"));
        PlanningInput input = new PlanningInput(
                lots,
                needs,
                0,
                0,
                0,
                Map.of(),
                hubs,
                List.of(new Capacity("hub", null, Map.of(Measure.KILOGRAMS, 100.0), Map.of())),
                Map.of("rice", new Sharing.Bulk(1, 0, 0)),
                Map.of());
        Policy policy = Policy.STANDARD.withLimits(handling);
        return PlanningProblem.of(NOW, lots, needs, policy).withSharing(input.sharing(policy, NOW));
    }

    private static long served(Plan plan, String need) {
        return plan.lines().stream()
                .filter(line -> line.need().equals(new NeedKey(need)))
                .mapToLong(PlanLine::quantity)
                .sum();
    }

    /** 100 kg leave the hub each day. Whoever waits until tomorrow leaves today to those who cannot. */
    @Test
    void eachDayHasItsOwnLimit() {
        HandlingLimits days = new HandlingLimits(2, 250, false, 0, 0);
        List<AvailableLot> lots = List.of(lot("here", 500, 0, 0), lot("tomorrow", 500, 25, 0));
        Plan both = plan(small(lots, List.of(need("today", 300, 20), need("later", 300, 60)), days))
                .plan();
        assertThat(served(both, "today")).isEqualTo(100);
        assertThat(served(both, "later")).isEqualTo(100);
        Plan late = plan(small(lots, List.of(need("later", 300, 60)), days)).plan();
        assertThat(served(late, "later")).isEqualTo(200);
        Plan arriving = plan(small(lots.subList(1, 2), List.of(need("later", 300, 60)), days))
                .plan();
        assertThat(served(arriving, "later"))
                .as("what arrives tomorrow leaves tomorrow only")
                .isEqualTo(100);
    }

    @Test
    void whatPacksLeaveSaysSo() {
        PlanningProblem problem = small(
                List.of(lot("packs", 52, 0, 10)), List.of(need("a", 27, 50)), new HandlingLimits(0, 250, true, 0, 0));
        SharedPlan plan = plan(problem);
        assertThat(served(plan.plan(), "a")).as("two packs and the loose ones").isEqualTo(22);
        assertThat(PlanReasons.of(plan.priced(), plan.atThePrices()).listShortfalls())
                .extracting(shortfall -> shortfall.cause().code())
                .containsExactly("pack-stays-closed");
    }

    @Test
    void whatIsNotWorthAStopSaysSo() {
        PlanningProblem problem = small(
                List.of(lot("some", 50, 0, 0)), List.of(need("a", 7, 50)), new HandlingLimits(0, 250, false, 20, 0));
        SharedPlan plan = plan(problem);
        assertThat(plan.plan().lines()).isEmpty();
        assertThat(PlanReasons.of(plan.priced(), plan.atThePrices()).listShortfalls())
                .extracting(shortfall -> shortfall.cause().code())
                .containsExactly("not-worth-a-stop");
    }

    @Test
    void whatPeopleDecideGoesOutWhateverPacksAndStopsSay() {
        PlanningProblem problem = small(
                List.of(lot("packs", 52, 0, 10)), List.of(need("a", 27, 50)), new HandlingLimits(1, 250, true, 20, 0));
        PlanConstraints lock = new PlanConstraints(
                List.of(new PlanConstraints.Lock(new LotKey("packs"), new NeedKey("a"), 7)), List.of());
        SharedPlan plan = plan(problem.withConstraints(lock));
        assertThat(findings(problem.withConstraints(lock), plan)).isEmpty();
        assertThat(plan.plan().lines())
                .filteredOn(PlanLine::locked)
                .extracting(PlanLine::quantity)
                .containsExactly(7L);
    }
}
