package jp.musubi.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import jp.musubi.matching.Journeys.Journey;
import jp.musubi.place.Position;

/**
 * Makes whole units, closed packs and shipments worth a stop of what a mixture of plans says: rounds down, then gives the rest
 * where it gains most for what it takes of limits. All limits are kept, lines counted one by one.
 */
final class WholeUnits {

    /** Shares are exact to some digits only, which at the largest quantities are whole units. */
    private static final double NOTHING = 1e-7;

    /** How often something better is looked for at most, and how many journeys may be looked at for that. */
    private static final int MOST_TRIES = 400;

    private static final int WORK_OF_TRIES = 2_000_000;

    private final PlanningProblem problem;
    private final List<AvailableLot> lots;
    private final List<OpenNeed> needs;
    private final Journeys journeys;
    private final List<Journey> all;
    private final OwnValue own;
    private final SharedValue value;
    private final double[] prices;
    private final Map<Journey, Long> units = new TreeMap<>(Journeys.ORDER);
    private final long[] left;
    private final long[] pack;
    private final long[] loose;
    private final long[] served;
    private final double[] room;
    private final double[] covered;

    /**
     * @param limits what may be used of each
     * @param prices of limits, in the objective's unit
     * @param decided lines that people locked
     */
    WholeUnits(
            PlanningProblem problem,
            List<AvailableLot> lots,
            List<OpenNeed> needs,
            Journeys journeys,
            OwnValue own,
            SharedValue value,
            double[] limits,
            double[] prices,
            List<PlanLine> decided) {
        this.problem = problem;
        this.lots = lots;
        this.needs = needs;
        this.journeys = journeys;
        all = journeys.all();
        this.own = own;
        this.value = value;
        this.prices = prices;
        left = lots.stream().mapToLong(AvailableLot::quantity).toArray();
        boolean whole = problem.policy().limits().wholePacks();
        pack = lots.stream()
                .mapToLong(lot -> whole ? Math.max(1, lot.packSize()) : 1)
                .toArray();
        loose = new long[left.length];
        served = new long[needs.size()];
        room = limits.clone();
        covered = new double[value.groups()];
        decided.forEach(line -> take(journeys.of(line), line.quantity()));
        Arrays.setAll(loose, lot -> left[lot] % pack[lot]);
    }

    /** Gives so many units, or as many of them as there are, are asked for, are in closed packs and can leave the hub. */
    void give(Journey journey, double quantity) {
        give(journey, possible(journey, (long) Math.floor(quantity + NOTHING)));
    }

    /** Gives the rest where it gains most, and then looks for something better where that is no longer the best rule. */
    void giveRest() {
        fill(all);
        boolean wholeThings = problem.policy().limits().bindsShipments()
                || problem.sharing().limits().stream().anyMatch(limit -> limit.measure() == Sharing.Measure.LINES);
        if (wholeThings) {
            improve(Math.min(MOST_TRIES, WORK_OF_TRIES / (1 + all.size())));
        }
    }

    private void fill(List<Journey> allowed) {
        giveRest(allowed);
        double least = problem.policy().limits().leastShipmentKg();
        if (least > 0) {
            keepLeastShipments(least);
        }
    }

    /**
     * Takes some lines that have to do with one another back, does without some of them, and keeps what comes of it if it is
     * better; the same problem is always improved in the same way.
     */
    private void improve(int tries) {
        Random random = new Random(tries);
        for (int i = 0; i < tries; i++) {
            List<Journey> lines = units.keySet().stream()
                    .filter(journey -> !journey.line().locked())
                    .toList();
            if (lines.isEmpty()) {
                return;
            }
            State before = new State();
            double objective = objective();
            Journey seed = lines.get(random.nextInt(lines.size()));
            int kind = random.nextInt(4);
            Set<Journey> without = new HashSet<>();
            for (Journey journey : lines) {
                boolean related = switch (kind) {
                    case 0 -> journey.need() == seed.need();
                    case 1 -> journey.lot() == seed.lot();
                    case 2 -> shipment(journey).equals(shipment(seed));
                    default -> random.nextInt(8) == 0;
                };
                if (related) {
                    takeBack(journey);
                    if (random.nextBoolean()) {
                        without.add(journey);
                    }
                }
            }
            fill(all.stream().filter(journey -> !without.contains(journey)).toList());
            fill(all);
            if (objective() >= objective) {
                before.restore();
            }
        }
    }

    private double objective() {
        double objective = 0;
        for (Map.Entry<Journey, Long> line : units.entrySet()) {
            objective += (double) line.getKey().line().unitCost() * line.getValue();
        }
        for (int need = 0; need < served.length; need++) {
            objective -= own.of(need, served[need]);
        }
        for (int group = 0; group < covered.length; group++) {
            objective -= value.of(group, covered[group]);
        }
        return objective;
    }

    /** What has been given at one moment. */
    private final class State {
        private final Map<Journey, Long> oldUnits = new HashMap<>(units);
        private final long[] oldLeft = left.clone();
        private final long[] oldLoose = loose.clone();
        private final long[] oldServed = served.clone();
        private final double[] oldRoom = room.clone();
        private final double[] oldCovered = covered.clone();

        void restore() {
            units.clear();
            units.putAll(oldUnits);
            System.arraycopy(oldLeft, 0, left, 0, left.length);
            System.arraycopy(oldLoose, 0, loose, 0, loose.length);
            System.arraycopy(oldServed, 0, served, 0, served.length);
            System.arraycopy(oldRoom, 0, room, 0, room.length);
            System.arraycopy(oldCovered, 0, covered, 0, covered.length);
        }
    }

    Map<Journey, Long> units() {
        return units;
    }

    long served(int need) {
        return served[need];
    }

    double covered(int group) {
        return covered[group];
    }

    double room(int limit) {
        return room[limit];
    }

    private void give(Journey journey, long quantity) {
        if (quantity > 0) {
            take(journey, quantity);
        }
    }

    private void take(Journey journey, long quantity) {
        boolean first = units.merge(journey, quantity, Long::sum) == quantity;
        change(journey, quantity, first ? 1 : 0);
        long packs = Math.min(quantity / pack[journey.lot()], packsLeft(journey.lot(), quantity));
        loose[journey.lot()] -= quantity - packs * pack[journey.lot()];
    }

    /** Of what was there before this many were taken. */
    private long packsLeft(int lot, long taken) {
        return (left[lot] + taken - loose[lot]) / pack[lot];
    }

    private long given(Journey journey) {
        return units.getOrDefault(journey, 0L);
    }

    private void takeBack(Journey journey) {
        long quantity = given(journey);
        units.remove(journey);
        change(journey, -quantity, -1);
        loose[journey.lot()] = left[journey.lot()] % pack[journey.lot()];
    }

    private void change(Journey journey, long quantity, int lines) {
        left[journey.lot()] -= quantity;
        served[journey.need()] += quantity;
        for (int i = 0; i < journey.limits().length; i++) {
            int limit = journey.limits()[i];
            room[limit] -= journeys.countsLines(limit) ? lines : journey.uses()[i] * quantity;
        }
        for (int group : value.groupsOf(journey.need())) {
            covered[group] += value.worthOfUnit(journey.need()) * quantity;
        }
    }

    private long possible(Journey journey, long wanted) {
        int lot = journey.lot();
        long possible =
                Math.min(Math.min(wanted, left[lot]), needs.get(journey.need()).quantity() - served[journey.need()]);
        for (int i = 0; i < journey.limits().length; i++) {
            int limit = journey.limits()[i];
            if (!journeys.countsLines(limit)) {
                possible = Math.min(possible, (long) Math.floor(room[limit] / journey.uses()[i] + NOTHING));
            } else if (!units.containsKey(journey) && room[limit] < 1 - NOTHING) {
                return 0;
            }
        }
        if (possible <= 0) {
            return 0;
        }
        long packs = Math.min(possible / pack[lot], packsLeft(lot, 0));
        return packs * pack[lot] + Math.min(loose[lot], possible - packs * pack[lot]);
    }

    private record Offer(Journey journey, double gain) {}

    private void giveRest(List<Journey> allowed) {
        PriorityQueue<Offer> offers = new PriorityQueue<>(Comparator.comparingDouble(Offer::gain)
                .reversed()
                .thenComparingInt(offer -> offer.journey().lot())
                .thenComparingInt(offer -> offer.journey().need()));
        for (Journey journey : allowed) {
            if (!journey.line().locked()) {
                offer(journey, offers);
            }
        }
        Offer offer;
        while ((offer = offers.poll()) != null) {
            Journey journey = offer.journey();
            long quantity = step(journey);
            if (quantity > 0 && gainOverLimits(journey, quantity) == offer.gain()) {
                give(journey, quantity);
            }
            offer(journey, offers);
        }
    }

    /** Offers the next units of a journey if there are any and they gain; if not, they never will. */
    private void offer(Journey journey, PriorityQueue<Offer> offers) {
        long quantity = step(journey);
        if (quantity > 0 && gain(journey, quantity) > 0) {
            offers.add(new Offer(journey, gainOverLimits(journey, quantity)));
        }
    }

    /** What each of the next units gains on average. */
    private double gain(Journey journey, long quantity) {
        int need = journey.need();
        double gain = (own.of(need, served[need] + quantity) - own.of(need, served[need])) / quantity
                - journey.line().unitCost();
        for (int group : value.groupsOf(need)) {
            gain += value.next(group, covered[group]) * value.worthOfUnit(need);
        }
        return gain;
    }

    private double gainOverLimits(Journey journey, long quantity) {
        double gain = gain(journey, quantity);
        for (int i = 0; i < journey.limits().length; i++) {
            gain -= prices[journey.limits()[i]] * journey.uses()[i];
        }
        return gain;
    }

    /** How many units of a journey gain about the same and are possible; with closed packs at least one pack. */
    private long step(Journey journey) {
        OpenNeed need = needs.get(journey.need());
        long wanted = own.alike(journey.need(), served[journey.need()]);
        if (value.groupsOf(journey.need()).length > 0) {
            wanted = Math.min(wanted, Math.max(1, need.quantity() / 100));
        }
        return possible(journey, Math.max(wanted, pack[journey.lot()]));
    }

    /** What goes from one place to one community, of all items. */
    private record Shipment(Position from, CommunityKey to) {}

    private Shipment shipment(Journey journey) {
        return new Shipment(
                lots.get(journey.lot()).position(), needs.get(journey.need()).community());
    }

    /** Takes back what is not worth a stop, gives it by shipments that are, and begins others if enough comes together. */
    private void keepLeastShipments(double least) {
        Map<Shipment, Double> weights = new HashMap<>();
        Set<Shipment> open = new HashSet<>();
        units.forEach((journey, quantity) -> {
            weights.merge(shipment(journey), weight(journey, quantity), Double::sum);
            if (journey.line().locked()) {
                open.add(shipment(journey));
            }
        });
        weights.forEach((shipment, weight) -> {
            if (weight >= least) {
                open.add(shipment);
            }
        });
        List.copyOf(units.keySet()).stream()
                .filter(journey -> !open.contains(shipment(journey)))
                .forEach(this::takeBack);
        giveRest(allOf(open));

        Map<Shipment, List<Journey>> closed = new HashMap<>();
        Map<Shipment, Double> promise = new HashMap<>();
        List<Shipment> order = new ArrayList<>();
        for (Journey journey : all) {
            Shipment shipment = shipment(journey);
            long quantity = open.contains(shipment) ? 0 : step(journey);
            if (quantity > 0) {
                if (closed.computeIfAbsent(shipment, unknown -> new ArrayList<>())
                        .isEmpty()) {
                    order.add(shipment);
                }
                closed.get(shipment).add(journey);
                promise.merge(shipment, quantity * Math.max(0, gain(journey, quantity)), Double::sum);
            }
        }
        order.sort(Comparator.comparingDouble((Shipment shipment) -> promise.getOrDefault(shipment, 0.0))
                .reversed());
        for (Shipment shipment : order) {
            begin(shipment, closed.getOrDefault(shipment, List.of()), least, open);
        }
        giveRest(allOf(open));
    }

    private List<Journey> allOf(Set<Shipment> shipments) {
        return all.stream()
                .filter(journey -> shipments.contains(shipment(journey)))
                .toList();
    }

    private void begin(Shipment shipment, List<Journey> members, double least, Set<Shipment> open) {
        giveRest(members);
        double weight = members.stream()
                .filter(units::containsKey)
                .mapToDouble(journey -> weight(journey, given(journey)))
                .sum();
        if (weight >= least) {
            open.add(shipment);
        } else {
            members.stream().filter(units::containsKey).forEach(this::takeBack);
        }
    }

    private double weight(Journey journey, long quantity) {
        double kilograms =
                problem.sharing().bulkOf(lots.get(journey.lot()).item()).kilograms();
        return kilograms > 0 ? kilograms * quantity : Double.POSITIVE_INFINITY;
    }
}
