package jp.musubi.matching;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The pairs of lots and needs that a plan has ever joined, with what a unit costs by itself and takes of limits. */
final class Journeys {

    /**
     * @param lot, need places in the sorted lists
     * @param line at the pair's own cost; its quantity means nothing
     * @param limits that the pair takes of, by their places
     * @param uses for each of them, by one unit
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier inside this package, never compared
    record Journey(int lot, int need, PlanLine line, int[] limits, double[] uses) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Journey journey && journey.lot == lot && journey.need == need;
        }

        @Override
        public int hashCode() {
            return 31 * lot + need;
        }

        PlanLine withQuantity(long quantity, long unitCost) {
            return new PlanLine(
                    line.lot(),
                    line.need(),
                    line.item(),
                    line.unit(),
                    quantity,
                    line.km(),
                    line.arrival(),
                    unitCost,
                    line.locked());
        }
    }

    static final Comparator<Journey> ORDER =
            Comparator.comparingInt(Journey::lot).thenComparingInt(Journey::need);

    private record Pair(int lot, int need) {}

    private final PlanningProblem problem;
    private final List<AvailableLot> lots;
    private final List<OpenNeed> needs;
    private final LimitUse use;
    private final Map<LotKey, Integer> lotPlaces = new HashMap<>();
    private final Map<NeedKey, Integer> needPlaces = new HashMap<>();
    private final List<Market> markets;
    private final PairTable[] tables;
    private final int[] marketOfNeed;
    private final int[] columnOfNeed;
    private final int[] rowOfLot;
    private final Map<Pair, Journey> known = new HashMap<>();

    /**
     * @param problem without surcharges
     * @param lots, needs sorted
     */
    Journeys(PlanningProblem problem, List<AvailableLot> lots, List<OpenNeed> needs) {
        this.problem = problem;
        this.lots = lots;
        this.needs = needs;
        use = new LimitUse(problem.sharing());
        for (int i = 0; i < lots.size(); i++) {
            lotPlaces.put(lots.get(i).key(), i);
        }
        for (int i = 0; i < needs.size(); i++) {
            needPlaces.put(needs.get(i).key(), i);
        }
        markets = Market.of(problem, lots, needs);
        Decisions decisions = Decisions.of(problem, lots, needs);
        tables = new PairTable[markets.size()];
        marketOfNeed = new int[needs.size()];
        columnOfNeed = new int[needs.size()];
        rowOfLot = new int[lots.size()];
        for (int market = 0; market < tables.length; market++) {
            Market each = markets.get(market);
            MarketTable table = new MarketTable(problem, lots, needs, decisions, each);
            tables[market] = table.pairs();
            for (int column = 0; column < each.needs().length; column++) {
                marketOfNeed[each.needs()[column]] = market;
                columnOfNeed[each.needs()[column]] = column;
            }
            for (int row = 0; row < tables[market].rows(); row++) {
                for (int member : table.classes().members(row)) {
                    rowOfLot[each.lots()[member]] = row;
                }
            }
        }
    }

    int markets() {
        return markets.size();
    }

    int marketOf(Journey journey) {
        return marketOfNeed[journey.need()];
    }

    /** The journey of a line; of a line that people decided, the line must be at its own cost when it is first asked for. */
    Journey of(PlanLine line) {
        Pair pair = new Pair(
                Objects.requireNonNull(lotPlaces.get(line.lot())), Objects.requireNonNull(needPlaces.get(line.need())));
        return known.computeIfAbsent(pair, unknown -> journey(pair, line));
    }

    private Journey journey(Pair pair, PlanLine line) {
        PairTable table = tables[marketOfNeed[pair.need()]];
        int row = rowOfLot[pair.lot()];
        int column = columnOfNeed[pair.need()];
        AvailableLot lot = lots.get(pair.lot());
        OpenNeed need = needs.get(pair.need());
        int[] ofHub = use.ofLot(lot.key());
        int[] limits = ofHub;
        if (ofHub.length > 0) {
            int first = table.firstDay(row);
            int last = table.lastDay(row, column);
            String municipality = use.municipalityOf(need);
            limits = IntStream.of(ofHub)
                    .filter(limit -> use.concerns(limit, municipality, first, last) && use.ofUnit(limit, lot, need) > 0)
                    .toArray();
        }
        double[] uses = IntStream.of(limits)
                .mapToDouble(limit -> use.ofUnit(limit, lot, need))
                .toArray();
        Journey given = new Journey(pair.lot(), pair.need(), line, limits, uses);
        // What people decided is no pair of the table any more.
        return line.locked()
                ? given
                : new Journey(
                        pair.lot(),
                        pair.need(),
                        given.withQuantity(line.quantity(), table.cost(row, column)),
                        limits,
                        uses);
    }

    /** All that were ever asked for, in the order of lots and needs. */
    List<Journey> all() {
        return known.values().stream().sorted(ORDER).toList();
    }

    boolean countsLines(int limit) {
        return problem.sharing().limits().get(limit).measure() == Sharing.Measure.LINES;
    }
}
