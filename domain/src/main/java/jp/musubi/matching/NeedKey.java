package jp.musubi.matching;

/** Names one need inside a planning problem: the need's id, or the id its file gave it. */
public record NeedKey(String value) implements Comparable<NeedKey> {

    public NeedKey {
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "A need has a key, but it was blank. Maybe the column need_id is empty?");
        }
    }

    @Override
    public int compareTo(NeedKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
