package jp.musubi.matching;

/** Names one lot inside a planning problem: the ledger's lot id, or the id its file gave it. */
public record LotKey(String value) implements Comparable<LotKey> {

    public LotKey {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A lot has a key, but it was blank. Maybe the column lot_id is empty?");
        }
    }

    @Override
    public int compareTo(LotKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
