package jp.musubi.ledger;

/** Identifies one fund; 0 is the response's general fund. */
public record FundId(long value) implements Comparable<FundId> {

    @Override
    public int compareTo(FundId other) {
        return Long.compare(value, other.value);
    }
}
