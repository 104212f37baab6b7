package jp.musubi.ledger;

import java.util.Comparator;

/** One lot in one inside account. Ordered, because rows are locked in this order. */
public record BalanceKey(LotId lot, Account.Inside account) implements Comparable<BalanceKey> {

    private static final Comparator<BalanceKey> ORDER = Comparator.comparing(BalanceKey::lot)
            .thenComparing(key -> key.account().kind())
            .thenComparingLong(key -> key.account().ref());

    @Override
    public int compareTo(BalanceKey other) {
        return ORDER.compare(this, other);
    }
}
