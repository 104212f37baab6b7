package jp.musubi.matching;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What there is to plan with at one moment.
 *
 * @param lots with something free, at a known place
 * @param needs with something still to be found, at a known place
 * @param lotsWithoutPlace lots that cannot be planned because nobody knows where they are
 * @param lotsInClosedHubs lots that cannot be planned because their hub is paused or closed
 * @param needsWithoutPlace needs that cannot be planned because nobody knows where they are
 * @param people by community, where somebody has counted them
 * @param hubOfLot the hub a lot leaves from
 * @param capacities what hubs and their vehicles can do, where somebody has said it
 * @param bulks of one unit of an item, where the catalogue knows; no hours in it
 * @param municipalities by community
 */
public record PlanningInput(
        List<AvailableLot> lots,
        List<OpenNeed> needs,
        int lotsWithoutPlace,
        int lotsInClosedHubs,
        int needsWithoutPlace,
        Map<CommunityKey, Sharing.People> people,
        Map<LotKey, String> hubOfLot,
        List<Capacity> capacities,
        Map<String, Sharing.Bulk> bulks,
        Map<CommunityKey, String> municipalities) {

    /**
     * What a hub, or vehicles from it to a municipality, can do in a day.
     *
     * @param municipality where the vehicles go; null = all that leaves the hub
     * @param perDay by measure, where somebody has said it
     * @param taken what of that is promised or has left in the last 24 hours; hours are not counted here
     */
    public record Capacity(
            String hub,
            @Nullable String municipality,
            Map<Sharing.Measure, Double> perDay,
            Map<Sharing.Measure, Double> taken) {
        public Capacity {
            perDay = Map.copyOf(perDay);
            taken = Map.copyOf(taken);
        }
    }

    public PlanningInput {
        lots = List.copyOf(lots);
        needs = List.copyOf(needs);
        people = Map.copyOf(people);
        hubOfLot = Map.copyOf(hubOfLot);
        capacities = List.copyOf(capacities);
        bulks = Map.copyOf(bulks);
        municipalities = Map.copyOf(municipalities);
    }

    /**
     * What items share under a policy; nothing if the policy looks at each need and item by itself.
     *
     * @param now the time that days are counted from
     */
    public Sharing sharing(Policy policy, Instant now) {
        List<Sharing.Limit> limits = policy.limits().days() == 0 ? List.of() : limits(policy.limits(), now);
        boolean even = policy.fairness().joinsItems();
        boolean weighs = policy.limits().leastShipmentKg() > 0;
        if (!even && !weighs && limits.isEmpty()) {
            return Sharing.NOTHING;
        }
        Map<String, Sharing.Bulk> worked = new HashMap<>();
        bulks.forEach((item, bulk) -> worked.put(
                item,
                new Sharing.Bulk(
                        bulk.kilograms(),
                        bulk.cubicMetres(),
                        bulk.kilograms() / policy.limits().kilogramsPerHour())));
        boolean routes = limits.stream().anyMatch(limit -> limit.municipality() != null);
        return new Sharing(
                even ? people : Map.of(),
                limits.isEmpty() ? Map.of() : hubOfLot,
                limits,
                limits.isEmpty() && !weighs ? Map.of() : worked,
                routes ? municipalities : Map.of());
    }

    /** One for each run of days on which something must leave: then what is planned can be passed on day by day. */
    private List<Sharing.Limit> limits(HandlingLimits handling, Instant now) {
        int days = handling.days();
        Map<String, Integer> lastArrivalDay = new HashMap<>();
        for (AvailableLot lot : lots) {
            String hub = hubOfLot.get(lot.key());
            if (hub != null && lot.availableFrom() != null) {
                long day =
                        Math.floorDiv(Duration.between(now, lot.availableFrom()).toSeconds(), 86_400L);
                lastArrivalDay.merge(hub, (int) Math.min(days - 1L, Math.max(0, day)), Math::max);
            }
        }
        boolean somethingIsDue = needs.stream().anyMatch(need -> need.neededBy() != null)
                || lots.stream().anyMatch(lot -> lot.expiresAt() != null);
        List<Sharing.Limit> limits = new ArrayList<>();
        for (Capacity capacity : capacities) {
            Map<Sharing.Measure, Double> taken = new EnumMap<>(Sharing.Measure.class);
            taken.putAll(capacity.taken());
            taken.put(
                    Sharing.Measure.HOURS,
                    taken.getOrDefault(Sharing.Measure.KILOGRAMS, 0.0) / handling.kilogramsPerHour());
            capacity.perDay().forEach((measure, perDay) -> {
                for (int first = 0; first <= lastArrivalDay.getOrDefault(capacity.hub(), 0); first++) {
                    for (int last = somethingIsDue ? first : days - 1; last < days; last++) {
                        double most = perDay * (last - first + 1) - (first == 0 ? taken.getOrDefault(measure, 0.0) : 0);
                        limits.add(new Sharing.Limit(
                                capacity.hub(), capacity.municipality(), measure, first, last, Math.max(0, most)));
                    }
                }
            });
        }
        return limits;
    }
}
