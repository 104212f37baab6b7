package jp.musubi.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionCheckTest {

    /** All land west of 142° E, sea east of it. */
    private static final Coast COAST = position ->
            Math.max(0, (position.longitude() - 142) * 111_195 * Math.cos(Math.toRadians(position.latitude())));

    private final PositionCheck check = new PositionCheck(COAST);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "39.35833 | 141.9",
                "39°21′30″ | 141°54′0″",
                "39°21'30\"N | 141°54'00\"E",
                "39度21分30秒 | 141度54分",
                "北緯39度21分30秒 | 東経141度54分0秒",
                "39 21 30 | 141 54 0",
                "39:21:30 | 141:54:00",
                "３９．３５８３３ | １４１．９",
                "39°21.5' | 141°54'",
                "N39.35833 | E141.9",
                "141.9E | 39.35833N",
            })
    void readsTheWaysPeopleWriteAPosition(String latitude, String longitude) {
        assertThat(check.read(Optional.of(latitude), Optional.of(longitude)).found())
                .hasValueSatisfying(position -> {
                    assertThat(position.latitude()).isCloseTo(39.35833, within(0.00001));
                    assertThat(position.longitude()).isCloseTo(141.9, within(0.00001));
                });
    }

    @Test
    void suggestsTheRightOrderOfSwappedNumbers() {
        PositionProblem problem = onlyProblem("141.9", "39.35833");

        assertThat(problem).isEqualTo(new PositionProblem.Swapped(new Position(39.35833, 141.9)));
        assertThat(problem.remedy().ja()).contains("緯度 39.35833");
        assertThat(problem.remedy().en()).contains("longitude 141.90000");
    }

    @Test
    void suggestsDegreesForPackedDegreesMinutesSeconds() {
        PositionReading reading = check.read(Optional.of("392130"), Optional.of("1415400"));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        PositionReading.Wrong.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(problem -> problem.remedy().en())
                                .anySatisfy(text -> assertThat(text).contains("39.35833"))
                                .anySatisfy(text -> assertThat(text).contains("141.90000")));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "51.5, -0.1", "39.9, 116.4", "-39.36, 141.9", "999, 999"})
    void rejectsWhatIsNotInJapan(String latitude, String longitude) {
        assertThat(onlyProblem(latitude, longitude)).isInstanceOf(PositionProblem.OutsideJapan.class);
    }

    @Test
    void takesAPierAndRejectsTheOpenSea() {
        assertThat(check.check(39.3, 142.010).found()).isPresent();
        assertThat(onlyProblem("39.3", "142.1"))
                .isInstanceOfSatisfying(
                        PositionProblem.AtSea.class,
                        sea -> assertThat(sea.kilometresToLand()).isCloseTo(8.6, within(0.1)));
    }

    @Test
    void wantsBothOrNeither() {
        assertThat(check.read(Optional.empty(), Optional.of(" "))).isInstanceOf(PositionReading.Blank.class);
        assertThat(onlyProblem("39.3", "")).isEqualTo(new PositionProblem.Half(PositionProblem.Cell.LONGITUDE));
        assertThat(onlyProblem("", "141.9")).isEqualTo(new PositionProblem.Half(PositionProblem.Cell.LATITUDE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"そのへん", "39.3.1", "39°61′", "1e3", "NaN", "39,3", "39°21.5′30″"})
    void rejectsWhatIsNoCoordinate(String latitude) {
        assertThat(onlyProblem(latitude, "141.9"))
                .isInstanceOfSatisfying(
                        PositionProblem.Unreadable.class,
                        problem -> assertThat(problem.cell()).isEqualTo(PositionProblem.Cell.LATITUDE));
    }

    @Test
    void doubtsAPositionFarFromItsMunicipality() {
        Municipality otsuchi = PlacesFixture.directory().getByCode(new MunicipalityCode("03461"));

        assertThat(PositionCheck.isDoubtful(new Position(39.36, 141.90), otsuchi))
                .isFalse();
        assertThat(PositionCheck.isDoubtful(new Position(38.43, 141.30), otsuchi))
                .isTrue();
    }

    @Property
    void readsDegreesMinutesSecondsAsTheDegreesTheyAre(
            @ForAll @DoubleRange(min = 31, max = 45) double latitude,
            @ForAll @DoubleRange(min = 130, max = 141.9) double longitude) {
        Position position = check.read(Optional.of(dms(latitude)), Optional.of(dms(longitude)))
                .found()
                .orElseThrow();

        // a hundredth of a second is 3e-6 degrees
        assertThat(position.latitude()).isCloseTo(latitude, within(3e-6));
        assertThat(position.longitude()).isCloseTo(longitude, within(3e-6));
    }

    private static String dms(double degrees) {
        long hundredths = Math.round(degrees * 360_000);
        return String.format(
                Locale.ROOT, "%d°%d′%.2f″", hundredths / 360_000, hundredths / 6000 % 60, hundredths % 6000 / 100.0);
    }

    private PositionProblem onlyProblem(String latitude, String longitude) {
        PositionReading reading = check.read(Optional.of(latitude), Optional.of(longitude));
        assertThat(reading).isInstanceOf(PositionReading.Wrong.class);
        assertThat(((PositionReading.Wrong) reading).problems()).hasSize(1);
        return ((PositionReading.Wrong) reading).problems().get(0);
    }
}
