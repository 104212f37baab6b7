package jp.musubi.ledger;

/** Identifies one project, e.g. a course or a co-operative. */
public record ProjectId(long value) implements Comparable<ProjectId> {

    @Override
    public int compareTo(ProjectId other) {
        return Long.compare(value, other.value);
    }
}
