package jp.musubi.place;

import java.util.Optional;

/**
 * What a hub can pass on in a day; empty = nobody has said, and plans do not count it.
 *
 * @param lines a line is some of one lot for one need: what somebody picks, packs and writes on a waybill
 * @param handlingHours that people work there, added up
 */
public record HubCapacity(
        Optional<Long> kilograms, Optional<Double> cubicMetres, Optional<Long> lines, Optional<Double> handlingHours) {

    public static final HubCapacity UNKNOWN =
            new HubCapacity(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public HubCapacity {
        require(kilograms.map(Long::doubleValue), "kg");
        require(cubicMetres, "m³");
        require(lines.map(Long::doubleValue), "lines");
        require(handlingHours, "hours");
    }

    private static void require(Optional<Double> perDay, String unit) {
        if (perDay.filter(value -> !(value >= 0 && value < Double.POSITIVE_INFINITY))
                .isPresent()) {
            throw new IllegalArgumentException(
                    "A throughput is never negative, but was " + perDay.get() + " " + unit + " a day.");
        }
    }
}
