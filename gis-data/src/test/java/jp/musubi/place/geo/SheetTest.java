package jp.musubi.place.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import jp.musubi.place.Position;
import jp.musubi.response.Bounds;
import org.geotools.referencing.GeodeticCalculator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SheetTest {

    private static final Bounds TOHOKU = new Bounds(36.5, 138.5, 41.8, 142.5);
    private static final Rectangle2D FRAME = new Rectangle2D.Double(30, 80, 400, 700);

    @ParameterizedTest
    @CsvSource({
        "36.5, 138.5, 41.8, 142.5, 6678, JGD2011 / X",
        "33.1, 131.6, 33.3, 131.8, 6670, JGD2011 / II",
        "35.5, 139.5, 35.8, 139.9, 6677, JGD2011 / IX",
        "42.9, 141.2, 43.2, 141.5, 6680, JGD2011 / XII",
        "26.1, 127.6, 26.3, 127.8, 6683, JGD2011 / XV",
        "18.4, -72.4, 18.6, -72.2, 32618, WGS 84 / UTM 18N",
        "-7.9, 110.3, -7.7, 110.5, 32749, WGS 84 / UTM 49S"
    })
    void takesThePlaneZoneOfTheArea(double south, double west, double north, double east, int epsg, String name) {
        PlaneZone zone = PlaneZone.of(new Bounds(south, west, north, east));

        assertThat(zone.epsg()).isEqualTo(epsg);
        assertThat(zone.name()).isEqualTo(name);
    }

    @Test
    void putsTheOriginOfZoneTenWhereTheNoticeSays() {
        Sheet sheet = Sheet.fit(PlaneZone.of(TOHOKU), TOHOKU, FRAME);

        Point2D plane = new Point2D.Double();
        sheet.planeToPaper().transform(new Point2D.Double(0, 0), plane);
        Position origin = sheet.toEarth(plane);

        assertThat(origin.latitude()).isCloseTo(40, within(1e-9));
        assertThat(origin.longitude()).isCloseTo(140 + 50 / 60.0, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"36.5, 138.5, 41.8, 142.5", "38.2, 141.1, 38.6, 141.6", "38.43, 141.29, 38.44, 141.31"})
    void measuresLikeTheGeodesic(double south, double west, double north, double east) {
        Bounds area = new Bounds(south, west, north, east);
        Sheet sheet = Sheet.fit(PlaneZone.of(area), area, FRAME);

        // a bar of 100 points where the scale bar is drawn for, and one down the frame's left edge
        assertThat(metres(sheet, FRAME.getCenterX() - 50, FRAME.getCenterY(), 100, 0))
                .isCloseTo(100 * sheet.metresPerPoint(), within(0.01 * 100 * sheet.metresPerPoint()));
        assertThat(metres(sheet, FRAME.getMinX(), FRAME.getCenterY(), 0, 100))
                .isCloseTo(100 * sheet.metresPerPoint(), within(0.01 * 100 * sheet.metresPerPoint()));
        assertThat(sheet.metresPerPoint())
                .isCloseTo(sheet.scale() * 0.0254 / 72, within(0.01 * sheet.metresPerPoint()));
    }

    @Test
    void showsTheWholeAreaAtARoundScale() {
        Sheet sheet = Sheet.fit(PlaneZone.of(TOHOKU), TOHOKU, FRAME);

        assertThat(sheet.shows(new Position(36.5, 138.5))).isTrue();
        assertThat(sheet.shows(new Position(41.8, 142.5))).isTrue();
        assertThat(sheet.shows(new Position(43.1, 141.3))).isFalse();
        assertThat(sheet.scale()).isEqualTo(3_000_000);
        assertThat(sheet.bounds().contains(36.5, 138.5)).isTrue();
    }

    @Test
    void neverMagnifiesBeyondWhatPositionsAreGoodFor() {
        Bounds yard = new Bounds(38.4300, 141.3000, 38.4302, 141.3002);

        assertThat(Sheet.fit(PlaneZone.of(yard), yard, FRAME).scale()).isEqualTo(25_000);
    }

    @Test
    void goesThereAndBack() {
        Sheet sheet = Sheet.fit(PlaneZone.of(TOHOKU), TOHOKU, FRAME);
        Position otsuchi = new Position(39.35833, 141.90);

        Position back = sheet.toEarth(sheet.toPaper(otsuchi));

        assertThat(back.kilometresTo(otsuchi)).isLessThan(1e-6);
    }

    @Test
    void turnsTheNorthArrowByTheConvergenceOfTheMeridians() {
        Bounds west = new Bounds(38.9, 138.8, 39.1, 139.0);
        PlaneZone ten = PlaneZone.of(TOHOKU);

        double north = Sheet.fit(ten, west, FRAME).trueNorth();

        // (λ − λ0) · sin φ, to the west of the central meridian north leans to the right
        assertThat(Math.toDegrees(north))
                .isCloseTo((140 + 50 / 60.0 - 138.9) * Math.sin(Math.toRadians(39)), within(0.02));
    }

    private static double metres(Sheet sheet, double x, double y, double right, double down) {
        Position from = sheet.toEarth(new Point2D.Double(x, y));
        Position to = sheet.toEarth(new Point2D.Double(x + right, y + down));
        GeodeticCalculator geodesic = new GeodeticCalculator();
        geodesic.setStartingGeographicPoint(from.longitude(), from.latitude());
        geodesic.setDestinationGeographicPoint(to.longitude(), to.latitude());
        return geodesic.getOrthodromicDistance();
    }
}
