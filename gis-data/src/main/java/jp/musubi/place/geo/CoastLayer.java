package jp.musubi.place.geo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.identity.Action;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The land, out of the file that ships. Read on first use; each zoom keeps only the detail it can show. */
@Component
@Order(0)
class CoastLayer implements MapLayer {

    private static final int FINEST = 10;

    private final @Nullable MultiPolygon[] byZoom = new MultiPolygon[FINEST + 1];

    @Override
    public String name() {
        return "coast";
    }

    @Override
    public String title(Locale locale) {
        return locale.getLanguage().equals("en") ? "Coast" : "海岸線";
    }

    @Override
    public Shape shape() {
        return Shape.AREA;
    }

    @Override
    public int minZoom() {
        return 4;
    }

    @Override
    public int maxZoom() {
        return FINEST;
    }

    @Override
    public Optional<Action> permission() {
        return Optional.empty();
    }

    @Override
    public Optional<String> credit() {
        return Optional.of(CoastFile.ATTRIBUTION);
    }

    @Override
    public Duration freshFor() {
        return Duration.ofDays(7);
    }

    @Override
    public List<MapFeature> features(Query query) {
        MultiPolygon land = land(Math.max(4, Math.min(FINEST, query.zoom())));
        Envelope within = query.within();
        Geometry box = land.getFactory().toGeometry(within);
        List<MapFeature> features = new ArrayList<>();
        for (int i = 0; i < land.getNumGeometries(); i++) {
            Geometry island = land.getGeometryN(i);
            if (island.getEnvelopeInternal().intersects(within)) {
                Geometry part = within.contains(island.getEnvelopeInternal())
                        ? island
                        : OverlayNGRobust.overlay(island, box, OverlayNG.INTERSECTION);
                if (!part.isEmpty()) {
                    features.add(new MapFeature(i + 1L, part, Map.of()));
                }
            }
        }
        return features;
    }

    private synchronized MultiPolygon land(int zoom) {
        MultiPolygon known = byZoom[zoom];
        if (known == null) {
            // Half a pixel of 512 at this zoom, in degrees of longitude.
            double tolerance = 180.0 / 512 / (1 << zoom);
            MultiPolygon whole = zoom == FINEST ? CoastFile.land() : land(FINEST);
            Geometry simple = zoom == FINEST ? whole : TopologyPreservingSimplifier.simplify(whole, tolerance);
            known = simple instanceof MultiPolygon polygons ? polygons : whole;
            byZoom[zoom] = known;
        }
        return known;
    }
}
