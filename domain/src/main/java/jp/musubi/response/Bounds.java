package jp.musubi.response;

/**
 * The rectangle on the earth that a response covers, in degrees (WGS84).
 *
 * @param south smallest latitude
 * @param west smallest longitude
 * @param north largest latitude
 * @param east largest longitude
 */
public record Bounds(double south, double west, double north, double east) {

    public Bounds {
        if (!(south < north && west < east && south >= -90 && north <= 90 && west >= -180 && east <= 180)) {
            throw new IllegalArgumentException("Bounds need south < north and west < east in degrees, but were " + south
                    + ", " + west + ", " + north + ", " + east + ".");
        }
    }

    public boolean contains(double latitude, double longitude) {
        return latitude >= south && latitude <= north && longitude >= west && longitude <= east;
    }
}
