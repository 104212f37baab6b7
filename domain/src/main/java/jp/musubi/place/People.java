package jp.musubi.place;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many people there are, as far as somebody has reported; empty = unknown, which is not zero. The groups are parts
 * of the total and may overlap (a list may count infants among the children).
 */
public record People(
        Optional<Integer> total, Optional<Integer> children, Optional<Integer> infants, Optional<Integer> elderly) {

    /** Nobody has reported. */
    public static final People UNKNOWN =
            new People(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** More people than any place holds: a larger number is a slip of the pen. */
    public static final int MOST = 1_000_000;

    public People {
        Stream.of(total, children, infants, elderly).flatMap(Optional::stream).forEach(count -> {
            if (count < 0 || count > MOST) {
                throw new IllegalArgumentException("A headcount is 0 to " + MOST + ", but was " + count + ".");
            }
        });
    }

    /** Whether no group is larger than the total. */
    public boolean isConsistent() {
        return total.isEmpty()
                || Stream.of(children, infants, elderly)
                        .flatMap(Optional::stream)
                        .allMatch(count -> count <= total.get());
    }
}
