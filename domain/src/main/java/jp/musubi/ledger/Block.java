package jp.musubi.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A seal over postings that were committed since the block before. Whoever changes a sealed posting must rebuild all
 * later blocks, and the head that is kept outside the database gives that away.
 *
 * @param number 1, 2, … without gaps
 * @param postings the sealed postings
 * @param merkleRoot over their digests in the order of their ids
 * @param sealedAt real time, in whole microseconds
 */
public record Block(long number, Hash previous, IdRanges postings, Hash merkleRoot, Instant sealedAt, Hash hash) {

    /** Seals postings after {@code previous}, with the hash computed. */
    public static Block seal(long number, Hash previous, IdRanges postings, Hash merkleRoot, Instant sealedAt) {
        return new Block(
                number,
                previous,
                postings,
                merkleRoot,
                sealedAt,
                hash(number, previous, postings, merkleRoot, sealedAt));
    }

    /** Whether the block's own fields give its hash. */
    public boolean isIntact() {
        return hash.equals(hash(number, previous, postings, merkleRoot, sealedAt));
    }

    private static Hash hash(long number, Hash previous, IdRanges postings, Hash merkleRoot, Instant sealedAt) {
        return Hash.of(
                ByteBuffer.allocate(20)
                        .putLong(number)
                        .putLong(sealedAt.getEpochSecond())
                        .putInt(sealedAt.getNano())
                        .array(),
                previous.bytes(),
                merkleRoot.bytes(),
                postings.toString().getBytes(StandardCharsets.UTF_8));
    }
}
