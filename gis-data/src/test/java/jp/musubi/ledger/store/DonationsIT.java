package jp.musubi.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.ChangeLog;
import jp.musubi.inbox.ColumnMatcher;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.RowStore;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonationRow;
import jp.musubi.ledger.KnownLine;
import jp.musubi.ledger.LedgerBook;
import jp.musubi.ledger.LedgerVerification;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.ReceiptLine;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.response.Responses;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@MusubiIT
class DonationsIT {

    private static final List<String> HEADER = List.of(
            "lot_id",
            "品目",
            "数量",
            "単位",
            "lat",
            "lon",
            "hub_id",
            "寄付者",
            "available_from",
            "expires_at",
            "pack_size",
            "cold_chain");

    private final DonationsKind kind;
    private final Stock stock;
    private final LedgerBook book;
    private final LedgerVerification verification;
    private final StockListing listing;
    private final ChangeLog changes;
    private final Responses responses;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final LedgerScene scene;
    private long feed;

    DonationsIT(
            DonationsKind kind,
            Stock stock,
            LedgerBook book,
            LedgerVerification verification,
            StockListing listing,
            ChangeLog changes,
            Responses responses,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.kind = kind;
        this.stock = stock;
        this.book = book;
        this.verification = verification;
        this.listing = listing;
        this.changes = changes;
        this.responses = responses;
        this.jdbc = jdbc;
        this.transaction = transaction;
        scene = new LedgerScene(responses, jdbc);
        feed = scene.response.value() * 1000;
    }

    @Test
    void takesAListOnceAndOnlyWhatDiffersAfterThat() {
        List<String> list = List.of(
                "L-1|毛布|30|箱|||H1|みやぎ生協|||10|",
                "L-2|飲料水|240||39.3|141.5||ﾐﾔｷﾞ生協|2011-03-15T09:00:00+09:00|2012-03-15T09:00:00+09:00||no",
                "L-3|支援金|50,000|円||||ある人||||",
                "L-4|活動時間|480|||||||||");
        assertThat(send(list)).isEqualTo(RowStore.Applied.of(4, 0, 0));
        assertThat(send(list)).isEqualTo(RowStore.Applied.of(0, 4, 0));

        assertThat(line("L-2").newest().donor()).isEqualTo(line("L-1").newest().donor());
        assertThat(listing.listAvailable(scene.response))
                .extracting(row -> row.from().kind().name())
                .containsExactlyInAnyOrder("HUB", "ANNOUNCED");
        assertThat(book.findPlaces(line("L-3").lots()))
                .allSatisfy(at -> assertThat(at.account()).isInstanceOf(Account.Fund.class));

        List<String> corrected = new ArrayList<>(list);
        corrected.set(1, list.get(1).replace("|240|", "|120|"));
        corrected.set(0, list.get(0).replace("|H1|", "|H1|").replace("|10|", "|20|"));
        assertThat(send(corrected)).isEqualTo(RowStore.Applied.of(0, 2, 2));
        assertThat(send(corrected)).isEqualTo(RowStore.Applied.of(0, 4, 0));
        assertThat(line("L-2").declared()).isEqualTo(new Quantity(120));
        assertThat(changes.listChanges("donation", line("L-2").newest().line().value()))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.beforeJson().orElseThrow()).contains("\"quantity\":240");
                    assertThat(change.afterJson().orElseThrow()).contains("\"quantity\":120");
                });
        assertThat(verification.verify().findings()).isEmpty();
    }

    @Test
    void refusesACorrectionBelowWhatIsPromised() {
        send(List.of("L-1|毛布|100|枚|||H1|||||"));
        stock.reserve(
                        scene.deed("accept"),
                        List.of(scene.promise(line("L-1").newest().id(), 80, scene.school)))
                .get();

        RowStore.Applied applied = send(List.of("L-1|毛布|79|枚|||H1|||||"));

        assertThat(applied.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(RowProblem::code, problem -> problem.place().column())
                        .containsExactly(tuple("below-promised", "数量")));
        assertThat(line("L-1").declared()).isEqualTo(new Quantity(100));
    }

    @Test
    void saysEverythingThatIsWrongWithARow() {
        assertThat(codes("|もうふとん|-3|枚|||H9|||||")).contains("missing", "unknown-item", "unknown-hub");
        assertThat(codes("L-1|毛布|0|枚||||||||")).containsExactly("out-of-range", "no-place");
        assertThat(codes("L-1|毛布|5|リットル|141.5|39.3||||||")).containsExactly("unknown-unit", "position-swapped");
        assertThat(codes("L-1|毛布|5|枚|||H1||2011-03-15 09:00||0|たぶん"))
                .containsExactly("time-without-offset", "out-of-range", "unknown-word");
        assertThat(codes("L-1|毛布|5|枚|||H1||2011-03-15T09:00:00+09:00|2011-03-15T09:00:00+09:00||"))
                .containsExactly("expires-before-available");
    }

    @Test
    void keepsNamesOfGiversOutOfTheLedger() {
        send(List.of("L-1|毛布|100|枚|||H1|架空 花子||||"));

        assertThat(jdbc.sql("SELECT count(*) FROM donor_detail WHERE response_id = ? AND name = '架空 花子'")
                        .param(scene.response.value())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        jdbc.sql("DELETE FROM donor_detail WHERE response_id = ?")
                .param(scene.response.value())
                .update();
        assertThat(line("L-1").declared()).isEqualTo(new Quantity(100));
        assertThat(verification.verify().findings()).isEmpty();
    }

    @Test
    void showsWhatLiesInHubsAndTheWhole() {
        send(List.of("L-1|毛布|100|枚|||H1|||||"));
        LotId lot = line("L-1").newest().id();
        List<ReservationId> promises = stock
                .reserve(
                        scene.deed("accept"),
                        List.of(scene.promise(lot, 50, scene.school), scene.promise(lot, 10, scene.school)))
                .get()
                .stream()
                .map(pieces -> pieces.get(0))
                .toList();
        ConsignmentId sent = stock.send(
                        scene.deed("send"),
                        List.of(new Stock.SendLine(promises.get(0), new Quantity(50))),
                        Optional.empty())
                .get();
        stock.receive(scene.deed("receive"), sent, List.of(ReceiptLine.good(lot, new Quantity(30))))
                .get();

        assertThat(listing.listInHubs(scene.response))
                .extracting(StockListing.InHub::onHand, StockListing.InHub::reserved)
                .containsExactly(tuple(new Quantity(50), new Quantity(10)));
        assertThat(listing.listTotals(scene.response))
                .containsExactly(new StockListing.ItemTotals(scene.blanket, 100, 50, 0, 20, 30, 0));
    }

    private RowStore.Applied send(List<String> lines) {
        ImportContext context = context();
        return transaction.<RowStore.Applied>execute(status -> {
            List<Row> rows = rows(lines);
            RowInterpreter<DonationRow> interpreter = kind.interpreter(context);
            interpreter.preheat(rows);
            List<ImportedRow<DonationRow>> good = new ArrayList<>();
            for (Row row : rows) {
                Interpretation<DonationRow> read = interpreter.interpret(row);
                assertThat(read.listProblems()).isEmpty();
                if (read instanceof Interpretation.Accepted<DonationRow> accepted) {
                    good.add(new ImportedRow<>(kind.externalId(row).orElseThrow(), row, accepted.value()));
                }
            }
            return kind.apply(context, good);
        });
    }

    private List<String> codes(String line) {
        List<Row> rows = rows(List.of(line));
        RowInterpreter<DonationRow> interpreter = kind.interpreter(context());
        interpreter.preheat(rows);
        return interpreter.interpret(rows.get(0)).listProblems().stream()
                .map(RowProblem::code)
                .toList();
    }

    private ImportContext context() {
        return new ImportContext(
                new FeedId(feed++),
                responses.getById(scene.response),
                "test",
                Optional.empty(),
                LedgerScene.NOW,
                LedgerScene.NOW);
    }

    private List<Row> rows(List<String> lines) {
        ColumnMatcher matcher = new ColumnMatcher(kind.columns());
        List<Row> rows = new ArrayList<>();
        for (String line : lines) {
            rows.add(new Row(
                    rows.size() + 2, Optional.empty(), matcher.match(HEADER), Arrays.asList(line.split("\\|", -1))));
        }
        return rows;
    }

    private KnownLine line(String externalId) {
        DonationLine name = new DonationLine("test", externalId);
        return Optional.ofNullable(book.findLines(scene.response, Set.of(name)).get(name))
                .orElseThrow();
    }
}
