package jp.musubi.ledger.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.ledger.AccountKind;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.store.DispatchListing.Destination;
import jp.musubi.ledger.store.DispatchListing.ItemSum;
import jp.musubi.ledger.store.DispatchListing.Load;
import jp.musubi.ledger.store.DispatchListing.LoadLine;
import jp.musubi.ledger.store.DispatchListing.OpenPromise;
import jp.musubi.ledger.store.DispatchListing.Start;

/** What the pages of dispatch show, in the reader's language. */
final class DispatchViews {

    private static final int ITEMS_NAMED = 3;

    private DispatchViews() {}

    /**
     * Where goods leave from.
     *
     * @param kind HUB, INSPECTED or ANNOUNCED
     */
    record StartView(long account, AccountKind kind, String name) {
        static StartView of(Start start) {
            return new StartView(start.account(), start.kind(), start.name());
        }
    }

    /**
     * The first few items and how many more there are.
     *
     * @param named each with its quantity
     */
    record ItemsView(List<String> named, int more) {
        static ItemsView of(List<ItemSum> sums, ItemCatalogue items, Locale locale) {
            return new ItemsView(
                    sums.stream()
                            .limit(ITEMS_NAMED)
                            .map(sum -> amount(items, sum.item(), sum.quantity(), locale))
                            .toList(),
                    Math.max(0, sums.size() - ITEMS_NAMED));
        }
    }

    /**
     * @param mark what the reader saw, to notice changes
     */
    record DestinationView(
            StartView from,
            long community,
            String name,
            String municipality,
            long lines,
            String mark,
            Optional<Instant> endsFirst,
            ItemsView items) {

        static DestinationView of(Destination destination, ItemCatalogue items, Locale locale) {
            return new DestinationView(
                    StartView.of(destination.from()),
                    destination.community().value(),
                    destination.communityName(),
                    isEnglish(locale) ? destination.municipalityEn() : destination.municipalityJa(),
                    destination.lines(),
                    destination.mark(),
                    destination.endsFirst(),
                    ItemsView.of(destination.items(), items, locale));
        }

        /** Names the destination and what was seen of it, as the form sends it. */
        public String value() {
            return from.account() + ":" + community + ":" + mark;
        }
    }

    /**
     * @param lot how its list calls it
     * @param amount with its unit
     */
    record PromiseView(
            long id,
            long lotId,
            String lot,
            String item,
            long quantity,
            String amount,
            Optional<Instant> endsAt,
            Optional<Instant> goodsExpireAt) {

        static PromiseView of(OpenPromise promise, ItemCatalogue items, Locale locale) {
            return new PromiseView(
                    promise.id().value(),
                    promise.lot().value(),
                    lotName(promise.named(), promise.lot()),
                    items.getById(promise.item()).name(locale),
                    promise.quantity().baseUnits(),
                    items.getById(promise.item()).show(promise.quantity(), locale),
                    promise.endsAt(),
                    promise.goodsExpireAt());
        }
    }

    /**
     * A consignment.
     *
     * @param items what is on the way, or what arrived if nothing is any more
     * @param mark what the reader saw, to notice changes
     */
    record LoadView(
            long id,
            String community,
            String municipality,
            Instant sentAt,
            Optional<Instant> expectedAt,
            boolean late,
            boolean underWay,
            ItemsView items,
            String mark,
            List<LoadLineView> lines) {

        static LoadView of(Load load, ItemCatalogue items, Instant now, Locale locale) {
            boolean underWay = load.isUnderWay();
            return new LoadView(
                    load.id().value(),
                    load.communityName(),
                    isEnglish(locale) ? load.municipalityEn() : load.municipalityJa(),
                    load.sentAt(),
                    load.expectedAt(),
                    underWay
                            && load.expectedAt()
                                    .filter(time -> time.isBefore(now))
                                    .isPresent(),
                    underWay,
                    ItemsView.of(sums(load, underWay), items, locale),
                    load.mark(),
                    load.lines().stream()
                            .map(line -> LoadLineView.of(line, items, locale))
                            .toList());
        }

        private static List<ItemSum> sums(Load load, boolean underWay) {
            return load.lines().stream()
                    .map(LoadLine::item)
                    .distinct()
                    .map(item -> new ItemSum(
                            item,
                            load.lines().stream()
                                    .filter(line -> line.item().equals(item))
                                    .map(line -> underWay ? line.onTheWay() : line.received())
                                    .reduce(Quantity.ZERO, Quantity::plus)))
                    .filter(sum -> !sum.quantity().isZero())
                    .toList();
        }

        /** Names the load and what was seen of it, as the form sends it. */
        public String value() {
            return id + ":" + mark;
        }
    }

    record LoadLineView(
            long lotId,
            String lot,
            String item,
            String sent,
            String onTheWay,
            String received,
            long units,
            String unit) {

        static LoadLineView of(LoadLine line, ItemCatalogue items, Locale locale) {
            Item item = items.getById(line.item());
            return new LoadLineView(
                    line.lot().value(),
                    lotName(line.named(), line.lot()),
                    item.name(locale),
                    item.show(line.sent(), locale),
                    item.show(line.onTheWay(), locale),
                    item.show(line.received(), locale),
                    line.onTheWay().baseUnits(),
                    item.base().name(locale));
        }
    }

    /** How people call a lot: by its list's id, else by ours. */
    static String lotName(Optional<DonationLine> named, LotId lot) {
        return named.map(DonationLine::externalId).orElse("#" + lot.value());
    }

    static String amount(ItemCatalogue items, ItemId id, Quantity quantity, Locale locale) {
        Item item = items.getById(id);
        return item.name(locale) + " " + item.show(quantity, locale);
    }

    private static boolean isEnglish(Locale locale) {
        return locale.getLanguage().equals("en");
    }
}
