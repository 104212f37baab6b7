package jp.musubi.need.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.catalog.ItemId;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.DemandLine;
import jp.musubi.need.ItemNeed;
import jp.musubi.need.NetLine;
import org.jspecify.annotations.Nullable;

/**
 * How well a community's needs are covered, as the map colours it. Every need weighs by its priority (8, 4, 2, 1) and
 * by its deadline (2 within 12 hours, 1.5 within two days, else 1), the same weights as in the plan; covered is what was
 * received, is under way or is promised.
 *
 * @param needs how many needs count
 * @param urgent how many of them are urgent or high and not wholly covered
 * @param share covered share of all weights, 0 to 1; null without needs
 * @param deadline the first one among needs that are not wholly covered
 * @param worstItem the item whose lack weighs most; null if nothing lacks
 * @param worstShare how far that item is covered
 * @param estimateOnly whether everything that counts is estimated
 * @param urgency the weight of what is not covered
 */
public record CoverageReading(
        int needs,
        int urgent,
        @Nullable Double share,
        @Nullable Instant deadline,
        @Nullable ItemId worstItem,
        double worstShare,
        boolean estimateOnly,
        double urgency) {

    /**
     * Which needs count.
     *
     * @param priority the least urgent that still counts
     * @param from no earlier deadline
     * @param until no later deadline; with either limit what has no deadline does not count
     */
    public record Filter(Optional<ItemId> item, OptionalInt priority, Optional<Instant> from, Optional<Instant> until) {

        /** Every need counts. */
        public static final Filter NONE =
                new Filter(Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

        boolean takes(DemandLine line) {
            return (priority.isEmpty() || line.priority().number() <= priority.getAsInt())
                    && from.map(limit -> !line.neededBy().orElse(Instant.MIN).isBefore(limit))
                            .orElse(true)
                    && until.map(limit -> !line.neededBy().orElse(Instant.MAX).isAfter(limit))
                            .orElse(true);
        }
    }

    public static CoverageReading of(CommunityNeeds community, Filter filter, Instant now) {
        return of(community, filter, now, Map.of());
    }

    /**
     * As if more were on its way than is.
     *
     * @param coming base units by the key of the need they are for
     */
    public static CoverageReading of(CommunityNeeds community, Filter filter, Instant now, Map<String, Long> coming) {
        int needs = 0;
        int urgent = 0;
        double weights = 0;
        double lacking = 0;
        boolean estimateOnly = true;
        Instant deadline = null;
        ItemId worstItem = null;
        double worstWeight = 0;
        double worstShare = 1;
        for (ItemNeed each : community.items()) {
            if (filter.item().isPresent() && !filter.item().get().equals(each.item())) {
                continue;
            }
            List<NetLine> lines = each.net().lines().stream()
                    .filter(line -> !line.line().quantity().isZero() && filter.takes(line.line()))
                    .toList();
            double itemLacking = 0;
            long gross = 0;
            long net = 0;
            for (NetLine line : lines) {
                double weight = weight(line.line(), now);
                long missing = Math.max(
                        0,
                        line.net().baseUnits()
                                - coming.getOrDefault(line.line().ref().key(), 0L));
                double open = missing / (double) line.line().quantity().baseUnits();
                needs++;
                weights += weight;
                itemLacking += weight * open;
                gross += line.line().quantity().baseUnits();
                net += missing;
                estimateOnly &= line.line().isEstimate();
                if (missing > 0) {
                    urgent += line.line().priority().number() <= 2 ? 1 : 0;
                    deadline = earlier(deadline, line.line().neededBy());
                }
            }
            lacking += itemLacking;
            if (itemLacking > worstWeight) {
                worstWeight = itemLacking;
                worstItem = each.item();
                worstShare = 1 - net / (double) gross;
            }
        }
        return new CoverageReading(
                needs,
                urgent,
                weights == 0 ? null : Math.max(0, 1 - lacking / weights),
                deadline,
                worstItem,
                worstShare,
                needs > 0 && estimateOnly,
                lacking);
    }

    static double weight(DemandLine line, Instant now) {
        double priority = 16 >> line.priority().number();
        Optional<Duration> left = line.neededBy().map(by -> Duration.between(now, by));
        if (left.isEmpty() || left.get().compareTo(Duration.ofDays(2)) > 0) {
            return priority;
        }
        return left.get().compareTo(Duration.ofHours(12)) > 0 ? 1.5 * priority : 2 * priority;
    }

    private static @Nullable Instant earlier(@Nullable Instant known, Optional<Instant> other) {
        return other.isPresent() && (known == null || other.get().isBefore(known)) ? other.get() : known;
    }
}
