package jp.musubi.ledger;

import java.util.ArrayList;
import java.util.List;

/** A binary hash tree as in RFC 6962: leaves and inner nodes are hashed with different first bytes. */
public final class MerkleTree {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleTree() {}

    /** The root over the digests in their order; at least one. */
    public static Hash root(List<Hash> digests) {
        if (digests.isEmpty()) {
            throw new IllegalArgumentException("A tree needs at least one leaf.");
        }
        List<Hash> level = new ArrayList<>(digests.size());
        digests.forEach(digest -> level.add(Hash.of(LEAF, digest.bytes())));
        List<Hash> current = level;
        while (current.size() > 1) {
            List<Hash> next = new ArrayList<>((current.size() + 1) / 2);
            for (int i = 0; i < current.size(); i += 2) {
                next.add(
                        i + 1 < current.size()
                                ? Hash.of(
                                        NODE,
                                        current.get(i).bytes(),
                                        current.get(i + 1).bytes())
                                : current.get(i));
            }
            current = next;
        }
        return current.get(0);
    }
}
