package jp.musubi.ledger;

import static jp.musubi.ledger.Bookkeeping.changed;
import static jp.musubi.ledger.Bookkeeping.keysOf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.common.Quantity;
import org.jspecify.annotations.Nullable;

/** Promised units travel to their community, and what arrives is noted. */
final class Consignments {

    private final LedgerBook book;
    private final Bookkeeping keeping;
    private final Moves moves;

    Consignments(LedgerBook book, Bookkeeping keeping, Moves moves) {
        this.book = book;
        this.keeping = keeping;
        this.moves = moves;
    }

    Outcome<ConsignmentId> send(Deed deed, List<Stock.SendLine> lines, Optional<Instant> expectedAt) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("A consignment has at least one line.");
        }
        Optional<PostingId> early = book.findPosting(deed.key());
        if (early.isPresent()) {
            return Outcome.repeated(consignmentOf(early.get()));
        }
        Map<ReservationId, Quantity> quantities = new LinkedHashMap<>();
        lines.forEach(line -> quantities.merge(line.reservation(), line.quantity(), Quantity::plus));
        Map<ReservationId, Reservation> locked = keeping.lockAll(List.copyOf(quantities.keySet()));
        Optional<PostingId> before = book.findPosting(deed.key());
        if (before.isPresent()) {
            return Outcome.repeated(consignmentOf(before.get()));
        }
        ConsignmentId consignment = book.nextConsignmentId();
        Account.Trip trip = new Account.Trip(consignment);
        Map<LotId, Lot> lots =
                book.findLots(locked.values().stream().map(r -> r.at().lot()).collect(Collectors.toSet()));
        Decision decision = Decision.all(
                List.of(
                        Decision.all(
                                locked.values(),
                                r -> LedgerRules.maySend(r, quantities.getOrDefault(r.id(), Quantity.ZERO))),
                        LedgerRules.mustShareDestination(locked.values()),
                        Decision.all(locked.values(), r -> maySendFrom(deed, lots.get(r.at().lot()), r, trip))),
                rule -> rule);
        if (!decision.isAllowed()) {
            return Outcome.rejected(decision);
        }
        book.lock(keysOf(locked.values()));
        PostingId id = book.nextPostingId();
        List<Entries.Replaced> replaced = new ArrayList<>();
        List<Entries.NewReservation> rests = new ArrayList<>();
        Map<BalanceKey, Quantity> taken = new TreeMap<>();
        for (Reservation reservation : locked.values()) {
            Quantity sent = quantities.getOrDefault(reservation.id(), Quantity.ZERO);
            replaced.add(new Entries.Replaced(
                    reservation, changed(reservation, reservation.at(), sent, ReservationState.SENT), Optional.of(id)));
            Quantity rest = reservation.quantity().minus(sent);
            if (!rest.isZero()) {
                rests.add(keeping.rest(deed, rests.size(), reservation, rest));
            }
            taken.merge(reservation.at(), sent, Quantity::plus);
        }
        List<Movement> movements = taken.entrySet().stream()
                .map(entry -> new Movement(entry.getKey().lot(), entry.getKey().account(), trip, entry.getValue()))
                .toList();
        Posting posting = new Posting(
                id,
                deed.response(),
                Cause.SENT,
                deed.actor(),
                deed.effectiveAt(),
                keeping.now(),
                deed.key(),
                Optional.empty(),
                movements,
                List.of(),
                List.of());
        Consignment opened = new Consignment(
                consignment,
                deed.response(),
                locked.values().iterator().next().community(),
                deed.effectiveAt(),
                expectedAt);
        book.write(new Entries(deed, List.of(posting), rests, replaced, Optional.of(opened), Optional.of(consignment)));
        return Outcome.done(consignment);
    }

    private static Decision maySendFrom(Deed deed, @Nullable Lot lot, Reservation reservation, Account.Trip trip) {
        return lot == null || !lot.response().equals(deed.response())
                ? Decision.rejected(new Rejection.NoSuchLot(reservation.at().lot()))
                : LedgerRules.mayGo(lot.substance(), reservation.at().account(), trip);
    }

    private ConsignmentId consignmentOf(PostingId id) {
        return book.getPosting(id).movements().stream()
                .flatMap(movement ->
                        movement.to() instanceof Account.Trip trip ? Stream.of(trip.consignment()) : Stream.empty())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Posting " + id.value() + " sent nothing. Maybe its key was used for something else?"));
    }

    Outcome<PostingId> receive(Deed deed, ConsignmentId id, List<ReceiptLine> lines) {
        Consignment consignment = book.findConsignment(id)
                .filter(found -> found.response().equals(deed.response()))
                .orElseThrow(() -> new IllegalArgumentException("There is no consignment " + id.value() + "."));
        Map<LotId, Account.Inside> sources = book.findSources(id);
        Account.Trip trip = new Account.Trip(id);
        Account.AtCommunity community = new Account.AtCommunity(consignment.community());
        List<Movement> movements = new ArrayList<>();
        for (ReceiptLine line : lines) {
            Account.Inside source = sources.get(line.lot());
            if (source == null) {
                return Outcome.rejected(new Rejection.NoSuchLot(line.lot()));
            }
            add(movements, line.lot(), trip, community, line.good());
            add(movements, line.lot(), trip, new Account.Lost(LossReason.DAMAGED), line.damaged());
            add(movements, line.lot(), trip, new Account.Lost(LossReason.SHORT), line.missing());
            add(movements, line.lot(), trip, source, line.refused());
            add(movements, line.lot(), trip, new Account.Lost(LossReason.LOST), line.lost());
        }
        if (movements.isEmpty()) {
            return Outcome.rejected(new Rejection.WrongQuantity(Quantity.ZERO, new Quantity(Quantity.LARGEST)));
        }
        return moves.move(deed, Cause.RECEIVED, movements, Optional.of(id));
    }

    private static void add(List<Movement> movements, LotId lot, Account from, Account to, Quantity quantity) {
        if (!quantity.isZero()) {
            movements.add(new Movement(lot, from, to, quantity));
        }
    }
}
