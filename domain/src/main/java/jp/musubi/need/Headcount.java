package jp.musubi.need;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How many people a community has, as far as anybody reported it. A count nobody reported is empty, never 0 and never
 * the shelter's capacity.
 *
 * @param sheltered whether these people sleep in a shelter and not at home
 * @param reportedAt empty if nobody reported yet
 */
public record Headcount(
        OptionalLong people,
        OptionalLong children,
        OptionalLong infants,
        OptionalLong elderly,
        boolean sheltered,
        Optional<Instant> reportedAt) {

    public Headcount {
        Stream.of(people, children, infants, elderly).forEach(count -> {
            if (count.isPresent() && count.getAsLong() < 0) {
                throw new IllegalArgumentException("A headcount is never negative, but was " + count.getAsLong() + ".");
            }
        });
    }

    /** Nobody has said yet how many people there are. */
    public static Headcount unknown(boolean sheltered) {
        return new Headcount(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                sheltered,
                Optional.empty());
    }
}
