package jp.musubi.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jp.musubi.place.MunicipalityCode.Reading;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MunicipalityCodeTest {

    /** Codes with check digits as the ministry publishes them: Sapporo, Otsuchi, Sendai, Chiyoda, Osaka, Naha. */
    @ParameterizedTest
    @CsvSource({"01100, 011002", "03461, 034614", "04100, 041009", "13101, 131016", "27100, 271004", "47201, 472018"})
    void knowsTheCheckDigit(String five, String six) {
        assertThat(new MunicipalityCode(five).withCheckDigit()).isEqualTo(six);
        assertThat(MunicipalityCode.of(six)).isEqualTo(new MunicipalityCode(five));
    }

    @Test
    void readsWhatASpreadsheetLeftOfACode() {
        assertThat(MunicipalityCode.of("3461")).isEqualTo(new MunicipalityCode("03461"));
        assertThat(MunicipalityCode.of("０３４６１")).isEqualTo(new MunicipalityCode("03461"));
        assertThat(MunicipalityCode.of(" 034614 ")).isEqualTo(new MunicipalityCode("03461"));
    }

    @Test
    void saysWhenTheCheckDigitDoesNotFit() {
        assertThat(MunicipalityCode.read("034615"))
                .isEqualTo(new Reading.WrongCheckDigit(new MunicipalityCode("03461")));
    }

    @ParameterizedTest
    @CsvSource({"大槌町", "48100", "00100", "123", "1234567", "03-461", "''"})
    void leavesOtherTextsAlone(String text) {
        assertThat(MunicipalityCode.read(text)).isEqualTo(new Reading.NotACode());
        assertThatThrownBy(() -> MunicipalityCode.of(text)).hasMessageContaining("Maybe 03461?");
    }

    @Property
    void noticesEverySingleWrongDigitExceptWhereTheRuleCannot(
            @ForAll @IntRange(min = 1001, max = 47999) int number,
            @ForAll @IntRange(min = 2, max = 4) int place,
            @ForAll @IntRange(min = 1, max = 9) int shift) {
        String five = String.format("%05d", number);
        String six = new MunicipalityCode(five).withCheckDigit();
        int wrong = (six.charAt(place) - '0' + shift) % 10;
        String typed = six.substring(0, place) + wrong + six.substring(place + 1);

        // Remainders 0 and 10 … share their last digit: 11 and 1 both give 1, 10 gives 0.
        boolean sameDigit =
                new MunicipalityCode(typed.substring(0, 5)).withCheckDigit().equals(typed);
        assertThat(MunicipalityCode.read(typed) instanceof Reading.WrongCheckDigit)
                .isEqualTo(!sameDigit);
        if (sameDigit) {
            assertThat(six.charAt(5)).isIn('0', '1');
        }
    }

    @Property
    void readsBackWhatItWrites(@ForAll @IntRange(min = 1001, max = 47999) int number) {
        MunicipalityCode code = new MunicipalityCode(String.format("%05d", number));

        assertThat(MunicipalityCode.of(code.withCheckDigit())).isEqualTo(code);
        assertThat(MunicipalityCode.of(code.value())).isEqualTo(code);
        assertThat(Prefecture.ofCode(code.prefecture().code())).isEqualTo(code.prefecture());
    }

    @ParameterizedTest
    @ValueSource(strings = {"032115", "32115", "03211", "3211", "０３２１１５"})
    void knowsTheSameMunicipalityWhateverASpreadsheetMadeOfItsCode(String written) {
        assertThat(MunicipalityCode.readWithoutZero(written)).contains(new MunicipalityCode("03211"));
    }
}
