package jp.musubi.place.paper;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text and lines on a page, measured the same for paper and picture. Lengths are points. */
final class Pen {

    static final Color INK = new Color(0x14171f);
    static final Color QUIET = new Color(0x4a4f57);

    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    private final Graphics2D graphics;
    private final Font regular;
    private final Font bold;
    private final Locale locale;

    Pen(Graphics2D graphics, Font regular, Font bold, Locale locale) {
        this.graphics = graphics;
        this.regular = regular;
        this.bold = bold;
        this.locale = locale;
    }

    Graphics2D graphics() {
        return graphics;
    }

    Font regular(double size) {
        return regular.deriveFont((float) size);
    }

    Font bold(double size) {
        return bold.deriveFont((float) size);
    }

    static double width(String text, Font font) {
        return font.getStringBounds(text, EXACT).getWidth();
    }

    /** @param y of the base line */
    void text(String text, double x, double y, Font font, Color colour) {
        graphics.setFont(font);
        graphics.setColor(colour);
        graphics.drawString(text, (float) x, (float) y);
    }

    void right(String text, double x, double y, Font font, Color colour) {
        text(text, x - width(text, font), y, font, colour);
    }

    void centred(String text, double x, double y, Font font, Color colour) {
        text(text, x - width(text, font) / 2, y, font, colour);
    }

    /** Shortens with an ellipsis what is too long. */
    void clipped(String text, double x, double y, double room, Font font, Color colour) {
        text(shortened(text, room, font), x, y, font, colour);
    }

    static String shortened(String text, double room, Font font) {
        if (width(text, font) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + "…", font) > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }

    /** The largest size up to {@code most} at which a text fits. */
    static Font fitting(Font font, double most, double least, String text, double room) {
        Font at = font.deriveFont((float) most);
        double needed = width(text, at);
        return needed <= room ? at : font.deriveFont((float) Math.max(least, most * room / needed));
    }

    /** Writes lines that break where the language allows; returns the base line after the last. */
    double paragraph(String text, double x, double y, double room, double leading, Font font, Color colour) {
        double line = y;
        for (String each : lines(text, room, font)) {
            text(each, x, line, font, colour);
            line += leading;
        }
        return line;
    }

    List<String> lines(String text, double room, Font font) {
        List<String> lines = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getLineInstance(locale);
        breaks.setText(text);
        int start = 0;
        int last = 0;
        for (int next = breaks.next(); next != BreakIterator.DONE; next = breaks.next()) {
            if (width(text.substring(start, next).stripTrailing(), font) > room && last > start) {
                lines.add(text.substring(start, last).strip());
                start = last;
            }
            last = next;
        }
        lines.add(text.substring(start).strip());
        return lines;
    }

    void line(double fromX, double fromY, double toX, double toY, double width, Color colour) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke((float) width));
        graphics.draw(new Line2D.Double(fromX, fromY, toX, toY));
    }

    void box(Rectangle2D box, Color fill) {
        graphics.setColor(fill);
        graphics.fill(box);
    }

    void frame(Rectangle2D box, double width, Color colour) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke((float) width));
        graphics.draw(box);
    }
}
