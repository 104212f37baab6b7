package jp.musubi.volunteer;

import java.util.List;

/**
 * Who works where.
 *
 * @param seats sorted; with what was fixed
 * @param worth by {@link RosterPolicy}; larger is better
 * @param bound no roster can be worth more
 */
public record Roster(List<RosterProblem.Seat> seats, long worth, double bound) {

    /** A roster within this share of the bound counts as proven. */
    public static final double PROVEN = 0.0001;

    public Roster {
        seats = seats.stream().sorted().toList();
    }

    /** How far the roster can be from the best one, as a share of the bound; 0 if it is the best. */
    public double gap() {
        return bound <= worth ? 0 : (bound - worth) / Math.max(1, Math.abs(bound));
    }

    public boolean isProven() {
        return gap() <= PROVEN;
    }
}
