package jp.musubi.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.response.ResponseId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StockTest {

    private static final ResponseId RESPONSE = new ResponseId(1);
    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");
    private static final ItemId BLANKET = new ItemId(4);
    private static final ItemId KIT = new ItemId(5);
    private static final HubId TONO = new HubId(11);
    private static final CommunityId SCHOOL = new CommunityId(21);
    private static final CommunityId TEMPLE = new CommunityId(22);
    private static final DonorId UNION = new DonorId(31);
    private static final Account.AtHub IN_TONO = new Account.AtHub(TONO);

    private final InMemoryLedgerBook book = new InMemoryLedgerBook();
    private final Stock stock = new DefaultStock(book, Clock.fixed(NOW, ZoneOffset.UTC));
    private int deeds;

    @AfterEach
    void invariantsHold() {
        LedgerInvariants.check(book);
    }

    @Test
    void aCartonGoesFromDonorToCommunity() {
        LotId lot = blanketsInTono(300);
        ReservationId promise = reserve(lot, 120, SCHOOL).get().get(0).get(0);
        assertThat(at(lot, IN_TONO)).isEqualTo(new Balance(units(300), units(120)));

        ConsignmentId consignment = send(promise, 120).get();
        assertThat(at(lot, IN_TONO)).isEqualTo(new Balance(units(180), units(0)));
        assertThat(at(lot, new Account.Trip(consignment)).onHand()).isEqualTo(units(120));

        stock.receive(
                        deed(),
                        consignment,
                        List.of(new ReceiptLine(lot, units(100), units(5), units(3), units(10), units(2))))
                .get();

        assertThat(at(lot, new Account.AtCommunity(SCHOOL)).onHand()).isEqualTo(units(100));
        assertThat(at(lot, new Account.Trip(consignment)).onHand()).isEqualTo(units(0));
        assertThat(at(lot, IN_TONO).onHand()).as("refused ones came back").isEqualTo(units(190));
    }

    @Test
    void neverPromisesMoreThanIsFree() {
        LotId lot = blanketsInTono(100);
        reserve(lot, 60, SCHOOL).get();

        Outcome<List<List<ReservationId>>> outcome = reserve(lot, 41, TEMPLE);

        assertThat(outcome.reasons())
                .containsExactly(new Rejection.NotEnoughFree(new BalanceKey(lot, IN_TONO), units(41), units(40)));
    }

    @Test
    void promisesEachOnItsOwnWhenAskedTo() {
        LotId lot = blanketsInTono(100);

        List<Outcome<List<ReservationId>>> outcomes = stock.reserveEach(
                deed(), List.of(promise(lot, 60, SCHOOL), promise(lot, 60, TEMPLE), promise(lot, 40, TEMPLE)));

        assertThat(outcomes).extracting(Outcome::isDone).containsExactly(true, false, true);
        assertThat(at(lot, IN_TONO).free()).isEqualTo(units(0));
    }

    @Test
    void givesBackWhatWasCancelledOrHasExpired() {
        LotId lot = blanketsInTono(100);
        ReservationId cancelled = reserve(lot, 30, SCHOOL).get().get(0).get(0);
        stock.reserve(
                        deed(),
                        List.of(new Promise(
                                lot,
                                Optional.empty(),
                                units(50),
                                TEMPLE,
                                Optional.empty(),
                                OptionalLong.empty(),
                                Optional.of(NOW.plus(Duration.ofHours(2))))))
                .get();

        stock.cancel(deed(), List.of(cancelled)).get();
        assertThat(stock.expire(RESPONSE, NOW.plus(Duration.ofHours(1)))).isZero();
        assertThat(stock.expire(RESPONSE, NOW.plus(Duration.ofHours(2)))).isEqualTo(1);

        assertThat(at(lot, IN_TONO).free()).isEqualTo(units(100));
        assertThat(send(cancelled, 30).reasons())
                .containsExactly(new Rejection.NotOpen(cancelled, ReservationState.CANCELLED));
    }

    @Test
    void takesBackNoPromiseOfAnotherResponse() {
        LotId lot = blanketsInTono(100);
        ReservationId promise = reserve(lot, 30, SCHOOL).get().get(0).get(0);
        Deed own = deed();
        Deed foreign = new Deed(new ResponseId(RESPONSE.value() + 1), Optional.empty(), NOW, own.key());

        assertThat(stock.cancel(foreign, List.of(promise)).reasons()).containsExactly(new Rejection.NoSuchLot(lot));
        assertThat(at(lot, IN_TONO).free()).isEqualTo(units(70));
    }

    @Test
    void keepsPromisedWhatWasNotSentOfAPromise() {
        LotId lot = blanketsInTono(100);
        ReservationId promise = reserve(lot, 90, SCHOOL).get().get(0).get(0);

        send(promise, 50).get();

        assertThat(at(lot, IN_TONO)).isEqualTo(new Balance(units(50), units(40)));
        assertThat(book.reservations())
                .extracting(Reservation::state)
                .containsExactly(ReservationState.SENT, ReservationState.OPEN);
    }

    @Test
    void sendsToOneCommunityAtATime() {
        LotId lot = blanketsInTono(100);
        ReservationId one = reserve(lot, 10, SCHOOL).get().get(0).get(0);
        ReservationId other = reserve(lot, 10, TEMPLE).get().get(0).get(0);

        Outcome<ConsignmentId> outcome = stock.send(
                deed(),
                List.of(new Stock.SendLine(one, units(10)), new Stock.SendLine(other, units(10))),
                Optional.empty());

        assertThat(outcome.reasons()).hasOnlyElementsOfType(Rejection.SeveralDestinations.class);
    }

    @Test
    void carriesPromisesAlongWhenAnnouncedGoodsArrive() {
        LotId lot = register(gift(100, terms(Optional.of(TONO), Optional.of(NOW.plusSeconds(3600)))));
        Account.Announced announced = new Account.Announced();
        assertThat(at(lot, announced).onHand()).isEqualTo(units(100));
        reserve(lot, 70, SCHOOL).get();

        stock.arrive(deed(), lot, TONO, units(50)).get();

        assertThat(at(lot, announced)).isEqualTo(new Balance(units(50), units(20)));
        assertThat(at(lot, IN_TONO)).isEqualTo(new Balance(units(50), units(50)));
    }

    @Test
    void leavesASameLineAloneAndCorrectsAChangedOne() {
        Registration line = named("L-1", gift(100, terms(Optional.of(TONO), Optional.empty())));
        LotId lot = ((LineOutcome.Created) apply(line)).lot();

        assertThat(apply(line)).isEqualTo(new LineOutcome.Unchanged(lot));
        assertThat(apply(withQuantity(line, 130))).isInstanceOf(LineOutcome.Corrected.class);
        assertThat(at(lot, IN_TONO).onHand()).isEqualTo(units(130));

        reserve(lot, 50, SCHOOL).get();
        assertThat(apply(withQuantity(line, 50))).isInstanceOf(LineOutcome.Corrected.class);
        assertThat(at(lot, IN_TONO)).isEqualTo(new Balance(units(50), units(50)));
        assertThat(apply(withQuantity(line, 49)))
                .isEqualTo(new LineOutcome.Refused(List.of(new Rejection.BelowPromised(lot, units(49), units(50)))));
    }

    @Test
    void makesANewLotOfALineWhoseTermsChange() {
        Registration line = named("L-1", gift(100, terms(Optional.of(TONO), Optional.empty())));
        LotId first = ((LineOutcome.Created) apply(line)).lot();
        reserve(first, 30, SCHOOL).get();
        HubId otherHub = new HubId(12);
        Registration moved = named("L-1", gift(100, terms(Optional.of(otherHub), Optional.empty())));

        LotId second = ((LineOutcome.Corrected) apply(moved)).lot();

        assertThat(at(first, IN_TONO)).isEqualTo(new Balance(units(30), units(30)));
        assertThat(at(second, new Account.AtHub(otherHub)).onHand()).isEqualTo(units(70));
        assertThat(apply(moved)).isEqualTo(new LineOutcome.Unchanged(second));
        assertThat(book.findLots(List.of(second)).values())
                .extracting(Lot::line)
                .containsExactly(first);
    }

    @Test
    void doesNotMakeAPromisedLineAnotherItem() {
        Registration line = named("L-1", gift(100, terms(Optional.of(TONO), Optional.empty())));
        LotId lot = ((LineOutcome.Created) apply(line)).lot();
        reserve(lot, 30, SCHOOL).get();
        Registration other = new Registration(
                line.named(), KIT, Substance.GOODS, UNION, units(100), line.terms(), Optional.empty(), false);

        assertThat(apply(other))
                .isEqualTo(new LineOutcome.Refused(List.of(new Rejection.BoundToOther(lot, units(30)))));
    }

    @Test
    void takesAPostingBackOnceAndOnlyWhileItsUnitsAreFree() {
        LotId lot = blanketsInTono(100);
        PostingId entrance = book.postings().get(0).id();
        ReservationId promise = reserve(lot, 10, SCHOOL).get().get(0).get(0);
        assertThat(stock.reverse(deed(), entrance).reasons()).hasOnlyElementsOfType(Rejection.NotEnoughFree.class);
        stock.cancel(deed(), List.of(promise)).get();

        stock.reverse(deed(), entrance).get();

        assertThat(at(lot, IN_TONO)).isEqualTo(Balance.EMPTY);
        assertThat(stock.reverse(deed(), entrance).reasons()).contains(new Rejection.AlreadyReversed(entrance));
    }

    @Test
    void splitsAPurchaseOverItsGiversExactly() {
        LotId large = register(money(1_000));
        LotId small = register(money(500));
        Account.Fund fund = new Account.Fund(new FundId(0));

        LotId bought = stock.convert(
                        deed(),
                        new Conversion(
                                List.of(
                                        Conversion.Input.of(new BalanceKey(large, fund), units(1_000)),
                                        Conversion.Input.of(new BalanceKey(small, fund), units(500))),
                                List.of(new Conversion.Output(
                                        Optional.empty(),
                                        BLANKET,
                                        Substance.GOODS,
                                        units(7),
                                        terms(Optional.of(TONO), Optional.empty()),
                                        IN_TONO))))
                .get()
                .get(0);

        assertThat(book.postings().get(2).origins())
                .containsExactly(
                        new LotOrigin(bought, large, units(1_000), units(5)),
                        new LotOrigin(bought, small, units(500), units(2)));
        assertThat(at(bought, IN_TONO).onHand()).isEqualTo(units(7));
    }

    @Test
    void keepsGoodsOutOfFundsAndMoneyOutOfHubs() {
        LotId blankets = blanketsInTono(10);
        Account fund = new Account.Fund(new FundId(0));

        assertThat(stock.move(deed(), Cause.ASSIGNED, List.of(new Movement(blankets, IN_TONO, fund, units(1))))
                        .reasons())
                .containsExactly(new Rejection.NoSuchWay(Substance.GOODS, IN_TONO, fund));
    }

    @Test
    void doesNotReachIntoAnotherResponse() {
        LotId lot = blanketsInTono(10);
        Deed elsewhere = new Deed(new ResponseId(2), Optional.empty(), NOW, new IdempotencyKey("elsewhere"));

        assertThat(stock.reserve(elsewhere, List.of(promise(lot, 1, SCHOOL))).reasons())
                .containsExactly(new Rejection.NoSuchLot(lot));
    }

    @Test
    void splitsWithoutLosingAUnitEvenNearTheLimits() {
        assertThat(Shares.split(10, new long[] {1, 1, 1})).containsExactly(4, 3, 3);
        assertThat(Shares.split(Long.MAX_VALUE, new long[] {1L << 61, 1L << 61, 1}))
                .satisfies(parts -> assertThat(parts[0] + parts[1] + parts[2]).isEqualTo(Long.MAX_VALUE));
        assertThatThrownBy(() -> Shares.split(1, new long[] {0, 0})).isInstanceOf(IllegalArgumentException.class);
    }

    private LotId blanketsInTono(long quantity) {
        return register(gift(quantity, terms(Optional.of(TONO), Optional.empty())));
    }

    private LotId register(Registration registration) {
        return stock.register(deed(), registration).get();
    }

    private LineOutcome apply(Registration line) {
        LineOutcome outcome =
                stock.applyLines(RESPONSE, Optional.empty(), NOW, List.of(line)).get(0);
        book.releaseLocks();
        return outcome;
    }

    private Outcome<List<List<ReservationId>>> reserve(LotId lot, long quantity, CommunityId community) {
        return stock.reserve(deed(), List.of(promise(lot, quantity, community)));
    }

    private Outcome<ConsignmentId> send(ReservationId promise, long quantity) {
        return stock.send(deed(), List.of(new Stock.SendLine(promise, units(quantity))), Optional.empty());
    }

    private Balance at(LotId lot, Account.Inside account) {
        return book.balances().getOrDefault(new BalanceKey(lot, account), Balance.EMPTY);
    }

    private Deed deed() {
        book.releaseLocks();
        return new Deed(RESPONSE, Optional.empty(), NOW, new IdempotencyKey("deed/" + deeds++));
    }

    private static Promise promise(LotId lot, long quantity, CommunityId community) {
        return new Promise(
                lot,
                Optional.empty(),
                units(quantity),
                community,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    private static Registration gift(long quantity, LotTerms terms) {
        return new Registration(
                Optional.empty(), BLANKET, Substance.GOODS, UNION, units(quantity), terms, Optional.empty(), false);
    }

    private static Registration money(long yen) {
        return new Registration(
                Optional.empty(),
                new ItemId(1),
                Substance.MONEY,
                UNION,
                units(yen),
                LotTerms.NONE,
                Optional.empty(),
                false);
    }

    private static Registration named(String id, Registration line) {
        return new Registration(
                Optional.of(new DonationLine("main", id)),
                line.item(),
                line.substance(),
                line.donor(),
                line.quantity(),
                line.terms(),
                line.from(),
                line.derived());
    }

    private static Registration withQuantity(Registration line, long quantity) {
        return new Registration(
                line.named(),
                line.item(),
                line.substance(),
                line.donor(),
                units(quantity),
                line.terms(),
                line.from(),
                line.derived());
    }

    private static LotTerms terms(Optional<HubId> hub, Optional<Instant> from) {
        return new LotTerms(hub, Optional.empty(), from, Optional.empty(), Optional.empty(), false);
    }

    private static Quantity units(long value) {
        return new Quantity(value);
    }
}
