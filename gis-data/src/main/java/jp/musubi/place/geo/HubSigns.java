package jp.musubi.place.geo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import jp.musubi.place.HubState;

/** A hub as the map draws it: a house; solid = working, half full = full, two bars = paused, crossed out = closed. */
public final class HubSigns {

    /** Height of a hub's sign in points. */
    public static final double SIZE = 9.6;

    private HubSigns() {}

    public static void draw(Graphics2D graphics, double x, double y, HubState state) {
        graphics.setColor(Color.WHITE);
        graphics.setStroke(new BasicStroke(2.6f));
        graphics.draw(Mark.HOUSE.at(x, y, SIZE / 2));
        graphics.setColor(state == HubState.WORKING ? MapStyles.HUB : Color.WHITE);
        graphics.fill(Mark.HOUSE.at(x, y, SIZE / 2));
        graphics.setColor(MapStyles.HUB);
        graphics.setStroke(new BasicStroke(1));
        graphics.draw(Mark.HOUSE.at(x, y, SIZE / 2));
        sign(graphics, x, y, state);
    }

    /** What lies over the house. */
    static void sign(Graphics2D graphics, double x, double y, HubState state) {
        double unit = SIZE / 2;
        graphics.setColor(MapStyles.HUB);
        switch (state) {
            case WORKING -> {}
            case FULL ->
                graphics.fill(new Rectangle2D.Double(x - 0.85 * unit, y - 0.15 * unit, 1.7 * unit, 1.15 * unit));
            case PAUSED -> {
                graphics.fill(new Rectangle2D.Double(x - 0.45 * unit, y - 0.15 * unit, 0.3 * unit, 0.9 * unit));
                graphics.fill(new Rectangle2D.Double(x + 0.15 * unit, y - 0.15 * unit, 0.3 * unit, 0.9 * unit));
            }
            case CLOSED -> {
                graphics.setStroke(new BasicStroke(1.5f));
                graphics.draw(new Line2D.Double(x - 1.2 * unit, y - 1.1 * unit, x + 1.2 * unit, y + 1.1 * unit));
                graphics.draw(new Line2D.Double(x - 1.2 * unit, y + 1.1 * unit, x + 1.2 * unit, y - 1.1 * unit));
            }
        }
    }
}
