package jp.musubi.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemGroup;
import jp.musubi.catalog.ItemMatch;
import jp.musubi.catalog.ItemUnit;
import jp.musubi.catalog.QuantityReading;
import jp.musubi.catalog.Sureness;
import jp.musubi.catalog.UnitMatch;
import jp.musubi.catalog.Units;
import jp.musubi.common.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalogue that ships with the program. */
class CatalogueFilesTest {

    private static final CatalogueFiles FILES = CatalogueFiles.read();
    private static final ItemCatalogue CATALOGUE = new ItemCatalogue(FILES.items(), FILES.substitutes());

    @Test
    void hasTheEightItemsTheStatePushes() {
        assertThat(FILES.items().stream().filter(Item::pushItem).map(Item::ja))
                .containsExactlyInAnyOrder(
                        "食料（1食分）", "毛布", "乳児用ミルク", "小児用おむつ", "大人用おむつ", "携帯・簡易トイレ", "トイレットペーパー", "生理用品");
    }

    @Test
    void hasEveryGroup() {
        Map<ItemGroup, Long> counts =
                FILES.items().stream().collect(Collectors.groupingBy(Item::group, Collectors.counting()));

        assertThat(counts).containsOnlyKeys(ItemGroup.values());
    }

    @Test
    void findsEveryItemUnderItsOwnNames() {
        for (Item item : FILES.items()) {
            for (String name : List.of(item.code().value(), item.ja(), item.en())) {
                assertThat(CATALOGUE.match(name)).as(name).isEqualTo(new ItemMatch.Matched(item));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "水, WATER",
        "500mlの水, WATER",
        "ペットボトル水, WATER",
        "カイロ, HEAT-PACK",
        "ﾎｯｶｲﾛ, HEAT-PACK",
        "粉ミルク, MILK-POWDER",
        "紙おむつ（大人用）, NAPPY-ADULT",
        "おむつ(子供用), ",
        "ブルーシート, TARPAULIN",
        "生理用ナプキン, SANITARY",
        "カップラーメン, NOODLE-CUP",
        "味噌, MISO",
        "灯油, KEROSENE",
        "励ましの手紙, LETTER",
        "義援金, YEN",
        "おむつ, ",
        "下着, ",
        "電池, ",
        "ミルク, "
    })
    void knowsWhatPeopleWrite(String text, String code) {
        ItemMatch match = CATALOGUE.match(text);
        if (code == null) {
            assertThat(match).isNotInstanceOf(ItemMatch.Matched.class);
        } else {
            assertThat(match).isEqualTo(new ItemMatch.Matched(CATALOGUE.getByCode(new ItemCode(code))));
        }
    }

    @Test
    void suggestsWhenItDoesNotKnow() {
        assertThat(CATALOGUE.match("アルファ化ライス"))
                .isInstanceOfSatisfying(
                        ItemMatch.Unknown.class,
                        unknown -> assertThat(unknown.nearest())
                                .extracting(Item::code)
                                .contains(new ItemCode("RICE-ALPHA")));
    }

    @Test
    void readsEveryUnitOfEveryItemUnderItsOwnNames() {
        for (Item item : FILES.items()) {
            for (ItemUnit unit : item.units()) {
                for (String name : List.of(
                        unit.unit().code(), unit.unit().ja(), unit.unit().en())) {
                    assertThat(Units.match(item, name))
                            .as(item.code() + " " + name)
                            .isEqualTo(new UnitMatch.Known(unit));
                }
            }
        }
    }

    @Test
    void countsWaterTheSameWhetherInBottlesBoxesOrLitres() {
        Item water = CATALOGUE.getByCode(new ItemCode("WATER"));

        for (String written : List.of("24本", "1箱", "12L", "12000mL", "24 bottles")) {
            assertThat(Units.read(water, written, ""))
                    .as(written)
                    .isInstanceOfSatisfying(
                            QuantityReading.Read.class,
                            read -> assertThat(read.quantity()).isEqualTo(new Quantity(24)));
        }
        assertThat(Units.read(water, "6", "2Lボトル"))
                .isInstanceOfSatisfying(
                        QuantityReading.Read.class,
                        read -> assertThat(read.quantity()).isEqualTo(new Quantity(24)));
    }

    @Test
    void inventsNoCodesOfOtherCatalogues() {
        assertThat(FILES.items().stream().flatMap(item -> item.codes().stream()))
                .singleElement()
                .satisfies(code -> {
                    assertThat(code.scheme()).isEqualTo("IFRC");
                    assertThat(code.sureness()).isEqualTo(Sureness.VERIFIED);
                });
    }

    @Test
    void goodsHaveWeightAndVolumeAndTheRestHasNeither() {
        assertThat(FILES.items()).allSatisfy(item -> {
            assertThat(item.weightGrams().isPresent()).isEqualTo(item.group().isGoods());
            assertThat(item.volumeCubicCentimetres().isPresent())
                    .isEqualTo(item.group().isGoods());
        });
    }
}
