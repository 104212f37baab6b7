package jp.musubi.catalog;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A few items for tests, with units of every dimension. */
public final class CatalogueFixture {

    public static final Unit SHEET = new Unit("sheet", "枚", "sheet", Dimension.COUNT, Set.of("sheets"));
    public static final Unit BOX = new Unit("box", "箱", "box", Dimension.COUNT, Set.of("ケース", "boxes", "cases"));
    public static final Unit PACK = new Unit("pack", "パック", "pack", Dimension.COUNT, Set.of("packs"));
    public static final Unit BOTTLE = new Unit("bottle500", "本（500mL）", "500 mL bottle", Dimension.COUNT, Set.of("本"));
    public static final Unit LITRE = new Unit("l", "L", "L", Dimension.VOLUME, Set.of("リットル", "litres"));
    public static final Unit ML = new Unit("ml", "mL", "mL", Dimension.VOLUME, Set.of("cc"));
    public static final Unit GRAM = new Unit("g", "g", "g", Dimension.MASS, Set.of("グラム"));
    public static final Unit KILO = new Unit("kg", "kg", "kg", Dimension.MASS, Set.of("キロ"));

    public static final Item BLANKET = item(
            1,
            "BLANKET",
            "毛布",
            "もうふ",
            "Blanket",
            ItemGroup.HOUSEHOLD,
            SHEET,
            List.of(new ItemUnit(BOX, 10, 1, Sureness.ASSUMED)),
            Set.of("ブランケット"),
            List.of(new ExternalCode("IFRC", "HSHEBLANCLT2", Sureness.VERIFIED)));

    public static final Item WATER = item(
            2,
            "WATER",
            "飲料水",
            "いんりょうすい",
            "Drinking water",
            ItemGroup.WATER,
            BOTTLE,
            List.of(
                    new ItemUnit(LITRE, 2, 1, Sureness.EXACT),
                    new ItemUnit(ML, 1, 500, Sureness.EXACT),
                    new ItemUnit(BOX, 24, 1, Sureness.ASSUMED)),
            Set.of("水", "ミネラルウォーター"),
            List.of());

    public static final Item CHILD_NAPPY = item(
            3,
            "NAPPY-CHILD",
            "小児用おむつ",
            "しょうによおむつ",
            "Child nappy",
            ItemGroup.HYGIENE,
            SHEET,
            List.of(new ItemUnit(PACK, 60, 1, Sureness.ASSUMED)),
            Set.of("おむつ", "diapers", "子ども用おむつ"),
            List.of());

    public static final Item ADULT_NAPPY = item(
            4,
            "NAPPY-ADULT",
            "大人用おむつ",
            "おとなようおむつ",
            "Adult nappy",
            ItemGroup.HYGIENE,
            SHEET,
            List.of(new ItemUnit(PACK, 20, 1, Sureness.ASSUMED)),
            Set.of("おむつ", "diapers"),
            List.of());

    public static final Item FORMULA = item(
            5,
            "MILK-POWDER",
            "乳児用ミルク",
            "にゅうじようみるく",
            "Infant formula",
            ItemGroup.FOOD,
            GRAM,
            List.of(new ItemUnit(KILO, 1000, 1, Sureness.EXACT)),
            Set.of("粉ミルク"),
            List.of());

    public static final Item TOILET_PAPER = item(
            6,
            "TOILET-PAPER",
            "トイレットペーパー",
            "といれっとぺーぱー",
            "Toilet paper",
            ItemGroup.HYGIENE,
            new Unit("roll", "巻", "roll", Dimension.COUNT, Set.of("ロール")),
            List.of(),
            Set.of(),
            List.of());

    public static final ItemCatalogue CATALOGUE =
            new ItemCatalogue(List.of(BLANKET, WATER, CHILD_NAPPY, ADULT_NAPPY, FORMULA, TOILET_PAPER), List.of());

    private CatalogueFixture() {}

    private static Item item(
            long id,
            String code,
            String ja,
            String kana,
            String en,
            ItemGroup group,
            Unit base,
            List<ItemUnit> packs,
            Set<String> alsoCalled,
            List<ExternalCode> codes) {
        return new Item(
                new ItemId(id),
                new ItemCode(code),
                ja,
                kana,
                en,
                group,
                true,
                base,
                packs,
                OptionalLong.of(680),
                OptionalLong.of(1530),
                Sureness.ASSUMED,
                OptionalInt.empty(),
                false,
                alsoCalled,
                codes);
    }
}
