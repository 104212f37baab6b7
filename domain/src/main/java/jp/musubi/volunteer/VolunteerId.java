package jp.musubi.volunteer;

/** Identifies one volunteer in this installation. */
public record VolunteerId(long value) implements Comparable<VolunteerId> {

    @Override
    public int compareTo(VolunteerId other) {
        return Long.compare(value, other.value);
    }
}
