package jp.musubi.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.Balance;
import jp.musubi.ledger.BalanceKey;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.Hash;
import jp.musubi.ledger.LedgerBook;
import jp.musubi.ledger.LedgerVerification;
import jp.musubi.ledger.LineOutcome;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.Outcome;
import jp.musubi.ledger.PostingId;
import jp.musubi.ledger.ReceiptLine;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.Rejection;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.response.Responses;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@MusubiIT
class StockIT {

    private final Stock stock;
    private final LedgerBook book;
    private final LedgerVerification verification;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final LedgerScene scene;

    StockIT(
            Stock stock,
            LedgerBook book,
            LedgerVerification verification,
            TransactionTemplate transaction,
            JdbcClient jdbc,
            Responses responses) {
        this.stock = stock;
        this.book = book;
        this.verification = verification;
        this.transaction = transaction;
        this.jdbc = jdbc;
        scene = new LedgerScene(responses, jdbc);
    }

    @Test
    void aCartonGoesFromDonorToCommunityAndEveryStepHappensOnce() {
        LotId lot = register("L-1", 300);
        assertThat(stock.register(scene.deed("L-1"), scene.blankets("L-1", 300)))
                .isEqualTo(Outcome.repeated(lot));

        Outcome<List<List<ReservationId>>> promised =
                stock.reserve(scene.deed("accept"), List.of(scene.promise(lot, 120, scene.school)));
        ReservationId promise = promised.get().get(0).get(0);
        assertThat(stock.reserve(scene.deed("accept"), List.of(scene.promise(lot, 120, scene.school))))
                .isEqualTo(Outcome.repeated(promised.get()));
        assertThat(at(lot, hub())).isEqualTo(new Balance(units(300), units(120)));

        ConsignmentId sent = send("send", promise, 120).get();
        assertThat(send("send", promise, 120)).isEqualTo(Outcome.repeated(sent));
        assertThat(at(lot, hub())).isEqualTo(new Balance(units(180), units(0)));

        ReceiptLine line = new ReceiptLine(lot, units(100), units(5), units(3), units(10), units(2));
        PostingId received =
                stock.receive(scene.deed("receive"), sent, List.of(line)).get();
        assertThat(stock.receive(scene.deed("receive"), sent, List.of(line))).isEqualTo(Outcome.repeated(received));

        assertThat(at(lot, new Account.AtCommunity(scene.school)).onHand()).isEqualTo(units(100));
        assertThat(at(lot, hub()).onHand()).as("refused ones came back").isEqualTo(units(190));
        assertThat(verification.verify().findings()).isEmpty();
    }

    @Test
    void readsBackExactlyWhatItWrote() {
        LotId lot = register("L-1", 300);
        PostingId posting = stock.reverse(
                        scene.deed("back"),
                        book.findPosting(scene.deed("L-1").key()).orElseThrow())
                .get();

        assertThat(book.getPosting(posting).digest())
                .isEqualTo(Hash.stored(jdbc.sql("SELECT digest FROM posting WHERE id = ?")
                        .param(posting.value())
                        .query((row, n) -> row.getBytes(1))
                        .single()));
        assertThat(book.findLots(List.of(lot)).values())
                .extracting(found -> found.terms())
                .containsExactly(scene.blankets("L-1", 300).terms());
    }

    @Test
    void takesALargeListInAtOnceAndCorrectsOnlyWhatDiffers() {
        List<Registration> list = IntStream.range(0, 500)
                .mapToObj(i -> scene.blankets("B\t" + i + "\\毛布", 10 + i))
                .toList();
        assertThat(apply(list)).hasOnlyElementsOfType(LineOutcome.Created.class);

        List<Registration> again = new ArrayList<>(list);
        again.set(7, scene.blankets("B\t7\\毛布", 999));
        List<LineOutcome> outcomes = apply(again);

        assertThat(outcomes.stream().filter(LineOutcome.Unchanged.class::isInstance))
                .hasSize(499);
        LotId corrected = ((LineOutcome.Corrected) outcomes.get(7)).lot();
        assertThat(at(corrected, hub()).onHand()).isEqualTo(units(999));
        assertThat(apply(again)).hasOnlyElementsOfType(LineOutcome.Unchanged.class);
        assertThat(verification.verify().findings()).isEmpty();
    }

    @Test
    void leavesNothingHalfDoneWhenATransactionEndsEarly() {
        LotId lot = register("L-1", 100);
        long postings = count("posting");

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    ReservationId promise = stock.reserve(
                                    scene.deed("accept"), List.of(scene.promise(lot, 60, scene.school)))
                            .get()
                            .get(0)
                            .get(0);
                    send("send", promise, 60).get();
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        assertThat(at(lot, hub())).isEqualTo(new Balance(units(100), units(0)));
        assertThat(count("posting")).isEqualTo(postings);
        assertThat(jdbc.sql("SELECT count(*) FROM reservation WHERE lot_id = ?")
                        .param(lot.value())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(stock.reserve(scene.deed("accept"), List.of(scene.promise(lot, 60, scene.school)))
                        .isDone())
                .isTrue();
    }

    @Test
    void sixteenAcceptorsOnHotLotsNeverOverPromise() throws Exception {
        List<LotId> hot = List.of(register("H-1", 100), register("H-2", 150), register("H-3", 77));
        ExecutorService acceptors = Executors.newFixedThreadPool(16);
        List<Callable<Long>> work = new ArrayList<>();
        for (int acceptor = 0; acceptor < 16; acceptor++) {
            int number = acceptor;
            work.add(() -> accept(number, hot));
        }
        long promised = 0;
        try {
            for (Future<Long> done : acceptors.invokeAll(work, 5, TimeUnit.MINUTES)) {
                promised += done.get();
            }
        } finally {
            acceptors.shutdownNow();
        }

        Map<BalanceKey, Balance> balances = locked(hot);
        long reserved = balances.values().stream()
                .mapToLong(balance -> balance.reserved().baseUnits())
                .sum();
        long sent = jdbc.sql(
                        "SELECT COALESCE(SUM(quantity), 0) FROM reservation WHERE response_id = ? AND state = 'SENT'")
                .param(scene.response.value())
                .query(Long.class)
                .single();
        assertThat(reserved + sent).isEqualTo(promised).isEqualTo(327);
        assertThat(verification.verify().findings()).isEmpty();
    }

    /** Promises from hot lots, several at once in any order, until all are empty; sends or gives back some. */
    private long accept(int acceptor, List<LotId> hot) {
        Random random = new Random(acceptor);
        long kept = 0;
        int refusals = 0;
        for (int i = 0; refusals < 12; i++) {
            LotId first = hot.get(random.nextInt(hot.size()));
            LotId second = hot.get(random.nextInt(hot.size()));
            long units = refusals > 6 ? 1 : 1 + random.nextInt(4);
            String key = "acceptor/" + acceptor + "/" + i;
            for (Outcome<List<ReservationId>> outcome : stock.reserveEach(
                    scene.deed(key),
                    List.of(scene.promise(first, units, scene.school), scene.promise(second, units, scene.school)))) {
                if (!outcome.isDone()) {
                    assertThat(outcome.reasons()).hasOnlyElementsOfType(Rejection.NotEnoughFree.class);
                    refusals++;
                    continue;
                }
                ReservationId promise = outcome.get().get(0);
                switch (random.nextInt(5)) {
                    case 0 -> {
                        stock.cancel(scene.deed(key + "/cancel"), List.of(promise))
                                .get();
                        refusals = 0;
                    }
                    case 1 -> {
                        send(key + "/send/" + promise.value(), promise, units).get();
                        kept += units;
                    }
                    default -> kept += units;
                }
            }
        }
        return kept;
    }

    private LotId register(String externalId, long quantity) {
        return stock.register(scene.deed(externalId), scene.blankets(externalId, quantity))
                .get();
    }

    private List<LineOutcome> apply(List<Registration> lines) {
        return stock.applyLines(scene.response, Optional.empty(), LedgerScene.NOW, lines);
    }

    private Outcome<ConsignmentId> send(String key, ReservationId promise, long quantity) {
        return stock.send(scene.deed(key), List.of(new Stock.SendLine(promise, units(quantity))), Optional.empty());
    }

    private Balance at(LotId lot, Account.Inside account) {
        return locked(List.of(lot)).getOrDefault(new BalanceKey(lot, account), Balance.EMPTY);
    }

    private Map<BalanceKey, Balance> locked(List<LotId> lots) {
        return transaction.<Map<BalanceKey, Balance>>execute(status -> {
            Set<BalanceKey> places = new TreeSet<>(book.findPlaces(lots));
            return book.lock(places);
        });
    }

    private long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    private Account.AtHub hub() {
        return new Account.AtHub(scene.hub);
    }

    private static Quantity units(long value) {
        return new Quantity(value);
    }
}
