package jp.musubi.matching;

/** Names the community that a need belongs to. */
public record CommunityKey(String value) implements Comparable<CommunityKey> {

    public CommunityKey {
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "A community has a key, but it was blank. Maybe the column community_id is empty?");
        }
    }

    @Override
    public int compareTo(CommunityKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
