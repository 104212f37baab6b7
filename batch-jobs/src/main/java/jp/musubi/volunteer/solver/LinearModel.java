package jp.musubi.volunteer.solver;

import com.google.ortools.Loader;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.ModelBuilderHelper;
import com.google.ortools.modelbuilder.ModelSolver;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A linear program, some of its variables whole numbers, to be made as large as possible. Kept here row by row, so that
 * the bound that a solver's prices prove can be counted anew.
 */
final class LinearModel {

    private double[] least = new double[1024];
    private double[] most = new double[1024];
    private double[] worth = new double[1024];
    private boolean[] whole = new boolean[1024];
    private int variables;

    private double[] rowLeast = new double[1024];
    private double[] rowMost = new double[1024];
    private int[] rowStart = new int[1025];
    private int rows;
    private int[] column = new int[4096];
    private double[] coefficient = new double[4096];
    private int terms;

    /** The values of the variables and what no solution can exceed. */
    @SuppressWarnings("ArrayRecordComponent") // read once, by the one who asked
    record Solution(double[] values, double bound) {}

    /** A solution of the relaxation and, for each variable, what one more of it would bring at the prices of the rows. */
    @SuppressWarnings("ArrayRecordComponent")
    record Relaxed(double[] values, double[] reducedWorth, double bound) {}

    private static final class Natives {
        private Natives() {}

        static {
            Loader.loadNativeLibraries();
        }

        static ModelSolver solver(String engine) {
            return new ModelSolver(engine);
        }
    }

    /** The number of the new variable. */
    int variable(double from, double to, boolean isWhole, long value) {
        if (variables == least.length) {
            least = Arrays.copyOf(least, 2 * variables);
            most = Arrays.copyOf(most, 2 * variables);
            worth = Arrays.copyOf(worth, 2 * variables);
            whole = Arrays.copyOf(whole, 2 * variables);
        }
        least[variables] = from;
        most[variables] = to;
        worth[variables] = (double) value;
        whole[variables] = isWhole;
        return variables++;
    }

    void addWorth(int variable, long value) {
        worth[variable] += (double) value;
    }

    /** Begins a row; its terms follow. */
    void row(double from, double to) {
        if (rows == rowLeast.length) {
            rowLeast = Arrays.copyOf(rowLeast, 2 * rows);
            rowMost = Arrays.copyOf(rowMost, 2 * rows);
            rowStart = Arrays.copyOf(rowStart, 2 * rows + 1);
        }
        rowLeast[rows] = from;
        rowMost[rows] = to;
        rows++;
        rowStart[rows] = terms;
    }

    /** Adds to the row that was begun last. */
    void term(int variable, double times) {
        if (terms == column.length) {
            column = Arrays.copyOf(column, 2 * terms);
            coefficient = Arrays.copyOf(coefficient, 2 * terms);
        }
        column[terms] = variable;
        coefficient[terms] = times;
        rowStart[rows] = ++terms;
    }

    int variables() {
        return variables;
    }

    /** Solves without asking for whole numbers. Empty if the time was too short. */
    Optional<Relaxed> relax(Duration atMost) {
        Native model = new Native(false);
        if (!model.solve(atMost, "")) {
            return Optional.empty();
        }
        double[] prices = new double[rows];
        for (int r = 0; r < rows; r++) {
            prices[r] = model.solver.getDualValue(model.builder.constraintFromIndex(r));
        }
        double[] reduced = reducedWorth(prices);
        return Optional.of(new Relaxed(model.values(), reduced, provenBound(prices, reduced)));
    }

    /** Solves with whole numbers, to within a share of the worth. Empty if nothing was found in time. */
    Optional<Solution> solve(Duration atMost, double gap) {
        Native model = new Native(true);
        if (!model.solve(atMost, "mip_rel_gap=" + gap)) {
            return Optional.empty();
        }
        return Optional.of(new Solution(model.values(), model.solver.getBestObjectiveBound()));
    }

    /** By weak duality, whoever set the prices: a price of the wrong sign counts as none. */
    private double provenBound(double[] prices, double[] reduced) {
        double bound = 0;
        for (int r = 0; r < rows; r++) {
            if (prices[r] > 0) {
                bound += prices[r] * rowMost[r];
            } else if (prices[r] < 0) {
                bound += prices[r] * rowLeast[r];
            }
        }
        for (int v = 0; v < variables; v++) {
            bound += reduced[v] * (reduced[v] > 0 ? most[v] : least[v]);
        }
        return bound;
    }

    private double[] reducedWorth(double[] prices) {
        double[] reduced = Arrays.copyOf(worth, variables);
        for (int r = 0; r < rows; r++) {
            if ((prices[r] > 0 && Double.isInfinite(rowMost[r])) || (prices[r] < 0 && Double.isInfinite(rowLeast[r]))) {
                prices[r] = 0;
            }
            for (int t = rowStart[r]; t < rowStart[r + 1]; t++) {
                reduced[column[t]] -= prices[r] * coefficient[t];
            }
        }
        return reduced;
    }

    private final class Native {

        private final ModelBuilder builder;
        private final ModelSolver solver;

        Native(boolean withWholes) {
            solver = Natives.solver(withWholes ? "HIGHS" : "GLOP");
            builder = new ModelBuilder();
            ModelBuilderHelper model = builder.getHelper();
            for (int v = 0; v < variables; v++) {
                model.addVar();
                model.setVarLowerBound(v, least[v]);
                model.setVarUpperBound(v, most[v]);
                model.setVarIntegrality(v, withWholes && whole[v]);
                model.setVarObjectiveCoefficient(v, worth[v]);
            }
            for (int r = 0; r < rows; r++) {
                model.addLinearConstraint();
                model.setConstraintLowerBound(r, rowLeast[r]);
                model.setConstraintUpperBound(r, rowMost[r]);
                for (int t = rowStart[r]; t < rowStart[r + 1]; t++) {
                    model.addConstraintTerm(r, column[t], coefficient[t]);
                }
            }
            model.setMaximize(true);
        }

        boolean solve(Duration atMost, String parameters) {
            if (atMost.isNegative() || atMost.isZero()) {
                return false;
            }
            solver.setTimeLimit(atMost);
            if (!parameters.isEmpty()) {
                solver.setSolverSpecificParameters(parameters);
            }
            solver.solve(builder);
            return solver.hasSolution();
        }

        double[] values() {
            double[] values = new double[variables];
            for (int v = 0; v < variables; v++) {
                values[v] = solver.getValue(builder.varFromIndex(v));
            }
            return values;
        }
    }
}
