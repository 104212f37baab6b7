package jp.musubi.trace.geo;

import java.util.Locale;
import jp.musubi.place.Position;
import jp.musubi.place.geo.CoastFile;
import jp.musubi.response.Bounds;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;

/**
 * The outline of the land for a small picture, in the picture's own units: degrees of longitude shortened by the cosine
 * of the middle latitude, so that shapes look right.
 */
public final class PublicOutline {

    /** A picture is this wide; its height follows from the area. */
    public static final int WIDTH = 600;

    private static final double SMALLEST_ISLAND = 6;

    private final Envelope area;
    private final double scale;
    private final double narrow;

    /** @param area what the picture shows, in degrees */
    public PublicOutline(Bounds area) {
        this.area = new Envelope(area.west(), area.east(), area.south(), area.north());
        narrow = Math.cos(Math.toRadians((area.south() + area.north()) / 2));
        scale = WIDTH / (this.area.getWidth() * narrow);
    }

    public int height() {
        return (int) Math.ceil(area.getHeight() * scale);
    }

    public boolean shows(Position position) {
        return area.contains(position.longitude(), position.latitude());
    }

    public double x(Position position) {
        return x(position.longitude());
    }

    public double y(Position position) {
        return y(position.latitude());
    }

    /** The land as the path of an SVG picture; © OpenStreetMap contributors, see {@link CoastFile}. */
    public String path() {
        MultiPolygon land = CoastFile.land();
        Geometry frame = land.getFactory().toGeometry(area);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < land.getNumGeometries(); i++) {
            Geometry island = land.getGeometryN(i);
            if (!island.getEnvelopeInternal().intersects(area)) {
                continue;
            }
            Geometry shown = TopologyPreservingSimplifier.simplify(island, 1.0 / scale)
                    .buffer(0)
                    .intersection(frame);
            for (int part = 0; part < shown.getNumGeometries(); part++) {
                if (shown.getGeometryN(part) instanceof Polygon polygon
                        && polygon.getArea() * scale * scale > SMALLEST_ISLAND) {
                    draw(polygon.getExteriorRing().getCoordinates(), path);
                }
            }
        }
        return path.toString();
    }

    private void draw(Coordinate[] ring, StringBuilder path) {
        for (int i = 0; i < ring.length - 1; i++) {
            path.append(i == 0 ? 'M' : 'L').append(String.format(Locale.ROOT, "%.1f %.1f", x(ring[i].x), y(ring[i].y)));
        }
        path.append('Z');
    }

    private double x(double longitude) {
        return (longitude - area.getMinX()) * narrow * scale;
    }

    private double y(double latitude) {
        return (area.getMaxY() - latitude) * scale;
    }
}
