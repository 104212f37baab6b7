package jp.musubi.place;

/**
 * A point on the earth in degrees (WGS84; JGD2011 differs by centimetres).
 *
 * @param latitude −90 (south) to 90 (north)
 * @param longitude −180 (west) to 180 (east)
 */
public record Position(double latitude, double longitude) {

    /** Mean radius of the earth (IUGG R1), in kilometres. */
    public static final double EARTH_RADIUS_KM = 6371.0088;

    public Position {
        if (!(latitude >= -90 && latitude <= 90)) {
            throw new IllegalArgumentException("A latitude lies between -90 and 90 degrees, but was " + latitude
                    + ". Maybe latitude and longitude are swapped?");
        }
        if (!(longitude >= -180 && longitude <= 180)) {
            throw new IllegalArgumentException(
                    "A longitude lies between -180 and 180 degrees, but was " + longitude + ".");
        }
        // -0.0 and 0.0 are one place, and so must be equal as record components.
        latitude += 0.0;
        longitude += 0.0;
    }

    /** Length of the great circle to another point (haversine), in kilometres. */
    public double kilometresTo(Position other) {
        double phi1 = Math.toRadians(latitude);
        double phi2 = Math.toRadians(other.latitude);
        double sinPhi = Math.sin((phi2 - phi1) / 2);
        double sinLambda = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double a = sinPhi * sinPhi + Math.cos(phi1) * Math.cos(phi2) * sinLambda * sinLambda;
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, a)));
    }
}
