package jp.musubi.volunteer;

/**
 * What a roster must keep to and what it is worth. The worth of a roster, to be made as large as possible, is
 *
 * <ul>
 *   <li>for each taken seat {@code seatValue · P}, P = 8/4/2/1 for priority 1 urgent to 4 low; half as much again for the
 *       first seats of a shift up to half of them, so that every place gets some people before one gets all;
 *   <li>less {@code kmCost} for each kilometre from home, rounded for each person and shift;
 *   <li>less {@code newFaceCost} for each person who is new to an activity that needs continuity, once however often they
 *       come; and
 *   <li>plus {@code keepValue} for each person who stays where an earlier roster had proposed them.
 * </ul>
 *
 * The defaults keep a seat worth more than any way to it: a way of 300 km (the longest radius) costs 600 and a new face
 * 300, a seat of low priority brings 1,000.
 *
 * @param maxConsecutiveDays nobody works on more days in a row
 * @param restMinutes between the end of one shift and the beginning of the next
 */
public record RosterPolicy(
        int version,
        int maxConsecutiveDays,
        int restMinutes,
        long seatValue,
        long kmCost,
        long newFaceCost,
        long keepValue) {

    public static final RosterPolicy STANDARD = new RosterPolicy(1, 5, 11 * 60, 1000, 2, 300, 50);

    /** Kilometres of road for one kilometre of great circle, as for goods. */
    public static final double DETOUR = 1.3;

    public RosterPolicy {
        if (maxConsecutiveDays < 1
                || restMinutes < 0
                || seatValue < 1
                || kmCost < 0
                || newFaceCost < 0
                || keepValue < 0) {
            throw new IllegalArgumentException("A roster's policy has a day or more in a row and no negative worth.");
        }
    }

    /** What a seat of the shift brings before the first half is full, and after. */
    public long seatValue(int priority, boolean firstHalf) {
        long base = seatValue * (1L << (4 - priority));
        return firstHalf ? base + base / 2 : base;
    }

    /** How many of so many seats count as first. */
    public static int firstSeats(int seats) {
        return (seats + 1) / 2;
    }

    public long wayCost(double km) {
        return Math.round(km * kmCost);
    }
}
