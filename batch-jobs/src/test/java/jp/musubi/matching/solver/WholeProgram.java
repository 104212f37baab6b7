package jp.musubi.matching.solver;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.HandlingLimits;
import jp.musubi.matching.LinearPrograms;
import jp.musubi.matching.LinearPrograms.LinearProgram;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Sharing;

/** Problems with things that items share, written from the text as one linear program: all pairs, all tiers, all limits at once. */
final class WholeProgram {

    private WholeProgram() {}

    /** What one unit takes of a limit at least; 0 if the limit does not concern it. */
    private static double takes(PlanningProblem problem, Sharing.Limit limit, AvailableLot lot, OpenNeed need) {
        Sharing sharing = problem.sharing();
        if (!limit.hub().equals(sharing.hubs().get(lot.key()))
                || (limit.municipality() != null
                        && !limit.municipality().equals(sharing.municipalities().get(need.community())))) {
            return 0;
        }
        double lastDay =
                sharing.limits().stream().mapToInt(Sharing.Limit::lastDay).max().orElse(0);
        double ready = lot.availableFrom() == null ? 0 : Math.max(0, hours(problem.now(), lot.availableFrom()));
        double leaveBy = Double.POSITIVE_INFINITY;
        double travel = PolicyText.km(lot, need) / 40;
        if (need.neededBy() != null) {
            leaveBy = hours(problem.now(), need.neededBy()) - travel - 1;
        }
        if (lot.expiresAt() != null) {
            leaveBy = Math.min(leaveBy, hours(problem.now(), lot.expiresAt()) - travel - 1);
        }
        double first = Math.min(lastDay, Math.floor(ready / 24));
        double last = Math.min(lastDay, Math.max(first, Math.floor(leaveBy / 24)));
        if (first < limit.firstDay() || last > limit.lastDay()) {
            return 0;
        }
        Sharing.Bulk bulk = sharing.bulks().getOrDefault(lot.item(), new Sharing.Bulk(0, 0, 0));
        return switch (limit.measure()) {
            case KILOGRAMS -> bulk.kilograms();
            case CUBIC_METRES -> bulk.cubicMetres();
            case HOURS -> bulk.hours();
            case LINES -> 1.0 / Math.max(1, Math.min(lot.quantity(), need.quantity()));
        };
    }

    private static double hours(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 3.6e6;
    }

    private static boolean spoilsOnTheWay(PlanningProblem problem, AvailableLot lot, OpenNeed need) {
        double most = problem.policy().limits().coldHours();
        return lot.coldChain() && most > 0 && PolicyText.km(lot, need) / 40 > most;
    }

    static double worth(PlanningProblem problem, OpenNeed need) {
        Sharing.People people = problem.sharing().people().get(need.community());
        double share =
                people == null || people.number() == 0 ? 1 : Math.min(1, (double) people.number() / need.quantity());
        return 2000 * PolicyText.weight(problem.now(), need) * share;
    }

    private static Map<Object, Double> askedByGroup(PlanningProblem problem) {
        Map<Object, Double> asked = new HashMap<>();
        for (OpenNeed need : problem.needs()) {
            groups(problem, need)
                    .forEach(group -> asked.merge(group, worth(problem, need) * need.quantity(), Double::sum));
        }
        return asked;
    }

    private static List<Object> groups(PlanningProblem problem, OpenNeed need) {
        List<Object> groups = new ArrayList<>();
        if (problem.policy().fairness().communities() > 1) {
            groups.add(need.community());
        }
        Sharing.People people = problem.sharing().people().get(need.community());
        if (people != null && problem.policy().fairness().municipalities() > 1) {
            groups.add(people.municipality());
        }
        return groups;
    }

    private static double bonus(PlanningProblem problem, Object group, int tier) {
        Fairness fairness = problem.policy().fairness();
        double equity = group instanceof CommunityKey ? fairness.communities() : fairness.municipalities();
        return Math.pow(equity, 1 - (tier + 0.5) / 10) - 1;
    }

    /** Counted from the text once more. */
    static double objective(PlanningProblem problem, Plan plan) {
        double objective = 0;
        Map<Object, Double> covered = new HashMap<>();
        for (OpenNeed need : problem.needs()) {
            long left = 0;
            for (PlanLine line : plan.lines()) {
                if (line.need().equals(need.key())) {
                    left += line.quantity();
                    objective += (double) line.quantity() * line.unitCost();
                }
            }
            for (Object group : groups(problem, need)) {
                covered.merge(group, left * worth(problem, need), Double::sum);
            }
            for (int s = 0; s < 10; s++) {
                long part = Math.min(left, PolicyText.tierSize(need.quantity(), s));
                left -= part;
                objective -= (double) part
                        * PolicyText.tierValue(
                                PolicyText.weight(problem.now(), need),
                                problem.policy().equity(),
                                s);
            }
        }
        for (Map.Entry<Object, Double> group : askedByGroup(problem).entrySet()) {
            double left = covered.getOrDefault(group.getKey(), 0.0);
            for (int s = 0; s < 10; s++) {
                double part = Math.min(left, group.getValue() / 10);
                left -= part;
                objective -= part * bonus(problem, group.getKey(), s);
            }
        }
        return objective;
    }

    /** All pairs, all tiers, all limits at once. */
    static double relaxed(PlanningProblem problem, LinearPrograms programs) {
        try (LinearProgram program = programs.begin()) {
            double none = Double.NEGATIVE_INFINITY;
            Map<LotKey, Integer> outOfLots = new HashMap<>();
            problem.lots().forEach(lot -> outOfLots.put(lot.key(), program.addRow(none, (double) lot.quantity())));
            List<Sharing.Limit> limits = problem.sharing().limits();
            int[] limitRows = limits.stream()
                    .mapToInt(limit -> program.addRow(none, limit.most()))
                    .toArray();
            Map<Object, Integer> coverage = new HashMap<>();
            askedByGroup(problem).forEach((group, asked) -> {
                int row = program.addRow(none, 0);
                coverage.put(group, row);
                for (int s = 0; s < 10; s++) {
                    program.addVariable(asked / 10, -bonus(problem, group, s), new int[] {row}, new double[] {1});
                }
            });
            for (OpenNeed need : problem.needs()) {
                int arrived = program.addRow(0, 0);
                double weight = PolicyText.weight(problem.now(), need);
                for (int s = 0; s < 10; s++) {
                    program.addVariable(
                            (double) PolicyText.tierSize(need.quantity(), s),
                            (double) -PolicyText.tierValue(
                                    weight, problem.policy().equity(), s),
                            new int[] {arrived},
                            new double[] {-1});
                }
                for (AvailableLot lot : problem.lots()) {
                    OptionalLong cost = PolicyText.cost(problem.now(), lot, need);
                    if (!lot.item().equals(need.item()) || cost.isEmpty() || spoilsOnTheWay(problem, lot, need)) {
                        continue;
                    }
                    Map<Integer, Double> terms =
                            new HashMap<>(Map.of(arrived, 1.0, outOfLots.getOrDefault(lot.key(), -1), 1.0));
                    for (int i = 0; i < limitRows.length; i++) {
                        double takes = takes(problem, limits.get(i), lot, need);
                        if (takes > 0) {
                            terms.put(limitRows[i], takes);
                        }
                    }
                    for (Object group : groups(problem, need)) {
                        terms.put(coverage.getOrDefault(group, -1), -worth(problem, need));
                    }
                    program.addVariable(
                            Double.POSITIVE_INFINITY,
                            (double) cost.getAsLong(),
                            terms.keySet().stream().mapToInt(Integer::intValue).toArray(),
                            terms.values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray());
                }
            }
            return program.solve().objective();
        }
    }

    /**
     * The best plan in whole units, closed packs, whole lines and shipments worth a stop, by HiGHS as one mixed integer
     * program. For small problems without evenness.
     */
    static double exact(PlanningProblem problem) {
        Loader.loadNativeLibraries();
        MPSolver solver = MPSolver.createSolver("HIGHS_MIXED_INTEGER_PROGRAMMING");
        double none = Double.POSITIVE_INFINITY;
        HandlingLimits handling = problem.policy().limits();
        MPObjective objective = solver.objective();
        objective.setMinimization();
        Map<LotKey, MPConstraint> outOfLots = new HashMap<>();
        Map<LotKey, MPConstraint> loose = new HashMap<>();
        for (AvailableLot lot : problem.lots()) {
            outOfLots.put(lot.key(), solver.makeConstraint(0, (double) lot.quantity()));
            loose.put(lot.key(), solver.makeConstraint(0, (double) (lot.quantity() % Math.max(1, lot.packSize()))));
        }
        List<Sharing.Limit> limits = problem.sharing().limits();
        List<MPConstraint> limitRows = limits.stream()
                .map(limit -> solver.makeConstraint(0, limit.most()))
                .toList();
        Map<List<Object>, MPConstraint> weights = new HashMap<>();
        Map<List<Object>, MPVariable> stops = new HashMap<>();
        for (OpenNeed need : problem.needs()) {
            MPConstraint arrived = solver.makeConstraint(0, 0);
            double weight = PolicyText.weight(problem.now(), need);
            for (int s = 0; s < 10; s++) {
                MPVariable tier = solver.makeNumVar(0, (double) PolicyText.tierSize(need.quantity(), s), "");
                arrived.setCoefficient(tier, -1);
                objective.setCoefficient(tier, (double)
                        -PolicyText.tierValue(weight, problem.policy().equity(), s));
            }
            for (AvailableLot lot : problem.lots()) {
                OptionalLong cost = PolicyText.cost(problem.now(), lot, need);
                if (!lot.item().equals(need.item()) || cost.isEmpty() || spoilsOnTheWay(problem, lot, need)) {
                    continue;
                }
                long pack = handling.wholePacks() ? Math.max(1, lot.packSize()) : 1;
                MPVariable packs = solver.makeIntVar(0, none, "");
                MPVariable single = solver.makeIntVar(0, pack == 1 ? 0 : none, "");
                loose.getOrDefault(lot.key(), arrived).setCoefficient(single, 1);
                double most = Math.min(lot.quantity(), need.quantity());
                MPVariable line = solver.makeBoolVar("");
                MPConstraint carried = solver.makeConstraint(-none, 0);
                carried.setCoefficient(line, -most);
                for (Map.Entry<MPVariable, Long> units :
                        Map.of(packs, pack, single, 1L).entrySet()) {
                    double each = (double) units.getValue();
                    arrived.setCoefficient(units.getKey(), each);
                    outOfLots.getOrDefault(lot.key(), arrived).setCoefficient(units.getKey(), each);
                    objective.setCoefficient(units.getKey(), each * cost.getAsLong());
                    carried.setCoefficient(units.getKey(), each);
                    for (int i = 0; i < limits.size(); i++) {
                        double takes = takes(problem, limits.get(i), lot, need);
                        if (takes > 0 && limits.get(i).measure() == Sharing.Measure.LINES) {
                            limitRows.get(i).setCoefficient(line, 1);
                        } else if (takes > 0) {
                            limitRows.get(i).setCoefficient(units.getKey(), takes * each);
                        }
                    }
                    if (handling.leastShipmentKg() > 0) {
                        List<Object> shipment = List.of(lot.position(), need.community());
                        double kilograms = problem.sharing()
                                .bulks()
                                .getOrDefault(lot.item(), new Sharing.Bulk(0, 0, 0))
                                .kilograms();
                        MPVariable stop = stops.computeIfAbsent(shipment, key -> solver.makeBoolVar(""));
                        MPConstraint enough = weights.computeIfAbsent(shipment, key -> {
                            MPConstraint row = solver.makeConstraint(0, none);
                            row.setCoefficient(stop, -handling.leastShipmentKg());
                            return row;
                        });
                        // What nobody knows the weight of counts as enough.
                        enough.setCoefficient(
                                units.getKey(), each * (kilograms > 0 ? kilograms : handling.leastShipmentKg()));
                        MPConstraint stopped = solver.makeConstraint(-none, 0);
                        stopped.setCoefficient(units.getKey(), each);
                        stopped.setCoefficient(stop, -most);
                    }
                }
            }
        }
        if (solver.solve() != MPSolver.ResultStatus.OPTIMAL) {
            throw new IllegalStateException("HiGHS found no best plan.");
        }
        return objective.value();
    }
}
