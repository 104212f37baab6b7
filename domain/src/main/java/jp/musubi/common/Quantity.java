package jp.musubi.common;

/**
 * A whole number of base units of one item: pieces, grams, millilitres, yen or minutes.
 *
 * @param baseUnits how many base units, never negative
 */
public record Quantity(long baseUnits) implements Comparable<Quantity> {

    public static final Quantity ZERO = new Quantity(0);

    /** Largest quantity one donation line, need or plan line may have. */
    public static final long LARGEST = 1_000_000_000L;

    public Quantity {
        if (baseUnits < 0) {
            throw new IllegalArgumentException("A quantity is never negative, but was " + baseUnits + ".");
        }
    }

    public Quantity plus(Quantity other) {
        return new Quantity(Math.addExact(baseUnits, other.baseUnits));
    }

    /**
     * @throws IllegalArgumentException if {@code other} is larger than this quantity
     */
    public Quantity minus(Quantity other) {
        return new Quantity(baseUnits - other.baseUnits);
    }

    public boolean isZero() {
        return baseUnits == 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return Long.compare(baseUnits, other.baseUnits);
    }
}
