package jp.musubi.place.geo;

import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import jp.musubi.place.Position;
import jp.musubi.response.Bounds;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.GeodeticCalculator;
import org.geotools.referencing.operation.transform.AffineTransform2D;

/**
 * The map's window on the paper: where a position lies in points (1/72 inch, y downwards), and back.
 *
 * @param frame the window on the paper
 * @param scale the denominator: 1,000,000 for 1 : 1,000,000
 */
public record Sheet(PlaneZone zone, Rectangle2D frame, double scale, AffineTransform planeToPaper) {

    /** A point in metres on paper. */
    public static final double POINT = 0.0254 / 72;

    /** Nothing is known more exactly than this scale shows. */
    private static final double LARGEST_SCALE = 25_000;

    private static final double[] ROUND_SCALES = {1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5};

    /** The largest round scale at which the whole area fits into the frame, the area in the middle. */
    public static Sheet fit(PlaneZone zone, Bounds area, Rectangle2D frame) {
        double west = Double.POSITIVE_INFINITY;
        double south = Double.POSITIVE_INFINITY;
        double east = Double.NEGATIVE_INFINITY;
        double north = Double.NEGATIVE_INFINITY;
        for (double alongLatitude = 0; alongLatitude <= 1; alongLatitude += 0.25) {
            for (double alongLongitude = 0; alongLongitude <= 1; alongLongitude += 0.25) {
                double[] plane = plane(
                        zone,
                        area.south() + alongLatitude * (area.north() - area.south()),
                        area.west() + alongLongitude * (area.east() - area.west()));
                west = Math.min(west, plane[0]);
                east = Math.max(east, plane[0]);
                south = Math.min(south, plane[1]);
                north = Math.max(north, plane[1]);
            }
        }
        double needed = Math.max((east - west) / frame.getWidth(), (north - south) / frame.getHeight()) / POINT;
        double scale = roundUp(Math.max(needed, LARGEST_SCALE));
        double pointsPerMetre = 1 / (scale * POINT);
        AffineTransform planeToPaper = new AffineTransform(
                pointsPerMetre,
                0,
                0,
                -pointsPerMetre,
                frame.getCenterX() - pointsPerMetre * (west + east) / 2,
                frame.getCenterY() + pointsPerMetre * (south + north) / 2);
        return new Sheet(zone, (Rectangle2D) frame.clone(), scale, planeToPaper);
    }

    private static double roundUp(double denominator) {
        double power = Math.pow(10, Math.floor(Math.log10(denominator)));
        for (double round : ROUND_SCALES) {
            if (round * power >= denominator * 0.999999) {
                return round * power;
            }
        }
        return 10 * power;
    }

    public Point2D toPaper(Position position) {
        double[] plane = plane(zone, position.latitude(), position.longitude());
        return planeToPaper.transform(new Point2D.Double(plane[0], plane[1]), null);
    }

    public Position toEarth(Point2D paper) {
        try {
            Point2D plane = planeToPaper.inverseTransform(paper, null);
            double[] degrees = {plane.getX(), plane.getY()};
            zone.toEarth().transform(degrees, 0, degrees, 0, 1);
            return new Position(degrees[1], degrees[0]);
        } catch (NoninvertibleTransformException | TransformException e) {
            throw new IllegalStateException("No position for " + paper + " in " + zone.name(), e);
        }
    }

    public boolean shows(Position position) {
        return frame.contains(toPaper(position));
    }

    /** The smallest rectangle in degrees that holds all of the frame. */
    public Bounds bounds() {
        double south = 90;
        double north = -90;
        double west = 180;
        double east = -180;
        for (double x = 0; x <= 1; x += 0.125) {
            for (double y = 0; y <= 1; y += 0.125) {
                Position at = toEarth(
                        new Point2D.Double(frame.getX() + x * frame.getWidth(), frame.getY() + y * frame.getHeight()));
                south = Math.min(south, at.latitude());
                north = Math.max(north, at.latitude());
                west = Math.min(west, at.longitude());
                east = Math.max(east, at.longitude());
            }
        }
        return new Bounds(south, west, north, east);
    }

    /** How many metres on the ground a horizontal line of the frame's middle shows, per point: by the geodesic. */
    public double metresPerPoint() {
        double half = 36;
        Position left = toEarth(new Point2D.Double(frame.getCenterX() - half, frame.getCenterY()));
        Position right = toEarth(new Point2D.Double(frame.getCenterX() + half, frame.getCenterY()));
        GeodeticCalculator geodesic = new GeodeticCalculator();
        geodesic.setStartingGeographicPoint(left.longitude(), left.latitude());
        geodesic.setDestinationGeographicPoint(right.longitude(), right.latitude());
        return geodesic.getOrthodromicDistance() / (2 * half);
    }

    /** Where true north points in the frame's middle, in radians clockwise from straight up. */
    public double trueNorth() {
        Position middle = toEarth(new Point2D.Double(frame.getCenterX(), frame.getCenterY()));
        Point2D from = toPaper(middle);
        Point2D to = toPaper(new Position(middle.latitude() + 0.01, middle.longitude()));
        return Math.atan2(to.getX() - from.getX(), from.getY() - to.getY());
    }

    MathTransform planeToPaperTransform() {
        return new AffineTransform2D(planeToPaper);
    }

    private static double[] plane(PlaneZone zone, double latitude, double longitude) {
        double[] point = {longitude, latitude};
        try {
            zone.fromEarth().transform(point, 0, point, 0, 1);
        } catch (TransformException e) {
            throw new IllegalStateException(latitude + ", " + longitude + " cannot be shown in " + zone.name(), e);
        }
        return point;
    }
}
