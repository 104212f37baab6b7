package jp.musubi.matching.solver;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.matching.LinearPrograms;
import org.springframework.stereotype.Component;

/** Linear programs by GLOP inside OR-Tools: it goes on from the last solution when variables are added. */
@Component
public final class GlopPrograms implements LinearPrograms {

    @Override
    public LinearProgram begin() {
        return new Program();
    }

    /** Native code is loaded when the first program begins, not when the application starts. */
    private static final class Natives {
        static {
            Loader.loadNativeLibraries();
        }

        private Natives() {}

        static MPSolver solver() {
            return MPSolver.createSolver("GLOP");
        }
    }

    private static final class Program implements LinearProgram {

        private final MPSolver solver = Natives.solver();
        private final List<MPConstraint> rows = new ArrayList<>();
        private final List<MPVariable> variables = new ArrayList<>();

        Program() {
            solver.objective().setMinimization();
        }

        @Override
        public int addRow(double least, double most) {
            rows.add(solver.makeConstraint(least, most));
            return rows.size() - 1;
        }

        @Override
        public int addVariable(double most, double cost, int[] inRows, double[] times) {
            MPVariable variable = solver.makeNumVar(0, most, "");
            solver.objective().setCoefficient(variable, cost);
            for (int i = 0; i < inRows.length; i++) {
                rows.get(inRows[i]).setCoefficient(variable, times[i]);
            }
            variables.add(variable);
            return variables.size() - 1;
        }

        @Override
        public Solution solve() {
            MPSolver.ResultStatus status = solver.solve();
            if (status != MPSolver.ResultStatus.OPTIMAL) {
                solver.reset(); // what the last solution left may be in the way
                status = solver.solve();
            }
            if (status != MPSolver.ResultStatus.OPTIMAL) {
                throw new IllegalStateException("A linear program with " + rows.size() + " rows and " + variables.size()
                        + " variables ended with " + status + ".");
            }
            return new Solution(
                    variables.stream().mapToDouble(MPVariable::solutionValue).toArray(),
                    rows.stream().mapToDouble(MPConstraint::dualValue).toArray(),
                    solver.objective().value());
        }

        @Override
        public void close() {
            solver.delete();
        }
    }
}
