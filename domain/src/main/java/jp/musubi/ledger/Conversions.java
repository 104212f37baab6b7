package jp.musubi.ledger;

import static jp.musubi.ledger.Bookkeeping.getLot;
import static jp.musubi.ledger.Bookkeeping.mayTakeAllFree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.musubi.common.Quantity;

/** Lots are consumed and new ones made of them, with shares that add up. */
final class Conversions {

    private final LedgerBook book;
    private final Bookkeeping keeping;

    Conversions(LedgerBook book, Bookkeeping keeping) {
        this.book = book;
        this.keeping = keeping;
    }

    Outcome<List<LotId>> convert(Deed deed, Conversion conversion) {
        Set<LotId> consumed =
                conversion.inputs().stream().map(input -> input.at().lot()).collect(Collectors.toSet());
        Decision known = keeping.mustKnow(deed, consumed);
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
                keeping.now(),
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
}
