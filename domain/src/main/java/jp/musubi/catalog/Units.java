package jp.musubi.catalog;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.common.Quantity;

/**
 * Reads quantities as people write them: {@code 300}, {@code 12箱}, {@code 1,200 枚}, {@code 1.5 kg},
 * {@code 12箱×24枚}. The unit may stand in the quantity or in a column of its own; without one the base unit is meant.
 */
public final class Units {

    private static final String NUMBER = "(?:\\d{1,3}(?:,\\d{3})+|\\d+)";

    private static final Pattern WRITTEN = Pattern.compile("(?<count>-?" + NUMBER + "(?:\\.\\d+)?)"
            + "\\s*(?<unit>[^\\d\\s,.×✕*=x][^,×✕*=]*?)?\\s*"
            + "(?:(?:[×✕*]|(?<=[\\d\\s])x)\\s*(?<each>" + NUMBER + ")\\s*(?<eachUnit>[^\\d\\s,.×✕*=][^,×✕*=]*?)?\\s*"
            + "(?:=\\s*(?<total>" + NUMBER + ")\\s*)?)?");

    private static final int LONGEST = 80;

    /** Words for "one of them", whatever the proper counter is. */
    private static final Set<String> ANY_PIECE = Set.of(
            "個", "こ", "つ", "け", "ゖ", "点", "枚", "本", "pc", "pcs", "piece", "pieces", "each", "ea", "unit", "units");

    private Units() {}

    /** Which of the item's units the text means. Blank means the base unit. */
    public static UnitMatch match(Item item, String text) {
        String key = NameKey.of(text);
        if (key.isEmpty() && text.isBlank()) {
            return new UnitMatch.Known(ItemUnit.base(item.base()));
        }
        List<ItemUnit> units = item.units();
        for (ItemUnit unit : units) {
            if (unit.unit().properKeys().contains(key)) {
                return new UnitMatch.Known(unit);
            }
        }
        List<ItemUnit> written = units.stream()
                .filter(unit -> unit.unit().isAlsoWritten(key) || unit.unit().isAlsoWritten(singular(key)))
                .toList();
        if (written.stream().map(ItemUnit::isBase).toList().contains(true)) {
            return new UnitMatch.Known(ItemUnit.base(item.base()));
        }
        if (written.size() == 1) {
            return new UnitMatch.Known(written.get(0));
        }
        if (written.size() > 1) {
            return new UnitMatch.Ambiguous(written);
        }
        if (item.base().dimension() == Dimension.COUNT && ANY_PIECE.contains(key)) {
            return new UnitMatch.Known(ItemUnit.base(item.base()));
        }
        return new UnitMatch.Unknown(units);
    }

    private static String singular(String key) {
        return key.length() > 2 && key.charAt(key.length() - 1) == 's' ? key.substring(0, key.length() - 1) : key;
    }

    /**
     * Reads a quantity of the item.
     *
     * @param quantityText the number, possibly with its unit or as packs × pieces in a pack
     * @param unitText the unit column, blank if there is none
     */
    public static QuantityReading read(Item item, String quantityText, String unitText) {
        String text = Normalizer.normalize(quantityText, Normalizer.Form.NFKC).strip();
        Matcher written = WRITTEN.matcher(text);
        if (text.length() > LONGEST || !written.matches()) {
            return new QuantityReading.NotANumber(quantityText);
        }
        String inQuantity =
                Optional.ofNullable(written.group("unit")).orElse("").strip();
        String each = written.group("each");
        if (each != null) {
            return readPacks(item, quantityText, written, unitText);
        }
        String unit = inQuantity.isEmpty() ? unitText : inQuantity;
        UnitMatch match = match(item, unit);
        if (match instanceof UnitMatch.Ambiguous ambiguous) {
            return new QuantityReading.UnitUnclear(unit, ambiguous.candidates());
        }
        if (match instanceof UnitMatch.Unknown unknown) {
            return new QuantityReading.UnitUnclear(unit, unknown.allowed());
        }
        ItemUnit known = ((UnitMatch.Known) match).unit();
        if (!inQuantity.isEmpty()
                && !unitText.isBlank()
                && !(match(item, unitText) instanceof UnitMatch.Known column
                        && column.unit().equals(known))) {
            return new QuantityReading.UnitsDisagree(inQuantity, unitText);
        }
        return inBase(item, quantityText, number(written.group("count")), known);
    }

    /** {@code 12箱×24枚}: the text itself says what a pack holds, so that the catalogue's pack size does not matter. */
    private static QuantityReading readPacks(Item item, String text, Matcher written, String unitText) {
        BigDecimal amount = number(written.group("count")).multiply(number(written.group("each")));
        String total = written.group("total");
        if (total != null && number(total).compareTo(amount) != 0) {
            return new QuantityReading.NotANumber(text);
        }
        String packUnit = Optional.ofNullable(written.group("unit")).orElse("").strip();
        String eachUnit = Optional.ofNullable(written.group("eachUnit"))
                .orElse(NameKey.of(packUnit).equals(NameKey.of(unitText)) ? "" : unitText)
                .strip();
        return match(item, eachUnit) instanceof UnitMatch.Known known
                ? inBase(item, text, amount, known.unit())
                : new QuantityReading.UnitUnclear(eachUnit, item.units());
    }

    private static QuantityReading inBase(Item item, String text, BigDecimal amount, ItemUnit unit) {
        if (amount.signum() < 0 || unit.toBaseRoundedDown(amount).compareTo(BigDecimal.valueOf(Quantity.LARGEST)) > 0) {
            return new QuantityReading.OutOfRange(text);
        }
        Optional<BigDecimal> base = unit.toBase(amount);
        if (base.isEmpty()) {
            return new QuantityReading.NotWhole(text, item.base());
        }
        return new QuantityReading.Read(new Quantity(base.get().longValueExact()), unit);
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text.replace(",", ""));
    }
}
