package jp.musubi.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.musubi.common.store.DataFolder;
import jp.musubi.common.store.DatabaseDialect;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.LedgerBook;
import jp.musubi.ledger.LedgerReport;
import jp.musubi.ledger.LedgerReport.Finding;
import jp.musubi.ledger.LedgerVerification;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.PostingId;
import jp.musubi.ledger.Stock;
import jp.musubi.response.Responses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Each test has a database of its own, because it is broken on purpose. */
@MusubiIT
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
// Its first test must not get the database of another class: it counts every posting there is.
@TestPropertySource(properties = "musubi.test=ledger-verification")
class LedgerVerificationIT {

    private static final List<String> GUARDED = List.of("posting", "movement", "lot", "lot_origin", "ledger_block");

    private final Stock stock;
    private final LedgerBook book;
    private final LedgerSealer sealer;
    private final LedgerVerification verification;
    private final LedgerScene scene;
    private final JdbcTemplate jdbc;
    private final DatabaseDialect dialect;
    private final DataFolder data;
    private LotId lot = new LotId(0);
    private PostingId posting = new PostingId(0);

    LedgerVerificationIT(
            Stock stock,
            LedgerBook book,
            LedgerSealer sealer,
            LedgerVerification verification,
            Responses responses,
            JdbcClient client,
            JdbcTemplate jdbc,
            DatabaseDialect dialect,
            DataFolder data) {
        this.stock = stock;
        this.book = book;
        this.sealer = sealer;
        this.verification = verification;
        this.jdbc = jdbc;
        this.dialect = dialect;
        this.data = data;
        scene = new LedgerScene(responses, client);
    }

    @BeforeEach
    void aSealedLedger() {
        stock.applyLines(
                scene.response,
                Optional.empty(),
                LedgerScene.NOW,
                IntStream.range(0, 40)
                        .mapToObj(i -> scene.blankets("L-" + i, 100))
                        .toList());
        assertThat(sealer.seal()).isEqualTo(1);
        lot = new LotId(query("SELECT id FROM lot WHERE external_id = 'L-17'"));
        posting = new PostingId(query("SELECT posting_id FROM lot WHERE external_id = 'L-17'"));
        stock.reserve(scene.deed("accept"), List.of(scene.promise(lot, 30, scene.school)))
                .get();
        stock.register(scene.deed("typed in"), scene.blankets("L-x", 5)).get();
        assertThat(sealer.seal()).isEqualTo(1);
        assertThat(sealer.seal()).as("nothing new to seal").isZero();
        LedgerReport report = verification.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report)
                .extracting(LedgerReport::postings, LedgerReport::blocks, LedgerReport::unsealed)
                .containsExactly(41L, 2L, 0L);
    }

    @Test
    void theDatabaseRefusesToChangeLedgerRows() {
        for (String table : List.of("movement", "lot", "posting", "ledger_block")) {
            assertThatThrownBy(() -> jdbc.update("DELETE FROM " + table))
                    .as(table)
                    .isInstanceOf(DataAccessException.class);
        }
        assertThatThrownBy(() -> jdbc.update("UPDATE movement SET quantity = 1"))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void namesAChangedMovementAndTheBalanceThatNoLongerFits() {
        unguarded("UPDATE movement SET quantity = 99 WHERE posting_id = " + posting.value());

        assertThat(found()).containsExactly("posting-changed posting " + posting.value(), balanceRow());
    }

    @Test
    void namesAPostingWhoseTimeWasChanged() {
        unguarded("UPDATE posting SET effective_at = TIMESTAMP WITH TIME ZONE '2011-03-15 00:00:00+00' WHERE id = "
                + posting.value());

        assertThat(found()).containsExactly("posting-changed posting " + posting.value());
        assertThat(verification.verify().findings().get(0).message().en()).contains("test/L-17");
    }

    @Test
    void namesALotWhoseExpiryWasChanged() {
        unguarded("UPDATE lot SET expires_at = NULL WHERE id = " + lot.value());

        assertThat(found()).containsExactly("posting-changed posting " + posting.value());
    }

    @Test
    void namesADeletedMovement() {
        unguarded("DELETE FROM movement WHERE posting_id = " + posting.value());

        assertThat(found())
                .containsExactly(
                        "posting-changed posting " + posting.value(), "lot-inserted lot " + lot.value(), balanceRow());
    }

    @Test
    void namesADeletedPosting() {
        unguarded("DELETE FROM movement WHERE posting_id = " + posting.value());
        unguarded("DELETE FROM posting WHERE id = " + posting.value());

        assertThat(found()).contains("posting-missing posting " + posting.value());
    }

    @Test
    void namesAnInsertedMovement() {
        unguarded("INSERT INTO movement (posting_id, line_no, lot_id, from_account_id, to_account_id, quantity)"
                + " SELECT posting_id, 2, lot_id, from_account_id, to_account_id, 5 FROM movement WHERE posting_id = "
                + posting.value());

        assertThat(found()).containsExactly("posting-changed posting " + posting.value(), balanceRow());
    }

    @Test
    void namesAPostingThatWasSlippedInLater() {
        unguarded("INSERT INTO posting (id, response_id, cause, effective_at, recorded_at, idempotency_key, digest)"
                + " SELECT 900, response_id, cause, effective_at, recorded_at, 'forged', digest FROM posting WHERE id = "
                + posting.value());

        assertThat(found()).containsExactly("posting-changed posting 900");
    }

    @Test
    void namesAnInsertedLot() {
        unguarded("INSERT INTO lot (id, response_id, line_id, revision, posting_id, item_id, substance, donor_id,"
                + " cold_chain, derived) SELECT 901, response_id, 901, 1, posting_id, item_id, substance, donor_id,"
                + " cold_chain, derived FROM lot WHERE id = " + lot.value());

        assertThat(found()).containsExactly("lot-inserted lot 901");
    }

    @Test
    void namesAChangedBalanceAndAReservationThatVanished() {
        unguarded("UPDATE balance SET on_hand = 101 WHERE lot_id = " + lot.value());
        assertThat(found()).containsExactly(balanceRow());
        unguarded("UPDATE balance SET on_hand = 100 WHERE lot_id = " + lot.value());
        unguarded("DELETE FROM reservation WHERE lot_id = " + lot.value());

        assertThat(found())
                .containsExactly("reserved-differs balance of lot " + lot.value() + " in HUB " + scene.hub.value());
    }

    @Test
    void noticesARewrittenDigestByTheSeal() {
        unguarded("UPDATE posting SET cause = 'CONSUMED' WHERE id = " + posting.value());
        assertThat(found()).containsExactly("posting-changed posting " + posting.value());
        guards(false);
        jdbc.update(
                "UPDATE posting SET digest = ? WHERE id = ?",
                book.getPosting(posting).digest().bytes(),
                posting.value());
        guards(true);

        assertThat(verification.verify().findings()).extracting(Finding::code).containsExactly("postings-replaced");
    }

    @Test
    void noticesThatTheChainWasCutOrRebuiltByTheNoteOutside() throws Exception {
        unguarded("DELETE FROM ledger_block WHERE number = 2");

        assertThat(found()).containsExactly("head-differs ledger_block 2");
        Path note = data.folder("ledger").resolve("heads.txt");
        assertThat(Files.readAllLines(note, StandardCharsets.US_ASCII)).hasSize(2);
    }

    private List<String> found() {
        return verification.verify().findings().stream()
                .map(finding -> finding.code() + " " + finding.row())
                .toList();
    }

    private String balanceRow() {
        return "balance-differs balance of lot " + lot.value() + " in HUB " + scene.hub.value();
    }

    private void unguarded(String sql) {
        guards(false);
        assertThat(jdbc.update(sql)).as(sql).isEqualTo(1);
        guards(true);
    }

    /** What somebody with the database's own password can do. */
    private void guards(boolean on) {
        for (String table : GUARDED) {
            if (dialect.isPostgis()) {
                jdbc.execute("ALTER TABLE " + table + (on ? " ENABLE" : " DISABLE") + " TRIGGER USER");
            } else if (on) {
                jdbc.execute("CREATE TRIGGER " + table + "_append_only BEFORE UPDATE, DELETE ON " + table
                        + " FOR EACH ROW CALL 'jp.musubi.ledger.store.AppendOnlyTrigger'");
            } else {
                jdbc.execute("DROP TRIGGER " + table + "_append_only");
            }
        }
    }

    private long query(String sql) {
        Long value = jdbc.queryForObject(sql, Long.class);
        assertThat(value).isNotNull();
        return value == null ? 0 : value;
    }
}
