package jp.musubi.place.geo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Every layer of the map, whichever feature brought it. */
@Component
public class LayerCatalogue {

    private final List<MapLayer> layers;
    private final Map<String, MapLayer> byName = new TreeMap<>();

    LayerCatalogue(ObjectProvider<MapLayer> registered) {
        this.layers = registered.orderedStream().toList();
        for (MapLayer layer : layers) {
            if (byName.put(layer.name(), layer) != null) {
                throw new IllegalStateException("Two layers are named \"" + layer.name() + "\".");
            }
        }
    }

    /** All layers, those to be drawn first in front. */
    public List<MapLayer> listLayers() {
        return layers;
    }

    public Optional<MapLayer> findLayer(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
