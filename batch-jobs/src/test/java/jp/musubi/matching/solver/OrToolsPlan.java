package jp.musubi.matching.solver;

import com.google.ortools.Loader;
import com.google.ortools.graph.MinCostFlow;
import com.google.ortools.graph.MinCostFlowBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanningProblem;

/** The rival: the same plan by OR-Tools' min-cost flow, an arc for every possible pair. */
final class OrToolsPlan {

    private final PlanningProblem problem;
    private final MinCostFlow flow = new MinCostFlow();
    private int arcs;

    private OrToolsPlan(PlanningProblem problem) {
        this.problem = problem;
    }

    static {
        Loader.loadNativeLibraries();
    }

    /** The network with all its arcs, not yet solved. */
    static OrToolsPlan build(PlanningProblem problem) {
        OrToolsPlan plan = new OrToolsPlan(problem);
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
                OptionalLong cost = PolicyText.cost(problem.now(), lot, needs.get(n));
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
            double weight = PolicyText.weight(problem.now(), need);
            for (int s = 0; s < 10; s++) {
                long value = PolicyText.tierValue(weight, problem.policy().equity(), s);
                plan.arc(lots.size() + n, sink, PolicyText.tierSize(need.quantity(), s), -value);
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

    /** What it decided, after {@link #solve}. */
    List<PlanLine> lines() {
        int lots = problem.lots().size();
        int sink = lots + problem.needs().size();
        List<PlanLine> lines = new ArrayList<>();
        for (int arc = 0; arc < arcs; arc++) {
            int from = flow.getTail(arc);
            int to = flow.getHead(arc);
            if (from < lots && to != sink && flow.getFlow(arc) > 0) {
                lines.add(Carried.line(
                        problem, problem.lots().get(from), problem.needs().get(to - lots), flow.getFlow(arc)));
            }
        }
        return lines;
    }
}
