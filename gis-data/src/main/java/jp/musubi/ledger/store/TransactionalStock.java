package jp.musubi.ledger.store;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.RetryingTransactions;
import jp.musubi.identity.PersonId;
import jp.musubi.ledger.Cause;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.Conversion;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DefaultStock;
import jp.musubi.ledger.LedgerBook;
import jp.musubi.ledger.LedgerConflict;
import jp.musubi.ledger.LineOutcome;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.Movement;
import jp.musubi.ledger.Outcome;
import jp.musubi.ledger.PostingId;
import jp.musubi.ledger.Promise;
import jp.musubi.ledger.ReceiptLine;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.place.HubId;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.springframework.stereotype.Service;

/**
 * The use cases of the ledger, each in one transaction that starts over when two get into each other's way. A closed
 * response takes nothing in.
 */
@Service
class TransactionalStock implements Stock {

    private final Stock stock;
    private final Responses responses;
    private final RetryingTransactions transactions;

    TransactionalStock(LedgerBook book, Clock realTime, Responses responses, RetryingTransactions transactions) {
        stock = new DefaultStock(book, realTime);
        this.responses = responses;
        this.transactions = transactions;
    }

    @Override
    public Outcome<LotId> register(Deed deed, Registration registration) {
        return run(deed.response(), () -> stock.register(deed, registration));
    }

    @Override
    public List<LineOutcome> applyLines(
            ResponseId response, Optional<PersonId> actor, Instant effectiveAt, List<Registration> lines) {
        return run(response, () -> stock.applyLines(response, actor, effectiveAt, lines));
    }

    @Override
    public Outcome<PostingId> arrive(Deed deed, LotId lot, HubId hub, Quantity quantity) {
        return run(deed.response(), () -> stock.arrive(deed, lot, hub, quantity));
    }

    @Override
    public Outcome<List<List<ReservationId>>> reserve(Deed deed, List<Promise> promises) {
        return run(deed.response(), () -> stock.reserve(deed, promises));
    }

    @Override
    public List<Outcome<List<ReservationId>>> reserveEach(Deed deed, List<Promise> promises) {
        return run(deed.response(), () -> stock.reserveEach(deed, promises));
    }

    @Override
    public Outcome<List<ReservationId>> cancel(Deed deed, List<ReservationId> reservations) {
        return run(deed.response(), () -> stock.cancel(deed, reservations));
    }

    @Override
    public int expire(ResponseId response, Instant now) {
        return run(response, () -> stock.expire(response, now));
    }

    @Override
    public Outcome<ConsignmentId> send(Deed deed, List<SendLine> lines, Optional<Instant> expectedAt) {
        return run(deed.response(), () -> stock.send(deed, lines, expectedAt));
    }

    @Override
    public Outcome<PostingId> receive(Deed deed, ConsignmentId consignment, List<ReceiptLine> lines) {
        return run(deed.response(), () -> stock.receive(deed, consignment, lines));
    }

    @Override
    public Outcome<PostingId> move(Deed deed, Cause cause, List<Movement> movements) {
        return run(deed.response(), () -> stock.move(deed, cause, movements));
    }

    @Override
    public Outcome<List<LotId>> convert(Deed deed, Conversion conversion) {
        return run(deed.response(), () -> stock.convert(deed, conversion));
    }

    @Override
    public Outcome<PostingId> reverse(Deed deed, PostingId posting) {
        return run(deed.response(), () -> stock.reverse(deed, posting));
    }

    private <T> T run(ResponseId response, Supplier<T> work) {
        return transactions.run(
                () -> {
                    responses.holdOpen(response);
                    return work.get();
                },
                LedgerConflict.class::isInstance);
    }
}
