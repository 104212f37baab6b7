package jp.musubi.matching.solver;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Policy;
import jp.musubi.matching.Sharing;
import jp.musubi.place.Position;

/**
 * A made-up disaster from a seed: communities along a coast, in towns; half of the lots in a few hubs inland, half with
 * givers all over; a supply that falls short of some items and exceeds others; deadlines, late arrivals and food that
 * spoils.
 */
final class GeneratedProblem {

    static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    private static final int NEEDS_PER_COMMUNITY = 7;
    private static final int HUBS = 40;

    private GeneratedProblem() {}

    static PlanningProblem of(int lotCount, int needCount, int itemCount, long seed) {
        Random random = new Random(seed);
        List<Position> towns = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            towns.add(new Position(36.9 + 3.6 * random.nextDouble(), 141.0 + random.nextDouble()));
        }
        List<Position> communities = new ArrayList<>();
        for (int i = 0; i < Math.max(1, needCount / NEEDS_PER_COMMUNITY); i++) {
            Position town = towns.get(random.nextInt(towns.size()));
            communities.add(new Position(
                    town.latitude() + 0.05 * random.nextGaussian(), town.longitude() + 0.05 * random.nextGaussian()));
        }
        List<Position> hubs = new ArrayList<>();
        for (int i = 0; i < HUBS; i++) {
            hubs.add(new Position(37.2 + 3.4 * random.nextDouble(), 140.1 + random.nextDouble()));
        }
        double[] plenty = new double[itemCount];
        for (int i = 0; i < itemCount; i++) {
            plenty[i] = 0.3 + 1.2 * random.nextDouble();
        }
        List<OpenNeed> needs = new ArrayList<>(needCount);
        double asked = 0;
        for (int i = 0; i < needCount; i++) {
            int community = random.nextInt(communities.size());
            long quantity = 1 + (long) Math.exp(2 + 4 * random.nextDouble());
            asked += quantity;
            needs.add(new OpenNeed(
                    new NeedKey("N" + i),
                    new CommunityKey("C" + community),
                    "item" + random.nextInt(itemCount),
                    "piece",
                    quantity,
                    1 + random.nextInt(4),
                    communities.get(community),
                    random.nextInt(3) == 0 ? null : NOW.plus(Duration.ofMinutes(120 + random.nextInt(5000)))));
        }
        double perLot = asked / Math.max(1, lotCount);
        List<AvailableLot> lots = new ArrayList<>(lotCount);
        for (int i = 0; i < lotCount; i++) {
            int item = random.nextInt(itemCount);
            Position position = random.nextBoolean()
                    ? hubs.get(random.nextInt(hubs.size()))
                    : new Position(36.8 + 4 * random.nextDouble(), 139.8 + 1.6 * random.nextDouble());
            lots.add(new AvailableLot(
                    new LotKey("L" + i),
                    "item" + item,
                    "piece",
                    1 + (long) (perLot * plenty[item] * 2 * random.nextDouble()),
                    position,
                    random.nextInt(4) == 0 ? NOW.plus(Duration.ofHours(random.nextInt(48))) : null,
                    random.nextInt(3) == 0 ? NOW.plus(Duration.ofHours(4 + random.nextInt(200))) : null));
        }
        return PlanningProblem.of(NOW, lots, needs, Policy.STANDARD);
    }

    /** The same a while later: one in a hundred lots and needs has another quantity. */
    static PlanningProblem later(PlanningProblem problem, long seed) {
        Random random = new Random(seed);
        List<AvailableLot> lots = problem.lots().stream()
                .map(lot ->
                        random.nextInt(100) > 0 ? lot : lot.withQuantity(1 + random.nextLong(2 * lot.quantity() + 1)))
                .toList();
        List<OpenNeed> needs = problem.needs().stream()
                .map(need -> random.nextInt(100) > 0
                        ? need
                        : new OpenNeed(
                                need.key(),
                                need.community(),
                                need.item(),
                                need.unit(),
                                1 + random.nextLong(2 * need.quantity()),
                                need.priority(),
                                need.position(),
                                need.neededBy()))
                .toList();
        return PlanningProblem.of(problem.now(), lots, needs, problem.policy());
    }

    /** The same with people, weights, and hubs that together pass on half of what is asked, some more, some less. */
    static PlanningProblem shared(PlanningProblem problem, long seed) {
        Random random = new Random(seed);
        Map<CommunityKey, Sharing.People> people = new HashMap<>();
        Map<String, Double> kilograms = new HashMap<>();
        double asked = 0;
        for (OpenNeed need : problem.needs()) {
            people.computeIfAbsent(
                    need.community(), key -> new Sharing.People(50 + random.nextInt(500), "town" + random.nextInt(60)));
            asked += need.quantity() * kilograms.computeIfAbsent(need.item(), key -> 0.2 + 3 * random.nextDouble());
        }
        Map<LotKey, String> hubs = new HashMap<>();
        problem.lots()
                .forEach(lot ->
                        hubs.put(lot.key(), "hub" + Math.floorMod(lot.position().hashCode(), HUBS)));
        List<Sharing.Limit> limits = new ArrayList<>();
        for (int hub = 0; hub < HUBS; hub++) {
            limits.add(Sharing.Limit.ofKilograms("hub" + hub, asked / 2 / HUBS * (0.5 + random.nextDouble())));
        }
        Map<String, Sharing.Bulk> bulks = new HashMap<>();
        kilograms.forEach((item, each) -> bulks.put(item, new Sharing.Bulk(each, 0, 0)));
        return problem.withSharing(new Sharing(people, hubs, limits, bulks, Map.of()));
    }
}
