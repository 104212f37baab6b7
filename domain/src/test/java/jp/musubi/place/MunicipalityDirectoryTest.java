package jp.musubi.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MunicipalityDirectoryTest {

    private final MunicipalityDirectory directory = PlacesFixture.directory();

    @ParameterizedTest
    @CsvSource({
        "大槌町, 03461",
        "大槌, 03461",
        "おおつちちょう, 03461",
        "オオツチ, 03461",
        "ｵｵﾂﾁ, 03461",
        "岩手県大槌町, 03461",
        "岩手県 上閉伊郡 大槌町, 03461",
        "岩手県上閉伊郡大槌町, 03461",
        "上閉伊郡大槌町, 03461",
        "いわてけんおおつちちょう, 03461",
        "Otsuchi, 03461",
        "Ōtsuchi-chō, 03461",
        "OTSUCHI CHO, 03461",
        "Otsuchi Town, 03461",
        "Ootsuchi, 03461",
        "Ohtsuchi, 03461",
        "'Otsuchi, Iwate', 03461",
        "'Otsuchi, Iwate Prefecture', 03461",
        "03461, 03461",
        "034614, 03461",
        "34614, 03461",
        "3461, 03461",
        "仙台市青葉区, 04101",
        "宮城県仙台市青葉区, 04101",
        "青葉区, 04101",
        "青葉, 04101",
        "せんだいしあおばく, 04101",
        "Aoba Ku, 04101",
        "'Aoba-ku, Sendai', 04101",
        "'Aoba-ku, Sendai, Miyagi', 04101",
        "仙台, 04100",
        "仙台市, 04100",
        "塩釜市, 04203",
        "塩竃, 04203",
        "金ヶ崎町, 03381",
        "金が崎町, 03381",
        "金ケ崎, 03381",
        "志津川町, 04606",
        "志津川, 04606",
        "福島, 07201",
        "河北町, 06321",
        "宮城県河北町, 04202",
        "宮城県雄勝町, 04202",
        "秋田県雄勝町, 05207",
        "泉市, 04105",
    })
    void understands(String typed, String code) {
        assertThat(directory.resolve(typed).found())
                .hasValueSatisfying(
                        municipality -> assertThat(municipality.code().value()).isEqualTo(code));
    }

    @Test
    void asksWhichOfTheTwoTownsCalledKaneyama() {
        for (String typed : new String[] {"金山町", "金山", "かねやままち", "Kaneyama"}) {
            assertThat(directory.resolve(typed))
                    .isInstanceOfSatisfying(
                            MunicipalityMatch.Ambiguous.class,
                            ambiguous -> assertThat(ambiguous.candidates())
                                    .extracting(Municipality::code)
                                    .containsExactly(new MunicipalityCode("06361"), new MunicipalityCode("07445")));
        }
        assertThat(codeOf("山形県金山町")).isEqualTo("06361");
        assertThat(codeOf("大沼郡金山町")).isEqualTo("07445");
        assertThat(codeOf("Kaneyama, Fukushima")).isEqualTo("07445");
        assertThat(directory.resolve("金山町", Optional.of(Prefecture.YAMAGATA)).found())
                .contains(directory.getByCode(new MunicipalityCode("06361")));
    }

    @Test
    void asksWhichFormerTownWhenTwoHadTheName() {
        assertThat(directory.resolve("雄勝町")).isInstanceOf(MunicipalityMatch.Ambiguous.class);
    }

    @ParameterizedTest
    @CsvSource({"大槌市, 03461", "大追町, 03461", "おおづち, 03461", "Otsuch, 03461", "釜右市, 03211", "秋田県大槌町, 03461", "南三陸長, 04606"
    })
    void suggestsWhatIsSpelledAlike(String typed, String first) {
        assertThat(directory.resolve(typed))
                .isInstanceOfSatisfying(
                        MunicipalityMatch.Unknown.class,
                        unknown -> assertThat(unknown.suggestions())
                                .extracting(municipality -> municipality.code().value())
                                .contains(first)
                                .hasSizeLessThanOrEqualTo(MunicipalityDirectory.SUGGESTIONS));
    }

    @Test
    void doesNotTakeAPrefectureForAPlaceInIt() {
        assertThat(directory.resolve("岩手").found()).isEmpty();
        assertThat(directory.resolve("宮城").found()).isEmpty();
        assertThat(directory.resolve("岩手県").found()).isEmpty();
    }

    @Test
    void suggestsTheMunicipalityOfAWrongCheckDigit() {
        assertThat(directory.resolve("034610").choices())
                .containsExactly(directory.getByCode(new MunicipalityCode("03461")));
        assertThat(directory.resolve("99999").choices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "岩手県上閉伊郡大槌町上町1-3, 03461",
        "大槌町吉里吉里１丁目, 03461",
        "宮城県仙台市青葉区国分町3-7-1, 04101",
        "宮城県仙台市国分町, 04100",
        "宮城県本吉郡志津川町字塩入, 04606",
        "福島県大沼郡金山町大字川口, 07445",
    })
    void findsTheMunicipalityAnAddressBeginsWith(String address, String code) {
        assertThat(directory.resolveAddress(address, Optional.empty()).found())
                .hasValueSatisfying(
                        municipality -> assertThat(municipality.code().value()).isEqualTo(code));
    }

    @Test
    void saysTheWholeNameInBothLanguages() {
        Municipality aoba = directory.getByCode(new MunicipalityCode("04101"));

        assertThat(directory.fullName(aoba, false)).isEqualTo("宮城県仙台市青葉区");
        assertThat(directory.fullName(aoba, true)).isEqualTo("Aoba-ku, Sendai, Miyagi");
    }

    @Property
    void answersEveryText(@ForAll String text) {
        MunicipalityMatch match = directory.resolve(text);

        assertThat(match.found().isPresent()).isEqualTo(match instanceof MunicipalityMatch.Resolved);
        assertThat(match.choices()).doesNotHaveDuplicates();
    }

    private String codeOf(String typed) {
        return directory.resolve(typed).found().orElseThrow().code().value();
    }
}
