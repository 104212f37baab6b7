package jp.musubi.ledger;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Splits whole units by weight so that the parts add up exactly. */
public final class Shares {

    private Shares() {}

    /**
     * Largest remainder (Hare–Niemeyer): each part is its exact share rounded up or down, ties go to the earlier part.
     *
     * @param total units to split, not negative
     * @param weights not negative, at least one positive; their sum times {@code total} may exceed a long
     */
    public static long[] split(long total, long[] weights) {
        if (total < 0 || LongStream.of(weights).anyMatch(weight -> weight < 0)) {
            throw new IllegalArgumentException("Neither units nor weights are negative, but were " + total + " and "
                    + Arrays.toString(weights) + ".");
        }
        long sum = LongStream.of(weights).reduce(0, Math::addExact);
        if (sum == 0) {
            throw new IllegalArgumentException("At least one weight is positive.");
        }
        long[] parts = new long[weights.length];
        long[] remainders = new long[weights.length];
        long left = total;
        for (int i = 0; i < weights.length; i++) {
            long high = Math.multiplyHigh(total, weights[i]);
            long low = total * weights[i];
            if (high == 0 && low >= 0) {
                parts[i] = low / sum;
                remainders[i] = low % sum;
            } else {
                BigInteger exact = BigInteger.valueOf(total).multiply(BigInteger.valueOf(weights[i]));
                BigInteger[] divided = exact.divideAndRemainder(BigInteger.valueOf(sum));
                parts[i] = divided[0].longValueExact();
                remainders[i] = divided[1].longValueExact();
            }
            left -= parts[i];
        }
        int[] byRemainder = IntStream.range(0, weights.length)
                .boxed()
                .sorted((a, b) -> Long.compare(remainders[b], remainders[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < left; i++) {
            parts[byRemainder[i]]++;
        }
        return parts;
    }
}
