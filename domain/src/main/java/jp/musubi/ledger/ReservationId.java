package jp.musubi.ledger;

/** Identifies one reservation. */
public record ReservationId(long value) implements Comparable<ReservationId> {

    @Override
    public int compareTo(ReservationId other) {
        return Long.compare(value, other.value);
    }
}
