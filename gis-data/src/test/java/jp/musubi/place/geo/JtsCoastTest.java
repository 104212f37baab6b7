package jp.musubi.place.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import jp.musubi.place.Municipality;
import jp.musubi.place.Position;
import jp.musubi.place.PositionCheck;
import jp.musubi.place.PositionReading;
import jp.musubi.place.store.PlaceFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;

class JtsCoastTest {

    private static final MultiPolygon LAND = CoastFile.land();
    private static final JtsCoast COAST = new JtsCoast(LAND);

    @Test
    void theFileIsWholeAndInOrder() {
        assertThat(LAND.getNumGeometries()).isBetween(689, 700);
        assertThat(LAND.getSRID()).isEqualTo(4326);
        for (int i = 0; i < LAND.getNumGeometries(); i++) {
            assertThat(new IsValidOp(LAND.getGeometryN(i)).getValidationError()).isNull();
        }
        // Japan has 378,000 km2; 2011's Tohoku 66,900
        double squareKm = LAND.getArea() * 111.195 * 111.195 * Math.cos(Math.toRadians(37.5));
        assertThat(squareKm).isBetween(360_000.0, 395_000.0);
    }

    @Test
    void everyMunicipalityOfTohokuIsOnLand() {
        PositionCheck check = new PositionCheck(COAST);
        List<Municipality> municipalities = new PlaceFiles().municipalities();

        assertThat(municipalities).allSatisfy(municipality -> {
            Position point = municipality.point();
            assertThat(check.check(point.latitude(), point.longitude()).found()).isPresent();
            municipality
                    .centre()
                    .ifPresent(centre -> assertThat(check.check(centre.latitude(), centre.longitude())
                                    .found())
                            .isPresent());
        });
    }

    /** Islands with people: Oshima of Kesennuma, Izushima, Enoshima, Ajishima, Tashirojima, Tobishima, Awashima. */
    @ParameterizedTest
    @CsvSource({
        "38.8561, 141.6210",
        "38.4508, 141.5253",
        "38.3985, 141.5939",
        "38.2665, 141.4764",
        "38.3004, 141.4169",
        "39.1927, 139.5492",
        "38.4667, 139.2391"
    })
    void islandsAreLand(double latitude, double longitude) {
        assertThat(COAST.metresToLand(new Position(latitude, longitude))).isLessThan(1000);
    }

    @ParameterizedTest
    @CsvSource({"39.35, 142.10", "38.30, 141.20", "37.42, 141.08", "41.45, 140.6", "38.6, 139.4", "30.0, 150.0"})
    void theSeaIsNot(double latitude, double longitude) {
        assertThat(COAST.metresToLand(new Position(latitude, longitude))).isGreaterThan(1000);
        assertThat(new PositionCheck(COAST).check(latitude, longitude)).isInstanceOf(PositionReading.Wrong.class);
    }

    @Test
    void measuresMetresFromTheNearestPiece() {
        GeometryFactory factory = new GeometryFactory();
        LinearRing square = factory.createLinearRing(new Coordinate[] {
            new Coordinate(140, 38),
            new Coordinate(141, 38),
            new Coordinate(141, 39),
            new Coordinate(140, 39),
            new Coordinate(140, 38)
        });
        JtsCoast coast = new JtsCoast(factory.createMultiPolygon(new Polygon[] {factory.createPolygon(square)}));

        assertThat(coast.metresToLand(new Position(38.5, 140.5))).isZero();
        assertThat(coast.metresToLand(new Position(39.01, 140.5))).isCloseTo(1112, within(1.0));
        assertThat(coast.metresToLand(new Position(38.5, 141.1)))
                .isCloseTo(new Position(38.5, 141.0).kilometresTo(new Position(38.5, 141.1)) * 1000, within(5.0));
        assertThat(coast.metresToLand(new Position(30, 140.5))).isCloseTo(8 * 111_195.0, within(500.0));
    }

    @Test
    void answersAHundredThousandRowsInSeconds() {
        Random random = new Random(311);
        long started = System.nanoTime();
        int land = 0;
        for (int i = 0; i < 100_000; i++) {
            Position position = new Position(36.5 + 5 * random.nextDouble(), 138.5 + 4 * random.nextDouble());
            land += COAST.metresToLand(position) == 0 ? 1 : 0;
        }

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
        // the box is 355 km by 555 km, about half of it land
        assertThat(land).isBetween(40_000, 70_000);
    }
}
