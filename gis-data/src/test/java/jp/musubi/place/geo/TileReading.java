package jp.musubi.place.geo;

import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.MvtReader;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.TagKeyValueMapConverter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Reads tiles with somebody else's reader. */
final class TileReading {

    private TileReading() {}

    /** Shapes in tile units by feature id; their user data are the properties. */
    static Map<Long, Geometry> read(byte[] tile, String layer) throws IOException {
        Map<Long, Geometry> byId = new TreeMap<>();
        if (tile.length > 0) {
            MvtReader.loadMvt(
                            new ByteArrayInputStream(tile),
                            new GeometryFactory(),
                            new TagKeyValueMapConverter(false, "#id"),
                            MvtReader.RING_CLASSIFIER_V2_1)
                    .getLayer(layer)
                    .getGeometries()
                    .forEach(shape -> byId.put(
                            ((Number) Objects.requireNonNull(properties(shape).get("#id"))).longValue(), shape));
        }
        return byId;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> properties(Geometry shape) {
        return (Map<String, Object>) shape.getUserData();
    }
}
