package jp.musubi.need;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.place.CommunityId;

/**
 * What counts as demand of one community for one item: all open requests, and the newest valid assessment or else the
 * estimate. An estimate covers only what was not asked for: people who ask are part of the community it is about.
 */
public final class Demand {

    /** An assessment older than this does not count any more, and the estimate returns. */
    public static final Duration ASSESSMENT_VALID_FOR = Duration.ofDays(7);

    private Demand() {}

    /** The open requests and the newest valid assessment, in no particular order. */
    public static List<DemandLine> reported(List<Need> needs, Instant now) {
        List<DemandLine> lines = new ArrayList<>();
        needs.stream()
                .filter(need -> need.kind() == NeedKind.REQUEST && !need.withdrawn())
                .forEach(need -> lines.add(line(need)));
        newestAssessment(needs, now).ifPresent(need -> lines.add(line(need)));
        return lines;
    }

    /** All demand lines; {@code estimate} is not used where a valid assessment is newer than nothing. */
    public static List<DemandLine> of(
            CommunityId community, ItemId item, List<Need> needs, Optional<EstimateOutcome> estimate, Instant now) {
        List<DemandLine> lines = reported(needs, now);
        boolean assessed = newestAssessment(needs, now).isPresent();
        if (!assessed
                && estimate.isPresent()
                && estimate.get() instanceof EstimateOutcome.Estimated estimated
                && !estimated.lacking().isZero()) {
            long asked = lines.stream()
                    .mapToLong(line -> line.quantity().baseUnits())
                    .sum();
            long unasked = estimated.lacking().baseUnits() - asked;
            if (unasked > 0) {
                lines.add(new DemandLine(
                        new NeedRef.Estimate(community, item),
                        new Quantity(unasked),
                        estimated.priority(),
                        Optional.of(estimated.neededBy()),
                        // What arrived until now is already in the estimate.
                        now.plusNanos(1)));
            }
        }
        return lines;
    }

    /** The assessment that counts: not withdrawn, not from the future, not too old; the newest, then the last stored. */
    public static Optional<Need> newestAssessment(List<Need> needs, Instant now) {
        return needs.stream()
                .filter(need -> need.kind() == NeedKind.ASSESSMENT
                        && !need.withdrawn()
                        && !need.reportedAt().isAfter(now)
                        && !need.reportedAt().plus(ASSESSMENT_VALID_FOR).isBefore(now))
                .max(Comparator.comparing(Need::reportedAt)
                        .thenComparing(need -> need.id().value()));
    }

    private static DemandLine line(Need need) {
        return new DemandLine(
                new NeedRef.Stored(need.kind(), need.id()),
                need.quantity(),
                need.priority(),
                need.neededBy(),
                need.reportedAt());
    }
}
