package jp.musubi.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.musubi.common.Quantity;
import jp.musubi.identity.PersonId;
import jp.musubi.place.HubId;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;

/**
 * The use cases over a {@link LedgerBook}, each in the same three steps: lock what it touches, ask {@link LedgerRules},
 * write once. Runs in the caller's transaction.
 */
public final class DefaultStock implements Stock {

    private static final int EXPIRED_AT_ONCE = 1000;

    private final LedgerBook book;
    private final Clock realTime;

    /**
     * @param realTime stamps what is recorded; when things happened comes with each {@link Deed}
     */
    public DefaultStock(LedgerBook book, Clock realTime) {
        this.book = book;
        this.realTime = realTime;
    }

    @Override
    public Outcome<LotId> register(Deed deed, Registration registration) {
        Optional<PostingId> before = book.findPosting(deed.key());
        if (before.isPresent()) {
            return Outcome.repeated(
                    book.getPosting(before.get()).madeLots().get(0).id());
        }
        Account.Inside to = registration.entersAt(deed.effectiveAt());
        Account.Donor donor = new Account.Donor(registration.donor());
        Decision way = LedgerRules.mayGo(registration.substance(), donor, to);
        if (!way.isAllowed()) {
            return Outcome.rejected(way);
        }
        Posting posting = entrance(deed, registration, to, now());
        book.write(Entries.of(deed, posting));
        return Outcome.done(posting.madeLots().get(0).id());
    }

    @Override
    public List<LineOutcome> applyLines(
            ResponseId response, Optional<PersonId> actor, Instant effectiveAt, List<Registration> lines) {
        Map<DonationLine, KnownLine> known = book.findLines(
                response, lines.stream().map(DefaultStock::nameOf).toList());
        Instant recordedAt = now();
        List<Posting> entrances = new ArrayList<>();
        List<LineOutcome> outcomes = new ArrayList<>(lines.size());
        for (Registration line : lines) {
            DonationLine name = nameOf(line);
            KnownLine before = known.get(name);
            if (before == null) {
                Deed deed = new Deed(response, actor, effectiveAt, lineKey(response, name, 1));
                Posting posting = entrance(deed, line, line.entersAt(deed.effectiveAt()), recordedAt);
                entrances.add(posting);
                outcomes.add(new LineOutcome.Created(posting.madeLots().get(0).id()));
            } else if (line.saysTheSameAs(before)) {
                outcomes.add(new LineOutcome.Unchanged(before.newest().id()));
            } else {
                outcomes.add(correctLine(response, actor, effectiveAt, line, before));
            }
        }
        if (!entrances.isEmpty()) {
            Deed deed = new Deed(response, actor, effectiveAt, entrances.get(0).key());
            book.write(Entries.of(deed, entrances));
        }
        return outcomes;
    }

    private LineOutcome correctLine(
            ResponseId response, Optional<PersonId> actor, Instant effectiveAt, Registration line, KnownLine looked) {
        BalanceKey entrance = new BalanceKey(looked.newest().id(), line.entersAt(effectiveAt));
        Set<BalanceKey> looking = new TreeSet<>(book.findPlaces(looked.lots()));
        looking.add(entrance);
        Map<BalanceKey, Balance> places = book.lock(looking);
        KnownLine before = Optional.ofNullable(
                        book.findLines(response, List.of(nameOf(line))).get(nameOf(line)))
                .orElseThrow(() -> new LedgerConflict("A line vanished: " + nameOf(line) + "."));
        if (!before.newest().equals(looked.newest()) || !places.keySet().containsAll(book.findPlaces(before.lots()))) {
            throw new LedgerConflict("Line " + nameOf(line) + " moved while it was corrected.");
        }
        Account.Donor giver = new Account.Donor(before.newest().donor());
        List<BalanceKey> withdrawable = places.keySet().stream()
                .filter(at -> LedgerRules.mayGo(before.newest().substance(), at.account(), giver)
                        .isAllowed())
                .sorted(Comparator.reverseOrder())
                .toList();
        Quantity free =
                withdrawable.stream().map(at -> balanceOf(places, at).free()).reduce(Quantity.ZERO, Quantity::plus);
        Quantity bound = before.declared().minus(free);
        LotId lineId = before.newest().line();
        if (line.quantity().compareTo(bound) < 0) {
            return new LineOutcome.Refused(List.of(new Rejection.BelowPromised(lineId, line.quantity(), bound)));
        }
        if (!bound.isZero() && !line.hasTheSameItemAndDonor(before)) {
            return new LineOutcome.Refused(List.of(new Rejection.BoundToOther(lineId, bound)));
        }
        PostingId id = book.nextPostingId();
        Deed deed = new Deed(
                response,
                actor,
                effectiveAt,
                new IdempotencyKey(
                        lineKey(response, nameOf(line), before.newest().revision())
                                        .value()
                                + "/corrected/" + id.value()));
        Quantity wanted = line.quantity().minus(bound);
        List<Movement> movements = new ArrayList<>();
        List<Lot> made = new ArrayList<>();
        if (line.isOfTheSame(before)) {
            if (wanted.compareTo(free) < 0) {
                movements.addAll(withdraw(withdrawable, places, giver, free.minus(wanted)));
            } else {
                Account.Inside to = withdrawable.stream()
                        .filter(at -> at.lot().equals(before.newest().id())
                                && !balanceOf(places, at).onHand().isZero())
                        .findFirst()
                        .orElse(entrance)
                        .account();
                movements.add(new Movement(before.newest().id(), giver, to, wanted.minus(free)));
            }
        } else if (wanted.isZero()) {
            return new LineOutcome.Refused(List.of(new Rejection.BoundToOther(lineId, bound)));
        } else {
            movements.addAll(withdraw(withdrawable, places, giver, free));
            Lot lot = lotOf(
                    response,
                    line,
                    book.nextLotId(),
                    Optional.of(lineId),
                    before.newest().revision() + 1,
                    id);
            made.add(lot);
            movements.add(
                    new Movement(lot.id(), new Account.Donor(line.donor()), line.entersAt(deed.effectiveAt()), wanted));
        }
        Posting posting = new Posting(
                id,
                response,
                Cause.LINE_CORRECTED,
                actor,
                deed.effectiveAt(),
                now(),
                deed.key(),
                Optional.of(before.newest().posting()),
                movements,
                made,
                List.of());
        book.write(Entries.of(deed, posting));
        return new LineOutcome.Corrected(
                made.isEmpty() ? before.newest().id() : made.get(0).id(), id, before);
    }

    private static List<Movement> withdraw(
            List<BalanceKey> from, Map<BalanceKey, Balance> balances, Account.Donor giver, Quantity quantity) {
        List<Movement> movements = new ArrayList<>();
        Quantity left = quantity;
        for (BalanceKey at : from) {
            Quantity taken = smaller(left, balanceOf(balances, at).free());
            if (!taken.isZero()) {
                movements.add(new Movement(at.lot(), at.account(), giver, taken));
                left = left.minus(taken);
            }
        }
        return movements;
    }

    @Override
    public Outcome<PostingId> arrive(Deed deed, LotId lot, HubId hub, Quantity quantity) {
        Optional<PostingId> early = book.findPosting(deed.key());
        if (early.isPresent()) {
            return Outcome.repeated(early.get());
        }
        BalanceKey announced = new BalanceKey(lot, new Account.Announced());
        BalanceKey stored = new BalanceKey(lot, new Account.AtHub(hub));
        Decision known = mustKnow(deed, Set.of(lot));
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
                split.add(rest(deed, split.size(), reservation, rest));
            }
            left = left.minus(carried);
        }
        Posting posting = posting(
                deed,
                Cause.ARRIVED,
                Optional.empty(),
                List.of(new Movement(lot, announced.account(), stored.account(), quantity)));
        book.write(new Entries(deed, List.of(posting), split, replaced, Optional.empty(), Optional.empty()));
        return Outcome.done(posting.id());
    }

    @Override
    public Outcome<List<List<ReservationId>>> reserve(Deed deed, List<Promise> promises) {
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

    @Override
    public List<Outcome<List<ReservationId>>> reserveEach(Deed deed, List<Promise> promises) {
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
        book.findPlaces(anywhere).stream().filter(DefaultStock::isPromisable).forEach(keys::add);
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
                            .sorted(Comparator.comparing(DefaultStock::preference))
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

    @Override
    public Outcome<List<ReservationId>> cancel(Deed deed, List<ReservationId> reservations) {
        Map<ReservationId, Reservation> locked = lockAll(reservations);
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

    @Override
    public int expire(ResponseId response, Instant now) {
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

    @Override
    public Outcome<ConsignmentId> send(Deed deed, List<SendLine> lines, Optional<Instant> expectedAt) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("A consignment has at least one line.");
        }
        Optional<PostingId> early = book.findPosting(deed.key());
        if (early.isPresent()) {
            return Outcome.repeated(consignmentOf(early.get()));
        }
        Map<ReservationId, Quantity> quantities = new LinkedHashMap<>();
        lines.forEach(line -> quantities.merge(line.reservation(), line.quantity(), Quantity::plus));
        Map<ReservationId, Reservation> locked = lockAll(List.copyOf(quantities.keySet()));
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
                rests.add(rest(deed, rests.size(), reservation, rest));
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
                now(),
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

    @Override
    public Outcome<PostingId> receive(Deed deed, ConsignmentId id, List<ReceiptLine> lines) {
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
        return move(deed, Cause.RECEIVED, movements, Optional.of(id));
    }

    private static void add(List<Movement> movements, LotId lot, Account from, Account to, Quantity quantity) {
        if (!quantity.isZero()) {
            movements.add(new Movement(lot, from, to, quantity));
        }
    }

    @Override
    public Outcome<PostingId> move(Deed deed, Cause cause, List<Movement> movements) {
        return move(deed, cause, movements, Optional.empty());
    }

    private Outcome<PostingId> move(
            Deed deed, Cause cause, List<Movement> movements, Optional<ConsignmentId> concerned) {
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
        Posting posting = posting(deed, cause, Optional.empty(), movements);
        book.write(new Entries(deed, List.of(posting), List.of(), List.of(), Optional.empty(), concerned));
        return Outcome.done(posting.id());
    }

    @Override
    public Outcome<List<LotId>> convert(Deed deed, Conversion conversion) {
        Set<LotId> consumed =
                conversion.inputs().stream().map(input -> input.at().lot()).collect(Collectors.toSet());
        Decision known = mustKnow(deed, consumed);
        if (!known.isAllowed()) {
            return Outcome.rejected(known);
        }
        Map<LotId, Lot> lots = book.findLots(consumed);
        Map<BalanceKey, Balance> balances =
                book.lock(conversion.inputs().stream().map(Conversion.Input::at).collect(Collectors.toSet()));
        Optional<PostingId> before = book.findPosting(deed.key());
        if (before.isPresent()) {
            return Outcome.repeated(book.getPosting(before.get()).madeLots().stream()
                    .map(Lot::id)
                    .toList());
        }
        boolean bought = lots.values().stream().anyMatch(lot -> lot.substance() == Substance.MONEY);
        Account.Outside beginning = bought ? new Account.Supplier() : new Account.Consumed(Use.CONVERTED);
        List<Movement> movements = new ArrayList<>();
        List<Rejection> reasons = new ArrayList<>();
        for (Conversion.Input input : conversion.inputs()) {
            Substance substance = getLot(lots, input.at().lot()).substance();
            Account.Outside end =
                    substance == Substance.MONEY ? new Account.Payee() : new Account.Consumed(Use.CONVERTED);
            reasons.addAll(
                    LedgerRules.mayGo(substance, input.at().account(), end).reasons());
            movements.add(new Movement(input.at().lot(), input.at().account(), end, input.quantity()));
        }
        reasons.addAll(mayTakeAllFree(movements, balances).reasons());
        PostingId id = book.nextPostingId();
        List<Lot> made = new ArrayList<>();
        for (Conversion.Output output : conversion.outputs()) {
            reasons.addAll(LedgerRules.mayGo(output.substance(), beginning, output.to())
                    .reasons());
            LotId lot = book.nextLotId();
            made.add(new Lot(
                    lot,
                    lot,
                    1,
                    deed.response(),
                    id,
                    output.named(),
                    output.item(),
                    output.substance(),
                    DonorId.UNNAMED,
                    output.terms(),
                    Optional.empty(),
                    lots.values().stream().allMatch(Lot::derived)));
            movements.add(new Movement(lot, beginning, output.to(), output.quantity()));
        }
        if (!reasons.isEmpty()) {
            return Outcome.rejected(new Decision.Rejected(reasons));
        }
        Posting posting = new Posting(
                id,
                deed.response(),
                Cause.CONVERTED,
                deed.actor(),
                deed.effectiveAt(),
                now(),
                deed.key(),
                Optional.empty(),
                movements,
                made,
                origins(conversion, made));
        book.write(Entries.of(deed, posting));
        return Outcome.done(made.stream().map(Lot::id).toList());
    }

    /** What each input consumed is split over the outputs, and each output over the inputs, both exactly. */
    private static List<LotOrigin> origins(Conversion conversion, List<Lot> made) {
        long[] weights =
                conversion.inputs().stream().mapToLong(Conversion.Input::weight).toArray();
        long[] sizes = conversion.outputs().stream()
                .mapToLong(output -> output.quantity().baseUnits())
                .toArray();
        List<long[]> consumed = conversion.inputs().stream()
                .map(input -> Shares.split(input.quantity().baseUnits(), sizes))
                .toList();
        List<LotOrigin> origins = new ArrayList<>();
        for (int o = 0; o < made.size(); o++) {
            long[] shares = Shares.split(sizes[o], weights);
            Map<LotId, LotOrigin> byLot = new TreeMap<>();
            for (int i = 0; i < weights.length; i++) {
                LotOrigin origin = new LotOrigin(
                        made.get(o).id(),
                        conversion.inputs().get(i).at().lot(),
                        new Quantity(consumed.get(i)[o]),
                        new Quantity(shares[i]));
                byLot.merge(
                        origin.origin(),
                        origin,
                        (a, b) -> new LotOrigin(
                                a.lot(),
                                a.origin(),
                                a.consumed().plus(b.consumed()),
                                a.share().plus(b.share())));
            }
            origins.addAll(byLot.values());
        }
        return origins;
    }

    @Override
    public Outcome<PostingId> reverse(Deed deed, PostingId id) {
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
        Posting reversal = posting(deed, Cause.REVERSED, Optional.of(id), back);
        Optional<ConsignmentId> concerned = Stream.concat(posting.movements().stream(), back.stream())
                .flatMap(movement ->
                        movement.to() instanceof Account.Trip trip ? Stream.of(trip.consignment()) : Stream.empty())
                .findFirst();
        book.write(new Entries(deed, List.of(reversal), List.of(), List.of(), Optional.empty(), concerned));
        return Outcome.done(reversal.id());
    }

    private Posting entrance(Deed deed, Registration registration, Account.Inside to, Instant recordedAt) {
        PostingId id = book.nextPostingId();
        Lot lot = lotOf(deed.response(), registration, book.nextLotId(), Optional.empty(), 1, id);
        return new Posting(
                id,
                deed.response(),
                to instanceof Account.Announced ? Cause.ANNOUNCED : Cause.REGISTERED,
                deed.actor(),
                deed.effectiveAt(),
                recordedAt,
                deed.key(),
                Optional.empty(),
                List.of(new Movement(lot.id(), new Account.Donor(registration.donor()), to, registration.quantity())),
                List.of(lot),
                List.of());
    }

    private static Lot lotOf(
            ResponseId response,
            Registration registration,
            LotId id,
            Optional<LotId> line,
            int revision,
            PostingId posting) {
        return new Lot(
                id,
                line.orElse(id),
                revision,
                response,
                posting,
                registration.named(),
                registration.item(),
                registration.substance(),
                registration.donor(),
                registration.terms(),
                registration.from(),
                registration.derived());
    }

    private Posting posting(Deed deed, Cause cause, Optional<PostingId> corrects, List<Movement> movements) {
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

    private Entries.NewReservation rest(Deed deed, int number, Reservation of, Quantity quantity) {
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

    private static Reservation changed(
            Reservation reservation, BalanceKey at, Quantity quantity, ReservationState state) {
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

    private Map<ReservationId, Reservation> lockAll(List<ReservationId> ids) {
        Map<ReservationId, Reservation> locked = new TreeMap<>(book.lockReservations(ids));
        ids.stream().filter(id -> !locked.containsKey(id)).findFirst().ifPresent(id -> {
            throw new IllegalArgumentException("There is no reservation " + id.value() + ".");
        });
        return locked;
    }

    private Decision mustKnow(Deed deed, Set<LotId> lots) {
        Map<LotId, Lot> known = book.findLots(lots);
        return Decision.all(lots, id -> {
            Lot lot = known.get(id);
            return lot == null || !lot.response().equals(deed.response())
                    ? Decision.rejected(new Rejection.NoSuchLot(id))
                    : Decision.allowed();
        });
    }

    /** Movements of one posting may take from the same balance; together they take only what is free. */
    private static Decision mayTakeAllFree(List<Movement> movements, Map<BalanceKey, Balance> balances) {
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

    private static Set<LotId> lotsOf(List<Movement> movements) {
        return movements.stream().map(Movement::lot).collect(Collectors.toSet());
    }

    private static Set<BalanceKey> insideOf(List<Movement> movements) {
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

    private static Set<BalanceKey> keysOf(Iterable<Reservation> reservations) {
        Set<BalanceKey> keys = new TreeSet<>();
        reservations.forEach(reservation -> keys.add(reservation.at()));
        return keys;
    }

    private static Lot getLot(Map<LotId, Lot> lots, LotId id) {
        return Optional.ofNullable(lots.get(id))
                .orElseThrow(() -> new IllegalArgumentException("There is no lot " + id.value() + "."));
    }

    private static Balance balanceOf(Map<BalanceKey, Balance> balances, BalanceKey key) {
        return balances.getOrDefault(key, Balance.EMPTY);
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

    private static DonationLine nameOf(Registration line) {
        return line.named()
                .orElseThrow(() -> new IllegalArgumentException("A line of a list has a name: " + line + "."));
    }

    private static IdempotencyKey lineKey(ResponseId response, DonationLine name, int revision) {
        return new IdempotencyKey(
                "line/" + response.value() + "/" + name.source() + "/" + name.externalId() + "/" + revision);
    }

    private static Quantity smaller(Quantity a, Quantity b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private Instant now() {
        return realTime.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
