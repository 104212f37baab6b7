package jp.musubi.ledger;

/** Identifies one donor by an opaque number; the name is kept apart and can be deleted. */
public record DonorId(long value) implements Comparable<DonorId> {

    /** Gifts for which nobody said who gave them. */
    public static final DonorId UNNAMED = new DonorId(0);

    @Override
    public int compareTo(DonorId other) {
        return Long.compare(value, other.value);
    }
}
