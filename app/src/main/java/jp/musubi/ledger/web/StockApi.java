package jp.musubi.ledger.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemCode;
import jp.musubi.common.Quantity;
import jp.musubi.common.web.Problem;
import jp.musubi.identity.Action;
import jp.musubi.identity.Scope;
import jp.musubi.identity.web.CurrentActor;
import jp.musubi.identity.web.Requires;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.Cause;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.Outcome;
import jp.musubi.ledger.PostingId;
import jp.musubi.ledger.ReceiptLine;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.store.DispatchListing;
import jp.musubi.ledger.store.DispatchListing.Load;
import jp.musubi.ledger.store.DonationListing;
import jp.musubi.ledger.store.LotListing;
import jp.musubi.ledger.store.LotListing.LotAndPlaces;
import jp.musubi.ledger.store.LotListing.Move;
import jp.musubi.ledger.store.LotListing.Step;
import jp.musubi.response.web.CurrentResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lots, donations and receipts for programs. Quantities are in the item's base unit; givers' names are not told. */
@RestController
@RequestMapping("/api/v1")
@Requires(Action.MOVE_STOCK)
@Tag(name = "stock", description = "Lots, donation lines, and what communities received")
class StockApi {

    private static final int MOST = 500;

    private final LotListing lots;
    private final DonationListing donations;
    private final DispatchListing loads;
    private final Stock stock;
    private final Catalogue catalogue;
    private final CurrentResponse current;
    private final CurrentActor actor;

    StockApi(
            LotListing lots,
            DonationListing donations,
            DispatchListing loads,
            Stock stock,
            Catalogue catalogue,
            CurrentResponse current,
            CurrentActor actor) {
        this.lots = lots;
        this.donations = donations;
        this.loads = loads;
        this.stock = stock;
        this.catalogue = catalogue;
        this.current = current;
        this.actor = actor;
    }

    /**
     * A page of a list, the newest first.
     *
     * @param next what to send as {@code before} for the next page; null on the last
     */
    record Page<T>(List<T> items, @Nullable Long next) {
        static <T> Page<T> of(List<T> found, int limit, ToLongFunction<T> id) {
            boolean more = found.size() > limit;
            List<T> items = more ? found.subList(0, limit) : found;
            return new Page<>(items, more ? id.applyAsLong(items.get(limit - 1)) : null);
        }
    }

    /**
     * Units of a lot in one place.
     *
     * @param kind ANNOUNCED, HUB, INSPECTED, TRIP, COMMUNITY, FUND, PROJECT or ACTIVITY
     * @param reserved the part that is promised
     */
    record PlaceEntry(String kind, String name, @Nullable String municipality, long onHand, long reserved) {}

    /**
     * @param donation the first lot of its donation line
     * @param name how its sender's list calls it
     */
    record LotEntry(
            long id,
            long donation,
            @Nullable String source,
            @Nullable String name,
            String item,
            String unit,
            @Nullable Instant availableFrom,
            @Nullable Instant expiresAt,
            boolean derived,
            List<PlaceEntry> places) {}

    /**
     * @param given all that the line says was given
     * @param tracked whether its giver has a tracking link
     */
    record DonationEntry(
            long id,
            @Nullable String source,
            @Nullable String name,
            String item,
            String unit,
            long given,
            Instant registeredAt,
            boolean derived,
            boolean tracked) {}

    /**
     * @param outcome GOOD, DAMAGED, SHORT, LOST or REFUSED
     */
    record ReceiptLineEntry(long lot, String item, String unit, String outcome, long quantity) {}

    /**
     * @param takenBack whether a later posting took it back
     */
    record ReceiptEntry(
            long id,
            @Nullable Long load,
            String community,
            @Nullable String municipality,
            Instant receivedAt,
            boolean takenBack,
            List<ReceiptLineEntry> lines) {}

    /** What became of one lot of a load; what is named nowhere stays on the way. Null = none. */
    record NewReceiptLine(
            long lot,
            @Nullable Long good,
            @Nullable Long damaged,
            @Nullable Long missing,
            @Nullable Long refused,
            @Nullable Long lost) {}

    /**
     * @param lines null or empty = everything on the way arrived in good condition
     */
    record NewReceipt(long load, @Nullable List<NewReceiptLine> lines) {}

    @GetMapping("/lots")
    @Operation(summary = "Lots with where their units are, the newest first")
    Page<LotEntry> lots(
            @RequestParam Optional<String> item,
            @RequestParam Optional<Long> before,
            @RequestParam(defaultValue = "100") int limit) {
        ItemCatalogue items = catalogue.current();
        long wanted = item.map(code -> find(items, code).id().value()).orElse(0L);
        int most = checked(limit);
        return Page.of(
                lots.listLots(current.get().id(), regions(), before.map(LotId::new), wanted, most + 1).stream()
                        .map(lot -> entry(lot, items))
                        .toList(),
                most,
                LotEntry::id);
    }

    @GetMapping("/lots/{id}")
    @Operation(summary = "One lot with where its units are")
    LotEntry lot(@PathVariable long id) {
        LotAndPlaces found = lots.findLot(current.get().id(), new LotId(id)).orElseThrow(StockApi::notFound);
        boolean visible = regions()
                .map(regions -> found.places().stream()
                        .flatMap(held -> held.place().municipality().stream())
                        .anyMatch(code -> regions.stream().anyMatch(code::startsWith)))
                .orElse(true);
        if (!visible) {
            throw notFound();
        }
        return entry(found, catalogue.current());
    }

    @GetMapping("/donations")
    @Operation(summary = "Donation lines whose id begins with q, the newest first")
    Page<DonationEntry> donations(
            @RequestParam(defaultValue = "") String q,
            @RequestParam Optional<Long> before,
            @RequestParam(defaultValue = "100") int limit) {
        actor.require(Action.MOVE_STOCK, Scope.of(current.get().id()));
        int most = checked(limit);
        ItemCatalogue items = catalogue.current();
        return Page.of(
                donations.listLines(current.get().id(), q.strip(), before.map(LotId::new), most + 1).stream()
                        .map(line -> entry(line, items))
                        .toList(),
                most,
                DonationEntry::id);
    }

    @GetMapping("/donations/{id}")
    @Operation(summary = "One donation line")
    DonationEntry donation(@PathVariable long id) {
        actor.require(Action.MOVE_STOCK, Scope.of(current.get().id()));
        return donations
                .findLine(current.get().id(), new LotId(id))
                .map(line -> entry(line, catalogue.current()))
                .orElseThrow(StockApi::notFound);
    }

    @GetMapping("/receipts")
    @Operation(summary = "What communities received, the newest first")
    Page<ReceiptEntry> receipts(@RequestParam Optional<Long> before, @RequestParam(defaultValue = "100") int limit) {
        int most = checked(limit);
        ItemCatalogue items = catalogue.current();
        return Page.of(
                lots.listReceipts(current.get().id(), regions(), before.map(PostingId::new), most + 1).stream()
                        .map(step -> entry(step, items))
                        .toList(),
                most,
                ReceiptEntry::id);
    }

    @GetMapping("/receipts/{id}")
    @Operation(summary = "One receipt")
    ReceiptEntry receipt(@PathVariable long id) {
        return getReceipt(new PostingId(id));
    }

    /** Notes what arrived of a load. The same key again changes nothing and gives the same answer. */
    @PostMapping("/receipts")
    @Operation(
            summary = "Note what arrived of a load",
            description = "The header Idempotency-Key names the intention: sent again, nothing happens twice.")
    ResponseEntity<ReceiptEntry> receive(
            @RequestHeader("Idempotency-Key") String key, @RequestBody NewReceipt receipt, Locale locale) {
        if (!key.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "receipts.problem.key");
        }
        Load load = loads.findLoad(current.get().id(), new ConsignmentId(receipt.load()))
                .orElseThrow(StockApi::notFound);
        actor.require(Action.MOVE_STOCK, Scope.of(current.get().id()).inMunicipality(load.municipalityCode()));
        Deed deed = new Deed(
                current.get().id(),
                actor.person(),
                current.now(),
                new IdempotencyKey("receipt/" + current.get().id().value() + "/"
                        + load.id().value() + "/" + key));
        Outcome<PostingId> outcome = stock.receive(deed, load.id(), lines(receipt, load));
        if (outcome instanceof Outcome.Done<PostingId> done) {
            return ResponseEntity.status(done.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
                    .body(getReceipt(done.value()));
        }
        throw new Problem(
                HttpStatus.CONFLICT,
                "receipts.problem.rejected",
                String.join(" ", LedgerForms.reasons(outcome, locale)));
    }

    private static List<ReceiptLine> lines(NewReceipt receipt, Load load) {
        List<NewReceiptLine> said = receipt.lines() == null ? List.of() : receipt.lines();
        if (said.isEmpty()) {
            return load.lines().stream()
                    .filter(line -> !line.onTheWay().isZero())
                    .map(line -> ReceiptLine.good(line.lot(), line.onTheWay()))
                    .toList();
        }
        if (said.stream().anyMatch(Objects::isNull)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
        return said.stream()
                .map(line -> new ReceiptLine(
                        new LotId(line.lot()),
                        quantity(line.good()),
                        quantity(line.damaged()),
                        quantity(line.missing()),
                        quantity(line.refused()),
                        quantity(line.lost())))
                .toList();
    }

    private static Quantity quantity(@Nullable Long units) {
        if (units == null) {
            return Quantity.ZERO;
        }
        if (units < 0 || units > Quantity.LARGEST) {
            throw new Problem(HttpStatus.BAD_REQUEST, "dispatch.problem.number");
        }
        return new Quantity(units);
    }

    private ReceiptEntry getReceipt(PostingId id) {
        Step step = lots.findStep(current.get().id(), id)
                .filter(found -> found.cause() == Cause.RECEIVED)
                .orElseThrow(StockApi::notFound);
        ReceiptEntry entry = entry(step, catalogue.current());
        String at = entry.municipality();
        boolean visible = regions()
                .map(regions -> at != null && regions.stream().anyMatch(at::startsWith))
                .orElse(true);
        if (!visible) {
            throw notFound();
        }
        return entry;
    }

    private Optional<Set<String>> regions() {
        return actor.actor()
                .regionsFor(Action.MOVE_STOCK, Scope.of(current.get().id()));
    }

    private static int checked(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new Problem(HttpStatus.BAD_REQUEST, "problem.bad-request");
        }
        return limit;
    }

    private static Problem notFound() {
        return new Problem(HttpStatus.NOT_FOUND, "problem.not-found");
    }

    private static Item find(ItemCatalogue items, String code) {
        return Optional.of(code)
                .filter(ItemCode::isCode)
                .flatMap(text -> items.findByCode(new ItemCode(text)))
                .orElseThrow(StockApi::notFound);
    }

    private static LotEntry entry(LotAndPlaces found, ItemCatalogue items) {
        Item item = items.getById(found.lot().item());
        return new LotEntry(
                found.lot().id().value(),
                found.lot().line().value(),
                found.lot().named().map(DonationLine::source).orElse(null),
                found.lot().named().map(DonationLine::externalId).orElse(null),
                item.code().value(),
                item.base().code(),
                found.lot().terms().availableFrom().orElse(null),
                found.lot().terms().expiresAt().orElse(null),
                found.lot().derived(),
                found.places().stream()
                        .filter(held -> !held.onHand().isZero())
                        .map(held -> new PlaceEntry(
                                held.place().account().kind().name(),
                                held.place().name(),
                                held.place().municipality().orElse(null),
                                held.onHand().baseUnits(),
                                held.reserved().baseUnits()))
                        .toList());
    }

    private static DonationEntry entry(DonationListing.Line line, ItemCatalogue items) {
        Item item = items.getById(line.item());
        return new DonationEntry(
                line.line().value(),
                line.named().map(DonationLine::source).orElse(null),
                line.named().map(DonationLine::externalId).orElse(null),
                item.code().value(),
                item.base().code(),
                line.given().baseUnits(),
                line.registeredAt(),
                line.derived(),
                line.tracked());
    }

    private static ReceiptEntry entry(Step step, ItemCatalogue items) {
        Move first = step.moves().get(0);
        return new ReceiptEntry(
                step.posting().value(),
                first.from().account() instanceof Account.Trip trip
                        ? trip.consignment().value()
                        : null,
                first.from().name(),
                first.from().municipality().orElse(null),
                step.effectiveAt(),
                step.reversedBy().isPresent(),
                step.moves().stream()
                        .map(move -> {
                            Item item = items.getById(move.item());
                            return new ReceiptLineEntry(
                                    move.lot().value(),
                                    item.code().value(),
                                    item.base().code(),
                                    outcome(move.to().account()),
                                    move.quantity().baseUnits());
                        })
                        .toList());
    }

    private static String outcome(Account to) {
        if (to instanceof Account.Lost lost) {
            return lost.reason().name();
        }
        return to instanceof Account.AtCommunity ? "GOOD" : "REFUSED";
    }
}
