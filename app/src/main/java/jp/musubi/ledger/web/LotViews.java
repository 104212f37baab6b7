package jp.musubi.ledger.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.Cause;
import jp.musubi.ledger.LedgerRules;
import jp.musubi.ledger.LossReason;
import jp.musubi.ledger.Lot;
import jp.musubi.ledger.store.LotListing.Held;
import jp.musubi.ledger.store.LotListing.LotAndPlaces;
import jp.musubi.ledger.store.LotListing.Move;
import jp.musubi.ledger.store.LotListing.Place;
import jp.musubi.ledger.store.LotListing.Step;

/** What the pages of a lot show, in the reader's language. */
final class LotViews {

    private LotViews() {}

    /** Names an account within one lot, in forms. */
    static String key(Account account) {
        return account.kind().name() + "-" + account.ref();
    }

    /**
     * An account in words.
     *
     * @param text key of what kind of place it is
     * @param name of the hub, community or destination; empty if it has none
     */
    record PlaceView(String text, String name) {
        static PlaceView of(Place place) {
            Account account = place.account();
            String text = account.kind().name();
            if (account instanceof Account.Lost lost) {
                text += "." + lost.reason();
            } else if (account instanceof Account.Consumed consumed) {
                text += "." + consumed.use();
            }
            return new PlaceView("lots.place." + text, place.name());
        }
    }

    /**
     * Units in one place.
     *
     * @param at names the account in forms
     * @param mark what the reader saw, to notice changes
     * @param units that are free, in base units
     */
    record HeldView(
            PlaceView place,
            String at,
            String mark,
            String onHand,
            String reserved,
            String free,
            long units,
            boolean mayArrive,
            boolean mayConsume,
            boolean mayWriteOff) {}

    record LotView(
            long id,
            long line,
            String name,
            String item,
            String unit,
            boolean derived,
            Optional<Instant> availableFrom,
            Optional<Instant> expiresAt,
            List<HeldView> places) {

        /**
         * @param mayMoveAt whether the reader may move stock in a municipality
         */
        static LotView of(
                LotAndPlaces found, ItemCatalogue items, Locale locale, Predicate<Optional<String>> mayMoveAt) {
            Lot lot = found.lot();
            Item item = items.getById(lot.item());
            return new LotView(
                    lot.id().value(),
                    lot.line().value(),
                    DispatchViews.lotName(lot.named(), lot.id()),
                    item.name(locale),
                    item.base().name(locale),
                    lot.derived(),
                    lot.terms().availableFrom(),
                    lot.terms().expiresAt(),
                    found.places().stream()
                            .filter(held -> !held.onHand().isZero())
                            .map(held -> held(lot, held, item, locale, mayMoveAt))
                            .toList());
        }

        private static HeldView held(
                Lot lot, Held held, Item item, Locale locale, Predicate<Optional<String>> mayMoveAt) {
            Account account = held.place().account();
            boolean announced = account instanceof Account.Announced;
            boolean onTheWay = account instanceof Account.Trip;
            boolean mayMove = announced || mayMoveAt.test(held.place().municipality());
            boolean free = !held.free().isZero() && mayMove && !onTheWay;
            return new HeldView(
                    PlaceView.of(held.place()),
                    key(account),
                    held.mark(),
                    item.show(held.onHand(), locale),
                    item.show(held.reserved(), locale),
                    item.show(held.free(), locale),
                    announced ? held.onHand().baseUnits() : held.free().baseUnits(),
                    announced,
                    free && account instanceof Account.AtCommunity,
                    free
                            && LedgerRules.mayGo(lot.substance(), account, new Account.Lost(LossReason.LOST))
                                    .isAllowed());
        }
    }

    record MoveView(String lot, String item, String amount, PlaceView from, PlaceView to) {
        static MoveView of(Move move, ItemCatalogue items, Locale locale) {
            Item item = items.getById(move.item());
            return new MoveView(
                    move.lotName(),
                    item.name(locale),
                    item.show(move.quantity(), locale),
                    PlaceView.of(move.from()),
                    PlaceView.of(move.to()));
        }
    }

    record StepView(
            long posting,
            Cause cause,
            Instant at,
            String login,
            Optional<Long> corrects,
            Optional<Long> reversedBy,
            boolean reversible,
            List<MoveView> moves) {

        static StepView of(Step step, ItemCatalogue items, Locale locale) {
            return new StepView(
                    step.posting().value(),
                    step.cause(),
                    step.effectiveAt(),
                    step.login().orElse(""),
                    step.corrects().map(id -> id.value()),
                    step.reversedBy().map(id -> id.value()),
                    LedgerRules.isReversible(step.cause()) && step.reversedBy().isEmpty(),
                    step.moves().stream()
                            .map(move -> MoveView.of(move, items, locale))
                            .toList());
        }
    }
}
