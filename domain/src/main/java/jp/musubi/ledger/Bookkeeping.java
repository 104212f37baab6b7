package jp.musubi.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.musubi.common.Quantity;

/** What every use case of the ledger does with the book. */
final class Bookkeeping {

    private final LedgerBook book;
    private final Clock realTime;

    Bookkeeping(LedgerBook book, Clock realTime) {
        this.book = book;
        this.realTime = realTime;
    }

    /** A posting of movements only. */
    Posting posting(Deed deed, Cause cause, Optional<PostingId> corrects, List<Movement> movements) {
        return new Posting(
                book.nextPostingId(),
                deed.response(),
                cause,
                deed.actor(),
                deed.effectiveAt(),
                now(),
                deed.key(),
                corrects,
                movements,
                List.of(),
                List.of());
    }

    /** What stays promised of a promise of which a part went its way. */
    Entries.NewReservation rest(Deed deed, int number, Reservation of, Quantity quantity) {
        ReservationId id = book.nextReservationId();
        return new Entries.NewReservation(
                new IdempotencyKey(deed.key().value() + "/rest").part(number),
                new Reservation(
                        id,
                        of.response(),
                        of.at(),
                        quantity,
                        of.community(),
                        of.needKey(),
                        of.planLine(),
                        of.expiresAt(),
                        ReservationState.OPEN));
    }

    static Reservation changed(Reservation reservation, BalanceKey at, Quantity quantity, ReservationState state) {
        return new Reservation(
                reservation.id(),
                reservation.response(),
                at,
                quantity,
                reservation.community(),
                reservation.needKey(),
                reservation.planLine(),
                reservation.expiresAt(),
                state);
    }

    /**
     * @throws IllegalArgumentException if one of them does not exist
     */
    Map<ReservationId, Reservation> lockAll(List<ReservationId> ids) {
        Map<ReservationId, Reservation> locked = new TreeMap<>(book.lockReservations(ids));
        ids.stream().filter(id -> !locked.containsKey(id)).findFirst().ifPresent(id -> {
            throw new IllegalArgumentException("There is no reservation " + id.value() + ".");
        });
        return locked;
    }

    /** Every lot must be one of the deed's response. */
    Decision mustKnow(Deed deed, Set<LotId> lots) {
        Map<LotId, Lot> known = book.findLots(lots);
        return Decision.all(lots, id -> {
            Lot lot = known.get(id);
            return lot == null || !lot.response().equals(deed.response())
                    ? Decision.rejected(new Rejection.NoSuchLot(id))
                    : Decision.allowed();
        });
    }

    /** Movements of one posting may take from the same balance; together they take only what is free. */
    static Decision mayTakeAllFree(List<Movement> movements, Map<BalanceKey, Balance> balances) {
        Map<BalanceKey, Quantity> taken = new TreeMap<>();
        for (Movement movement : movements) {
            if (movement.from() instanceof Account.Inside from) {
                taken.merge(new BalanceKey(movement.lot(), from), movement.quantity(), Quantity::plus);
            }
        }
        return Decision.all(
                taken.entrySet(),
                entry ->
                        LedgerRules.mayTakeFree(entry.getKey(), balanceOf(balances, entry.getKey()), entry.getValue()));
    }

    static Set<LotId> lotsOf(List<Movement> movements) {
        return movements.stream().map(Movement::lot).collect(Collectors.toSet());
    }

    static Set<BalanceKey> insideOf(List<Movement> movements) {
        Set<BalanceKey> keys = new TreeSet<>();
        for (Movement movement : movements) {
            if (movement.from() instanceof Account.Inside from) {
                keys.add(new BalanceKey(movement.lot(), from));
            }
            if (movement.to() instanceof Account.Inside to) {
                keys.add(new BalanceKey(movement.lot(), to));
            }
        }
        return keys;
    }

    static Set<BalanceKey> keysOf(Iterable<Reservation> reservations) {
        Set<BalanceKey> keys = new TreeSet<>();
        reservations.forEach(reservation -> keys.add(reservation.at()));
        return keys;
    }

    static Lot getLot(Map<LotId, Lot> lots, LotId id) {
        return Optional.ofNullable(lots.get(id))
                .orElseThrow(() -> new IllegalArgumentException("There is no lot " + id.value() + "."));
    }

    static Balance balanceOf(Map<BalanceKey, Balance> balances, BalanceKey key) {
        return balances.getOrDefault(key, Balance.EMPTY);
    }

    static Quantity smaller(Quantity a, Quantity b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /** Real time, as finely as it is stored. */
    Instant now() {
        return realTime.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
