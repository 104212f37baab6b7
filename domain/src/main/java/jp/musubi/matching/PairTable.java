package jp.musubi.matching;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.musubi.place.Position;
import org.jspecify.annotations.Nullable;

/**
 * All pairs of some lots (rows) and some needs (columns): which are possible, how far, at what cost. Pairs are computed
 * when asked for, from arrays; nothing of size rows × columns is stored, but for travel times other than great circles
 * kilometres and hours between the places that differ.
 */
final class PairTable {

    /** The cost of a pair that is not possible. */
    static final int NONE = Integer.MAX_VALUE;

    /** Costs stay below this, so that sums of a cost and prices never overflow. */
    private static final double LARGEST_COST = 1 << 30;

    private static final double SECONDS_PER_HOUR = 3600;
    static final double HOURS_PER_DAY = 24;

    private final PlanningProblem problem;
    private final AvailableLot[] lots;
    private final OpenNeed[] needs;
    private final @Nullable BitSet @Nullable [] forbidden;

    /** For each row its kind of item, then for each kind and column the surcharge, {@link #NONE} if they do not fit. */
    private final int[] kindOfRow;

    /** Null if everything fits and nothing is a substitute. */
    private final int @Nullable [][] surcharge;

    private final LimitPrices limitPrices;
    private final boolean closures;

    private final double[] readySeconds;
    private final double[] hoursToExpiry;
    private final double[] hoursToLastArrival;

    /** What must be kept cold spoils after so many. */
    private final double[] hoursOnTheWay;

    private final double[] deadlineSeconds;

    // On the sphere: degrees, radians, cosine of latitude, unit vector.
    private final boolean sphere;
    private final Points rows;
    private final Points columns;

    // Elsewhere: kilometres and hours between the places that differ.
    private final int[] placeOfRow;
    private final int[] placeOfColumn;
    private final double[][] kmBetween;
    private final double[][] hoursBetween;

    /** Coordinates as arrays. */
    private static final class Points {
        final double[] latitude;
        final double[] longitude;
        final double[] phi;
        final double[] cosPhi;
        final double[] x;
        final double[] y;
        final double[] z;

        Points(Position[] positions) {
            int n = positions.length;
            latitude = new double[n];
            longitude = new double[n];
            phi = new double[n];
            cosPhi = new double[n];
            x = new double[n];
            y = new double[n];
            z = new double[n];
            for (int i = 0; i < n; i++) {
                latitude[i] = positions[i].latitude();
                longitude[i] = positions[i].longitude();
                phi[i] = Math.toRadians(latitude[i]);
                cosPhi[i] = Math.cos(phi[i]);
                double lambda = Math.toRadians(longitude[i]);
                x[i] = cosPhi[i] * Math.cos(lambda);
                y[i] = cosPhi[i] * Math.sin(lambda);
                z[i] = Math.sin(phi[i]);
            }
        }
    }

    /**
     * @param forbidden for each lot the columns it must not be joined with; null if there are none
     */
    PairTable(PlanningProblem problem, AvailableLot[] lots, OpenNeed[] needs, @Nullable BitSet @Nullable [] forbidden) {
        this.problem = problem;
        this.lots = lots;
        this.needs = needs;
        this.forbidden = forbidden;
        this.closures = problem.closures() != Closures.NONE;
        Policy policy = problem.policy();
        Instant now = problem.now();

        readySeconds = new double[lots.length];
        hoursToExpiry = new double[lots.length];
        hoursToLastArrival = new double[lots.length];
        hoursOnTheWay = new double[lots.length];
        for (int r = 0; r < lots.length; r++) {
            AvailableLot lot = lots[r];
            double available = lot.availableFrom() == null ? 0 : Math.max(0, seconds(now, lot.availableFrom()));
            readySeconds[r] = available + Policy.HANDLING.toSeconds();
            hoursToExpiry[r] = lot.expiresAt() == null
                    ? Double.POSITIVE_INFINITY
                    : (seconds(now, lot.expiresAt()) - readySeconds[r]) / SECONDS_PER_HOUR;
            Duration shelfLife = policy.minimumShelfLifeOf(lot.item());
            hoursToLastArrival[r] =
                    hoursToExpiry[r] - (shelfLife.getSeconds() + shelfLife.getNano() / 1e9) / SECONDS_PER_HOUR;
            hoursOnTheWay[r] = policy.spoilsOnTheWay(lot) ? policy.limits().coldHours() : Double.POSITIVE_INFINITY;
        }
        limitPrices = new LimitPrices(problem, lots, needs);
        deadlineSeconds = new double[needs.length];
        for (int c = 0; c < needs.length; c++) {
            Instant neededBy = needs[c].neededBy();
            deadlineSeconds[c] = neededBy == null ? Double.POSITIVE_INFINITY : seconds(now, neededBy);
        }

        Map<List<String>, Integer> kinds = new HashMap<>();
        kindOfRow = new int[lots.length];
        for (int r = 0; r < lots.length; r++) {
            kindOfRow[r] = kinds.computeIfAbsent(List.of(lots[r].item(), lots[r].unit()), key -> kinds.size());
        }
        int[][] surcharges = new int[kinds.size()][needs.length];
        boolean plain = true;
        for (Map.Entry<List<String>, Integer> kind : kinds.entrySet()) {
            for (int c = 0; c < needs.length; c++) {
                String item = kind.getKey().get(0);
                boolean fits = policy.fits(item, needs[c].item())
                        && kind.getKey().get(1).equals(needs[c].unit());
                int each = fits ? policy.surcharge(item, needs[c].item()) : NONE;
                surcharges[kind.getValue()][c] = each;
                plain &= each == 0;
            }
        }
        surcharge = plain ? null : surcharges;

        Position[] fromPositions = new Position[lots.length];
        for (int r = 0; r < lots.length; r++) {
            fromPositions[r] = lots[r].position();
        }
        Position[] toPositions = new Position[needs.length];
        for (int c = 0; c < needs.length; c++) {
            toPositions[c] = needs[c].position();
        }
        rows = new Points(fromPositions);
        columns = new Points(toPositions);
        sphere = problem.travel() instanceof GreatCircleTravel;
        if (sphere) {
            placeOfRow = new int[0];
            placeOfColumn = new int[0];
            kmBetween = new double[0][];
            hoursBetween = new double[0][];
        } else {
            List<Position> origins = new ArrayList<>();
            List<Position> destinations = new ArrayList<>();
            placeOfRow = number(fromPositions, origins);
            placeOfColumn = number(toPositions, destinations);
            kmBetween = new double[origins.size()][destinations.size()];
            hoursBetween = new double[origins.size()][destinations.size()];
            List<Position> all = List.copyOf(destinations);
            IntStream.range(0, origins.size())
                    .parallel()
                    .forEach(i -> problem.travel().from(origins.get(i), all, kmBetween[i], hoursBetween[i]));
        }
    }

    private static double seconds(Instant now, Instant then) {
        Duration between = Duration.between(now, then);
        return between.getSeconds() + between.getNano() / 1e9;
    }

    private static int[] number(Position[] positions, List<Position> distinct) {
        Map<Position, Integer> numbers = new HashMap<>();
        int[] places = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            places[i] = numbers.computeIfAbsent(positions[i], position -> {
                distinct.add(position);
                return distinct.size() - 1;
            });
        }
        return places;
    }

    int rows() {
        return lots.length;
    }

    int columns() {
        return needs.length;
    }

    AvailableLot lot(int row) {
        return lots[row];
    }

    OpenNeed need(int column) {
        return needs[column];
    }

    /** Kilometres, positive infinity if there is no way. */
    double km(int row, int column) {
        if (!sphere) {
            return kmBetween[placeOfRow[row]][placeOfColumn[column]];
        }
        // As Position.kilometresTo, from arrays.
        double sinPhi = Math.sin((columns.phi[column] - rows.phi[row]) / 2);
        double sinLambda = Math.sin(Math.toRadians(columns.longitude[column] - rows.longitude[row]) / 2);
        double a = sinPhi * sinPhi + rows.cosPhi[row] * columns.cosPhi[column] * sinLambda * sinLambda;
        return GreatCircleTravel.DETOUR * (2 * Position.EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, a))));
    }

    private double hours(int row, int column, double km) {
        return sphere ? km / GreatCircleTravel.KM_PER_HOUR : hoursBetween[placeOfRow[row]][placeOfColumn[column]];
    }

    /** The cost of a unit, or {@link #NONE}. */
    int cost(int row, int column) {
        int more = surcharge(row, column);
        if (more == NONE || isForbidden(row, column)) {
            return NONE;
        }
        double km = km(row, column);
        double rounded = Math.rint(10 * km);
        if (!(rounded < LARGEST_COST)) {
            return NONE;
        }
        double hours = hours(row, column, km);
        if (!(hours <= longest(row)) || !(hours <= hoursToDeadline(row, column)) || closed(row, column)) {
            return NONE;
        }
        return (int) Math.round(10 * km)
                + more
                + limitPrice(row, column, hours)
                - Policy.freshnessBonus(hoursToExpiry[row] - hours);
    }

    /** What the limits that the pair takes of add to its cost. */
    int limitPrice(int row, int column) {
        return limitPrice(row, column, hours(row, column, km(row, column)));
    }

    private int limitPrice(int row, int column, double hours) {
        return limitPrices.dependsOnColumn(row)
                ? limitPrices.of(row, column, lastDay(row, column, hours))
                : limitPrices.of(row);
    }

    /** Whether it matters for the prices of limits where a row's units go, or when. */
    boolean limitsDiffer(int row) {
        return limitPrices.dependsOnColumn(row);
    }

    /** What limits add to each unit of a row, where that does not depend on the column. */
    int limitPriceOf(int row) {
        return limitPrices.of(row);
    }

    /** The first of the limits' days on which the row's lots can leave. */
    int firstDay(int row) {
        return limitPrices.firstDay(row);
    }

    /** The last of the limits' days on which what goes to the column can leave the row. */
    int lastDay(int row, int column) {
        return lastDay(row, column, hours(row, column, km(row, column)));
    }

    private int lastDay(int row, int column, double hours) {
        double latest = Math.min(hoursToLastArrival[row], hoursToDeadline(row, column)) - hours;
        double day = Math.floor((readyHours(row) - Policy.HANDLING.toHours() + latest) / HOURS_PER_DAY);
        int first = firstDay(row);
        return (int) Math.max(first, Math.min(day, limitPrices.days() - 1.0));
    }

    /** How long a row's units can travel before they are of no use. */
    private double longest(int row) {
        return Math.min(hoursToLastArrival[row], hoursOnTheWay[row]);
    }

    private int surcharge(int row, int column) {
        return surcharge == null ? 0 : surcharge[kindOfRow[row]][column];
    }

    private double hoursToDeadline(int row, int column) {
        return (deadlineSeconds[column] - readySeconds[row]) / SECONDS_PER_HOUR;
    }

    private boolean isForbidden(int row, int column) {
        if (forbidden == null) {
            return false;
        }
        BitSet columns = forbidden[row];
        return columns != null && columns.get(column);
    }

    private boolean closed(int row, int column) {
        return closures && problem.closures().block(lots[row].position(), needs[column].position());
    }

    /** The pair with all its figures. */
    Pairing pairing(int row, int column) {
        if (surcharge(row, column) == NONE) {
            return new Pairing.OtherItem();
        }
        if (isForbidden(row, column)) {
            return new Pairing.Forbidden();
        }
        double km = km(row, column);
        if (!(Math.rint(10 * km) < LARGEST_COST) || closed(row, column)) {
            return new Pairing.ClosedOff();
        }
        double hours = hours(row, column, km);
        if (!(hours <= longest(row))) {
            return new Pairing.ExpiresFirst(km, arrival(row, hours), ofHours(hours - longest(row)));
        }
        if (!(hours <= hoursToDeadline(row, column))) {
            return new Pairing.TooLate(km, arrival(row, hours), ofHours(hours - hoursToDeadline(row, column)));
        }
        return new Pairing.Possible(km, arrival(row, hours), cost(row, column));
    }

    private static Duration ofHours(double hours) {
        return Duration.ofMillis(Math.round(hours * 3.6e6));
    }

    private Instant arrival(int row, double hours) {
        double millis = readySeconds[row] * 1e3 + hours * 3.6e6;
        return problem.now().plusMillis(Math.round(millis));
    }

    /** Whether {@link #costsAtLeast} knows anything. */
    boolean isOnSphere() {
        return sphere;
    }

    /** Whether the pair certainly costs {@code limit} or more; only on the sphere, and cheap. */
    boolean costsAtLeast(int row, int column, double limit) {
        double reach = limit + 1 + largestBonus(row, limit);
        if (reach <= 0) {
            return true;
        }
        double dx = rows.x[row] - columns.x[column];
        double dy = rows.y[row] - columns.y[column];
        double dz = rows.z[row] - columns.z[column];
        // Chords are shorter than arcs: no sine or root is needed to bound the cost.
        return (dx * dx + dy * dy + dz * dz) * (COST_PER_CHORD * COST_PER_CHORD) >= reach * reach;
    }

    /** What a unit costs at least over a straight line through the earth, in earth radii; 0 where nothing is known. */
    double costOverChord(double chord) {
        return sphere ? Math.max(0, chord) * COST_PER_CHORD - 1 - Policy.freshnessBonus(0) : -Policy.freshnessBonus(0);
    }

    private static final double COST_PER_CHORD = 10 * GreatCircleTravel.DETOUR * Position.EARTH_RADIUS_KM;

    /** The bonus grows on the way, so it is largest as far away as a pair that costs less than the limit can be. */
    private int largestBonus(int row, double limit) {
        double furthestKm = (limit + 1 + Policy.freshnessBonus(0)) / 10;
        return Policy.freshnessBonus(hoursToExpiry[row] - furthestKm / GreatCircleTravel.KM_PER_HOUR);
    }

    /** The rows as points. */
    Cells rowCells() {
        return new Cells(rows.x, rows.y, rows.z);
    }

    /** The columns as points. */
    Cells columnCells() {
        return new Cells(columns.x, columns.y, columns.z);
    }

    double hoursToExpiry(int row) {
        return hoursToExpiry[row];
    }

    double readyHours(int row) {
        return readySeconds[row] / SECONDS_PER_HOUR;
    }
}
