package jp.musubi.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.musubi.common.Quantity;
import jp.musubi.response.ResponseId;

/** A ledger book in memory. As strict as the stored one: it refuses what a constraint of the schema would refuse. */
final class InMemoryLedgerBook implements LedgerBook {

    private final Map<PostingId, Posting> postings = new LinkedHashMap<>();
    private final Map<IdempotencyKey, PostingId> postingKeys = new HashMap<>();
    private final SortedMap<LotId, Lot> lots = new TreeMap<>();
    private final SortedMap<BalanceKey, Balance> balances = new TreeMap<>();
    private final SortedMap<ReservationId, Reservation> reservations = new TreeMap<>();
    private final Map<IdempotencyKey, ReservationId> reservationKeys = new HashMap<>();
    private final Map<ConsignmentId, Consignment> consignments = new TreeMap<>();
    private final Set<BalanceKey> locked = new HashSet<>();
    private long next = 1;

    List<Posting> postings() {
        return List.copyOf(postings.values());
    }

    List<Lot> lots() {
        return List.copyOf(lots.values());
    }

    SortedMap<BalanceKey, Balance> balances() {
        return new TreeMap<>(balances);
    }

    List<Reservation> reservations() {
        return List.copyOf(reservations.values());
    }

    List<Consignment> consignments() {
        return List.copyOf(consignments.values());
    }

    /** As at the end of a transaction. */
    void releaseLocks() {
        locked.clear();
    }

    @Override
    public PostingId nextPostingId() {
        return new PostingId(next++);
    }

    @Override
    public LotId nextLotId() {
        return new LotId(next++);
    }

    @Override
    public ReservationId nextReservationId() {
        return new ReservationId(next++);
    }

    @Override
    public ConsignmentId nextConsignmentId() {
        return new ConsignmentId(next++);
    }

    @Override
    public Optional<PostingId> findPosting(IdempotencyKey key) {
        return Optional.ofNullable(postingKeys.get(key));
    }

    @Override
    public Posting getPosting(PostingId id) {
        return Optional.ofNullable(postings.get(id)).orElseThrow(() -> new IllegalArgumentException("No " + id));
    }

    @Override
    public boolean isReversed(PostingId id) {
        return postings.values().stream()
                .anyMatch(posting ->
                        posting.cause() == Cause.REVERSED && posting.corrects().equals(Optional.of(id)));
    }

    @Override
    public Map<LotId, Lot> findLots(Collection<LotId> ids) {
        Map<LotId, Lot> found = new TreeMap<>(lots);
        found.keySet().retainAll(new TreeSet<>(ids));
        return found;
    }

    @Override
    public Map<DonationLine, KnownLine> findLines(ResponseId response, Collection<DonationLine> names) {
        Map<DonationLine, KnownLine> lines = new HashMap<>();
        for (Lot lot : lots.values()) {
            if (lot.response().equals(response)
                    && lot.named().filter(names::contains).isPresent()) {
                DonationLine name = lot.named().get();
                KnownLine before = lines.get(name);
                List<LotId> all = new ArrayList<>(before == null ? List.of() : before.lots());
                all.add(lot.id());
                Quantity given = new Quantity(givenUnits(lot.id()));
                lines.put(
                        name,
                        new KnownLine(
                                lot,
                                all,
                                before == null ? given : before.declared().plus(given)));
            }
        }
        return lines;
    }

    private long givenUnits(LotId lot) {
        long units = 0;
        for (Posting posting : postings.values()) {
            for (Movement movement : posting.movements()) {
                if (movement.lot().equals(lot)) {
                    units += movement.from() instanceof Account.Donor
                            ? movement.quantity().baseUnits()
                            : 0;
                    units -= movement.to() instanceof Account.Donor
                            ? movement.quantity().baseUnits()
                            : 0;
                }
            }
        }
        return units;
    }

    @Override
    public Map<BalanceKey, Balance> lock(Set<BalanceKey> keys) {
        locked.addAll(keys);
        Map<BalanceKey, Balance> found = new TreeMap<>();
        keys.forEach(key -> found.put(key, balances.getOrDefault(key, Balance.EMPTY)));
        return found;
    }

    @Override
    public Set<BalanceKey> findPlaces(Collection<LotId> ids) {
        Set<BalanceKey> places = new TreeSet<>();
        balances.forEach((key, balance) -> {
            if (ids.contains(key.lot()) && !balance.onHand().isZero()) {
                places.add(key);
            }
        });
        return places;
    }

    @Override
    public Map<ReservationId, Reservation> lockReservations(Collection<ReservationId> ids) {
        Map<ReservationId, Reservation> found = new TreeMap<>(reservations);
        found.keySet().retainAll(new TreeSet<>(ids));
        return found;
    }

    @Override
    public List<ReservationId> findOpenReservations(BalanceKey at) {
        return reservations.values().stream()
                .filter(reservation -> reservation.isOpen() && reservation.at().equals(at))
                .map(Reservation::id)
                .toList();
    }

    @Override
    public List<ReservationId> findExpired(ResponseId response, Instant now, int most) {
        return reservations.values().stream()
                .filter(reservation -> reservation.isOpen()
                        && reservation.response().equals(response)
                        && reservation
                                .expiresAt()
                                .filter(time -> !time.isAfter(now))
                                .isPresent())
                .map(Reservation::id)
                .limit(most)
                .toList();
    }

    @Override
    public Map<IdempotencyKey, ReservationId> findReservations(Collection<IdempotencyKey> keys) {
        Map<IdempotencyKey, ReservationId> found = new HashMap<>(reservationKeys);
        found.keySet().retainAll(new HashSet<>(keys));
        return found;
    }

    @Override
    public void write(Entries entries) {
        entries.deltas().forEach((key, delta) -> {
            boolean isNew = entries.postings().stream()
                    .flatMap(posting -> posting.madeLots().stream())
                    .anyMatch(lot -> lot.id().equals(key.lot()));
            isNew |= entries.opened()
                    .filter(opened -> key.account().equals(new Account.Trip(opened.id())))
                    .isPresent();
            refuseUnless(isNew || locked.contains(key), "written without a lock: " + key);
            Balance before = balances.getOrDefault(key, Balance.EMPTY);
            balances.put(
                    key,
                    new Balance(
                            new Quantity(before.onHand().baseUnits() + delta.onHand()),
                            new Quantity(before.reserved().baseUnits() + delta.reserved())));
        });
        for (Posting posting : entries.postings()) {
            for (Lot lot : posting.madeLots()) {
                refuseUnless(lots.put(lot.id(), lot) == null, "lot twice: " + lot);
            }
            refuseUnless(postings.put(posting.id(), posting) == null, "posting twice: " + posting);
            refuseUnless(postingKeys.put(posting.key(), posting.id()) == null, "key twice: " + posting.key());
        }
        entries.reservations().forEach(added -> {
            Reservation reservation = added.reservation();
            refuseUnless(reservations.put(reservation.id(), reservation) == null, "twice: " + reservation);
            refuseUnless(reservationKeys.put(added.key(), reservation.id()) == null, "key twice: " + added.key());
        });
        entries.replaced()
                .forEach(change -> refuseUnless(
                        change.before().equals(reservations.put(change.after().id(), change.after())),
                        "replaced something else: " + change));
        entries.opened().ifPresent(consignment -> consignments.put(consignment.id(), consignment));
    }

    @Override
    public Optional<Consignment> findConsignment(ConsignmentId id) {
        return Optional.ofNullable(consignments.get(id));
    }

    @Override
    public Map<LotId, Account.Inside> findSources(ConsignmentId id) {
        Map<LotId, Account.Inside> sources = new TreeMap<>();
        Account trip = new Account.Trip(id);
        for (Posting posting : postings.values()) {
            for (Movement movement : posting.movements()) {
                if (movement.to().equals(trip) && movement.from() instanceof Account.Inside from) {
                    sources.putIfAbsent(movement.lot(), from);
                }
            }
        }
        return sources;
    }

    private static void refuseUnless(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
