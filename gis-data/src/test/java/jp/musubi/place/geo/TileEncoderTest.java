package jp.musubi.place.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

class TileEncoderTest {

    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final TileAddress WORLD = new TileAddress(0, 0, 0);

    @Test
    void putsAPointWhereTheGridSays() throws IOException {
        MapFeature middle = new MapFeature(
                7, FACTORY.createPoint(new Coordinate(0, 0)), Map.of("name", "中央", "people", 12, "derived", true));

        Geometry read = one(TileEncoder.encode("places", WORLD, List.of(middle)));

        assertThat(read.getCoordinate()).isEqualTo(new Coordinate(2048, 2048));
        assertThat(TileReading.properties(read))
                .containsEntry("#id", 7L)
                .containsEntry("name", "中央")
                .containsEntry("people", 12L)
                .containsEntry("derived", true);
    }

    @Test
    void cutsAreasAtTheBufferAndKeepsTheirHoles() throws IOException, ParseException {
        TileAddress tile = new TileAddress(8, 227, 97);
        Envelope degrees = tile.degrees();
        Coordinate centre = degrees.centre();
        Geometry land = new WKTReader()
                .read("POLYGON ((130 30, 150 30, 150 45, 130 45, 130 30), (" + square(centre, 0.1) + "))");

        Geometry read = one(TileEncoder.encode("places", tile, List.of(new MapFeature(1, land, Map.of()))));

        assertThat(read.isValid()).isTrue();
        assertThat((Object) read.getEnvelopeInternal()).isEqualTo(new Envelope(-64, 4160, -64, 4160));
        double hole = 0.2 / (degrees.getWidth() * 4096 / 4224) * 4096;
        assertThat(4224.0 * 4224 - read.getArea()).isCloseTo(hole * hole * 1.25, within(hole * hole * 0.2));
    }

    @Test
    void keepsLinesAndLeavesOutWhatLiesElsewhere() throws IOException, ParseException {
        TileAddress tile = new TileAddress(8, 227, 97);
        Coordinate centre = tile.degrees().centre();
        Geometry near = new WKTReader()
                .read("LINESTRING (" + centre.x + " " + centre.y + ", " + (centre.x + 5) + " " + centre.y + ")");
        Geometry far = new WKTReader().read("LINESTRING (10 10, 11 11)");

        Map<Long, Geometry> read = TileReading.read(
                TileEncoder.encode(
                        "places", tile, List.of(new MapFeature(1, near, Map.of()), new MapFeature(2, far, Map.of()))),
                "places");

        assertThat(read).containsOnlyKeys(1L);
        assertThat(java.util.Objects.requireNonNull(read.get(1L)).getLength()).isCloseTo(2112, within(2.0));
        assertThat(TileEncoder.encode("places", tile, List.of(new MapFeature(2, far, Map.of()))))
                .isEmpty();
    }

    @Test
    void refusesTilesThatDoNotExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TileAddress(3, 8, 0))
                .withMessageContaining("3/8/0");
        assertThatIllegalArgumentException().isThrownBy(() -> new TileAddress(3, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new TileAddress(40, 0, 0));
    }

    @Test
    void readsTheCoastInTheDetailOfTheZoom() throws IOException {
        CoastLayer coast = new CoastLayer();
        TileAddress wide = new TileAddress(5, 28, 12);
        TileAddress near = new TileAddress(10, 910, 390);

        Map<Long, Geometry> seenWide =
                TileReading.read(TileEncoder.encode("coast", wide, features(coast, wide)), "coast");
        Map<Long, Geometry> seenNear =
                TileReading.read(TileEncoder.encode("coast", near, features(coast, near)), "coast");

        assertThat(seenWide).isNotEmpty();
        assertThat(seenWide.values()).allMatch(Geometry::isValid);
        assertThat(seenNear.values()).allMatch(Geometry::isValid);
        double landAtKamaishi =
                seenNear.values().stream().mapToDouble(Geometry::getArea).sum();
        assertThat(landAtKamaishi / (4224.0 * 4224)).isBetween(0.05, 1.0);
    }

    private static List<MapFeature> features(CoastLayer coast, TileAddress tile) {
        return coast.features(new MapLayer.Query(
                new jp.musubi.response.ResponseId(1), tile.degrees(), tile.z(), java.util.Optional.empty()));
    }

    private static String square(Coordinate at, double half) {
        return (at.x - half) + " " + (at.y - half) + ", " + (at.x + half) + " " + (at.y - half) + ", " + (at.x + half)
                + " " + (at.y + half) + ", " + (at.x - half) + " " + (at.y + half) + ", " + (at.x - half) + " "
                + (at.y - half);
    }

    private static Geometry one(byte[] tile) throws IOException {
        Map<Long, Geometry> read = TileReading.read(tile, "places");
        assertThat(read).hasSize(1);
        return read.values().iterator().next();
    }
}
