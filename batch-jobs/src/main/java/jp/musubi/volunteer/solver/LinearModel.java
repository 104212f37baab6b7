package jp.musubi.volunteer.solver;

import com.google.ortools.Loader;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.ModelBuilderHelper;
import com.google.ortools.modelbuilder.ModelSolver;
import java.util.Arrays;
import java.util.Optional;

/**
 * A linear program, some of its variables whole numbers, to be made as large as possible. Kept here row by row, so that
 * the bound that a solver's prices prove can be counted anew.
 */
final class LinearModel {

    /** Three times as quick here as what GLOP does by itself. */
    private static final String DUAL_SIMPLEX = "use_dual_simplex: true use_preprocessing: false";

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

    void lastRowAtMost(double to) {
        rowMost[rows - 1] = to;
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

    /**
     * Solves without asking for whole numbers. Prices and bound hold for all variables.
     *
     * @param active the variables that may be more than their least; the others count in the bound only
     * @return empty if the time was too short, or it was stopped
     */
    Optional<Relaxed> relax(boolean[] active, Patience patience) {
        Native model = new Native(false, active);
        if (!model.solve(patience, DUAL_SIMPLEX)) {
            return Optional.empty();
        }
        double[] prices = new double[rows];
        for (int r = 0; r < rows; r++) {
            prices[r] = model.price(r);
        }
        double[] reduced = reducedWorth(prices);
        return Optional.of(new Relaxed(model.values(), reduced, provenBound(prices, reduced)));
    }

    /** Solves with whole numbers, to within a share of the worth. Empty if nothing was found in time. */
    Optional<Solution> solve(Patience patience, double gap) {
        boolean[] all = new boolean[variables];
        Arrays.fill(all, true);
        Native model = new Native(true, all);
        if (!model.solve(patience, "mip_rel_gap=" + gap)) {
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

    /** The part of the model that a solver sees: active variables, and rows in which they stand. */
    private final class Native {

        private final ModelBuilder builder;
        private final ModelSolver solver;
        private final int[] there = new int[variables];
        private final int[] rowThere = new int[rows];

        Native(boolean withWholes, boolean[] active) {
            solver = Natives.solver(withWholes ? "HIGHS" : "GLOP");
            builder = new ModelBuilder();
            ModelBuilderHelper model = builder.getHelper();
            int columns = 0;
            for (int v = 0; v < variables; v++) {
                there[v] = active[v] || least[v] > 0 ? columns++ : -1;
                if (there[v] >= 0) {
                    model.addVar();
                    model.setVarLowerBound(there[v], least[v]);
                    model.setVarUpperBound(there[v], most[v]);
                    model.setVarIntegrality(there[v], withWholes && whole[v]);
                    model.setVarObjectiveCoefficient(there[v], worth[v]);
                }
            }
            int lines = 0;
            for (int r = 0; r < rows; r++) {
                rowThere[r] = -1;
                for (int t = rowStart[r]; t < rowStart[r + 1]; t++) {
                    if (there[column[t]] >= 0) {
                        if (rowThere[r] < 0) {
                            rowThere[r] = lines++;
                            model.addLinearConstraint();
                            model.setConstraintLowerBound(rowThere[r], rowLeast[r]);
                            model.setConstraintUpperBound(rowThere[r], rowMost[r]);
                        }
                        model.addConstraintTerm(rowThere[r], there[column[t]], coefficient[t]);
                    }
                }
            }
            model.setMaximize(true);
        }

        boolean solve(Patience patience, String parameters) {
            if (!patience.lasts()) {
                return false;
            }
            solver.setTimeLimit(patience.left());
            solver.setSolverSpecificParameters(parameters);
            return patience.await(() -> solver.solve(builder), solver::interruptSolve) && solver.hasSolution();
        }

        double price(int row) {
            return rowThere[row] < 0 ? 0 : solver.getDualValue(builder.constraintFromIndex(rowThere[row]));
        }

        double[] values() {
            double[] values = new double[variables];
            for (int v = 0; v < variables; v++) {
                values[v] = there[v] < 0 ? 0 : solver.getValue(builder.varFromIndex(there[v]));
            }
            return values;
        }
    }
}
