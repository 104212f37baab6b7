package jp.musubi.place.geo;

import org.locationtech.jts.geom.Envelope;

/** A tile of the usual web map grid (Web Mercator, y from the north). */
public record TileAddress(int z, int x, int y) {

    /** Units along a tile's side. */
    public static final int EXTENT = 4096;

    /** Units beyond each side that are still drawn, so that lines do not end at the seam. */
    public static final int BUFFER = 64;

    private static final double HALF_WORLD_METRES = Math.PI * 6_378_137.0;

    public TileAddress {
        if (z < 0 || z > 22 || x < 0 || y < 0 || x >= 1 << z || y >= 1 << z) {
            throw new IllegalArgumentException("There is no tile " + z + "/" + x + "/" + y + ".");
        }
    }

    /** The tile's rectangle in metres (EPSG 3857). */
    public Envelope mercator() {
        double side = 2 * HALF_WORLD_METRES / (1 << z);
        double west = -HALF_WORLD_METRES + x * side;
        double north = HALF_WORLD_METRES - y * side;
        return new Envelope(west, west + side, north - side, north);
    }

    /** The tile with its buffer, in metres (EPSG 3857). */
    public Envelope bufferedMercator() {
        Envelope envelope = mercator();
        envelope.expandBy(envelope.getWidth() * BUFFER / EXTENT);
        return envelope;
    }

    /** The tile with its buffer, in degrees. */
    public Envelope degrees() {
        Envelope metres = bufferedMercator();
        return new Envelope(
                longitude(metres.getMinX()),
                longitude(metres.getMaxX()),
                latitude(metres.getMinY()),
                latitude(metres.getMaxY()));
    }

    static double mercatorX(double longitude) {
        return longitude / 180 * HALF_WORLD_METRES;
    }

    static double mercatorY(double latitude) {
        double held = Math.max(-85.06, Math.min(85.06, latitude));
        return Math.log(Math.tan(Math.PI / 4 + Math.toRadians(held) / 2)) / Math.PI * HALF_WORLD_METRES;
    }

    private static double longitude(double metres) {
        return metres / HALF_WORLD_METRES * 180;
    }

    private static double latitude(double metres) {
        return Math.toDegrees(2 * Math.atan(Math.exp(metres / HALF_WORLD_METRES * Math.PI)) - Math.PI / 2);
    }
}
