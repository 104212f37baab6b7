package jp.musubi.place.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.OpenToAll;
import jp.musubi.place.geo.LayerCatalogue;
import jp.musubi.place.geo.MapLayer;
import jp.musubi.place.geo.TileAddress;
import jp.musubi.place.geo.Tiles;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The layer catalogue and its tiles. Some layers are for everybody; each asks for its own permission. */
@RestController
@OpenToAll
class LayersApi {

    private static final MediaType VECTOR_TILE = MediaType.parseMediaType("application/vnd.mapbox-vector-tile");

    private final LayerCatalogue catalogue;
    private final Tiles tiles;
    private final CurrentActor actor;
    private final CurrentResponse response;

    LayersApi(LayerCatalogue catalogue, Tiles tiles, CurrentActor actor, CurrentResponse response) {
        this.catalogue = catalogue;
        this.tiles = tiles;
        this.actor = actor;
        this.response = response;
    }

    /** A layer as the map needs it. */
    record LayerEntry(
            String name,
            String title,
            MapLayer.Shape shape,
            int minZoom,
            int maxZoom,
            @Nullable String credit) {}

    @GetMapping("/api/v1/layers")
    List<LayerEntry> layers(Locale locale) {
        return catalogue.listLayers().stream()
                .filter(layer ->
                        regions(layer).map(regions -> !regions.isEmpty()).orElse(true))
                .map(layer -> new LayerEntry(
                        layer.name(),
                        layer.title(locale),
                        layer.shape(),
                        layer.minZoom(),
                        layer.maxZoom(),
                        layer.credit().orElse(null)))
                .toList();
    }

    @GetMapping("/tiles/{layer}/{z}/{x}/{y}.mvt")
    ResponseEntity<byte[]> tile(
            @PathVariable String layer, @PathVariable int z, @PathVariable int x, @PathVariable int y) {
        MapLayer found = catalogue.findLayer(layer).orElseThrow(LayersApi::noSuchTile);
        Optional<Set<String>> regions = regions(found);
        if (regions.isPresent() && regions.get().isEmpty()) {
            found.permission()
                    .ifPresent(action ->
                            actor.require(action, Scope.of(response.get().id())));
        }
        if (z < found.minZoom() || z > found.maxZoom() || x < 0 || y < 0 || x >= 1 << z || y >= 1 << z) {
            throw noSuchTile();
        }
        byte[] tile = tiles.tile(found, new TileAddress(z, x, y), response.get().id(), regions);
        return ResponseEntity.ok()
                .cacheControl(caching(found))
                .contentType(VECTOR_TILE)
                .body(tile);
    }

    private static CacheControl caching(MapLayer layer) {
        if (layer.freshFor().compareTo(Duration.ZERO) <= 0) {
            return CacheControl.noStore();
        }
        CacheControl kept = CacheControl.maxAge(layer.freshFor());
        return layer.permission().isEmpty() ? kept.cachePublic() : kept.cachePrivate();
    }

    /** Which regions of the layer the reader may see; empty Optional = all, empty set = none. */
    private Optional<Set<String>> regions(MapLayer layer) {
        Optional<Action> permission = layer.permission();
        return permission.isEmpty()
                ? Optional.empty()
                : actor.actor()
                        .regionsFor(permission.get(), Scope.of(response.get().id()));
    }

    private static Problem noSuchTile() {
        return new Problem(HttpStatus.NOT_FOUND, "problem.not-found");
    }
}
