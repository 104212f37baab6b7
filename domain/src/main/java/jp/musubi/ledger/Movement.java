package jp.musubi.ledger;

import jp.musubi.common.Quantity;

/** Units of one lot leave one account and enter another. */
public record Movement(LotId lot, Account from, Account to, Quantity quantity) {

    public Movement {
        if (quantity.isZero()) {
            throw new IllegalArgumentException("A movement of lot " + lot.value() + " moves nothing.");
        }
        if (from.equals(to)) {
            throw new IllegalArgumentException(
                    "A movement of lot " + lot.value() + " ends where it began: " + from + ".");
        }
    }

    Movement back() {
        return new Movement(lot, to, from, quantity);
    }
}
