package jp.musubi.matching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lots and needs, by their places in the sorted lists, that may have to do with each other: those of one item, or of items
 * that can stand in for one another.
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier inside this package, never compared
record Market(int[] lots, int[] needs) {

    long pairs() {
        return (long) lots.length * needs.length;
    }

    /** Groups by item, joined where substitutions join items; the largest first. */
    static List<Market> of(PlanningProblem problem, List<AvailableLot> lots, List<OpenNeed> needs) {
        Map<String, String> leader = new HashMap<>();
        for (Policy.Substitution substitution : problem.policy().substitutions()) {
            String a = lead(leader, substitution.item());
            String b = lead(leader, substitution.insteadOf());
            if (!a.equals(b)) {
                // The smaller name leads, so that the order of substitutions does not matter.
                leader.put(a.compareTo(b) > 0 ? a : b, a.compareTo(b) > 0 ? b : a);
            }
        }
        Map<String, List<Integer>> lotsOf = new TreeMap<>();
        for (int i = 0; i < lots.size(); i++) {
            lotsOf.computeIfAbsent(lead(leader, lots.get(i).item()), key -> new ArrayList<>())
                    .add(i);
        }
        Map<String, List<Integer>> needsOf = new TreeMap<>();
        for (int i = 0; i < needs.size(); i++) {
            needsOf.computeIfAbsent(lead(leader, needs.get(i).item()), key -> new ArrayList<>())
                    .add(i);
        }
        Set<String> names = new TreeSet<>(lotsOf.keySet());
        names.addAll(needsOf.keySet());
        List<Market> groups = new ArrayList<>();
        for (String name : names) {
            groups.add(new Market(
                    lotsOf.getOrDefault(name, List.of()).stream()
                            .mapToInt(Integer::intValue)
                            .toArray(),
                    needsOf.getOrDefault(name, List.of()).stream()
                            .mapToInt(Integer::intValue)
                            .toArray()));
        }
        groups.sort(Comparator.comparingLong(Market::pairs).reversed());
        return groups;
    }

    private static String lead(Map<String, String> leader, String item) {
        String name = item;
        String above = leader.get(name);
        while (above != null) {
            name = above;
            above = leader.get(name);
        }
        return name;
    }
}
