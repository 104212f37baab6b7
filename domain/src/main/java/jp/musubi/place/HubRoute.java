package jp.musubi.place;

import java.util.Optional;

/**
 * What vehicles carry from a hub to one municipality in a day; at least one of both is said.
 *
 * @param kilograms at least 0
 * @param cubicMetres at least 0
 */
public record HubRoute(MunicipalityCode municipality, Optional<Long> kilograms, Optional<Double> cubicMetres) {

    public HubRoute {
        if (kilograms.isEmpty() && cubicMetres.isEmpty()) {
            throw new IllegalArgumentException("Vehicles carry so many kg or m³ to " + municipality.value()
                    + ", but neither was said. Leave the municipality out if nobody knows.");
        }
        if (kilograms.filter(kg -> kg < 0).isPresent()
                || cubicMetres.filter(m3 -> !(m3 >= 0 && m3 < 1e6)).isPresent()) {
            throw new IllegalArgumentException("Vehicles carry 0 or more to " + municipality.value() + ", but it was "
                    + kilograms + " kg and " + cubicMetres + " m³.");
        }
    }
}
