package jp.musubi.matching.solver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.OpenNeed;
import jp.musubi.place.Position;

/**
 * The standard policy once more, from its text and not from our classes, so that an error in either shows: what a pair
 * costs, what a need's units are worth. Great circles, no locks, no substitutes.
 */
final class PolicyText {

    private static final double KM_PER_HOUR = 40;

    /** Times of day come in nanoseconds and journeys as fractions of an hour; so far apart they still count as equal. */
    private static final double SAME_HOUR = 1e-9;

    private PolicyText() {}

    static double km(AvailableLot lot, OpenNeed need) {
        return 1.3 * haversine(lot.position(), need.position());
    }

    /** When it arrives, in hours from now. */
    static double arrivalHours(Instant now, AvailableLot lot, double km) {
        Instant from = lot.availableFrom();
        return (from == null ? 0 : Math.max(0, hours(now, from))) + 1 + km / KM_PER_HOUR;
    }

    /** What a unit costs on its way; empty if it comes too late or spoils first. */
    static OptionalLong cost(Instant now, AvailableLot lot, OpenNeed need) {
        double km = km(lot, need);
        double arrival = arrivalHours(now, lot, km);
        Instant neededBy = need.neededBy();
        if (neededBy != null && arrival > hours(now, neededBy) + SAME_HOUR) {
            return OptionalLong.empty();
        }
        long cost = Math.round(10 * km);
        Instant expires = lot.expiresAt();
        if (expires == null) {
            return OptionalLong.of(cost);
        }
        double left = hours(now, expires) - arrival;
        if (left < -SAME_HOUR) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                cost - (left <= 8 + SAME_HOUR ? 150 : left <= 24 + SAME_HOUR ? 100 : left <= 72 + SAME_HOUR ? 40 : 0));
    }

    /** P · U. */
    static double weight(Instant now, OpenNeed need) {
        double priority = List.of(8.0, 4.0, 2.0, 1.0).get(need.priority() - 1);
        Instant neededBy = need.neededBy();
        if (neededBy == null || neededBy.isAfter(now.plus(Duration.ofDays(2)))) {
            return priority;
        }
        return priority * (neededBy.isAfter(now.plus(Duration.ofHours(12))) ? 1.5 : 2);
    }

    /** How many units lie in tier s of ten. */
    static long tierSize(long quantity, int s) {
        return (2 * quantity * (s + 1) + 10) / 20 - (s == 0 ? 0 : (2 * quantity * s + 10) / 20);
    }

    /** What a unit in tier s of ten is worth. */
    static long tierValue(double weight, double equity, int s) {
        return Math.round(2000 * weight * Math.pow(equity, 1 - (s + 0.5) / 10));
    }

    private static double hours(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        return (between.getSeconds() + between.getNano() / 1e9) / 3600;
    }

    private static double haversine(Position a, Position b) {
        double dLat = Math.toRadians(b.latitude() - a.latitude());
        double dLon = Math.toRadians(b.longitude() - a.longitude());
        double h = Math.pow(Math.sin(dLat / 2), 2)
                + Math.cos(Math.toRadians(a.latitude()))
                        * Math.cos(Math.toRadians(b.latitude()))
                        * Math.pow(Math.sin(dLon / 2), 2);
        return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
