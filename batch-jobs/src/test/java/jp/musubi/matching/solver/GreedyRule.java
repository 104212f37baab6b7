package jp.musubi.matching.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanningProblem;

/**
 * How goods are allocated where nobody optimises: one after the other, each gets the nearest that is left. All three keep
 * deadlines and expiry, as the optimum does; none ever takes anything back.
 */
enum GreedyRule {
    /** Requests in the order in which they came; each is filled from the nearest lots. */
    NEED_BY_NEED("need by need, nearest lot"),

    /** Lots in the order in which they came; each goes to the nearest needs. */
    LOT_BY_LOT("lot by lot, nearest need"),

    /** Requests by their priority, among equals in the order in which they came; each is filled from the nearest lots. */
    PRIORITY_FIRST("priority, then nearest lot");

    private final String title;

    GreedyRule(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    List<PlanLine> plan(PlanningProblem problem) {
        Allocation allocation = new Allocation(problem);
        switch (this) {
            case NEED_BY_NEED -> IntStream.range(0, problem.needs().size()).forEach(allocation::fillNeed);
            case LOT_BY_LOT -> IntStream.range(0, problem.lots().size()).forEach(allocation::emptyLot);
            case PRIORITY_FIRST ->
                IntStream.range(0, problem.needs().size())
                        .boxed()
                        .sorted(Comparator.comparingInt(
                                n -> problem.needs().get(n).priority()))
                        .forEach(allocation::fillNeed);
        }
        return allocation.lines;
    }

    /** What is left of each lot and of each need while one after the other gets its share. */
    private static final class Allocation {

        /** Distances are compared to ten centimetres; what is equally far goes by the order in the lists. */
        private static final double STEPS_PER_KM = 10_000;

        private final PlanningProblem problem;
        private final Map<String, int[]> lotsOf;
        private final Map<String, int[]> needsOf;
        private final long[] left;
        private final long[] lacking;
        private final List<PlanLine> lines = new ArrayList<>();

        Allocation(PlanningProblem problem) {
            this.problem = problem;
            lotsOf = byItem(problem.lots().stream()
                    .map(lot -> lot.item() + "/" + lot.unit())
                    .toList());
            needsOf = byItem(problem.needs().stream()
                    .map(need -> need.item() + "/" + need.unit())
                    .toList());
            left = problem.lots().stream().mapToLong(AvailableLot::quantity).toArray();
            lacking = problem.needs().stream().mapToLong(OpenNeed::quantity).toArray();
        }

        private static Map<String, int[]> byItem(List<String> items) {
            Map<String, List<Integer>> places = new HashMap<>();
            for (int i = 0; i < items.size(); i++) {
                places.computeIfAbsent(items.get(i), key -> new ArrayList<>()).add(i);
            }
            Map<String, int[]> byItem = new HashMap<>();
            places.forEach((item, list) ->
                    byItem.put(item, list.stream().mapToInt(Integer::intValue).toArray()));
            return byItem;
        }

        void fillNeed(int n) {
            OpenNeed need = problem.needs().get(n);
            int[] lots = lotsOf.getOrDefault(need.item() + "/" + need.unit(), new int[0]);
            long[] nearest = new long[lots.length];
            int count = 0;
            for (int l : lots) {
                if (left[l] > 0 && possible(l, n)) {
                    nearest[count++] = step(l, n) << 32 | l;
                }
            }
            Arrays.sort(nearest, 0, count);
            for (int i = 0; i < count && lacking[n] > 0; i++) {
                give((int) nearest[i], n);
            }
        }

        void emptyLot(int l) {
            AvailableLot lot = problem.lots().get(l);
            int[] needs = needsOf.getOrDefault(lot.item() + "/" + lot.unit(), new int[0]);
            long[] nearest = new long[needs.length];
            int count = 0;
            for (int n : needs) {
                if (lacking[n] > 0 && possible(l, n)) {
                    nearest[count++] = step(l, n) << 32 | n;
                }
            }
            Arrays.sort(nearest, 0, count);
            for (int i = 0; i < count && left[l] > 0; i++) {
                give(l, (int) nearest[i]);
            }
        }

        private boolean possible(int l, int n) {
            return PolicyText.cost(
                            problem.now(),
                            problem.lots().get(l),
                            problem.needs().get(n))
                    .isPresent();
        }

        private long step(int l, int n) {
            return Math.round(STEPS_PER_KM
                    * PolicyText.km(problem.lots().get(l), problem.needs().get(n)));
        }

        private void give(int l, int n) {
            long quantity = Math.min(left[l], lacking[n]);
            left[l] -= quantity;
            lacking[n] -= quantity;
            lines.add(
                    Carried.line(problem, problem.lots().get(l), problem.needs().get(n), quantity));
        }
    }
}
