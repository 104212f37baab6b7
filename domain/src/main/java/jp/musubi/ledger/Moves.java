package jp.musubi.ledger;

import static jp.musubi.ledger.Bookkeeping.getLot;
import static jp.musubi.ledger.Bookkeeping.insideOf;
import static jp.musubi.ledger.Bookkeeping.lotsOf;
import static jp.musubi.ledger.Bookkeeping.mayTakeAllFree;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Free units go along any way there is, and postings are taken back. */
final class Moves {

    private final LedgerBook book;
    private final Bookkeeping keeping;

    Moves(LedgerBook book, Bookkeeping keeping) {
        this.book = book;
        this.keeping = keeping;
    }

    Outcome<PostingId> move(Deed deed, Cause cause, List<Movement> movements) {
        return move(deed, cause, movements, Optional.empty());
    }

    /**
     * @param concerned the consignment whose history this belongs to
     */
    Outcome<PostingId> move(Deed deed, Cause cause, List<Movement> movements, Optional<ConsignmentId> concerned) {
        Map<LotId, Lot> lots = book.findLots(lotsOf(movements));
        Decision ways = Decision.all(movements, movement -> {
            Lot lot = lots.get(movement.lot());
            return lot == null || !lot.response().equals(deed.response())
                    ? Decision.rejected(new Rejection.NoSuchLot(movement.lot()))
                    : LedgerRules.mayGo(lot.substance(), movement.from(), movement.to());
        });
        if (!ways.isAllowed()) {
            return Outcome.rejected(ways);
        }
        Map<BalanceKey, Balance> balances = book.lock(insideOf(movements));
        Optional<PostingId> before = book.findPosting(deed.key());
        if (before.isPresent()) {
            return Outcome.repeated(before.get());
        }
        Decision free = mayTakeAllFree(movements, balances);
        if (!free.isAllowed()) {
            return Outcome.rejected(free);
        }
        Posting posting = keeping.posting(deed, cause, Optional.empty(), movements);
        book.write(new Entries(deed, List.of(posting), List.of(), List.of(), Optional.empty(), concerned));
        return Outcome.done(posting.id());
    }

    Outcome<PostingId> reverse(Deed deed, PostingId id) {
        Posting posting = book.getPosting(id);
        if (!posting.response().equals(deed.response())) {
            throw new IllegalArgumentException("There is no posting " + id.value() + " in this response.");
        }
        List<Movement> back = posting.movements().stream().map(Movement::back).toList();
        Map<LotId, Lot> lots = book.findLots(lotsOf(back));
        Map<BalanceKey, Balance> balances = book.lock(insideOf(back));
        Optional<PostingId> before = book.findPosting(deed.key());
        if (before.isPresent()) {
            return Outcome.repeated(before.get());
        }
        Decision decision = Decision.all(
                List.of(
                        LedgerRules.mayReverse(posting, book.isReversed(id)),
                        Decision.all(
                                back,
                                m -> LedgerRules.mayGoBack(getLot(lots, m.lot()).substance(), m.from(), m.to())),
                        mayTakeAllFree(back, balances)),
                rule -> rule);
        if (!decision.isAllowed()) {
            return Outcome.rejected(decision);
        }
        Posting reversal = keeping.posting(deed, Cause.REVERSED, Optional.of(id), back);
        Optional<ConsignmentId> concerned = Stream.concat(posting.movements().stream(), back.stream())
                .flatMap(movement ->
                        movement.to() instanceof Account.Trip trip ? Stream.of(trip.consignment()) : Stream.empty())
                .findFirst();
        book.write(new Entries(deed, List.of(reversal), List.of(), List.of(), Optional.empty(), concerned));
        return Outcome.done(reversal.id());
    }
}
