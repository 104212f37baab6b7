package jp.musubi.training;

/** Identifies one trainee in this installation. */
public record TraineeId(long value) implements Comparable<TraineeId> {

    @Override
    public int compareTo(TraineeId other) {
        return Long.compare(value, other.value);
    }
}
