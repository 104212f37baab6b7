package jp.musubi.place;

import java.util.Optional;

/**
 * What is said about a hub.
 *
 * @param perDay how much it can pass on in a day
 */
public record HubDetails(
        String name,
        Optional<String> nameEn,
        Optional<String> address,
        MunicipalityCode municipality,
        Position position,
        boolean positionDoubtful,
        HubState state,
        HubCapacity perDay,
        Optional<Double> maxVehicleWidthMetres) {

    public HubDetails {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("A hub's name has 1 to 200 characters, but was \"" + name + "\".");
        }
        if (maxVehicleWidthMetres.filter(width -> !(width > 0 && width < 10)).isPresent()) {
            throw new IllegalArgumentException(
                    "A vehicle's width is between 0 and 10 m, but was " + maxVehicleWidthMetres.get() + ". Maybe 2.3?");
        }
    }

    public HubDetails in(HubState other) {
        return new HubDetails(
                name, nameEn, address, municipality, position, positionDoubtful, other, perDay, maxVehicleWidthMetres);
    }
}
