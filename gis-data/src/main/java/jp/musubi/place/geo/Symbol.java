package jp.musubi.place.geo;

import java.awt.geom.Point2D;
import java.util.List;
import jp.musubi.place.geo.Situation.Community;

/**
 * One symbol on the paper: a community, or several that lie too close together, counted.
 *
 * @param members the most urgent first
 * @param radius in points
 */
public record Symbol(Point2D at, double radius, List<Community> members) {

    public boolean isCluster() {
        return members.size() > 1;
    }

    Community worst() {
        return members.get(0);
    }
}
