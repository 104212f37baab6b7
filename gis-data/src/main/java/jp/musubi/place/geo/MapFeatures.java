package jp.musubi.place.geo;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jp.musubi.common.geo.CoverageScale;
import jp.musubi.place.Position;
import jp.musubi.place.geo.Situation.Community;
import jp.musubi.place.geo.Situation.Depot;
import jp.musubi.place.geo.Situation.Town;
import jp.musubi.response.Bounds;
import org.geotools.api.feature.simple.SimpleFeature;
import org.geotools.api.feature.simple.SimpleFeatureType;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.data.collection.ListFeatureCollection;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.geotools.feature.simple.SimpleFeatureBuilder;
import org.geotools.feature.simple.SimpleFeatureTypeBuilder;
import org.geotools.geometry.jts.GeometryClipper;
import org.geotools.geometry.jts.JTS;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.simplify.DouglasPeuckerSimplifier;

/** GeoTools features in a sheet's plane. Holds the coast; safe to share between threads. */
public final class MapFeatures {

    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private final MultiPolygon coast;

    /** @param coast the land in degrees, x = longitude */
    public MapFeatures(MultiPolygon coast) {
        this.coast = coast;
    }

    /** The land that the sheet shows, simplified to what its scale can show. */
    SimpleFeatureCollection land(Sheet sheet) {
        Bounds bounds = sheet.bounds();
        Envelope seen = new Envelope(bounds.west(), bounds.east(), bounds.south(), bounds.north());
        // the cut must lie outside the frame, so that no coastline is drawn along it
        seen.expandBy((bounds.east() - bounds.west()) * 0.1, (bounds.north() - bounds.south()) * 0.1);
        GeometryClipper clipper = new GeometryClipper(seen);
        double tolerance = 0.12 * Sheet.POINT * sheet.scale();
        SimpleFeatureType type = type("land", sheet, Geometry.class);
        ListFeatureCollection land = new ListFeatureCollection(type);
        for (int i = 0; i < coast.getNumGeometries(); i++) {
            Polygon island = (Polygon) coast.getGeometryN(i);
            if (!seen.intersects(island.getEnvelopeInternal())) {
                continue;
            }
            Geometry visible = clipper.clipSafe(island, false, 0);
            if (visible != null && !visible.isEmpty()) {
                Geometry flat = DouglasPeuckerSimplifier.simplify(project(visible, sheet), tolerance);
                if (!flat.isEmpty()) {
                    land.add(feature(type, "land." + i, flat));
                }
            }
        }
        return land;
    }

    SimpleFeatureCollection towns(List<Town> towns, Sheet sheet) {
        SimpleFeatureType type = type("town", sheet, Point.class);
        ListFeatureCollection features = new ListFeatureCollection(type);
        towns.forEach(town -> features.add(feature(type, town.code(), point(town.at(), sheet))));
        return features;
    }

    /** @param places where on the paper each is drawn */
    SimpleFeatureCollection hubs(List<Depot> depots, Function<Depot, Point2D> places, Sheet sheet) {
        SimpleFeatureType type = type("hub", sheet, Point.class, "state");
        ListFeatureCollection features = new ListFeatureCollection(type);
        for (int i = 0; i < depots.size(); i++) {
            Depot depot = depots.get(i);
            features.add(feature(
                    type,
                    "hub." + i,
                    point(sheet.toEarth(places.apply(depot)), sheet),
                    depot.state().name()));
        }
        return features;
    }

    /** @param sizes diameter in points by community id */
    SimpleFeatureCollection communities(List<Community> communities, Map<Long, Double> sizes, Sheet sheet) {
        SimpleFeatureType type = type("community", sheet, Point.class, "mark", "size", "coverage", "estimate", "stale");
        ListFeatureCollection features = new ListFeatureCollection(type);
        for (Community community : communities) {
            long id = community.id().value();
            features.add(feature(
                    type,
                    "community." + id,
                    point(community.at().orElseThrow(), sheet),
                    community.mark().styleName(),
                    sizes.getOrDefault(id, 7.2),
                    CoverageScale.shipped().of(community.covered()).key(),
                    community.estimate(),
                    community.stale()));
        }
        return features;
    }

    /** A small map of the whole with the chosen area on it. */
    public void paintLocator(Graphics2D graphics, Rectangle2D frame, Bounds whole, Bounds area) {
        Sheet sheet = Sheet.fit(PlaneZone.of(whole), whole, frame);
        Shape before = graphics.getClip();
        graphics.clip(frame);
        graphics.setColor(MapStyles.SEA);
        graphics.fill(frame);
        new StylePainter(graphics, sheet).paint(land(sheet), new MapStyles().land());
        Point2D southWest = sheet.toPaper(new Position(area.south(), area.west()));
        Point2D northEast = sheet.toPaper(new Position(area.north(), area.east()));
        Rectangle2D box = new Rectangle2D.Double();
        box.setFrameFromDiagonal(southWest, northEast);
        double grow = Math.max(0, 4 - Math.min(box.getWidth(), box.getHeight())) / 2;
        box.setFrame(box.getX() - grow, box.getY() - grow, box.getWidth() + 2 * grow, box.getHeight() + 2 * grow);
        graphics.setColor(CoverageInk.INK);
        graphics.setStroke(new BasicStroke(1.4f));
        graphics.draw(box);
        graphics.setClip(before);
        graphics.setStroke(new BasicStroke(0.5f));
        graphics.draw(frame);
    }

    private static Point point(Position position, Sheet sheet) {
        return (Point)
                project(GEOMETRIES.createPoint(new Coordinate(position.longitude(), position.latitude())), sheet);
    }

    private static Geometry project(Geometry degrees, Sheet sheet) {
        try {
            return JTS.transform(degrees, sheet.zone().fromEarth());
        } catch (TransformException e) {
            throw new IllegalStateException("Cannot be shown in " + sheet.zone().name(), e);
        }
    }

    private static SimpleFeatureType type(
            String name, Sheet sheet, Class<? extends Geometry> geometry, String... attributes) {
        SimpleFeatureTypeBuilder type = new SimpleFeatureTypeBuilder();
        type.setName(name);
        type.setCRS(sheet.zone().crs());
        type.add("shape", geometry);
        for (String attribute : attributes) {
            type.add(attribute, Object.class);
        }
        return type.buildFeatureType();
    }

    private static SimpleFeature feature(SimpleFeatureType type, String id, Object... values) {
        return SimpleFeatureBuilder.build(type, values, id);
    }
}
