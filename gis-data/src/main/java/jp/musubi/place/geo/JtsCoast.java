package jp.musubi.place.geo;

import java.util.List;
import jp.musubi.place.Coast;
import jp.musubi.place.Position;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;

/** The coast as an index of its pieces, so that a hundred thousand rows take well under a second. */
public final class JtsCoast implements Coast {

    private static final double METRES_PER_DEGREE = 6_371_008.8 * Math.PI / 180;
    private static final double FIRST_LOOK_DEGREES = 0.02;

    private final IndexedPointInAreaLocator land;
    private final STRtree segments = new STRtree();
    private final Envelope extent;

    private record Segment(Coordinate from, Coordinate to) {}

    public JtsCoast(MultiPolygon land) {
        this.land = new IndexedPointInAreaLocator(land);
        this.extent = land.getEnvelopeInternal();
        for (int i = 0; i < land.getNumGeometries(); i++) {
            Polygon polygon = (Polygon) land.getGeometryN(i);
            add(polygon.getExteriorRing().getCoordinates());
            for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                add(polygon.getInteriorRingN(hole).getCoordinates());
            }
        }
        segments.build();
    }

    private void add(Coordinate[] ring) {
        for (int i = 1; i < ring.length; i++) {
            segments.insert(new Envelope(ring[i - 1], ring[i]), new Segment(ring[i - 1], ring[i]));
        }
    }

    @Override
    public double metresToLand(Position position) {
        Coordinate point = new Coordinate(position.longitude(), position.latitude());
        if (land.locate(point) != Location.EXTERIOR) {
            return 0;
        }
        double widest = widest(point);
        for (double degrees = FIRST_LOOK_DEGREES; ; degrees *= 4) {
            double nearest = nearest(point, degrees);
            if (nearest <= degrees * METRES_PER_DEGREE * cosine(point) || degrees > widest) {
                return nearest;
            }
        }
    }

    /** How far one must look to see all land. */
    private double widest(Coordinate point) {
        Envelope all = new Envelope(extent);
        all.expandToInclude(point);
        return Math.max(all.getWidth(), all.getHeight());
    }

    /** Distance to the nearest piece within a box around the point, on a plane that touches the earth there. */
    private double nearest(Coordinate point, double degrees) {
        Envelope box = new Envelope(point);
        box.expandBy(degrees);
        double cosine = cosine(point);
        double nearest = Double.POSITIVE_INFINITY;
        List<?> found = segments.query(box);
        for (Object each : found) {
            Segment segment = (Segment) each;
            nearest = Math.min(nearest, metres(point, segment, cosine));
        }
        return nearest;
    }

    private static double metres(Coordinate point, Segment segment, double cosine) {
        double fromX = (segment.from().x - point.x) * cosine;
        double fromY = segment.from().y - point.y;
        double alongX = (segment.to().x - segment.from().x) * cosine;
        double alongY = segment.to().y - segment.from().y;
        double length = alongX * alongX + alongY * alongY;
        double share = length == 0 ? 0 : Math.max(0, Math.min(1, -(fromX * alongX + fromY * alongY) / length));
        return Math.hypot(fromX + share * alongX, fromY + share * alongY) * METRES_PER_DEGREE;
    }

    private static double cosine(Coordinate point) {
        return Math.max(0.01, Math.cos(Math.toRadians(point.y)));
    }
}
