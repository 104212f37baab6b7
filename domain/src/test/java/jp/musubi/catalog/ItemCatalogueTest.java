package jp.musubi.catalog;

import static jp.musubi.catalog.CatalogueFixture.ADULT_NAPPY;
import static jp.musubi.catalog.CatalogueFixture.BLANKET;
import static jp.musubi.catalog.CatalogueFixture.CATALOGUE;
import static jp.musubi.catalog.CatalogueFixture.CHILD_NAPPY;
import static jp.musubi.catalog.CatalogueFixture.FORMULA;
import static jp.musubi.catalog.CatalogueFixture.TOILET_PAPER;
import static jp.musubi.catalog.CatalogueFixture.WATER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemCatalogueTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "毛布",
                " 毛 布 ",
                "もうふ",
                "モウフ",
                "ﾓｳﾌ",
                "BLANKET",
                "blanket",
                "Blankets",
                "ブランケット",
                "HSHEBLANCLT2",
                "IFRC:HSHEBLANCLT2",
                "ifrc hsheblanclt2"
            })
    void findsABlanketUnderWhateverItIsCalled(String text) {
        assertThat(CATALOGUE.match(text)).isEqualTo(new ItemMatch.Matched(BLANKET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"トイレットペーパー", "ﾄｲﾚｯﾄﾍﾟｰﾊﾟｰ", "といれっと・ぺーぱー", "トイレットペーパ", "TOILET PAPER", "toilet-paper"})
    void doesNotMindWidthLongVowelsAndPunctuation(String text) {
        assertThat(CATALOGUE.match(text)).isEqualTo(new ItemMatch.Matched(TOILET_PAPER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"おむつ", "オムツ", "diapers", "DIAPERS"})
    void asksWhichOneWhenANameBelongsToTwo(String text) {
        assertThat(CATALOGUE.match(text)).isEqualTo(new ItemMatch.Ambiguous(List.of(CHILD_NAPPY, ADULT_NAPPY)));
    }

    @Test
    void suggestsTheNearestWithoutTakingIt() {
        assertThat(CATALOGUE.match("毛布（新品）"))
                .isInstanceOfSatisfying(
                        ItemMatch.Unknown.class,
                        unknown -> assertThat(unknown.nearest()).first().isEqualTo(BLANKET));
        assertThat(CATALOGUE.match("blnaket"))
                .isInstanceOfSatisfying(
                        ItemMatch.Unknown.class,
                        unknown -> assertThat(unknown.nearest()).first().isEqualTo(BLANKET));
        assertThat(CATALOGUE.match("ミルク"))
                .isInstanceOfSatisfying(
                        ItemMatch.Unknown.class,
                        unknown -> assertThat(unknown.nearest()).contains(FORMULA));
    }

    @Test
    void neverTakesMilkForAllergyAsMilk() {
        assertThat(CATALOGUE.match("粉ミルク（アレルギー用）")).isInstanceOf(ItemMatch.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "・・", "ー"})
    void emptyNamesAreUnknownWithoutSuggestions(String text) {
        assertThat(CATALOGUE.match(text)).isEqualTo(new ItemMatch.Unknown(List.of()));
    }

    @Property
    void anyTextGetsAnAnswerAndEveryMatchIsReallyCalledThat(@ForAll @StringLength(max = 40) String text) {
        if (CATALOGUE.match(text) instanceof ItemMatch.Matched matched) {
            assertThat(NameKey.of(text)).isNotEmpty();
            assertThat(CATALOGUE.listItems()).contains(matched.item());
        } else if (CATALOGUE.match(text) instanceof ItemMatch.Ambiguous ambiguous) {
            assertThat(ambiguous.candidates()).hasSizeGreaterThan(1);
        } else {
            assertThat(((ItemMatch.Unknown) CATALOGUE.match(text)).nearest())
                    .hasSizeLessThanOrEqualTo(ItemCatalogue.SUGGESTIONS);
        }
    }

    @Test
    void refusesTheSameCodeTwice() {
        assertThatThrownBy(() -> new ItemCatalogue(List.of(WATER, WATER), List.of()))
                .hasMessageContaining("WATER");
    }

    @Test
    void refusesASubstituteThatIsNotThere() {
        Substitute missing =
                new Substitute(new ItemCode("BLANKET"), new ItemCode("SLEEPING-BAG"), 2, 1, Sureness.ASSUMED);

        assertThatThrownBy(() -> new ItemCatalogue(List.of(BLANKET), List.of(missing)))
                .hasMessageContaining("SLEEPING-BAG");
    }
}
