package jp.musubi.trace;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.Movement;
import jp.musubi.ledger.Shares;
import jp.musubi.ledger.Use;
import jp.musubi.place.MunicipalityCode;

/**
 * One gift: where every unit of it is, and how it got there.
 *
 * @param item what was given, or what it was made into
 * @param given units of the item that go back to this giver
 * @param now where they are; adds up to {@code given}
 * @param steps how they got there, the oldest first
 * @param madeInto what became of units that were spent or converted
 */
public record Trace(ItemId item, Quantity given, List<Whereabouts> now, List<TraceStep> steps, List<Trace> madeInto) {

    public Trace {
        now = List.copyOf(now);
        steps = List.copyOf(steps);
        madeInto = List.copyOf(madeInto);
    }

    private record Place(Stage stage, Optional<MunicipalityCode> municipality) {}

    private record DayAndPlace(LocalDate day, Place place) {}

    private static final Comparator<Place> ORDER = Comparator.comparing(Place::stage)
            .thenComparing(
                    place -> place.municipality().map(MunicipalityCode::value).orElse(""));

    /**
     * Folds movements of one item into where its units are.
     *
     * @param movements of all lots of one gift, in the order in which they happened
     * @param municipalities where an account is, or where a consignment is going
     * @param share how many of the units go back to the giver; empty = all. The shares of all givers of a lot add up, and
     *     so do the parts of one giver's share
     */
    public static Trace of(
            ItemId item,
            List<TracedMovement> movements,
            Function<Account, Optional<MunicipalityCode>> municipalities,
            Optional<Quantity> share,
            List<Trace> madeInto) {
        SortedMap<Place, Long> units = new TreeMap<>(ORDER);
        Map<DayAndPlace, Long> reached = new LinkedHashMap<>();
        long given = 0;
        for (TracedMovement traced : movements) {
            Movement movement = traced.movement();
            long quantity = movement.quantity().baseUnits();
            if (begins(movement.from())) {
                given += quantity;
            } else {
                units.merge(place(movement.from(), municipalities), -quantity, Long::sum);
            }
            if (returns(movement.to())) {
                given -= quantity;
            } else {
                units.merge(place(movement.to(), municipalities), quantity, Long::sum);
            }
            if (!traced.corrects() && !returns(movement.to())) {
                reached.merge(new DayAndPlace(traced.day(), place(movement.to(), municipalities)), quantity, Long::sum);
            }
        }
        units.values().removeIf(count -> count == 0);
        long[] counts = units.values().stream().mapToLong(Long::longValue).toArray();
        long mine = share.map(Quantity::baseUnits).orElse(given);
        long whole = given;
        long[] parts = share.isPresent() && whole > 0 ? Shares.split(mine, counts) : counts;
        List<Whereabouts> now = new ArrayList<>();
        int i = 0;
        for (Place place : units.keySet()) {
            long part = parts[i++];
            if (part > 0) {
                now.add(new Whereabouts(place.stage(), place.municipality(), new Quantity(part)));
            }
        }
        List<TraceStep> steps = new ArrayList<>();
        reached.forEach((at, count) -> {
            long part = whole > 0 && mine != whole ? Math.round((double) count * mine / whole) : count;
            if (part > 0) {
                steps.add(new TraceStep(
                        at.day(), new Whereabouts(at.place().stage(), at.place().municipality(), new Quantity(part))));
            }
        });
        steps.sort(Comparator.comparing(TraceStep::day));
        return new Trace(item, new Quantity(mine), now, steps, madeInto);
    }

    /** Units come into the trace from here: given, bought, or made of other lots. */
    private static boolean begins(Account from) {
        return returns(from)
                || from instanceof Account.Supplier
                || (from instanceof Account.Consumed consumed && consumed.use() == Use.CONVERTED);
    }

    /** Units that go back here were not given after all. */
    private static boolean returns(Account to) {
        return to instanceof Account.Donor;
    }

    private static Place place(Account account, Function<Account, Optional<MunicipalityCode>> municipalities) {
        return new Place(Stage.of(account), municipalities.apply(account));
    }
}
