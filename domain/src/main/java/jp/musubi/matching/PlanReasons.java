package jp.musubi.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Says why each line is in a plan and why each need lacks what it lacks. Everything follows from the problem, the lines
 * and the prices; nothing is remembered from solving. Answers are computed when asked for.
 */
public final class PlanReasons {

    private final PlanningProblem problem;
    private final Plan plan;
    private final List<OpenNeed> needs;
    private final Map<NeedKey, Integer> placeOfNeed = new HashMap<>();
    private final Map<NeedKey, List<PlanLine>> linesOfNeed = new HashMap<>();
    private final long[] served;
    private final long[] lastValue;
    private final MarketView[] marketOfNeed;
    private final int[] columnOfNeed;

    /** A market, its prices by row and column, and for each row the lines that could most easily be given up. */
    private static final class MarketView {
        final PairTable pairs;
        final long[] supply;
        final long[] rowPrice;
        final long[] columnPrice;
        final Map<LotKey, Integer> rowOfLot = new HashMap<>();
        final long[] left;
        final @Nullable Giving[] easiest;
        final @Nullable Giving[] easiestForAnother;

        MarketView(MarketTable table, Market market, List<AvailableLot> lots, Prices prices) {
            pairs = table.pairs();
            supply = table.supply();
            rowPrice = new long[pairs.rows()];
            columnPrice = new long[pairs.columns()];
            left = supply.clone();
            easiest = new Giving[pairs.rows()];
            easiestForAnother = new Giving[pairs.rows()];
            for (int row = 0; row < pairs.rows(); row++) {
                rowPrice[row] = prices.getOf(pairs.lot(row).key());
                for (int member : table.classes().members(row)) {
                    rowOfLot.put(lots.get(market.lots()[member]).key(), row);
                }
            }
            for (int column = 0; column < pairs.columns(); column++) {
                columnPrice[column] = prices.getOf(pairs.need(column).key());
            }
        }

        void give(int row, Giving giving) {
            left[row] -= giving.line.quantity();
            Giving first = easiest[row];
            Giving second = easiestForAnother[row];
            if (first == null || giving.worth < first.worth) {
                if (first != null && first.need != giving.need) {
                    easiestForAnother[row] = first;
                }
                easiest[row] = giving;
            } else if (giving.need != first.need && (second == null || giving.worth < second.worth)) {
                easiestForAnother[row] = giving;
            }
        }

        /** What a row gives to other needs than this one, the line that is worth least. */
        @Nullable
        Giving easiestBut(int row, int need) {
            Giving first = easiest[row];
            return first == null || first.need != need ? first : easiestForAnother[row];
        }
    }

    /**
     * A line that nobody decided.
     *
     * @param need its need's place
     * @param worth what its last unit is worth there, less the journey
     */
    private record Giving(PlanLine line, int need, long worth) {}

    private PlanReasons(PlanningProblem problem, Plan plan) {
        this.problem = problem;
        this.plan = plan;
        List<AvailableLot> lots = new ArrayList<>(problem.lots());
        lots.sort(Comparator.comparing(AvailableLot::key));
        needs = new ArrayList<>(problem.needs());
        needs.sort(Comparator.comparing(OpenNeed::key));
        served = new long[needs.size()];
        marketOfNeed = new MarketView[needs.size()];
        columnOfNeed = new int[needs.size()];
        for (int i = 0; i < needs.size(); i++) {
            placeOfNeed.put(needs.get(i).key(), i);
        }
        Decisions decisions = Decisions.of(problem, lots, needs);
        for (Market market : Market.of(problem, lots, needs)) {
            MarketView view = new MarketView(
                    new MarketTable(problem, lots, needs, decisions, market), market, lots, plan.prices());
            for (int column = 0; column < market.needs().length; column++) {
                marketOfNeed[market.needs()[column]] = view;
                columnOfNeed[market.needs()[column]] = column;
            }
        }
        for (PlanLine line : plan.lines()) {
            int need = place(line.need());
            served[need] += line.quantity();
            linesOfNeed.computeIfAbsent(line.need(), key -> new ArrayList<>()).add(line);
        }
        lastValue = new long[served.length];
        for (int need = 0; need < served.length; need++) {
            lastValue[need] = served[need] == 0 ? 0 : valueOfUnit(needs.get(need), served[need] - 1);
        }
        for (PlanLine line : plan.lines()) {
            int need = place(line.need());
            MarketView view = marketOfNeed[need];
            int row = row(view, line.lot());
            if (!line.locked()) {
                view.give(row, new Giving(line, need, lastValue[need] - line.unitCost()));
            }
        }
    }

    /**
     * @param plan made for exactly this problem
     * @throws IllegalArgumentException if the plan names lots or needs that are not in the problem
     */
    public static PlanReasons of(PlanningProblem problem, Plan plan) {
        return new PlanReasons(problem, plan);
    }

    private int place(NeedKey need) {
        Integer place = placeOfNeed.get(need);
        if (place == null) {
            throw new IllegalArgumentException("The plan's need " + need + " is not in the problem.");
        }
        return place;
    }

    private static int row(MarketView view, LotKey lot) {
        Integer row = view.rowOfLot.get(lot);
        if (row == null) {
            throw new IllegalArgumentException(
                    "The plan's lot " + lot + " is not in the problem, or fits no such need.");
        }
        return row;
    }

    /** The reasons of all lines, in their order. */
    public List<LineReason> listLines() {
        // What a need's next best is takes the longest, and is the same for all its lines.
        Cheapest[] cheapest = new Cheapest[needs.size()];
        IntStream.range(0, cheapest.length)
                .parallel()
                .filter(need -> served[need] > 0)
                .forEach(need -> cheapest[need] = cheapest(marketOfNeed[need], columnOfNeed[need]));
        LineReason[] reasons = new LineReason[plan.lines().size()];
        IntStream.range(0, reasons.length).parallel().forEach(i -> {
            PlanLine line = plan.lines().get(i);
            reasons[i] = lineReason(line, cheapest[place(line.need())]);
        });
        return List.of(reasons);
    }

    /** Why the plan has this line; empty if it has not. */
    public Optional<LineReason> findLine(LotKey lot, NeedKey need) {
        return linesOfNeed.getOrDefault(need, List.of()).stream()
                .filter(line -> line.lot().equals(lot))
                .findFirst()
                .map(line -> {
                    int place = place(line.need());
                    return lineReason(line, cheapest(marketOfNeed[place], columnOfNeed[place]));
                });
    }

    /** The needs that lack something, in the order of their keys. */
    public List<Shortfall> listShortfalls() {
        int[] lacking = IntStream.range(0, served.length)
                .filter(need -> served[need] < needs.get(need).quantity())
                .toArray();
        Shortfall[] shortfalls = new Shortfall[lacking.length];
        IntStream.range(0, lacking.length).parallel().forEach(i -> shortfalls[i] = shortfall(lacking[i]));
        return List.of(shortfalls);
    }

    /** What a need lacks and why; empty if it lacks nothing or is not in the problem. */
    public Optional<Shortfall> findShortfall(NeedKey need) {
        Integer place = placeOfNeed.get(need);
        return place == null || served[place] == needs.get(place).quantity()
                ? Optional.empty()
                : Optional.of(shortfall(place));
    }

    private LineReason lineReason(PlanLine line, Cheapest cheapest) {
        int need = place(line.need());
        MarketView view = marketOfNeed[need];
        int row = row(view, line.lot());
        int column = columnOfNeed[need];
        long ownCost = line.unitCost() + view.rowPrice[row];
        return new LineReason(
                line.lot(),
                line.need(),
                valueOfLast(needs.get(need), served[need], line.quantity()) - line.unitCost() * line.quantity(),
                line.locked(),
                nextBest(view, row, column, ownCost, cheapest));
    }

    /** The two rows that could serve a column at the least cost and price; −1 where there is none. */
    private record Cheapest(int first, long firstCost, int second, long secondCost) {}

    private static Cheapest cheapest(MarketView view, int column) {
        int first = -1;
        long firstCost = Long.MAX_VALUE;
        int second = -1;
        long secondCost = Long.MAX_VALUE;
        for (int row = 0; row < view.pairs.rows(); row++) {
            if (view.supply[row] == 0) {
                continue;
            }
            // Only what undercuts the second best so far is worth a sine.
            long limit = secondCost - view.rowPrice[row];
            if (view.pairs.isOnSphere() && view.pairs.costsAtLeast(row, column, (double) limit)) {
                continue;
            }
            int cost = view.pairs.cost(row, column);
            if (cost == PairTable.NONE || cost >= limit) {
                continue;
            }
            second = row;
            secondCost = cost + view.rowPrice[row];
            if (secondCost < firstCost) {
                second = first;
                secondCost = firstCost;
                first = row;
                firstCost = cost + view.rowPrice[row];
            }
        }
        return new Cheapest(first, firstCost, second, secondCost);
    }

    private static Optional<LineReason.NextBest> nextBest(
            MarketView view, int row, int column, long ownCost, Cheapest cheapest) {
        boolean own = cheapest.first == row;
        int best = own ? cheapest.second : cheapest.first;
        long bestCost = own ? cheapest.secondCost : cheapest.firstCost;
        if (best >= 0) {
            return Optional.of(new LineReason.NextBest.OtherLot(
                    view.pairs.lot(best).key(), view.pairs.km(best, column), bestCost - ownCost));
        }
        // What a unit of this lot is worth at its own need, and what it would be worth at others.
        long ownWorth = view.columnPrice[column] - (ownCost - view.rowPrice[row]);
        int bestColumn = -1;
        long bestWorth = 0;
        for (int other = 0; other < view.pairs.columns(); other++) {
            int cost = other == column ? PairTable.NONE : view.pairs.cost(row, other);
            if (cost != PairTable.NONE && view.columnPrice[other] - cost > bestWorth) {
                bestColumn = other;
                bestWorth = view.columnPrice[other] - cost;
            }
        }
        return Optional.of(
                bestColumn < 0
                        ? new LineReason.NextBest.Unused(ownWorth)
                        : new LineReason.NextBest.OtherNeed(
                                view.pairs.need(bestColumn).key(),
                                view.pairs.km(row, bestColumn),
                                ownWorth - bestWorth));
    }

    /** What the last units of those a need gets are worth. */
    private long valueOfLast(OpenNeed need, long gets, long units) {
        long[] sizes = Policy.tierSizes(need.quantity());
        int[] values = problem.tierValues(need);
        long[] filled = new long[sizes.length];
        long left = gets;
        for (int s = 0; s < sizes.length; s++) {
            filled[s] = Math.min(left, sizes[s]);
            left -= filled[s];
        }
        long value = 0;
        long wanted = units;
        for (int s = sizes.length - 1; s >= 0 && wanted > 0; s--) {
            long part = Math.min(wanted, filled[s]);
            value += part * values[s];
            wanted -= part;
        }
        return value;
    }

    private Shortfall shortfall(int place) {
        OpenNeed need = needs.get(place);
        return new Shortfall(need.key(), need.quantity() - served[place], cause(place));
    }

    private Shortfall.Cause cause(int place) {
        MarketView view = marketOfNeed[place];
        int column = columnOfNeed[place];
        OpenNeed need = needs.get(place);
        long nextValue = valueOfUnit(need, served[place]);
        Optional<Shortfall.Cause> full = hubFull(view, column, nextValue);
        if (full.isPresent()) {
            return full.get();
        }
        Optional<Shortfall.Cause> unhandy = unhandy(view, column, need.quantity() - served[place], nextValue);
        if (unhandy.isPresent()) {
            return unhandy.get();
        }
        boolean shares = SharedPlanner.isNeededFor(problem);
        if (!shares && !plan.figures().certified() && somethingWouldGain(view, column, nextValue)) {
            return new Shortfall.StoppedEarly();
        }
        Giving nearest = null;
        long least = Long.MAX_VALUE;
        for (int row = 0; row < view.pairs.rows(); row++) {
            Giving giving = view.easiestBut(row, place);
            if (giving == null) {
                continue;
            }
            // Only what is easier to give up than the easiest so far is worth a sine.
            long limit = nearest == null ? nextValue : Math.min(nextValue, least - giving.worth);
            if (view.pairs.isOnSphere() && view.pairs.costsAtLeast(row, column, (double) limit)) {
                continue;
            }
            int cost = view.pairs.cost(row, column);
            if (cost != PairTable.NONE && cost < limit) {
                nearest = giving;
                least = giving.worth + cost;
            }
        }
        if (nearest == null) {
            return nothingToGiveUp(view, column, nextValue);
        }
        long by = least - nextValue;
        return by < 0 && !shares
                ? new Shortfall.StoppedEarly()
                : new Shortfall.OthersNeedItMore(nearest.line.lot(), nearest.line.need(), Math.max(0, by));
    }

    /** Whether there is something that gains as soon as its hub's time costs nothing. */
    private Optional<Shortfall.Cause> hubFull(MarketView view, int column, long nextValue) {
        Sharing sharing = problem.sharing();
        if (sharing.limits().isEmpty()) {
            return Optional.empty();
        }
        LimitUse use = new LimitUse(sharing);
        int nearest = -1;
        long least = nextValue;
        long units = 0;
        for (int row = 0; row < view.pairs.rows(); row++) {
            LotKey lot = view.pairs.lot(row).key();
            String hub = view.left[row] == 0 ? null : sharing.hubs().get(lot);
            if (hub == null || use.ofLot(lot).length == 0) {
                continue;
            }
            int cost = view.pairs.cost(row, column);
            long own = cost - (long) view.pairs.limitPrice(row, column);
            if (cost != PairTable.NONE && own < nextValue) {
                units += view.left[row];
                if (own < least) {
                    nearest = row;
                    least = own;
                }
            }
        }
        return nearest < 0
                ? Optional.empty()
                : Optional.of(
                        new Shortfall.HubFull(view.pairs.lot(nearest).key(), view.pairs.km(nearest, column), units));
    }

    /** Whether there is something that gains but comes in packs that are too large, or is too little for a stop. */
    private Optional<Shortfall.Cause> unhandy(MarketView view, int column, long lacking, long nextValue) {
        HandlingLimits handling = problem.policy().limits();
        if (!handling.bindsShipments()) {
            return Optional.empty();
        }
        int nearest = -1;
        long least = nextValue;
        for (int row = 0; row < view.pairs.rows(); row++) {
            int cost = view.left[row] == 0 ? PairTable.NONE : view.pairs.cost(row, column);
            boolean hinders =
                    handling.leastShipmentKg() > 0 || view.pairs.lot(row).packSize() > lacking;
            if (cost < least && hinders) {
                nearest = row;
                least = cost;
            }
        }
        if (nearest < 0) {
            return Optional.empty();
        }
        AvailableLot lot = view.pairs.lot(nearest);
        double km = view.pairs.km(nearest, column);
        return Optional.of(
                handling.wholePacks() && lot.packSize() > lacking
                        ? new Shortfall.PackStaysClosed(lot.key(), km, lot.packSize())
                        : new Shortfall.NotWorthAStop(lot.key(), km, handling.leastShipmentKg()));
    }

    /** Whether an unused unit is worth its journey; never in a plan of proven optimality. */
    private static boolean somethingWouldGain(MarketView view, int column, long nextValue) {
        for (int row = 0; row < view.pairs.rows(); row++) {
            if (view.left[row] > 0 && view.pairs.cost(row, column) < nextValue) {
                return true;
            }
        }
        return false;
    }

    /** No other need gets anything that could come here. */
    private static Shortfall.Cause nothingToGiveUp(MarketView view, int column, long nextValue) {
        int cheapest = -1;
        long cheapestCost = Long.MAX_VALUE;
        long usable = 0;
        for (int row = 0; row < view.pairs.rows(); row++) {
            int cost = view.supply[row] == 0 ? PairTable.NONE : view.pairs.cost(row, column);
            if (cost == PairTable.NONE) {
                continue;
            }
            if (cost < cheapestCost) {
                cheapest = row;
                cheapestCost = cost;
            }
            if (cost < nextValue) {
                usable += view.supply[row];
            }
        }
        if (cheapest < 0) {
            return obstacle(view, column);
        }
        return usable == 0
                ? new Shortfall.NotWorthTheDistance(
                        view.pairs.lot(cheapest).key(), view.pairs.km(cheapest, column), cheapestCost - nextValue)
                : new Shortfall.NothingLeft(usable);
    }

    /** What the unit after so many others is worth to a need. */
    private long valueOfUnit(OpenNeed need, long after) {
        long[] sizes = Policy.tierSizes(need.quantity());
        int[] values = problem.tierValues(need);
        long below = 0;
        for (int s = 0; s < sizes.length; s++) {
            below += sizes[s];
            if (after < below) {
                return values[s];
            }
        }
        throw new IllegalStateException("Need " + need.key() + " asks for no more than " + after + ".");
    }

    /** No lot can serve the need: what stands in the way of most units. */
    private static Shortfall.Cause obstacle(MarketView view, int column) {
        long[] units = new long[4];
        Pairing.@Nullable TooLate soonest = null;
        Pairing.@Nullable ExpiresFirst freshest = null;
        int soonestRow = -1;
        int freshestRow = -1;
        for (int row = 0; row < view.pairs.rows(); row++) {
            long supply = view.supply[row];
            Pairing pairing = supply == 0 ? new Pairing.OtherItem() : view.pairs.pairing(row, column);
            if (pairing instanceof Pairing.TooLate late) {
                units[0] += supply;
                if (soonest == null || late.late().compareTo(soonest.late()) < 0) {
                    soonest = late;
                    soonestRow = row;
                }
            } else if (pairing instanceof Pairing.ExpiresFirst spoilt) {
                units[1] += supply;
                if (freshest == null || spoilt.missing().compareTo(freshest.missing()) < 0) {
                    freshest = spoilt;
                    freshestRow = row;
                }
            } else if (pairing instanceof Pairing.ClosedOff) {
                units[2] += supply;
            } else if (pairing instanceof Pairing.Forbidden) {
                units[3] += supply;
            }
        }
        long most = Arrays.stream(units).max().orElse(0);
        if (most == 0) {
            return new Shortfall.NothingLeft(0);
        }
        if (soonest != null && units[0] == most) {
            return new Shortfall.TooFarForTheDeadline(
                    view.pairs.lot(soonestRow).key(), soonest.km(), soonest.arrival(), soonest.late(), most);
        }
        if (freshest != null && units[1] == most) {
            return new Shortfall.ExpiresFirst(
                    view.pairs.lot(freshestRow).key(), freshest.km(), freshest.arrival(), freshest.missing(), most);
        }
        return units[2] == most ? new Shortfall.ClosedOff(most) : new Shortfall.Forbidden(most);
    }
}
