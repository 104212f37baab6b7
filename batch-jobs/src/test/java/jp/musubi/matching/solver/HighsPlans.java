package jp.musubi.matching.solver;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.PlanningProblem;

/**
 * The same plans by HiGHS, as a linear program: a variable for every possible pair and every tier. Many small problems are
 * solved as one program of independent blocks, because HiGHS writes a line to the console for each program.
 */
final class HighsPlans {

    static {
        Loader.loadNativeLibraries();
    }

    /** A variable with its cost, counted as whole units afterwards: every vertex of these programs is integral. */
    private record Term(int problem, MPVariable units, long cost) {}

    private HighsPlans() {}

    /** The optimal objective of each problem. */
    static long[] solve(List<PlanningProblem> problems) {
        MPSolver solver = MPSolver.createSolver("HIGHS_LINEAR_PROGRAMMING");
        MPObjective objective = solver.objective();
        objective.setMinimization();
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            addBlock(solver, i, problems.get(i), terms);
        }
        if (terms.isEmpty()) {
            return new long[problems.size()]; // HiGHS takes no program without variables
        }
        terms.forEach(term -> objective.setCoefficient(term.units(), (double) term.cost()));
        MPSolver.ResultStatus status = solver.solve();
        if (status != MPSolver.ResultStatus.OPTIMAL) {
            throw new IllegalStateException("HiGHS ended with " + status + ".");
        }
        long[] objectives = new long[problems.size()];
        for (Term term : terms) {
            objectives[term.problem()] += Math.round(term.units().solutionValue()) * term.cost();
        }
        return objectives;
    }

    private static void addBlock(MPSolver solver, int number, PlanningProblem problem, List<Term> terms) {
        List<MPConstraint> outOfLots = new ArrayList<>();
        for (AvailableLot lot : problem.lots()) {
            outOfLots.add(solver.makeConstraint(0, (double) lot.quantity()));
        }
        for (OpenNeed need : problem.needs()) {
            // What arrives is what fills the tiers.
            MPConstraint arrived = solver.makeConstraint(0, 0);
            for (int l = 0; l < problem.lots().size(); l++) {
                AvailableLot lot = problem.lots().get(l);
                OptionalLong cost = PolicyText.cost(problem.now(), lot, need);
                if (lot.item().equals(need.item()) && cost.isPresent()) {
                    MPVariable units = solver.makeNumVar(0, (double) Math.min(lot.quantity(), need.quantity()), "");
                    outOfLots.get(l).setCoefficient(units, 1);
                    arrived.setCoefficient(units, 1);
                    terms.add(new Term(number, units, cost.getAsLong()));
                }
            }
            double weight = PolicyText.weight(problem.now(), need);
            for (int s = 0; s < 10; s++) {
                MPVariable filled = solver.makeNumVar(0, (double) PolicyText.tierSize(need.quantity(), s), "");
                arrived.setCoefficient(filled, -1);
                long value = PolicyText.tierValue(weight, problem.policy().equity(), s);
                terms.add(new Term(number, filled, -value));
            }
        }
    }
}
