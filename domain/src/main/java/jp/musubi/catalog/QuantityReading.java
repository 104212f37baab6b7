package jp.musubi.catalog;

import java.util.List;
import jp.musubi.common.Quantity;

/** What a quantity that somebody wrote means in the item's base unit. */
public sealed interface QuantityReading {

    /**
     * @param unit the unit it was written in
     */
    record Read(Quantity quantity, ItemUnit unit) implements QuantityReading {}

    /** There is no number, or something around it that is neither a unit nor a pack size. */
    record NotANumber(String text) implements QuantityReading {}

    /** Not a whole number of base units, e.g. 700 mL of what is counted in bottles of 500 mL. */
    record NotWhole(String text, Unit base) implements QuantityReading {}

    /** Below 0 or above {@link Quantity#LARGEST} base units. */
    record OutOfRange(String text) implements QuantityReading {}

    /** The unit is not one of the item's, or could be several of them. */
    record UnitUnclear(String unitText, List<ItemUnit> allowed) implements QuantityReading {
        public UnitUnclear {
            allowed = List.copyOf(allowed);
        }
    }

    /** The number has a unit and the unit column says another one. */
    record UnitsDisagree(String inQuantity, String inUnit) implements QuantityReading {}
}
