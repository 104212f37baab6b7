package jp.musubi.place.geo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import jp.musubi.common.geo.CoverageScale;

/** Fills shapes with a class of the coverage scale: colour, and a pattern that survives black and white. */
public final class CoverageInk {

    public static final Color INK = new Color(0x14171f);

    static final Color FADED_INK = new Color(0x7d7d7d);

    private static final ConcurrentMap<String, Shape> DRAWN = new ConcurrentHashMap<>();

    private CoverageInk() {}

    /** Fills any shape, such as a part of a ring or a swatch in a legend. */
    public static void fill(Graphics2D graphics, Shape shape, CoverageScale.Step step) {
        Pattern pattern = Pattern.of(step.key());
        graphics.setColor(ground(pattern, step.fill(), false));
        graphics.fill(shape);
        graphics.setColor(inkOf(pattern, false));
        graphics.fill(pattern.inside(shape));
    }

    /** Fills a rectangle as legends and lists do; each size's pattern is worked out once. */
    public static void swatch(Graphics2D graphics, Rectangle2D box, CoverageScale.Step step) {
        Pattern pattern = Pattern.of(step.key());
        graphics.setColor(ground(pattern, step.fill(), false));
        graphics.fill(box);
        paintInside(
                graphics,
                pattern,
                "swatch " + Math.round(box.getWidth() * 10) + "x" + Math.round(box.getHeight() * 10),
                new Rectangle2D.Double(0, 0, box.getWidth(), box.getHeight()),
                box.getX(),
                box.getY(),
                inkOf(pattern, false));
    }

    /** Fills a part of a ring around a point. */
    static void arc(
            Graphics2D graphics,
            Shape part,
            Shape ringAtOrigin,
            Point2D centre,
            double radius,
            CoverageScale.Step step) {
        Pattern pattern = Pattern.of(step.key());
        graphics.setColor(ground(pattern, step.fill(), false));
        graphics.fill(part);
        if (pattern == Pattern.HOLLOW) {
            return;
        }
        Shape before = graphics.getClip();
        graphics.clip(part);
        paintInside(
                graphics,
                pattern,
                "ring " + Math.round(radius * 10),
                ringAtOrigin,
                centre.getX(),
                centre.getY(),
                inkOf(pattern, false));
        graphics.setClip(before);
    }

    private static void paintInside(
            Graphics2D graphics, Pattern pattern, String name, Shape atOrigin, double x, double y, Color ink) {
        if (pattern != Pattern.NONE) {
            Shape inside = DRAWN.computeIfAbsent(name + "/" + pattern, key -> pattern.inside(atOrigin));
            graphics.setColor(ink);
            graphics.fill(AffineTransform.getTranslateInstance(x, y).createTransformedShape(inside));
        }
    }

    /** Fills a mark of which there are many: its pattern is worked out once. */
    static void fill(
            Graphics2D graphics, Mark mark, Point2D at, double radius, Pattern pattern, Color ground, Color ink) {
        graphics.setColor(ground);
        graphics.fill(mark.at(at.getX(), at.getY(), radius));
        paintInside(
                graphics,
                pattern,
                mark + " " + Math.round(radius * 100),
                mark.at(0, 0, radius),
                at.getX(),
                at.getY(),
                ink);
    }

    /** Draws one mark as the map does. */
    public static void mark(
            Graphics2D graphics,
            Mark mark,
            Point2D at,
            double radius,
            CoverageScale.Step step,
            boolean dashed,
            boolean stale) {
        Pattern pattern = Pattern.of(step.key());
        fill(graphics, mark, at, radius, pattern, ground(pattern, step.fill(), stale), inkOf(pattern, stale));
        outline(graphics, mark, at, radius, dashed, stale);
    }

    /** Draws a mark's shape alone. */
    public static void outline(
            Graphics2D graphics, Mark mark, Point2D at, double radius, boolean dashed, boolean stale) {
        graphics.setColor(stale ? FADED_INK : INK);
        graphics.setStroke(outline(dashed));
        graphics.draw(mark.at(at.getX(), at.getY(), radius));
    }

    static BasicStroke outline(boolean dashed) {
        return dashed
                ? new BasicStroke(0.7f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 2, new float[] {1.5f, 1.1f}, 0)
                : new BasicStroke(0.7f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }

    /** What is unknown has no colour of the scale; what is old is pale. */
    static Color ground(Pattern pattern, Color colour, boolean stale) {
        Color ground = pattern == Pattern.UPRIGHT ? new Color(0xe6e6e6) : colour;
        return stale ? new Color(pale(ground.getRed()), pale(ground.getGreen()), pale(ground.getBlue())) : ground;
    }

    private static int pale(int colour) {
        return 255 - (255 - colour) * 45 / 100;
    }

    static Color inkOf(Pattern pattern, boolean stale) {
        return switch (pattern) {
            case HOLLOW -> Color.WHITE;
            case UPRIGHT -> new Color(stale ? 0xb0b0b0 : 0x8c8c8c);
            default -> stale ? FADED_INK : INK;
        };
    }
}
