package jp.musubi.volunteer;

/** Identifies one shift in this installation. */
public record ShiftId(long value) implements Comparable<ShiftId> {

    @Override
    public int compareTo(ShiftId other) {
        return Long.compare(value, other.value);
    }
}
