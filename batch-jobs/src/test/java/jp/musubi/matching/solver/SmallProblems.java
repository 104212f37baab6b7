package jp.musubi.matching.solver;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jp.musubi.common.Quantity;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Policy;
import jp.musubi.place.Position;
import org.jspecify.annotations.Nullable;

/** Small problems from a seed, ordinary ones and every degenerate kind that solvers stumble over. */
enum SmallProblems {
    MIXED,
    EVERYTHING_TIES,
    NO_SUPPLY,
    ONE_LOT,
    ONE_NEED,
    ONE_PLACE,
    SINGLE_UNITS,
    THE_LARGEST_QUANTITIES,
    TIMES_ON_THE_BORDER,
    NOTHING_ASKED,
    NOTHING_IN_TIME,
    HARDLY_WORTH_THE_DISTANCE;

    static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    PlanningProblem problem(long seed) {
        Random random = new Random(31 * seed + name().hashCode());
        int lots = this == ONE_LOT ? 1 : random.nextInt(this == MIXED ? 25 : 12);
        int needs = this == ONE_NEED ? 1 : this == NOTHING_ASKED ? 0 : random.nextInt(this == MIXED ? 25 : 12);
        return new Draw(this, random).problem(lots, needs);
    }

    private static final class Draw {
        private final SmallProblems kind;
        private final Random random;
        private final List<Position> places = new ArrayList<>();
        private final long scale;
        private final int items;
        private final long equalQuantity;

        Draw(SmallProblems kind, Random random) {
            this.kind = kind;
            this.random = random;
            scale = List.of(1L, 3L, 1000L, 50_000_000L).get(random.nextInt(4));
            items = kind == MIXED ? 1 + random.nextInt(2) : 1;
            equalQuantity = 1L + random.nextInt(30);
            double spread = kind == HARDLY_WORTH_THE_DISTANCE ? 12 : 3;
            boolean one = kind == ONE_PLACE || kind == EVERYTHING_TIES;
            for (int i = 0; i < (one ? 1 : 1 + random.nextInt(8)); i++) {
                places.add(new Position(33 + spread * random.nextDouble(), 132 + spread * random.nextDouble()));
            }
        }

        PlanningProblem problem(int lotCount, int needCount) {
            List<AvailableLot> lots = new ArrayList<>();
            for (int i = 0; i < lotCount; i++) {
                lots.add(new AvailableLot(
                        new LotKey("l" + i),
                        "item" + random.nextInt(items),
                        "piece",
                        kind == NO_SUPPLY ? 0 : quantity(0, 8),
                        place(),
                        availableFrom(),
                        expiresAt()));
            }
            List<OpenNeed> needs = new ArrayList<>();
            for (int i = 0; i < needCount; i++) {
                Position place = place();
                needs.add(new OpenNeed(
                        new NeedKey("n" + i),
                        new CommunityKey("c" + i),
                        "item" + random.nextInt(items),
                        "piece",
                        quantity(1, 20),
                        kind == EVERYTHING_TIES ? 3 : 1 + random.nextInt(4),
                        place,
                        neededBy(place, lots)));
            }
            double equity = kind == HARDLY_WORTH_THE_DISTANCE
                    ? 1
                    : List.of(1.0, 1.7, 8.0, 100.0).get(random.nextInt(4));
            return PlanningProblem.of(NOW, lots, needs, Policy.STANDARD.withEquity(equity));
        }

        private Position place() {
            return places.get(random.nextInt(places.size()));
        }

        private long quantity(int least, int most) {
            return switch (kind) {
                case EVERYTHING_TIES -> equalQuantity;
                case SINGLE_UNITS -> 1;
                case THE_LARGEST_QUANTITIES -> Quantity.LARGEST - random.nextInt(2);
                default -> (least + random.nextInt(most)) * scale;
            };
        }

        private @Nullable Instant availableFrom() {
            if (kind == EVERYTHING_TIES || random.nextInt(3) > 0) {
                return null;
            }
            return kind == TIMES_ON_THE_BORDER
                    ? NOW.plus(Duration.ofHours(random.nextInt(3)))
                    : NOW.plus(Duration.ofMinutes(random.nextInt(3000) - 300));
        }

        /** On the border a lot spoils on arrival at its own place, or where the bonus for freshness changes. */
        private @Nullable Instant expiresAt() {
            if (kind == EVERYTHING_TIES || random.nextBoolean()) {
                return null;
            }
            return kind == TIMES_ON_THE_BORDER
                    ? NOW.plus(Duration.ofHours(1 + List.of(0, 8, 24, 72).get(random.nextInt(4))))
                    : NOW.plus(Duration.ofHours(random.nextInt(100)));
        }

        /** On the border a deadline is the very moment some lot arrives, just before it, or where urgency changes. */
        private @Nullable Instant neededBy(Position place, List<AvailableLot> lots) {
            if (kind == NOTHING_IN_TIME) {
                return NOW.plus(Duration.ofMinutes(random.nextInt(60)));
            }
            if (kind == EVERYTHING_TIES || random.nextInt(3) == 0) {
                return null;
            }
            if (kind != TIMES_ON_THE_BORDER) {
                return NOW.plus(Duration.ofHours(random.nextInt(70)));
            }
            if (lots.isEmpty() || random.nextInt(3) == 0) {
                return NOW.plus(Duration.ofHours(random.nextBoolean() ? 12 : 48));
            }
            AvailableLot lot = lots.get(random.nextInt(lots.size()));
            double km = 1.3 * lot.position().kilometresTo(place);
            double arrival = PolicyText.arrivalHours(NOW, lot, km);
            // The next microsecond: the journey may be a fraction of one longer than a time can say.
            Instant justInTime = km == 0
                    ? NOW.plusMillis(Math.round(arrival * 3.6e6))
                    : NOW.plusNanos((long) Math.ceil(arrival * 3.6e9) * 1000);
            return random.nextInt(4) == 0 ? justInTime.minusMillis(1) : justInTime;
        }
    }
}
