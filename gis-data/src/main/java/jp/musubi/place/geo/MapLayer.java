package jp.musubi.place.geo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.musubi.identity.Action;
import jp.musubi.response.ResponseId;
import org.locationtech.jts.geom.Envelope;

/**
 * One layer of the map. Every feature registers its layers as beans; screens, tiles and papers draw what the
 * {@link LayerCatalogue} holds.
 */
public interface MapLayer {

    /** What a layer's features are. */
    enum Shape {
        POINT,
        LINE,
        AREA
    }

    /**
     * What to read.
     *
     * @param within degrees, x = longitude, y = latitude
     * @param zoom of web maps, 0 to 22: says how much detail is worth reading
     * @param regions prefixes of municipality codes the reader may see; empty = everything
     */
    record Query(ResponseId response, Envelope within, int zoom, Optional<Set<String>> regions) {}

    /** Lower case letters and hyphens; stands in URLs and names the layer inside a tile. */
    String name();

    String title(Locale locale);

    Shape shape();

    /** The first zoom at which there are tiles. */
    int minZoom();

    /** The last zoom at which there are tiles; beyond it the map enlarges them. */
    int maxZoom();

    /** Who may read it; empty = everybody. */
    Optional<Action> permission();

    /** Whom to name when it is shown. */
    default Optional<String> credit() {
        return Optional.empty();
    }

    /** How long a browser may keep a tile without asking again. */
    default Duration freshFor() {
        return Duration.ZERO;
    }

    /** Everything that touches the rectangle, in degrees (SRID 4326). */
    List<MapFeature> features(Query query);
}
