package jp.musubi.place.geo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.locationtech.jts.geom.Geometry;

/**
 * Something on a map.
 *
 * @param geometry in degrees, x = longitude, y = latitude
 * @param properties text, numbers and booleans; what is unknown is left out
 */
public record MapFeature(long id, Geometry geometry, Map<String, Object> properties) {

    public MapFeature {
        properties = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
}
