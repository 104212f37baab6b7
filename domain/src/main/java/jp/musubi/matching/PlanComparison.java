package jp.musubi.matching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What changes for whom between two plans.
 *
 * @param needs the needs that get more or less, in the order of their keys
 * @param lines the pairs of lot and need whose quantity differs, in the order of their keys
 * @param before figures of the first plan
 * @param after figures of the second plan
 */
public record PlanComparison(List<NeedChange> needs, List<LineChange> lines, PlanFigures before, PlanFigures after) {

    /** A need that gets another quantity; 0 also if a plan does not know the need. */
    public record NeedChange(NeedKey need, long before, long after) {
        public long difference() {
            return after - before;
        }
    }

    /** Another quantity of a lot for a need; 0 if there is no such line. */
    public record LineChange(LotKey lot, NeedKey need, long before, long after) {}

    public PlanComparison {
        needs = List.copyOf(needs);
        lines = List.copyOf(lines);
    }

    public static PlanComparison between(Plan before, Plan after) {
        record Pair(LotKey lot, NeedKey need) implements Comparable<Pair> {
            @Override
            public int compareTo(Pair other) {
                int byLot = lot.compareTo(other.lot);
                return byLot != 0 ? byLot : need.compareTo(other.need);
            }
        }
        Map<Pair, long[]> byPair = new TreeMap<>();
        Map<NeedKey, long[]> byNeed = new HashMap<>();
        List<Plan> plans = List.of(before, after);
        for (int side = 0; side < 2; side++) {
            for (PlanLine line : plans.get(side).lines()) {
                byPair.computeIfAbsent(new Pair(line.lot(), line.need()), key -> new long[2])[side] += line.quantity();
                byNeed.computeIfAbsent(line.need(), key -> new long[2])[side] += line.quantity();
            }
        }
        List<NeedChange> needs = new ArrayList<>();
        Set<NeedKey> keys = new TreeSet<>(byNeed.keySet());
        for (NeedKey key : keys) {
            long[] quantity = byNeed.getOrDefault(key, new long[2]);
            if (quantity[0] != quantity[1]) {
                needs.add(new NeedChange(key, quantity[0], quantity[1]));
            }
        }
        List<LineChange> lines = new ArrayList<>();
        byPair.forEach((pair, quantity) -> {
            if (quantity[0] != quantity[1]) {
                lines.add(new LineChange(pair.lot, pair.need, quantity[0], quantity[1]));
            }
        });
        return new PlanComparison(needs, lines, before.figures(), after.figures());
    }

    /** Needs that get more. */
    public List<NeedChange> gaining() {
        return needs.stream().filter(change -> change.difference() > 0).toList();
    }

    /** Needs that get less. */
    public List<NeedChange> losing() {
        return needs.stream().filter(change -> change.difference() < 0).toList();
    }

    /** What the second plan costs more in unit-km; negative if less. */
    public double unitKmDifference() {
        return after.unitKm() - before.unitKm();
    }
}
