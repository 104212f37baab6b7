package jp.musubi.matching;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.musubi.place.Position;
import org.jspecify.annotations.Nullable;

/**
 * Lots that differ in nothing a plan looks at, each kind as one. What a class sends is shared out to its lots in their
 * order afterwards.
 */
final class LotClasses {

    private record Kind(
            String item,
            String unit,
            Position position,
            Instant readyFrom,
            @Nullable Instant expiresAt,
            @Nullable String pricedHub,
            long pricedLine,
            long pack,
            boolean coldChain,
            @Nullable BitSet forbidden) {}

    private final List<List<Integer>> members = new ArrayList<>();

    /**
     * @param lots in their final order
     * @param forbidden for each lot the columns it must not be joined with; null if there are none
     */
    LotClasses(PlanningProblem problem, List<AvailableLot> lots, @Nullable BitSet @Nullable [] forbidden) {
        Instant now = problem.now();
        boolean priced = !problem.surcharges().limits().isEmpty();
        boolean lines = priced
                && problem.sharing().limits().stream().anyMatch(limit -> limit.measure() == Sharing.Measure.LINES);
        HandlingLimits handling = problem.policy().limits();
        Map<Kind, List<Integer>> byKind = new LinkedHashMap<>(2 * lots.size());
        for (int i = 0; i < lots.size(); i++) {
            AvailableLot lot = lots.get(i);
            Instant from = lot.availableFrom();
            Kind kind = new Kind(
                    lot.item(),
                    lot.unit(),
                    lot.position(),
                    from == null || from.isBefore(now) ? now : from,
                    lot.expiresAt(),
                    priced ? problem.sharing().hubs().get(lot.key()) : null,
                    lines ? lot.quantity() : 0,
                    handling.wholePacks() ? lot.packSize() : 0,
                    problem.policy().spoilsOnTheWay(lot),
                    forbidden == null ? null : forbidden[i]);
            byKind.computeIfAbsent(kind, key -> new ArrayList<>(1)).add(i);
        }
        members.addAll(byKind.values());
    }

    int count() {
        return members.size();
    }

    /** The lots of a class, in their order. */
    List<Integer> members(int lotClass) {
        return members.get(lotClass);
    }

    /** The lot whose figures stand for the class. */
    int representative(int lotClass) {
        return members.get(lotClass).get(0);
    }
}
