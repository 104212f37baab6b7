package jp.musubi.place.geo;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import jp.musubi.place.CommunityKind;

/** The shapes of the map, the same as on screens: shape says the kind, colour how much is covered. */
public enum Mark {
    /** A designated shelter. */
    CIRCLE,
    /** A shelter that nobody designated. */
    TRIANGLE,
    /** People at home. */
    RING,
    /** A facility. */
    SQUARE,
    /** An office of a co-operative. */
    DIAMOND,
    /** A hub. */
    HOUSE;

    private static final Map<Mark, Shape> UNITS = new EnumMap<>(Mark.class);

    static {
        for (Mark mark : values()) {
            UNITS.put(mark, draw(mark));
        }
    }

    /** How a community of this kind is drawn. */
    public static Mark of(CommunityKind kind) {
        return switch (kind) {
            case SHELTER -> CIRCLE;
            case UNDESIGNATED_SHELTER -> TRIANGLE;
            case HOME -> RING;
            case COOP_OFFICE -> DIAMOND;
            case FACILITY -> SQUARE;
        };
    }

    /** The name by which styles call this mark. */
    public String styleName() {
        return "musubi:" + name().toLowerCase(Locale.ROOT);
    }

    static Mark named(String styleName) {
        return valueOf(styleName.substring("musubi:".length()).toUpperCase(Locale.ROOT));
    }

    /** This mark around a point; all marks of one radius look equally large. */
    public Shape at(double x, double y, double radius) {
        return new AffineTransform(radius, 0, 0, radius, x, y).createTransformedShape(UNITS.get(this));
    }

    private static Shape draw(Mark mark) {
        return switch (mark) {
            case CIRCLE -> new Ellipse2D.Double(-1, -1, 2, 2);
            case RING -> {
                Area ring = new Area(new Ellipse2D.Double(-1.05, -1.05, 2.1, 2.1));
                ring.subtract(new Area(new Ellipse2D.Double(-0.42, -0.42, 0.84, 0.84)));
                yield new Path2D.Double(ring);
            }
            case SQUARE -> new Rectangle2D.Double(-0.9, -0.9, 1.8, 1.8);
            case DIAMOND -> polygon(0, -1.22, 1.22, 0, 0, 1.22, -1.22, 0);
            case TRIANGLE -> polygon(0, -1.2, 1.2, 0.9, -1.2, 0.9);
            case HOUSE -> polygon(0, -1.2, 1.2, -0.15, 0.85, -0.15, 0.85, 1, -0.85, 1, -0.85, -0.15, -1.2, -0.15);
        };
    }

    private static Shape polygon(double... coordinates) {
        Path2D path = new Path2D.Double();
        path.moveTo(coordinates[0], coordinates[1]);
        for (int i = 2; i < coordinates.length; i += 2) {
            path.lineTo(coordinates[i], coordinates[i + 1]);
        }
        path.closePath();
        return path;
    }
}
