package jp.musubi.ledger;

import static jp.musubi.ledger.Bookkeeping.balanceOf;
import static jp.musubi.ledger.Bookkeeping.smaller;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.musubi.common.Quantity;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/** Gifts come in: one at a time, or as lines of a sender's list that are corrected when they come again. */
final class Intake {

    private final LedgerBook book;
    private final Bookkeeping keeping;

    Intake(LedgerBook book, Bookkeeping keeping) {
        this.book = book;
        this.keeping = keeping;
    }

    Outcome<LotId> register(Deed deed, Registration registration) {
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
        Posting posting = entrance(deed, registration, to, keeping.now());
        book.write(Entries.of(deed, posting));
        return Outcome.done(posting.madeLots().get(0).id());
    }

    List<LineOutcome> applyLines(
            ResponseId response, Optional<PersonId> actor, Instant effectiveAt, List<Registration> lines) {
        Map<DonationLine, KnownLine> known =
                book.findLines(response, lines.stream().map(Intake::nameOf).toList());
        Instant recordedAt = keeping.now();
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
                keeping.now(),
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

    private static DonationLine nameOf(Registration line) {
        return line.named()
                .orElseThrow(() -> new IllegalArgumentException("A line of a list has a name: " + line + "."));
    }

    private static IdempotencyKey lineKey(ResponseId response, DonationLine name, int revision) {
        return new IdempotencyKey(
                "line/" + response.value() + "/" + name.source() + "/" + name.externalId() + "/" + revision);
    }
}
