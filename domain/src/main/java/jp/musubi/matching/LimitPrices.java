package jp.musubi.matching;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the prices of limits add to the costs of pairs, by row and column of a {@link PairTable}. */
final class LimitPrices {

    /** Costs stay in the range of int. */
    private static final int LARGEST = 1 << 29;

    private static final int[] NONE = {};

    private final double[] prices;
    private final LimitUse use;
    private final AvailableLot[] lots;
    private final OpenNeed[] needs;
    private final int[] firstDay;

    /** What is the same for all columns. */
    private final double[] ofRow;

    /** The limits with a price that are not. */
    private final int[][] limitsOfRow;

    private final @Nullable String[] municipalityOfColumn;

    LimitPrices(PlanningProblem problem, AvailableLot[] lots, OpenNeed[] needs) {
        this.lots = lots;
        this.needs = needs;
        List<Double> priced = problem.surcharges().limits();
        prices = priced.stream().mapToDouble(Double::doubleValue).toArray();
        use = new LimitUse(problem.sharing());
        firstDay = Arrays.stream(lots)
                .mapToInt(lot -> firstDay(problem, lot, use.days()))
                .toArray();
        ofRow = new double[lots.length];
        limitsOfRow = new int[lots.length][];
        municipalityOfColumn = new String[needs.length];
        Arrays.setAll(municipalityOfColumn, column -> use.municipalityOf(needs[column]));
        for (int row = 0; row < lots.length; row++) {
            int[] limits = prices.length == 0
                    ? NONE
                    : Arrays.stream(use.ofLot(lots[row].key()))
                            .filter(limit -> prices[limit] > 0)
                            .toArray();
            for (int limit : limits) {
                if (use.isSameForAllNeeds(limit) && needs.length > 0) {
                    ofRow[row] += prices[limit] * use.ofUnit(limit, lots[row], needs[0]);
                }
            }
            limitsOfRow[row] = limits.length == 0
                    ? NONE
                    : Arrays.stream(limits)
                            .filter(limit -> !use.isSameForAllNeeds(limit))
                            .toArray();
        }
    }

    private static int firstDay(PlanningProblem problem, AvailableLot lot, int days) {
        if (lot.availableFrom() == null) {
            return 0;
        }
        long seconds = Duration.between(problem.now(), lot.availableFrom()).toSeconds();
        long day = Math.floorDiv(seconds, (long) (PairTable.HOURS_PER_DAY * 3600));
        return (int) Math.max(0, Math.min(day, days - 1L));
    }

    int days() {
        return use.days();
    }

    int firstDay(int row) {
        return firstDay[row];
    }

    /** Whether it matters where the row's units go, or when. */
    boolean dependsOnColumn(int row) {
        return limitsOfRow[row].length > 0;
    }

    /** What each unit of a row costs more that does not depend on the column, rounded down, so that bounds stay true. */
    int of(int row) {
        return (int) Math.min(LARGEST, ofRow[row]);
    }

    /**
     * What each unit of a pair costs more, rounded down.
     *
     * @param lastDay the last of the limits' days on which it can leave
     */
    int of(int row, int column, int lastDay) {
        double price = ofRow[row];
        for (int limit : limitsOfRow[row]) {
            if (use.concerns(limit, municipalityOfColumn[column], firstDay[row], lastDay)) {
                price += prices[limit] * use.ofUnit(limit, lots[row], needs[column]);
            }
        }
        return (int) Math.min(LARGEST, price);
    }
}
