package jp.musubi.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import jp.musubi.common.Quantity;

/** What is true of a ledger after every deed, whatever the deed was. */
final class LedgerInvariants {

    private LedgerInvariants() {}

    static void check(InMemoryLedgerBook book) {
        balancesAreWhatPostingsAndReservationsSay(book);
        nothingIsLostBetweenAccounts(book);
        originsAddUpExactly(book);
    }

    /** Rebuilt from the first posting on, on hand and reserved come out equal and are never negative on the way. */
    private static void balancesAreWhatPostingsAndReservationsSay(InMemoryLedgerBook book) {
        SortedMap<BalanceKey, Long> onHand = new TreeMap<>();
        for (Posting posting : book.postings()) {
            for (Movement movement : posting.movements()) {
                long units = movement.quantity().baseUnits();
                if (movement.to() instanceof Account.Inside to) {
                    onHand.merge(new BalanceKey(movement.lot(), to), units, Long::sum);
                }
                if (movement.from() instanceof Account.Inside from) {
                    onHand.merge(new BalanceKey(movement.lot(), from), -units, Long::sum);
                }
            }
            onHand.forEach((key, units) -> assertThat(units).as("%s", key).isNotNegative());
        }
        Map<BalanceKey, Long> reserved = new HashMap<>();
        book.reservations().stream()
                .filter(Reservation::isOpen)
                .forEach(reservation ->
                        reserved.merge(reservation.at(), reservation.quantity().baseUnits(), Long::sum));
        SortedMap<BalanceKey, Balance> rebuilt = new TreeMap<>();
        onHand.forEach((key, units) ->
                rebuilt.put(key, new Balance(new Quantity(units), new Quantity(reserved.getOrDefault(key, 0L)))));
        assertThat(reserved.keySet()).isSubsetOf(rebuilt.keySet());
        SortedMap<BalanceKey, Balance> kept = book.balances();
        kept.values().removeIf(Balance.EMPTY::equals);
        rebuilt.values().removeIf(Balance.EMPTY::equals);
        assertThat(kept).isEqualTo(rebuilt);
    }

    /** Per lot: what came in from outside = what is inside + what went out. */
    private static void nothingIsLostBetweenAccounts(InMemoryLedgerBook book) {
        Map<LotId, Long> cameIn = new TreeMap<>();
        Map<LotId, Long> wentOut = new TreeMap<>();
        Map<LotId, Long> inside = new TreeMap<>();
        for (Posting posting : book.postings()) {
            for (Movement movement : posting.movements()) {
                long units = movement.quantity().baseUnits();
                if (movement.from() instanceof Account.Outside) {
                    cameIn.merge(movement.lot(), units, Long::sum);
                }
                if (movement.to() instanceof Account.Outside) {
                    wentOut.merge(movement.lot(), units, Long::sum);
                }
            }
        }
        book.balances()
                .forEach((key, balance) ->
                        inside.merge(key.lot(), balance.onHand().baseUnits(), Long::sum));
        for (Lot lot : book.lots()) {
            assertThat(cameIn.getOrDefault(lot.id(), 0L))
                    .as("lot %s", lot.id())
                    .isEqualTo(inside.getOrDefault(lot.id(), 0L) + wentOut.getOrDefault(lot.id(), 0L));
        }
    }

    /** Shares of a made lot add up to it, and what it is said to have consumed is what left the other lots. */
    private static void originsAddUpExactly(InMemoryLedgerBook book) {
        for (Posting posting : book.postings()) {
            Map<LotId, Long> shares = new TreeMap<>();
            Map<LotId, Long> saidConsumed = new TreeMap<>();
            for (LotOrigin origin : posting.origins()) {
                shares.merge(origin.lot(), origin.share().baseUnits(), Long::sum);
                saidConsumed.merge(origin.origin(), origin.consumed().baseUnits(), Long::sum);
            }
            if (posting.cause() != Cause.CONVERTED) {
                assertThat(shares).isEmpty();
                continue;
            }
            List<LotId> made =
                    new ArrayList<>(posting.madeLots().stream().map(Lot::id).toList());
            Map<LotId, Long> sizes = new TreeMap<>();
            Map<LotId, Long> consumed = new TreeMap<>();
            for (Movement movement : posting.movements()) {
                Map<LotId, Long> side = made.contains(movement.lot()) ? sizes : consumed;
                side.merge(movement.lot(), movement.quantity().baseUnits(), Long::sum);
            }
            assertThat(shares).isEqualTo(sizes);
            assertThat(saidConsumed).isEqualTo(consumed);
        }
    }
}
