package jp.musubi.place.geo;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds room for labels, one after the other, the most important first: beside its point where nothing lies yet. What
 * finds no room stays away; a map with a wrong or unreadable name is worse than one with a name less.
 */
public final class LabelPlacer {

    /** Beside the point: right, left, above, below, then the corners (share of the label's width and height). */
    private static final double[][] PLACES = {
        {1, 0}, {-1, 0}, {0, -1}, {0, 1}, {0.8, -0.8}, {0.8, 0.8}, {-0.8, -0.8}, {-0.8, 0.8}
    };

    private static final double CELL = 40;

    private final Rectangle2D area;
    private final List<List<Rectangle2D>> cells = new ArrayList<>();
    private final int columns;
    private final int rows;

    /** @param area labels stay inside */
    public LabelPlacer(Rectangle2D area) {
        this.area = (Rectangle2D) area.clone();
        this.columns = (int) Math.ceil(area.getWidth() / CELL) + 1;
        this.rows = (int) Math.ceil(area.getHeight() / CELL) + 1;
        for (int i = 0; i < columns * rows; i++) {
            cells.add(new ArrayList<>());
        }
    }

    /** Keeps labels off this rectangle. */
    public void block(Rectangle2D rectangle) {
        for (int cell : cellsOf(rectangle)) {
            cells.get(cell).add((Rectangle2D) rectangle.clone());
        }
    }

    /**
     * Takes the first free place beside a point.
     *
     * @param gap from the point to the label's nearest edge
     * @return the place it took, now blocked; empty if there is none
     */
    public Optional<Rectangle2D> place(Point2D point, double gap, double width, double height) {
        for (double[] beside : PLACES) {
            double x = point.getX() - width / 2 + beside[0] * (gap + width / 2);
            double y = point.getY() - height / 2 + beside[1] * (gap + height / 2);
            Rectangle2D label = new Rectangle2D.Double(x, y, width, height);
            if (isFree(label)) {
                block(label);
                return Optional.of(label);
            }
        }
        return Optional.empty();
    }

    /** Takes the place around a point if it is free. */
    public Optional<Rectangle2D> centre(Point2D point, double width, double height) {
        Rectangle2D label = new Rectangle2D.Double(point.getX() - width / 2, point.getY() - height / 2, width, height);
        if (!isFree(label)) {
            return Optional.empty();
        }
        block(label);
        return Optional.of(label);
    }

    private boolean isFree(Rectangle2D label) {
        if (!area.contains(label)) {
            return false;
        }
        for (int cell : cellsOf(label)) {
            for (Rectangle2D taken : cells.get(cell)) {
                if (taken.intersects(label)) {
                    return false;
                }
            }
        }
        return true;
    }

    private int[] cellsOf(Rectangle2D rectangle) {
        int left = clamp((rectangle.getMinX() - area.getMinX()) / CELL, columns);
        int right = clamp((rectangle.getMaxX() - area.getMinX()) / CELL, columns);
        int top = clamp((rectangle.getMinY() - area.getMinY()) / CELL, rows);
        int bottom = clamp((rectangle.getMaxY() - area.getMinY()) / CELL, rows);
        int[] found = new int[(right - left + 1) * (bottom - top + 1)];
        int next = 0;
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                found[next++] = row * columns + column;
            }
        }
        return found;
    }

    private static int clamp(double cell, int cells) {
        return (int) Math.max(0, Math.min(cells - 1, Math.floor(cell)));
    }
}
