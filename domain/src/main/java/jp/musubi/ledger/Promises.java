package jp.musubi.ledger;

import static jp.musubi.ledger.Bookkeeping.balanceOf;
import static jp.musubi.ledger.Bookkeeping.changed;
import static jp.musubi.ledger.Bookkeeping.keysOf;
import static jp.musubi.ledger.Bookkeeping.smaller;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.musubi.common.Quantity;
import jp.musubi.response.ResponseId;

/** Units are promised, and promises are taken back or run out. */
final class Promises {

    private static final int EXPIRED_AT_ONCE = 1000;

    private final LedgerBook book;
    private final Bookkeeping keeping;

    Promises(LedgerBook book, Bookkeeping keeping) {
        this.book = book;
        this.keeping = keeping;
    }

    Outcome<List<List<ReservationId>>> reserve(Deed deed, List<Promise> promises) {
        Plan plan = plan(deed, promises);
        List<Rejection> reasons = plan.outcomes.stream()
                .flatMap(outcome -> outcome.reasons().stream())
                .toList();
        if (!reasons.isEmpty()) {
            return Outcome.rejected(new Decision.Rejected(reasons));
        }
        writeReservations(deed, plan);
        List<List<ReservationId>> ids = plan.outcomes.stream().map(Outcome::get).toList();
        return plan.added.isEmpty() && !promises.isEmpty() ? Outcome.repeated(ids) : Outcome.done(ids);
    }

    List<Outcome<List<ReservationId>>> reserveEach(Deed deed, List<Promise> promises) {
        Plan plan = plan(deed, promises);
        writeReservations(deed, plan);
        return plan.outcomes;
    }

    /** What a list of promises comes to, before it is written. */
    private record Plan(List<Outcome<List<ReservationId>>> outcomes, List<Entries.NewReservation> added) {}

    private Plan plan(Deed deed, List<Promise> promises) {
        Set<LotId> lots = promises.stream().map(Promise::lot).collect(Collectors.toCollection(TreeSet::new));
        Map<LotId, Lot> known = book.findLots(lots);
        Set<BalanceKey> keys = new TreeSet<>();
        promises.forEach(promise -> promise.from().ifPresent(from -> keys.add(new BalanceKey(promise.lot(), from))));
        Set<LotId> anywhere = promises.stream()
                .filter(promise -> promise.from().isEmpty())
                .map(Promise::lot)
                .collect(Collectors.toCollection(TreeSet::new));
        book.findPlaces(anywhere).stream().filter(Promises::isPromisable).forEach(keys::add);
        keys.removeIf(key -> !known.containsKey(key.lot()));
        Map<BalanceKey, Balance> balances = new TreeMap<>(book.lock(keys));
        Map<LotId, List<BalanceKey>> places = new HashMap<>();
        balances.keySet()
                .forEach(key -> places.computeIfAbsent(key.lot(), lot -> new ArrayList<>())
                        .add(key));
        Map<IdempotencyKey, ReservationId> before = book.findReservations(IntStream.range(0, promises.size())
                .mapToObj(i -> pieceKey(deed, i, 0))
                .toList());
        List<Outcome<List<ReservationId>>> outcomes = new ArrayList<>();
        List<Entries.NewReservation> added = new ArrayList<>();
        for (int i = 0; i < promises.size(); i++) {
            Promise promise = promises.get(i);
            if (before.containsKey(pieceKey(deed, i, 0))) {
                outcomes.add(Outcome.repeated(piecesOf(deed, i)));
                continue;
            }
            Lot lot = known.get(promise.lot());
            if (lot == null || !lot.response().equals(deed.response())) {
                outcomes.add(Outcome.rejected(new Rejection.NoSuchLot(promise.lot())));
                continue;
            }
            List<BalanceKey> candidates = promise.from()
                    .map(from -> List.of(new BalanceKey(promise.lot(), from)))
                    .orElseGet(() -> places.getOrDefault(promise.lot(), List.of()).stream()
                            .sorted(Comparator.comparing(Promises::preference))
                            .toList());
            Decision decision = mayReserve(promise, lot, candidates, balances);
            if (!decision.isAllowed()) {
                outcomes.add(Outcome.rejected(decision));
                continue;
            }
            List<ReservationId> pieces = new ArrayList<>();
            Quantity left = promise.quantity();
            for (BalanceKey at : candidates) {
                Balance balance = balanceOf(balances, at);
                Quantity taken = smaller(left, balance.free());
                if (taken.isZero()) {
                    continue;
                }
                ReservationId id = book.nextReservationId();
                added.add(new Entries.NewReservation(
                        pieceKey(deed, i, pieces.size()),
                        new Reservation(
                                id,
                                deed.response(),
                                at,
                                taken,
                                promise.community(),
                                promise.needKey(),
                                promise.planLine(),
                                promise.expiresAt(),
                                ReservationState.OPEN)));
                pieces.add(id);
                balances.put(
                        at, new Balance(balance.onHand(), balance.reserved().plus(taken)));
                left = left.minus(taken);
            }
            outcomes.add(Outcome.done(List.copyOf(pieces)));
        }
        return new Plan(List.copyOf(outcomes), added);
    }

    private static Decision mayReserve(
            Promise promise, Lot lot, List<BalanceKey> candidates, Map<BalanceKey, Balance> balances) {
        for (BalanceKey at : candidates) {
            if (!isPromisable(at)) {
                return Decision.rejected(new Rejection.NoSuchWay(
                        lot.substance(), at.account(), new Account.AtCommunity(promise.community())));
            }
        }
        BalanceKey first =
                candidates.isEmpty() ? new BalanceKey(promise.lot(), new Account.Announced()) : candidates.get(0);
        Quantity free =
                candidates.stream().map(at -> balanceOf(balances, at).free()).reduce(Quantity.ZERO, Quantity::plus);
        return LedgerRules.mayReserve(first, new Balance(free, Quantity.ZERO), promise.quantity());
    }

    private void writeReservations(Deed deed, Plan plan) {
        if (!plan.added.isEmpty()) {
            book.write(new Entries(deed, List.of(), plan.added, List.of(), Optional.empty(), Optional.empty()));
        }
    }

    private List<ReservationId> piecesOf(Deed deed, int promise) {
        List<ReservationId> pieces = new ArrayList<>();
        for (int piece = 0; ; piece++) {
            IdempotencyKey key = pieceKey(deed, promise, piece);
            ReservationId id = book.findReservations(List.of(key)).get(key);
            if (id == null) {
                return List.copyOf(pieces);
            }
            pieces.add(id);
        }
    }

    private static IdempotencyKey pieceKey(Deed deed, int promise, int piece) {
        return deed.key().part(promise).part(piece);
    }

    Outcome<List<ReservationId>> cancel(Deed deed, List<ReservationId> reservations) {
        Map<ReservationId, Reservation> locked = keeping.lockAll(reservations);
        Decision own = Decision.all(
                locked.values(),
                reservation -> reservation.response().equals(deed.response())
                        ? Decision.allowed()
                        : Decision.rejected(
                                new Rejection.NoSuchLot(reservation.at().lot())));
        if (!own.isAllowed()) {
            return Outcome.rejected(own);
        }
        boolean allCancelled = locked.values().stream().allMatch(r -> r.state() == ReservationState.CANCELLED);
        if (allCancelled) {
            return Outcome.repeated(List.copyOf(locked.keySet()));
        }
        Decision decision = Decision.all(locked.values(), LedgerRules::mustBeOpen);
        if (!decision.isAllowed()) {
            return Outcome.rejected(decision);
        }
        end(deed, locked.values().stream().toList(), ReservationState.CANCELLED);
        return Outcome.done(List.copyOf(locked.keySet()));
    }

    int expire(ResponseId response, Instant now) {
        Map<ReservationId, Reservation> locked =
                book.lockReservations(book.findExpired(response, now, EXPIRED_AT_ONCE));
        List<Reservation> due = locked.values().stream()
                .filter(Reservation::isOpen)
                .filter(reservation -> reservation
                        .expiresAt()
                        .filter(time -> !time.isAfter(now))
                        .isPresent())
                .toList();
        if (!due.isEmpty()) {
            IdempotencyKey key = new IdempotencyKey("expire/" + due.get(0).id().value());
            end(new Deed(response, Optional.empty(), now, key), due, ReservationState.EXPIRED);
        }
        return due.size();
    }

    private void end(Deed deed, List<Reservation> reservations, ReservationState state) {
        book.lock(keysOf(reservations));
        List<Entries.Replaced> replaced = reservations.stream()
                .map(before -> new Entries.Replaced(
                        before, changed(before, before.at(), before.quantity(), state), Optional.empty()))
                .toList();
        book.write(new Entries(deed, List.of(), List.of(), replaced, Optional.empty(), Optional.empty()));
    }

    private static boolean isPromisable(BalanceKey key) {
        return switch (key.account().kind()) {
            case ANNOUNCED, HUB, INSPECTED, FUND, PROJECT, ACTIVITY -> true;
            default -> false;
        };
    }

    /** What was inspected goes out first, then what lies in a hub, then what is only announced. */
    private static int preference(BalanceKey key) {
        return switch (key.account().kind()) {
            case INSPECTED -> 0;
            case ANNOUNCED -> 2;
            default -> 1;
        };
    }
}
