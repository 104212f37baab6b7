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
            int surcharge,
            @Nullable BitSet forbidden) {}

    private final List<List<Integer>> members = new ArrayList<>();

    /**
     * @param lots in their final order
     * @param forbidden for each lot the columns it must not be joined with; null if there are none
     */
    LotClasses(PlanningProblem problem, List<AvailableLot> lots, @Nullable BitSet @Nullable [] forbidden) {
        Instant now = problem.now();
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
                    problem.surcharges().of(lot.key()),
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
