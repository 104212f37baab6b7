package jp.musubi.matching;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all items of a problem have in common: the people who need them, and the hubs and vehicles that pass them on.
 *
 * @param people by community; of others nobody knows how many there are
 * @param hubs where a lot leaves from; lots elsewhere have no limit
 * @param limits sorted, no two for the same; what none speaks of has no limit
 * @param bulks of one unit of an item; others weigh nothing and take no room
 * @param municipalities where a community lies, if limits ask for it
 */
public record Sharing(
        Map<CommunityKey, People> people,
        Map<LotKey, String> hubs,
        List<Limit> limits,
        Map<String, Bulk> bulks,
        Map<CommunityKey, String> municipalities) {

    public static final Sharing NOTHING = new Sharing(Map.of(), Map.of(), List.of(), Map.of(), Map.of());

    /**
     * Who lives in a community.
     *
     * @param number at least 0
     * @param municipality its code
     */
    public record People(long number, String municipality) {
        public People {
            if (number < 0) {
                throw new IllegalArgumentException("Nobody counts less than 0 people, but there were " + number + ".");
            }
        }
    }

    /**
     * What one unit of an item weighs, the room it takes and the work it makes.
     *
     * @param hours of one person who picks, packs and loads it
     */
    public record Bulk(double kilograms, double cubicMetres, double hours) {
        static final Bulk NONE = new Bulk(0, 0, 0);

        public Bulk {
            if (!(kilograms >= 0 && cubicMetres >= 0 && hours >= 0)) {
                throw new IllegalArgumentException("Nothing weighs less than nothing, but a unit had " + kilograms
                        + " kg, " + cubicMetres + " m³ and " + hours + " h.");
            }
        }
    }

    /** What is limited. A line is some of one lot for one need: what somebody picks, packs and writes on a waybill. */
    public enum Measure {
        KILOGRAMS,
        CUBIC_METRES,
        LINES,
        HOURS
    }

    /**
     * So much may leave a hub. Of several limits each holds for itself.
     *
     * <p>Days are counted from the problem's time, 24 hours each. A limit of some days concerns what can leave its hub on
     * these days only: it is not there before, or would be too late after. If each run of days has its limit, what is
     * planned can be passed on day by day.
     *
     * @param municipality where it goes, by vehicles that go nowhere else; null = wherever it goes
     * @param firstDay, lastDay from 0
     * @param most in the measure's unit
     */
    public record Limit(
            String hub, @Nullable String municipality, Measure measure, int firstDay, int lastDay, double most)
            implements Comparable<Limit> {

        private static final Comparator<Limit> ORDER = Comparator.comparing(Limit::hub)
                .thenComparing(Limit::municipality, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Limit::measure)
                .thenComparingInt(Limit::firstDay)
                .thenComparingInt(Limit::lastDay);

        public Limit {
            if (!(most >= 0) || Double.isInfinite(most)) {
                throw new IllegalArgumentException(
                        "A hub passes on 0 or more, but hub " + hub + " had " + most + " " + measure + ".");
            }
            if (firstDay < 0 || lastDay < firstDay) {
                throw new IllegalArgumentException(
                        "A limit holds from a day to the same or a later one, but that of hub " + hub + " held from "
                                + firstDay + " to " + lastDay + ".");
            }
        }

        /** So many kilograms in a plan of one day. */
        public static Limit ofKilograms(String hub, double most) {
            return new Limit(hub, null, Measure.KILOGRAMS, 0, 0, most);
        }

        public Limit withMost(double other) {
            return new Limit(hub, municipality, measure, firstDay, lastDay, other);
        }

        @Override
        public int compareTo(Limit other) {
            return ORDER.compare(this, other);
        }
    }

    public Sharing {
        people = Map.copyOf(people);
        hubs = Map.copyOf(hubs);
        limits = limits.stream().sorted().toList();
        bulks = Map.copyOf(bulks);
        municipalities = Map.copyOf(municipalities);
        for (int i = 1; i < limits.size(); i++) {
            if (limits.get(i).compareTo(limits.get(i - 1)) == 0) {
                throw new IllegalArgumentException("There is one limit for each hub, measure and run of days, but "
                        + limits.get(i) + " came twice.");
            }
        }
    }

    /** How many days the limits speak of, at least 1. */
    int days() {
        return 1 + limits.stream().mapToInt(Limit::lastDay).max().orElse(0);
    }

    Bulk bulkOf(String item) {
        return bulks.getOrDefault(item, Bulk.NONE);
    }

    public Sharing withLimits(List<Limit> others) {
        return new Sharing(people, hubs, others, bulks, municipalities);
    }
}
