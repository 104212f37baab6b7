package jp.musubi.place.geo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import jp.musubi.common.geo.CoverageScale;

/** Fills shapes with a class of the coverage scale: colour, and a pattern that survives black and white. */
public final class CoverageInk {

    public static final Color INK = new Color(0x14171f);

    private static final ConcurrentMap<String, Shape> DRAWN = new ConcurrentHashMap<>();

    private CoverageInk() {}

    /** Fills any shape, such as a part of a ring or a swatch in a legend. */
    public static void fill(Graphics2D graphics, Shape shape, CoverageScale.Step step) {
        Pattern pattern = Pattern.of(step.key());
        graphics.setColor(ground(pattern, step.fill()));
        graphics.fill(shape);
        graphics.setColor(inkOf(pattern));
        graphics.fill(pattern.inside(shape));
    }

    /** Fills a mark of which there are many: its pattern is worked out once. */
    static void fill(Graphics2D graphics, Mark mark, double x, double y, double radius, Color colour, Pattern pattern) {
        graphics.setColor(ground(pattern, colour));
        graphics.fill(mark.at(x, y, radius));
        Shape ink = DRAWN.computeIfAbsent(
                mark + "/" + pattern + "/" + Math.round(radius * 100), key -> pattern.inside(mark.at(0, 0, radius)));
        graphics.setColor(inkOf(pattern));
        graphics.fill(AffineTransform.getTranslateInstance(x, y).createTransformedShape(ink));
    }

    /** Draws one mark as the map does. */
    public static void mark(
            Graphics2D graphics,
            Mark mark,
            double x,
            double y,
            double radius,
            CoverageScale.Step step,
            boolean dashed) {
        graphics.setColor(Color.WHITE);
        graphics.setStroke(new BasicStroke(1.6f));
        graphics.draw(mark.at(x, y, radius));
        fill(graphics, mark, x, y, radius, step.fill(), Pattern.of(step.key()));
        graphics.setColor(INK);
        graphics.setStroke(outline(dashed));
        graphics.draw(mark.at(x, y, radius));
    }

    static BasicStroke outline(boolean dashed) {
        return dashed
                ? new BasicStroke(0.7f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 2, new float[] {1.5f, 1.1f}, 0)
                : new BasicStroke(0.7f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }

    private static Color ground(Pattern pattern, Color colour) {
        return pattern == Pattern.UPRIGHT ? new Color(0xe6e6e6) : colour;
    }

    private static Color inkOf(Pattern pattern) {
        return switch (pattern) {
            case HOLLOW -> Color.WHITE;
            case UPRIGHT -> new Color(0x8c8c8c);
            default -> INK;
        };
    }
}
