package jp.musubi.catalog;

import static jp.musubi.catalog.CatalogueFixture.BLANKET;
import static jp.musubi.catalog.CatalogueFixture.FORMULA;
import static jp.musubi.catalog.CatalogueFixture.WATER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.musubi.common.Quantity;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "300      |      | 300",
                "300.0    |      | 300",
                "３００    | 枚   | 300",
                "1,200枚   |      | 1200",
                "12箱      |      | 120",
                "12       | 箱   | 120",
                "12 ケース  |      | 120",
                "12       | Boxes| 120",
                "12箱      | 箱   | 120",
                "12箱×24枚 |      | 288",
                "12×24    | 枚   | 288",
                "12 boxes × 24 = 288 | | 288",
                "12 x 24  | 枚   | 288",
                "50       | 個   | 50",
                "50       | pcs  | 50",
                "0        |      | 0"
            })
    void readsBlankets(String quantity, String unit, long expected) {
        assertThat(Units.read(BLANKET, quantity, unit == null ? "" : unit))
                .isInstanceOfSatisfying(
                        QuantityReading.Read.class,
                        read -> assertThat(read.quantity()).isEqualTo(new Quantity(expected)));
    }

    @ParameterizedTest
    @CsvSource({"10,L,20", "1.5,L,3", "500,mL,1", "3,箱,72", "7,本,7", "2,リットル,4"})
    void readsWaterInBottlesOfHalfALitre(String quantity, String unit, long expected) {
        assertThat(Units.read(WATER, quantity, unit))
                .isInstanceOfSatisfying(
                        QuantityReading.Read.class,
                        read -> assertThat(read.quantity()).isEqualTo(new Quantity(expected)));
    }

    @Test
    void saysThatThePackSizeIsOnlyAssumed() {
        assertThat(Units.read(BLANKET, "12", "箱"))
                .isInstanceOfSatisfying(
                        QuantityReading.Read.class,
                        read -> assertThat(read.unit().sureness()).isEqualTo(Sureness.ASSUMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "たくさん", "十枚", "1,2", "1,5枚", "=SUM(A1)", "12 boxes × 24 = 300", "1e6"})
    void refusesWhatIsNoNumber(String quantity) {
        assertThat(Units.read(BLANKET, quantity, "")).isNotInstanceOf(QuantityReading.Read.class);
    }

    @Test
    void refusesPartsOfABaseUnit() {
        assertThat(Units.read(WATER, "700", "mL")).isInstanceOf(QuantityReading.NotWhole.class);
        assertThat(Units.read(BLANKET, "1.5", "")).isInstanceOf(QuantityReading.NotWhole.class);
    }

    @Test
    void refusesAUnitTheItemIsNotCountedInAndSaysWhichItIs() {
        assertThat(Units.read(FORMULA, "3", "枚")).isEqualTo(new QuantityReading.UnitUnclear("枚", FORMULA.units()));
        assertThat(Units.read(BLANKET, "3kg", "")).isInstanceOf(QuantityReading.UnitUnclear.class);
    }

    @Test
    void refusesTwoDifferentUnits() {
        assertThat(Units.read(BLANKET, "12箱", "枚")).isEqualTo(new QuantityReading.UnitsDisagree("箱", "枚"));
    }

    @Test
    void refusesWhatIsTooLargeOrNegative() {
        assertThat(Units.read(BLANKET, "1000000001", "")).isInstanceOf(QuantityReading.OutOfRange.class);
        assertThat(Units.read(BLANKET, "100000001", "箱")).isInstanceOf(QuantityReading.OutOfRange.class);
        assertThat(Units.read(BLANKET, "-5", "")).isInstanceOf(QuantityReading.OutOfRange.class);
    }

    @Test
    void asksWhenAUnitCouldBeTwo() {
        Unit small = new Unit("smallbox", "小箱", "small box", Dimension.COUNT, Set.of("ケース"));
        Item item = new Item(
                BLANKET.id(),
                BLANKET.code(),
                BLANKET.ja(),
                BLANKET.kana(),
                BLANKET.en(),
                BLANKET.group(),
                true,
                BLANKET.base(),
                List.of(
                        new ItemUnit(CatalogueFixture.BOX, 10, 1, Sureness.ASSUMED),
                        new ItemUnit(small, 5, 1, Sureness.ASSUMED)),
                BLANKET.weightGrams(),
                BLANKET.volumeCubicCentimetres(),
                BLANKET.sizeSureness(),
                BLANKET.shelfLifeDays(),
                false,
                BLANKET.alsoCalled(),
                BLANKET.codes());

        assertThat(Units.match(item, "ケース")).isInstanceOf(UnitMatch.Ambiguous.class);
    }

    @Property
    void readsBackEveryNumberItCouldHaveWritten(@ForAll @LongRange(min = 0, max = 1_000_000_000L) long n) {
        String shown = BLANKET.show(new Quantity(n), Locale.JAPANESE);

        assertThat(Units.read(BLANKET, shown, ""))
                .isInstanceOfSatisfying(
                        QuantityReading.Read.class,
                        read -> assertThat(read.quantity()).isEqualTo(new Quantity(n)));
    }

    @Property
    void neverReadsMoreThanTheLargestQuantity(
            @ForAll @StringLength(max = 20) String quantity, @ForAll @StringLength(max = 6) String unit) {
        if (Units.read(WATER, quantity, unit) instanceof QuantityReading.Read read) {
            assertThat(read.quantity().baseUnits()).isBetween(0L, Quantity.LARGEST);
        }
    }
}
