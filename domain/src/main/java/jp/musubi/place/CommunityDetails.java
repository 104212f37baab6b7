package jp.musubi.place;

import java.util.Optional;

/**
 * What is said about a community, by a file or by a person.
 *
 * @param position empty = nobody knows; it is then counted beside the map
 * @param positionDoubtful the position lies far from the municipality; somebody should look
 * @param capacity how many the place holds; not how many are there
 * @param maxVehicleWidthMetres the widest vehicle that gets there
 */
public record CommunityDetails(
        String name,
        Optional<String> kana,
        CommunityKind kind,
        MunicipalityCode municipality,
        Optional<String> address,
        Optional<Position> position,
        boolean positionDoubtful,
        People people,
        Optional<Integer> capacity,
        Optional<Double> maxVehicleWidthMetres) {

    public CommunityDetails {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("A community's name has 1 to 200 characters, but was \"" + name + "\".");
        }
        if (positionDoubtful && position.isEmpty()) {
            throw new IllegalArgumentException("A position that is not there cannot be doubted: \"" + name + "\".");
        }
        if (capacity.filter(count -> count < 0).isPresent()) {
            throw new IllegalArgumentException("A capacity is never negative, but was " + capacity.get() + ".");
        }
        if (maxVehicleWidthMetres.filter(width -> !(width > 0 && width < 10)).isPresent()) {
            throw new IllegalArgumentException(
                    "A vehicle's width is between 0 and 10 m, but was " + maxVehicleWidthMetres.get() + ". Maybe 2.3?");
        }
    }
}
