package jp.musubi.place.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

/** Layers and tiles are the same on both databases: PostGIS makes its own tiles, H2GIS's are encoded here. */
@MusubiIT
class LayersIT {

    /** The part of Tohoku around Kamaishi at zoom 8. */
    private static final TileAddress KAMAISHI = new TileAddress(8, 228, 97);

    private final LayerCatalogue catalogue;
    private final Tiles tiles;
    private final Responses responses;

    LayersIT(LayerCatalogue catalogue, Tiles tiles, Responses responses) {
        this.catalogue = catalogue;
        this.tiles = tiles;
        this.responses = responses;
    }

    @Test
    void listsTheLandFirst() {
        assertThat(catalogue.listLayers())
                .extracting(MapLayer::name)
                .startsWith("coast", "municipalities")
                .contains("flows", "hubs", "communities");
        assertThat(catalogue.listLayers()).allSatisfy(layer -> {
            assertThat(layer.title(Locale.JAPANESE)).isNotBlank();
            assertThat(layer.title(Locale.ENGLISH)).isNotBlank().isNotEqualTo(layer.title(Locale.JAPANESE));
        });
    }

    @Test
    void makesTheSameTileAsTheFeaturesSay() throws IOException {
        MapLayer municipalities = catalogue.findLayer("municipalities").orElseThrow();
        ResponseId response = response("layers-same");
        List<MapFeature> features = municipalities.features(
                new MapLayer.Query(response, KAMAISHI.degrees(), KAMAISHI.z(), Optional.empty()));

        Map<Long, Geometry> tile =
                TileReading.read(tiles.tile(municipalities, KAMAISHI, response, Optional.empty()), "municipalities");
        Map<Long, Geometry> encoded =
                TileReading.read(TileEncoder.encode("municipalities", KAMAISHI, features), "municipalities");

        assertThat(tile).isNotEmpty().containsKey(3211L);
        assertThat(tile.keySet()).isEqualTo(encoded.keySet());
        tile.forEach((id, shape) -> {
            Geometry expected = Objects.requireNonNull(encoded.get(id));
            assertThat(shape.distance(expected)).isCloseTo(0, within(1.5));
            assertThat(TileReading.properties(shape)).isEqualTo(TileReading.properties(expected));
        });
        assertThat(TileReading.properties(Objects.requireNonNull(tile.get(3211L))))
                .containsEntry("name", "釜石市")
                .containsEntry("name_en", "Kamaishi")
                .containsEntry("code", "03211");
    }

    @Test
    void showsOnlyTheReadersRegions() throws IOException {
        MapLayer municipalities = catalogue.findLayer("municipalities").orElseThrow();
        ResponseId response = response("layers-regions");

        Map<Long, Geometry> miyagi = TileReading.read(
                tiles.tile(municipalities, new TileAddress(6, 56, 24), response, Optional.of(Set.of("04"))),
                "municipalities");
        byte[] nothing = tiles.tile(municipalities, new TileAddress(6, 56, 24), response, Optional.of(Set.of()));

        assertThat(miyagi.keySet()).isNotEmpty().allMatch(code -> code / 1000 == 4);
        assertThat(nothing).isEmpty();
    }

    @Test
    void readsEveryLayerAndKeepsResponsesApart() {
        ResponseId empty = response("layers-apart");

        for (String name : List.of("hubs", "communities", "flows")) {
            MapLayer layer = catalogue.findLayer(name).orElseThrow();
            assertThat(tiles.tile(layer, KAMAISHI, empty, Optional.empty()))
                    .as(name)
                    .isEmpty();
            assertThat(layer.features(
                            new MapLayer.Query(empty, KAMAISHI.degrees(), KAMAISHI.z(), Optional.of(Set.of("03")))))
                    .as(name)
                    .isEmpty();
        }
    }

    private ResponseId response(String code) {
        return responses
                .open(new Response(
                        new ResponseId(0),
                        code,
                        "試験",
                        "Test",
                        ZoneId.of("Asia/Tokyo"),
                        List.of(Locale.JAPANESE, Locale.ENGLISH),
                        new Bounds(36.5, 138.5, 41.8, 142.5),
                        new ResponseClock.Real(),
                        true))
                .id();
    }
}
