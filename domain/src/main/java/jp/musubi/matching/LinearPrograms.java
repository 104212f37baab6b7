package jp.musubi.matching;

/** Port: solves linear programs that grow. */
public interface LinearPrograms {

    /** An empty program, to be made as small as possible. */
    LinearProgram begin();

    /** Rows and variables can be added between solutions. */
    interface LinearProgram extends AutoCloseable {

        /**
         * @param least, most bounds of the row's sum, infinite if there is none
         * @return the row's number
         */
        int addRow(double least, double most);

        /**
         * A variable that is at least 0.
         *
         * @param most infinite if there is no bound
         * @param rows the rows it counts in
         * @param times how often it counts in each
         * @return the variable's number
         */
        int addVariable(double most, double cost, int[] rows, double[] times);

        /**
         * @throws IllegalStateException if there is no solution, or none that is best
         */
        Solution solve();

        @Override
        void close();
    }

    /**
     * @param values of the variables
     * @param prices of the rows: what the objective grows by for each unit that a row's bound is raised
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, by the one who asked
    record Solution(double[] values, double[] prices, double objective) {}
}
