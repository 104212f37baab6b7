package jp.musubi.place.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.place.FormerName;
import jp.musubi.place.Municipality;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.MunicipalityDamage;
import jp.musubi.place.MunicipalityDirectory;
import jp.musubi.place.MunicipalityMatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlaceFilesTest {

    private static final PlaceFiles FILES = new PlaceFiles();
    private static final MunicipalityDirectory DIRECTORY =
            new MunicipalityDirectory(FILES.municipalities(), FILES.formerNames());

    static Stream<Municipality> municipalities() {
        return FILES.municipalities().stream();
    }

    @Test
    void hasAllMunicipalitiesOfTohokuAndTheWardsOfSendai() {
        List<Municipality> all = FILES.municipalities();

        assertThat(all).hasSize(232);
        assertThat(all.stream().filter(municipality -> municipality.parent().isPresent()))
                .extracting(Municipality::ja)
                .containsExactly("青葉区", "宮城野区", "若林区", "太白区", "泉区");
        assertThat(all.stream()
                        .map(municipality -> municipality.prefecture().ja())
                        .distinct())
                .containsExactly("青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県");
    }

    @ParameterizedTest
    @MethodSource("municipalities")
    void everyWayToWriteItLeadsToItOrAsksWhich(Municipality municipality) {
        String full = DIRECTORY.fullName(municipality, false);
        for (String written : List.of(
                full,
                DIRECTORY.fullName(municipality, true),
                municipality.prefecture().ja() + municipality.district().orElse("") + municipality.ja(),
                municipality.prefecture().kana() + municipality.kana(),
                municipality.code().value(),
                municipality.code().withCheckDigit())) {
            assertThat(DIRECTORY.resolve(written).found()).as(written).contains(municipality);
        }
        for (String written :
                List.of(municipality.ja(), municipality.kana(), municipality.romaji(), municipality.en())) {
            assertThat(meantBy(DIRECTORY.resolve(written))).as(written).contains(municipality);
            assertThat(DIRECTORY
                            .resolve(written, Optional.of(municipality.prefecture()))
                            .found())
                    .as(written + " with its prefecture")
                    .contains(municipality);
        }
        assertThat(DIRECTORY.resolveAddress(full + "本町1-2-3", Optional.empty()).found())
                .contains(municipality);
    }

    @Test
    void onlyTheTwoKaneyamaShareAJapaneseName() {
        assertThat(FILES.municipalities().stream()
                        .filter(municipality ->
                                DIRECTORY.resolve(municipality.ja()) instanceof MunicipalityMatch.Ambiguous))
                .extracting(municipality -> municipality.code().value())
                .containsExactly("06361", "07445");
    }

    @Test
    void everyFormerNameLeadsToWhatItBecame() {
        for (FormerName former : FILES.formerNames()) {
            Municipality now = DIRECTORY.getByCode(former.now());

            assertThat(DIRECTORY.resolve(now.prefecture().ja() + former.ja()).found())
                    .as(former.ja())
                    .contains(now);
            assertThat(meantBy(DIRECTORY.resolve(former.ja())))
                    .as(former.ja())
                    .containsAnyOf(now, DIRECTORY.getByCode(new MunicipalityCode("06321")));
        }
    }

    @Test
    void damageNamesCoastalMunicipalitiesThatExist() {
        List<MunicipalityDamage> damage = FILES.damage();

        assertThat(damage)
                .hasSize(46)
                .allSatisfy(each ->
                        assertThat(DIRECTORY.findByCode(each.municipality())).isPresent());
        assertThat(damage.stream().filter(each -> each.municipality().value().equals("03461")))
                .singleElement()
                .satisfies(otsuchi -> {
                    assertThat(otsuchi.housesDestroyed()).contains(3677);
                    assertThat(otsuchi.housesHalfOrPartial()).isEmpty();
                });
    }

    @Test
    void suggestsCurrentNamesBeforeFormerOnes() {
        assertThat(DIRECTORY.resolve("大追町").choices())
                .extracting(Municipality::ja)
                .containsExactly("大鰐町", "大間町", "大槌町", "大和町", "大郷町");
        assertThat(DIRECTORY.resolve("陸前高山市").choices())
                .first()
                .satisfies(first -> assertThat(first.ja()).isEqualTo("陸前高田市"));
    }

    private static List<Municipality> meantBy(MunicipalityMatch match) {
        return match.found().map(List::of).orElseGet(match::choices);
    }
}
