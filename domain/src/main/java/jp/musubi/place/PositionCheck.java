package jp.musubi.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import jp.musubi.place.PositionProblem.Cell;
import jp.musubi.place.PositionText.Axis;
import jp.musubi.place.PositionText.Coordinate;

/** Reads positions as people write them and catches those that cannot be. */
public final class PositionCheck {

    /** Piers and reclaimed land lie outside the coast line; farther out nobody lives. */
    public static final double SEA_TOLERANCE_KM = 1.0;

    /**
     * From here on a position is doubted if it lies so far from its municipality's point. The widest municipalities of
     * Japan reach about 40 km from their middle.
     */
    public static final double DOUBTFUL_KM = 45.0;

    private static final double SOUTH = 20;
    private static final double NORTH = 46;
    private static final double WEST = 122;
    private static final double EAST = 154;

    private final Coast coast;

    public PositionCheck(Coast coast) {
        this.coast = coast;
    }

    /** Reads two cells. A sign or word for the direction (北緯, N) counts more than the column. */
    public PositionReading read(Optional<String> latitude, Optional<String> longitude) {
        Optional<String> lat = latitude.filter(text -> !text.isBlank());
        Optional<String> lon = longitude.filter(text -> !text.isBlank());
        if (lat.isEmpty() && lon.isEmpty()) {
            return new PositionReading.Blank();
        }
        if (lat.isEmpty() || lon.isEmpty()) {
            return new PositionReading.Wrong(
                    List.of(new PositionProblem.Half(lat.isEmpty() ? Cell.LATITUDE : Cell.LONGITUDE)));
        }
        List<PositionProblem> problems = new ArrayList<>(2);
        Optional<Coordinate> first = coordinate(lat.get(), Cell.LATITUDE, problems);
        Optional<Coordinate> second = coordinate(lon.get(), Cell.LONGITUDE, problems);
        if (first.isEmpty() || second.isEmpty()) {
            return new PositionReading.Wrong(problems);
        }
        boolean labelledTheOtherWay = first.get().axis().equals(Optional.of(Axis.LONGITUDE))
                && second.get().axis().equals(Optional.of(Axis.LATITUDE));
        return labelledTheOtherWay
                ? check(second.get().degrees(), first.get().degrees())
                : check(first.get().degrees(), second.get().degrees());
    }

    private static Optional<Coordinate> coordinate(String text, Cell cell, List<PositionProblem> problems) {
        Optional<Coordinate> read = PositionText.read(text);
        if (read.isEmpty()) {
            OptionalDouble packed = PositionText.readPacked(text);
            problems.add(new PositionProblem.Unreadable(
                    cell, packed.isPresent() ? Optional.of(packed.getAsDouble()) : Optional.empty()));
        }
        return read;
    }

    /** Checks two numbers of degrees. */
    public PositionReading check(double latitude, double longitude) {
        if (!isInJapan(latitude, longitude)) {
            return new PositionReading.Wrong(List.of(
                    isInJapan(longitude, latitude)
                            ? new PositionProblem.Swapped(new Position(longitude, latitude))
                            : new PositionProblem.OutsideJapan(latitude, longitude)));
        }
        Position position = new Position(latitude, longitude);
        double kilometres = coast.metresToLand(position) / 1000;
        return kilometres > SEA_TOLERANCE_KM
                ? new PositionReading.Wrong(List.of(new PositionProblem.AtSea(position, kilometres)))
                : new PositionReading.Read(position);
    }

    /**
     * Whether a position lies so far from the municipality it is said to be in that somebody should look: the point is
     * taken, and marked.
     */
    public static boolean isDoubtful(Position position, Municipality stated) {
        double kilometres = position.kilometresTo(stated.point());
        return stated.centre()
                        .map(position::kilometresTo)
                        .map(km -> Math.min(km, kilometres))
                        .orElse(kilometres)
                > DOUBTFUL_KM;
    }

    private static boolean isInJapan(double latitude, double longitude) {
        return latitude >= SOUTH && latitude <= NORTH && longitude >= WEST && longitude <= EAST;
    }
}
