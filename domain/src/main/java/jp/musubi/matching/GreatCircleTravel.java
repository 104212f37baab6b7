package jp.musubi.matching;

import java.util.Optional;
import jp.musubi.place.Position;

/** Travel when no road network is loaded: the great circle and a third of detour, at the pace of a loaded lorry. */
public final class GreatCircleTravel implements TravelTimes {

    /** Kilometres of road for one kilometre of great circle. */
    public static final double DETOUR = 1.3;

    public static final double KM_PER_HOUR = 40;

    @Override
    public Optional<Leg> between(Position from, Position to) {
        double km = DETOUR * from.kilometresTo(to);
        return Optional.of(new Leg(km, km / KM_PER_HOUR));
    }
}
