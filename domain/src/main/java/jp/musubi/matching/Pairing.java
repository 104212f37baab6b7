package jp.musubi.matching;

import java.time.Duration;
import java.time.Instant;

/** What comes of joining one lot and one need: either it is possible, or something stands in the way. */
public sealed interface Pairing {

    /**
     * The lot can serve the need.
     *
     * @param km length of the journey
     * @param arrival when it gets there, handling included; rounded to milliseconds, for display only
     * @param unitCost cost of one unit in the objective's unit: 10 per km less the freshness bonus, more for a substitute
     */
    record Possible(double km, Instant arrival, long unitCost) implements Pairing {}

    /** The lot cannot serve the need. */
    sealed interface Obstacle extends Pairing {}

    /** The item or its unit is another one and no substitute. */
    record OtherItem() implements Obstacle {}

    /** A person has decided otherwise. */
    record Forbidden() implements Obstacle {}

    /** No way leads there, or what leads there is closed. */
    record ClosedOff() implements Obstacle {}

    /** It spoils before it could be used. {@code missing} is the shelf life that is lacking on arrival. */
    record ExpiresFirst(double km, Instant arrival, Duration missing) implements Obstacle {}

    /** It comes too late. {@code late} is by how much the arrival misses the deadline. */
    record TooLate(double km, Instant arrival, Duration late) implements Obstacle {}
}
