package jp.musubi.need;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import jp.musubi.common.Quantity;

/**
 * One thing a community lacks of one item.
 *
 * @param since what arrived from here on counts against it
 */
public record DemandLine(NeedRef ref, Quantity quantity, Priority priority, Optional<Instant> neededBy, Instant since) {

    /** The earliest deadline first, none last; of equal ones the more urgent, then the older word. */
    static final Comparator<DemandLine> EARLIEST_FIRST = Comparator.<DemandLine, Instant>comparing(
                    line -> line.neededBy().orElse(Instant.MAX))
            .thenComparing(DemandLine::priority)
            .thenComparing(DemandLine::since)
            .thenComparing(line -> line.ref().key());

    public boolean isEstimate() {
        return ref instanceof NeedRef.Estimate;
    }
}
