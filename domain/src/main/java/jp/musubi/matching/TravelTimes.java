package jp.musubi.matching;

import java.util.List;
import java.util.Optional;
import jp.musubi.place.Position;

/** Port: how far and how long it is from one place to another. Implementations are safe for use by many threads. */
public interface TravelTimes {

    /**
     * A journey.
     *
     * @param km length in kilometres, not rounded
     * @param hours driving time in hours, not rounded
     */
    record Leg(double km, double hours) {
        public Leg {
            if (!(km >= 0 && hours >= 0)) {
                throw new IllegalArgumentException(
                        "A leg has kilometres and hours from 0 up, but had " + km + " km and " + hours + " h.");
            }
        }
    }

    /** The journey from one place to another; empty if there is no way. The same question always has the same answer. */
    Optional<Leg> between(Position from, Position to);

    /**
     * All journeys from one place, for implementations that find them in one search.
     *
     * @param km receives the length to each destination, positive infinity where there is no way
     * @param hours receives the driving times likewise
     */
    default void from(Position origin, List<Position> destinations, double[] km, double[] hours) {
        for (int i = 0; i < destinations.size(); i++) {
            Optional<Leg> leg = between(origin, destinations.get(i));
            km[i] = leg.map(Leg::km).orElse(Double.POSITIVE_INFINITY);
            hours[i] = leg.map(Leg::hours).orElse(Double.POSITIVE_INFINITY);
        }
    }
}
