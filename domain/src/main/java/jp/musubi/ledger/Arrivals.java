package jp.musubi.ledger;

import static jp.musubi.ledger.Bookkeeping.balanceOf;
import static jp.musubi.ledger.Bookkeeping.changed;
import static jp.musubi.ledger.Bookkeeping.smaller;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.common.Quantity;
import jp.musubi.place.HubId;

/** Announced goods reach a hub, and promises made of them go with them. */
final class Arrivals {

    private final LedgerBook book;
    private final Bookkeeping keeping;

    Arrivals(LedgerBook book, Bookkeeping keeping) {
        this.book = book;
        this.keeping = keeping;
    }

    Outcome<PostingId> arrive(Deed deed, LotId lot, HubId hub, Quantity quantity) {
        Optional<PostingId> early = book.findPosting(deed.key());
        if (early.isPresent()) {
            return Outcome.repeated(early.get());
        }
        BalanceKey announced = new BalanceKey(lot, new Account.Announced());
        BalanceKey stored = new BalanceKey(lot, new Account.AtHub(hub));
        Decision known = keeping.mustKnow(deed, Set.of(lot));
        if (!known.isAllowed()) {
            return Outcome.rejected(known);
        }
        Map<ReservationId, Reservation> reservations = book.lockReservations(book.findOpenReservations(announced));
        Map<BalanceKey, Balance> balances = book.lock(Set.of(announced, stored));
        Optional<PostingId> before = book.findPosting(deed.key());
        if (before.isPresent()) {
            return Outcome.repeated(before.get());
        }
        Quantity waiting = balanceOf(balances, announced).onHand();
        Decision there = quantity.isZero() || quantity.compareTo(waiting) > 0
                ? Decision.rejected(new Rejection.NotEnoughFree(announced, quantity, waiting))
                : Decision.allowed();
        if (!there.isAllowed()) {
            return Outcome.rejected(there);
        }
        List<Reservation> open = reservations.values().stream()
                .filter(Reservation::isOpen)
                .sorted(Comparator.comparing(Reservation::id))
                .toList();
        Quantity promised = open.stream().map(Reservation::quantity).reduce(Quantity.ZERO, Quantity::plus);
        if (!promised.equals(balanceOf(balances, announced).reserved())) {
            throw new LedgerConflict("Promises of lot " + lot.value() + " changed while it arrived.");
        }
        List<Entries.Replaced> replaced = new ArrayList<>();
        List<Entries.NewReservation> split = new ArrayList<>();
        Quantity left = quantity;
        for (Reservation reservation : open) {
            Quantity carried = smaller(left, reservation.quantity());
            if (carried.isZero()) {
                break;
            }
            replaced.add(new Entries.Replaced(
                    reservation, changed(reservation, stored, carried, ReservationState.OPEN), Optional.empty()));
            Quantity rest = reservation.quantity().minus(carried);
            if (!rest.isZero()) {
                split.add(keeping.rest(deed, split.size(), reservation, rest));
            }
            left = left.minus(carried);
        }
        Posting posting = keeping.posting(
                deed,
                Cause.ARRIVED,
                Optional.empty(),
                List.of(new Movement(lot, announced.account(), stored.account(), quantity)));
        book.write(new Entries(deed, List.of(posting), split, replaced, Optional.empty(), Optional.empty()));
        return Outcome.done(posting.id());
    }
}
