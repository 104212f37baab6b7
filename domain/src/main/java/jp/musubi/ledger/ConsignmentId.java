package jp.musubi.ledger;

/** Identifies goods that travel together to one community (one waybill). */
public record ConsignmentId(long value) implements Comparable<ConsignmentId> {

    @Override
    public int compareTo(ConsignmentId other) {
        return Long.compare(value, other.value);
    }
}
