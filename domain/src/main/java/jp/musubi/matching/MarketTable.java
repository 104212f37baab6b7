package jp.musubi.matching;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One market's table of pairs: a row for each class of lots, a column for each need. */
final class MarketTable {

    private final LotClasses classes;
    private final OpenNeed[] needs;
    private final long[] supply;
    private final PairTable pairs;

    MarketTable(
            PlanningProblem problem,
            List<AvailableLot> allLots,
            List<OpenNeed> allNeeds,
            Decisions decisions,
            Market market) {
        List<AvailableLot> lots = new ArrayList<>(market.lots().length);
        for (int lot : market.lots()) {
            lots.add(allLots.get(lot));
        }
        needs = new OpenNeed[market.needs().length];
        for (int column = 0; column < needs.length; column++) {
            needs[column] = allNeeds.get(market.needs()[column]);
        }
        @Nullable BitSet @Nullable [] forbidden = decisions.forbidden(market.lots(), market.needs());
        classes = new LotClasses(problem, lots, forbidden);
        AvailableLot[] rows = new AvailableLot[classes.count()];
        @Nullable BitSet @Nullable [] forbiddenOfRows = forbidden == null ? null : new BitSet[rows.length];
        supply = new long[rows.length];
        for (int row = 0; row < rows.length; row++) {
            int representative = classes.representative(row);
            rows[row] = lots.get(representative);
            if (forbidden != null && forbiddenOfRows != null) {
                forbiddenOfRows[row] = forbidden[representative];
            }
            for (int member : classes.members(row)) {
                supply[row] += decisions.freeOfLot(market.lots()[member]);
            }
        }
        pairs = new PairTable(problem, rows, needs, forbiddenOfRows);
    }

    /** Which lots a row stands for, by their places in the market. */
    LotClasses classes() {
        return classes;
    }

    OpenNeed[] needs() {
        return needs;
    }

    /** What each row has beyond its locks. */
    long[] supply() {
        return supply;
    }

    PairTable pairs() {
        return pairs;
    }
}
