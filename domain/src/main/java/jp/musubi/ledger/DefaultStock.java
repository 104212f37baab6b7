package jp.musubi.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.Quantity;
import jp.musubi.identity.PersonId;
import jp.musubi.place.HubId;
import jp.musubi.response.ResponseId;

/**
 * The use cases over a {@link LedgerBook}. Each takes the same three steps: lock what it touches, ask {@link LedgerRules},
 * write once. Runs in the caller's transaction.
 */
public final class DefaultStock implements Stock {

    private final Intake intake;
    private final Arrivals arrivals;
    private final Promises reserving;
    private final Consignments consignments;
    private final Moves moves;
    private final Conversions conversions;

    /**
     * @param realTime stamps what is recorded; when things happened comes with each {@link Deed}
     */
    public DefaultStock(LedgerBook book, Clock realTime) {
        Bookkeeping keeping = new Bookkeeping(book, realTime);
        intake = new Intake(book, keeping);
        arrivals = new Arrivals(book, keeping);
        reserving = new Promises(book, keeping);
        moves = new Moves(book, keeping);
        consignments = new Consignments(book, keeping, moves);
        conversions = new Conversions(book, keeping);
    }

    @Override
    public Outcome<LotId> register(Deed deed, Registration registration) {
        return intake.register(deed, registration);
    }

    @Override
    public List<LineOutcome> applyLines(
            ResponseId response, Optional<PersonId> actor, Instant effectiveAt, List<Registration> lines) {
        return intake.applyLines(response, actor, effectiveAt, lines);
    }

    @Override
    public Outcome<PostingId> arrive(Deed deed, LotId lot, HubId hub, Quantity quantity) {
        return arrivals.arrive(deed, lot, hub, quantity);
    }

    @Override
    public Outcome<List<List<ReservationId>>> reserve(Deed deed, List<Promise> promises) {
        return reserving.reserve(deed, promises);
    }

    @Override
    public List<Outcome<List<ReservationId>>> reserveEach(Deed deed, List<Promise> promises) {
        return reserving.reserveEach(deed, promises);
    }

    @Override
    public Outcome<List<ReservationId>> cancel(Deed deed, List<ReservationId> reservations) {
        return reserving.cancel(deed, reservations);
    }

    @Override
    public int expire(ResponseId response, Instant now) {
        return reserving.expire(response, now);
    }

    @Override
    public Outcome<ConsignmentId> send(Deed deed, List<SendLine> lines, Optional<Instant> expectedAt) {
        return consignments.send(deed, lines, expectedAt);
    }

    @Override
    public Outcome<PostingId> receive(Deed deed, ConsignmentId consignment, List<ReceiptLine> lines) {
        return consignments.receive(deed, consignment, lines);
    }

    @Override
    public Outcome<PostingId> move(Deed deed, Cause cause, List<Movement> movements) {
        return moves.move(deed, cause, movements);
    }

    @Override
    public Outcome<List<LotId>> convert(Deed deed, Conversion conversion) {
        return conversions.convert(deed, conversion);
    }

    @Override
    public Outcome<PostingId> reverse(Deed deed, PostingId posting) {
        return moves.reverse(deed, posting);
    }
}
