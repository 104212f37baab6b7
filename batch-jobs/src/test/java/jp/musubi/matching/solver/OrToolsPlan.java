package jp.musubi.matching.solver;

import com.google.ortools.Loader;
import com.google.ortools.graph.MinCostFlow;
import com.google.ortools.graph.MinCostFlowBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.place.Position;

/**
 * The rival: the same plan by OR-Tools' min-cost flow, from the policy's text and not from our classes, so that an error
 * in either shows. Great circles, no locks, no substitutes.
 */
final class OrToolsPlan {

    private final MinCostFlow flow = new MinCostFlow();
    private int arcs;

    private OrToolsPlan() {}

    static {
        Loader.loadNativeLibraries();
    }

    /** The network with all its arcs, not yet solved. */
    static OrToolsPlan build(PlanningProblem problem) {
        OrToolsPlan plan = new OrToolsPlan();
        List<AvailableLot> lots = problem.lots();
        List<OpenNeed> needs = problem.needs();
        int sink = lots.size() + needs.size();
        long supply = 0;
        Map<String, List<Integer>> needsOfItem = new HashMap<>();
        for (int n = 0; n < needs.size(); n++) {
            needsOfItem
                    .computeIfAbsent(needs.get(n).item(), key -> new ArrayList<>())
                    .add(n);
        }
        for (int l = 0; l < lots.size(); l++) {
            AvailableLot lot = lots.get(l);
            supply += lot.quantity();
            plan.flow.setNodeSupply(l, lot.quantity());
            plan.arc(l, sink, lot.quantity(), 0);
            for (int n : needsOfItem.getOrDefault(lot.item(), List.of())) {
                OptionalLong cost = cost(problem.now(), lot, needs.get(n));
                if (cost.isPresent()) {
                    plan.arc(
                            l,
                            lots.size() + n,
                            Math.min(lot.quantity(), needs.get(n).quantity()),
                            cost.getAsLong());
                }
            }
        }
        for (int n = 0; n < needs.size(); n++) {
            OpenNeed need = needs.get(n);
            double weight = weight(problem.now(), need);
            for (int s = 0; s < 10; s++) {
                long size =
                        (2 * need.quantity() * (s + 1) + 10) / 20 - (s == 0 ? 0 : (2 * need.quantity() * s + 10) / 20);
                long value =
                        Math.round(2000 * weight * Math.pow(problem.policy().equity(), 1 - (s + 0.5) / 10));
                plan.arc(lots.size() + n, sink, size, -value);
            }
        }
        plan.flow.setNodeSupply(sink, -supply);
        return plan;
    }

    private void arc(int from, int to, long capacity, long cost) {
        flow.addArcWithCapacityAndUnitCost(from, to, capacity, cost);
        arcs++;
    }

    int arcs() {
        return arcs;
    }

    /** The optimal objective. */
    long solve() {
        MinCostFlowBase.Status status = flow.solve();
        if (status != MinCostFlowBase.Status.OPTIMAL) {
            throw new IllegalStateException("OR-Tools ended with " + status + ".");
        }
        return flow.getOptimalCost();
    }

    private static double weight(Instant now, OpenNeed need) {
        double priority = List.of(8.0, 4.0, 2.0, 1.0).get(need.priority() - 1);
        Instant neededBy = need.neededBy();
        if (neededBy == null || neededBy.isAfter(now.plus(Duration.ofDays(2)))) {
            return priority;
        }
        return priority * (neededBy.isAfter(now.plus(Duration.ofHours(12))) ? 1.5 : 2);
    }

    private static OptionalLong cost(Instant now, AvailableLot lot, OpenNeed need) {
        double km = 1.3 * haversine(lot.position(), need.position());
        Instant from = lot.availableFrom();
        double start = from == null ? 0 : Math.max(0, hours(now, from));
        double arrival = start + 1 + km / 40;
        Instant neededBy = need.neededBy();
        if (neededBy != null && arrival > hours(now, neededBy) + 1e-9) {
            return OptionalLong.empty();
        }
        long cost = Math.round(10 * km);
        Instant expires = lot.expiresAt();
        if (expires == null) {
            return OptionalLong.of(cost);
        }
        double left = hours(now, expires) - arrival;
        if (left < -1e-9) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(cost - (left <= 8 + 1e-9 ? 150 : left <= 24 + 1e-9 ? 100 : left <= 72 + 1e-9 ? 40 : 0));
    }

    private static double hours(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 3.6e6;
    }

    private static double haversine(Position a, Position b) {
        double dLat = Math.toRadians(b.latitude() - a.latitude());
        double dLon = Math.toRadians(b.longitude() - a.longitude());
        double h = Math.pow(Math.sin(dLat / 2), 2)
                + Math.cos(Math.toRadians(a.latitude()))
                        * Math.cos(Math.toRadians(b.latitude()))
                        * Math.pow(Math.sin(dLon / 2), 2);
        return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
