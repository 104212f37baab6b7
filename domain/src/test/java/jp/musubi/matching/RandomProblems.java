package jp.musubi.matching;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jp.musubi.place.Position;

/** Planning problems from a seed: few places, so that ties are frequent; deadlines and expiry that bite. */
final class RandomProblems {

    static final Instant NOW = Instant.parse("2011-03-13T09:00:00Z");

    private RandomProblems() {}

    static PlanningProblem problem(long seed) {
        Random random = new Random(seed);
        int lots = random.nextInt(14);
        int needs = random.nextInt(12);
        return problem(random, lots, needs, 1 + random.nextInt(3));
    }

    static PlanningProblem problem(Random random, int lotCount, int needCount, int items) {
        int scale = List.of(1, 5, 100, 10_000, 90_000_000).get(random.nextInt(5));
        List<Position> places = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(12); i++) {
            places.add(new Position(37 + 3 * random.nextDouble(), 140 + 2 * random.nextDouble()));
        }
        List<AvailableLot> lots = new ArrayList<>();
        for (int i = 0; i < lotCount; i++) {
            lots.add(new AvailableLot(
                    new LotKey("l" + i),
                    "item" + random.nextInt(items),
                    "piece",
                    (long) random.nextInt(10) * scale,
                    places.get(random.nextInt(places.size())),
                    random.nextInt(3) == 0 ? NOW.plus(Duration.ofHours(random.nextInt(40) - 10)) : null,
                    random.nextInt(2) == 0 ? NOW.plus(Duration.ofHours(random.nextInt(90))) : null));
        }
        List<OpenNeed> needs = new ArrayList<>();
        for (int i = 0; i < needCount; i++) {
            needs.add(new OpenNeed(
                    new NeedKey("n" + i),
                    new CommunityKey("c" + random.nextInt(4)),
                    "item" + random.nextInt(items),
                    "piece",
                    (1L + random.nextInt(11)) * scale,
                    1 + random.nextInt(4),
                    places.get(random.nextInt(places.size())),
                    random.nextInt(2) == 0 ? NOW.plus(Duration.ofHours(random.nextInt(60))) : null));
        }
        double equity = List.of(1.0, 2.5, 8.0, 100.0).get(random.nextInt(4));
        return PlanningProblem.of(NOW, lots, needs, Policy.STANDARD.withEquity(equity));
    }
}
