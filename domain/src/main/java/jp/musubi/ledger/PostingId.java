package jp.musubi.ledger;

/** Identifies one posting; ids need not follow the order of commits. */
public record PostingId(long value) implements Comparable<PostingId> {

    @Override
    public int compareTo(PostingId other) {
        return Long.compare(value, other.value);
    }
}
