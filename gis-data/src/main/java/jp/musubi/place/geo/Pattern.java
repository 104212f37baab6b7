package jp.musubi.place.geo;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/** What lies over a class's colour so that black and white is enough: the more ink, the more is missing. */
public enum Pattern {
    CROSSED(1.9, 0.62, 45, -45),
    DIAGONAL(2.2, 0.6, -45),
    DOTTED(2.3, 0.55),
    NONE(0, 0),
    /** A white core: covered, nothing to do. */
    HOLLOW(0, 0),
    /** Upright lines: nobody knows. */
    UPRIGHT(1.9, 0.5, 90);

    private final double spacing;
    private final double width;
    private final double[] degrees;

    Pattern(double spacing, double width, double... degrees) {
        this.spacing = spacing;
        this.width = width;
        this.degrees = degrees;
    }

    /** The name by which styles call this pattern. */
    public String styleName() {
        return "musubi:" + name().toLowerCase(Locale.ROOT);
    }

    static Pattern named(String styleName) {
        return valueOf(styleName.substring("musubi:".length()).toUpperCase(Locale.ROOT));
    }

    /** The pattern of a class of the coverage scale. */
    public static Pattern of(String coverageKey) {
        return switch (coverageKey) {
            case "c0" -> CROSSED;
            case "c1" -> DIAGONAL;
            case "c2" -> DOTTED;
            case "c3" -> NONE;
            case "c4" -> HOLLOW;
            default -> UPRIGHT;
        };
    }

    /** The part of a shape that the pattern inks, in points. */
    Area inside(Shape shape) {
        Area ink = new Area();
        Rectangle2D box = shape.getBounds2D();
        double reach = Math.hypot(box.getWidth(), box.getHeight()) / 2;
        if (this == HOLLOW) {
            double core = Math.min(box.getWidth(), box.getHeight()) * 0.2;
            ink.add(new Area(
                    new Ellipse2D.Double(box.getCenterX() - core, box.getCenterY() - core, 2 * core, 2 * core)));
        } else if (this == DOTTED) {
            int steps = (int) Math.ceil(reach / spacing);
            for (int column = -steps; column <= steps; column++) {
                for (int row = -steps; row <= steps; row++) {
                    double x = box.getCenterX() + (column + (row % 2 == 0 ? 0 : 0.5)) * spacing;
                    double y = box.getCenterY() + row * spacing * 0.87;
                    ink.add(new Area(new Ellipse2D.Double(x - width, y - width, 2 * width, 2 * width)));
                }
            }
        } else if (spacing > 0) {
            BasicStroke pen = new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
            for (double angle : degrees) {
                double alongX = Math.cos(Math.toRadians(angle));
                double alongY = Math.sin(Math.toRadians(angle));
                int steps = (int) Math.ceil(reach / spacing);
                for (int step = -steps; step <= steps; step++) {
                    double x = box.getCenterX() - alongY * step * spacing;
                    double y = box.getCenterY() + alongX * step * spacing;
                    ink.add(new Area(pen.createStrokedShape(new Line2D.Double(
                            x - alongX * reach, y - alongY * reach, x + alongX * reach, y + alongY * reach))));
                }
            }
        }
        ink.intersect(new Area(new Path2D.Double(shape)));
        return ink;
    }
}
