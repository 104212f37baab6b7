package jp.musubi.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.common.BilingualText;
import jp.musubi.common.Quantity;
import jp.musubi.inbox.CellParser.Parsed;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Row;

/** Reads the item and quantity cells of any file, and says what is wrong with them in the words of the catalogue. */
public final class ItemCells {

    private static final int LONGEST_NAME = 200;

    private ItemCells() {}

    /** Reads a column with an item's name or code. */
    public static Optional<Item> item(Cells cells, String column, ItemCatalogue catalogue) {
        return cells.required(column, text -> parse(text, catalogue));
    }

    private static Parsed<Item> parse(String text, ItemCatalogue catalogue) {
        if (text.length() > LONGEST_NAME) {
            return unknown(List.of());
        }
        ItemMatch match = catalogue.match(text);
        if (match instanceof ItemMatch.Matched matched) {
            return Parsed.value(matched.item());
        }
        if (match instanceof ItemMatch.Ambiguous ambiguous) {
            return Parsed.wrong(
                    "ambiguous-item",
                    BilingualText.of(
                            "次のどれか: " + names(ambiguous.candidates(), Locale.JAPANESE),
                            "One of: " + names(ambiguous.candidates(), Locale.ENGLISH)),
                    BilingualText.of("どの品目かわかる名前かコードを書いてください。", "Write the name or code of the one you mean."));
        }
        return unknown(match instanceof ItemMatch.Unknown unknown ? unknown.nearest() : List.of());
    }

    private static Parsed<Item> unknown(List<Item> nearest) {
        BilingualText remedy = nearest.isEmpty()
                ? BilingualText.of(
                        "品目一覧の名前かコードを書くか、品目を先に登録してください。",
                        "Write a name or code of the catalogue, or register the item first.")
                : BilingualText.of(
                        "もしかして: " + names(nearest, Locale.JAPANESE), "Maybe: " + names(nearest, Locale.ENGLISH));
        return Parsed.wrong("unknown-item", BilingualText.of("品目一覧にある品目", "An item of the catalogue"), remedy);
    }

    private static String names(List<Item> items, Locale locale) {
        return items.stream()
                .map(item -> item.name(locale) + " (" + item.code() + ")")
                .collect(Collectors.joining(locale.getLanguage().equals("ja") ? "、" : ", "));
    }

    /**
     * Reads the quantity and unit columns of one row.
     *
     * @param least 1, or 0 where nothing is a quantity too
     */
    public static Optional<QuantityReading.Read> quantity(
            Cells cells, Row row, String quantityColumn, String unitColumn, Item item, long least) {
        Optional<String> text = row.text(quantityColumn);
        if (text.isEmpty()) {
            cells.problem(
                    quantityColumn, "missing", range(least), BilingualText.of("数量を入れてください。", "Fill in the quantity."));
            return Optional.empty();
        }
        QuantityReading reading =
                Units.read(item, text.get(), row.text(unitColumn).orElse(""));
        if (reading instanceof QuantityReading.Read read) {
            if (read.quantity().baseUnits() < least) {
                cells.problem(quantityColumn, "out-of-range", range(least), RIGHT_NUMBER);
                return Optional.empty();
            }
            return Optional.of(read);
        }
        note(cells, row, quantityColumn, unitColumn, item, least, reading);
        return Optional.empty();
    }

    private static final BilingualText RIGHT_NUMBER = BilingualText.of("範囲内の数にしてください。", "Give a number in this range.");

    private static void note(
            Cells cells,
            Row row,
            String quantityColumn,
            String unitColumn,
            Item item,
            long least,
            QuantityReading reading) {
        if (reading instanceof QuantityReading.UnitUnclear unclear) {
            String column = row.text(unitColumn).isPresent() ? unitColumn : quantityColumn;
            cells.problem(
                    column,
                    "unknown-unit",
                    BilingualText.of(
                            item.ja() + "の単位: " + units(unclear.allowed(), Locale.JAPANESE),
                            "Units of " + item.en() + ": " + units(unclear.allowed(), Locale.ENGLISH)),
                    BilingualText.of(
                            "一覧の単位にするか、「12箱×24枚」のように1箱の数を書いてください。",
                            "Use a unit of the list, or say what a box holds, like 12 boxes × 24."));
        } else if (reading instanceof QuantityReading.UnitsDisagree disagree) {
            cells.problem(
                    unitColumn,
                    "units-disagree",
                    BilingualText.of("数量の列と同じ単位", "The unit of the quantity column"),
                    BilingualText.of(
                            "数量は「" + disagree.inQuantity() + "」、単位の列は「" + disagree.inUnit() + "」です。どちらかにしてください。",
                            "The quantity says " + disagree.inQuantity() + " and the unit column " + disagree.inUnit()
                                    + ". Keep one."));
        } else if (reading instanceof QuantityReading.NotWhole notWhole) {
            cells.problem(
                    quantityColumn,
                    "not-a-whole-number",
                    BilingualText.of(
                            notWhole.base().ja() + "で数えて整数になる数量",
                            "A whole number of " + notWhole.base().en()),
                    BilingualText.of("端数のない数量にしてください。", "Give a quantity without a fraction."));
        } else if (reading instanceof QuantityReading.OutOfRange) {
            cells.problem(quantityColumn, "out-of-range", range(least), RIGHT_NUMBER);
        } else {
            cells.problem(
                    quantityColumn,
                    "not-a-whole-number",
                    range(least),
                    BilingualText.of(
                            "数字で書いてください（例 300、12箱、12箱×24枚）。", "Write digits, e.g. 300, 12 boxes, 12 boxes × 24."));
        }
    }

    private static BilingualText range(long least) {
        return BilingualText.of(
                String.format(Locale.ROOT, "基本単位で %,d から %,d までの整数", least, Quantity.LARGEST),
                String.format(Locale.ROOT, "A whole number of base units from %,d to %,d", least, Quantity.LARGEST));
    }

    private static String units(List<ItemUnit> units, Locale locale) {
        return units.stream()
                .map(unit -> unit.unit().name(locale))
                .collect(Collectors.joining(locale.getLanguage().equals("ja") ? "、" : ", "));
    }
}
