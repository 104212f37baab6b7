package jp.musubi.ledger;

import jp.musubi.common.Quantity;

/**
 * How much of a lot is in an inside account.
 *
 * @param onHand all of it
 * @param reserved the part that is promised; at most {@code onHand}
 */
public record Balance(Quantity onHand, Quantity reserved) {

    public static final Balance EMPTY = new Balance(Quantity.ZERO, Quantity.ZERO);

    public Balance {
        if (reserved.compareTo(onHand) > 0) {
            throw new IllegalArgumentException(
                    "More is reserved than there is: " + reserved.baseUnits() + " of " + onHand.baseUnits() + ".");
        }
    }

    /** What is not promised to anybody. */
    public Quantity free() {
        return onHand.minus(reserved);
    }
}
