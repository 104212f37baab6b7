package jp.musubi.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How one unit of an item converts to its base unit: {@code perUnits} of the unit hold {@code baseUnits} base units. A
 * box of 24 bottles is 24 to 1; a millilitre of water counted in 500 mL bottles is 1 to 500.
 *
 * @param sureness of the factor; pack sizes are mostly assumed
 */
public record ItemUnit(Unit unit, long baseUnits, long perUnits, Sureness sureness) {

    public ItemUnit {
        if (baseUnits < 1 || perUnits < 1) {
            throw new IllegalArgumentException(
                    "Unit " + unit.code() + " needs positive factors, but had " + baseUnits + " to " + perUnits + ".");
        }
    }

    static ItemUnit base(Unit unit) {
        return new ItemUnit(unit, 1, 1, Sureness.EXACT);
    }

    /** True for the unit in which the item is stored. */
    public boolean isBase() {
        return baseUnits == 1 && perUnits == 1;
    }

    /** Exactly so many base units, or empty if it is no whole number of them. */
    public Optional<BigDecimal> toBase(BigDecimal amount) {
        BigDecimal[] parts =
                amount.multiply(BigDecimal.valueOf(baseUnits)).divideAndRemainder(BigDecimal.valueOf(perUnits));
        return parts[1].signum() == 0 && parts[0].stripTrailingZeros().scale() <= 0
                ? Optional.of(parts[0])
                : Optional.empty();
    }

    /** The largest whole number of base units not above the amount. */
    BigDecimal toBaseRoundedDown(BigDecimal amount) {
        return amount.multiply(BigDecimal.valueOf(baseUnits))
                .divide(BigDecimal.valueOf(perUnits), 0, RoundingMode.DOWN);
    }
}
