package jp.musubi.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.response.ResponseId;

/**
 * Port: where postings, lots, balances and reservations are kept. Everything happens in the caller's transaction; what is
 * locked stays locked until its end. To never wait for each other in a circle, callers lock reservations before
 * balances, and the book locks rows of one kind in ascending order.
 */
public interface LedgerBook {

    PostingId nextPostingId();

    LotId nextLotId();

    ReservationId nextReservationId();

    ConsignmentId nextConsignmentId();

    Optional<PostingId> findPosting(IdempotencyKey key);

    /**
     * @throws IllegalArgumentException if there is no such posting
     */
    Posting getPosting(PostingId id);

    /** Whether some posting takes this one back. */
    boolean isReversed(PostingId id);

    /** The lots that exist of those asked for. */
    Map<LotId, Lot> findLots(Collection<LotId> ids);

    /** The donation lines that exist of those asked for. */
    Map<DonationLine, KnownLine> findLines(ResponseId response, Collection<DonationLine> names);

    /** What is in inside accounts now; every key has an entry, {@link Balance#EMPTY} if nothing is there. Locks them. */
    Map<BalanceKey, Balance> lock(Set<BalanceKey> keys);

    /** Every inside account in which a lot has units. Locks nothing. */
    Set<BalanceKey> findPlaces(Collection<LotId> lots);

    /** The reservations that exist of those asked for. Locks them. */
    Map<ReservationId, Reservation> lockReservations(Collection<ReservationId> ids);

    /** Ids of open reservations of a lot in an account, in ascending order. */
    List<ReservationId> findOpenReservations(BalanceKey at);

    /** Ids of open reservations that end at or before {@code now}, in ascending order, at most {@code most}. */
    List<ReservationId> findExpired(ResponseId response, Instant now, int most);

    /** The reservations that were made under these keys. */
    Map<IdempotencyKey, ReservationId> findReservations(Collection<IdempotencyKey> keys);

    /**
     * Writes everything, and brings the balances up to date by {@link Entries#deltas()}. Fails if a balance would become
     * negative or more would be reserved than there is.
     */
    void write(Entries entries);

    Optional<Consignment> findConsignment(ConsignmentId id);

    /** The inside account each lot of a consignment was taken from. */
    Map<LotId, Account.Inside> findSources(ConsignmentId id);
}
