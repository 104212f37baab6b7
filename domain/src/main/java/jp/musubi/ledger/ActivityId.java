package jp.musubi.ledger;

/** Identifies one volunteer activity; 0 is time that has not been assigned yet. */
public record ActivityId(long value) implements Comparable<ActivityId> {

    @Override
    public int compareTo(ActivityId other) {
        return Long.compare(value, other.value);
    }
}
