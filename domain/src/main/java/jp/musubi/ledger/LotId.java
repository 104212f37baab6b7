package jp.musubi.ledger;

/** Identifies one lot in this installation. */
public record LotId(long value) implements Comparable<LotId> {

    @Override
    public int compareTo(LotId other) {
        return Long.compare(value, other.value);
    }
}
