package jp.musubi.ledger.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LedgerVerification;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Promise;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Substance;
import jp.musubi.place.CommunityId;
import jp.musubi.place.Position;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@MusubiIT
class PromiseExpiryIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    private final PromiseExpiry expiry;
    private final Stock stock;
    private final Responses responses;
    private final LedgerVerification verification;
    private final JdbcClient jdbc;
    private Response response;
    private LotId lot = new LotId(0);

    PromiseExpiryIT(
            PromiseExpiry expiry, Stock stock, Responses responses, LedgerVerification verification, JdbcClient jdbc) {
        this.expiry = expiry;
        this.stock = stock;
        this.responses = responses;
        this.verification = verification;
        this.jdbc = jdbc;
        this.response = open();
    }

    @BeforeEach
    void announcedBlankets() {
        jdbc.sql("DELETE FROM lease").update();
        response = open();
        lot = stock.register(
                        deed("gift"),
                        new Registration(
                                Optional.of(new DonationLine("test", "L-1")),
                                new ItemId(id("SELECT id FROM item WHERE code = 'BLANKET'")),
                                Substance.GOODS,
                                DonorId.UNNAMED,
                                new Quantity(100),
                                new LotTerms(
                                        Optional.empty(),
                                        Optional.of(new Position(39.3, 141.5)),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false),
                                Optional.empty(),
                                true))
                .get();
    }

    @Test
    void whatRanOutByTheResponsesClockCanBePromisedAgain() {
        ReservationId early = promise("early", 60, Optional.of(NOW.plus(Duration.ofDays(1))));
        ReservationId late = promise("late", 30, Optional.of(NOW.plus(Duration.ofDays(3))));
        ReservationId endless = promise("endless", 10, Optional.empty());
        assertThat(expiry.expire()).as("nothing has run out yet").isZero();

        setClock(NOW.plus(Duration.ofDays(1)));

        assertThat(expiry.expire()).isEqualTo(1);
        assertThat(List.of(state(early), state(late), state(endless))).containsExactly("EXPIRED", "OPEN", "OPEN");
        assertThat(expiry.expire()).as("once").isZero();
        assertThat(state(promise("again", 60, Optional.empty()))).isEqualTo("OPEN");
        assertThat(verification.verify().findings()).isEmpty();
    }

    @Test
    void leavesAClosedResponseAsItIs() {
        ReservationId promise = promise("early", 60, Optional.of(NOW));
        responses.close(response.id(), responses.getEntry(response.id()).version());

        assertThat(expiry.expire()).isZero();
        assertThat(state(promise)).isEqualTo("OPEN");
    }

    @Test
    void waitsWhileAnotherNodeDoesIt() {
        ReservationId promise = promise("early", 60, Optional.of(NOW));
        jdbc.sql("INSERT INTO lease (work, node, held_until) VALUES ('promise-expiry', 'another', ?)")
                .param(java.sql.Timestamp.from(Instant.now().plusSeconds(60)))
                .update();

        assertThat(expiry.expire()).isZero();
        assertThat(state(promise)).isEqualTo("OPEN");

        jdbc.sql("UPDATE lease SET held_until = ?")
                .param(java.sql.Timestamp.from(Instant.now().minusSeconds(1)))
                .update();
        assertThat(expiry.expire()).as("the other node is gone").isEqualTo(1);
    }

    private Response open() {
        return responses.open(TestResponse.at(NOW, "expiry-" + UUID.randomUUID()));
    }

    private void setClock(Instant inside) {
        responses.change(
                new Response(
                        response.id(),
                        response.code(),
                        response.nameJa(),
                        response.nameEn(),
                        response.zone(),
                        response.languages(),
                        response.bounds(),
                        new ResponseClock.Fixed(inside),
                        response.training()),
                responses.getEntry(response.id()).version());
    }

    private ReservationId promise(String key, long quantity, Optional<Instant> expiresAt) {
        return stock.reserve(
                        deed(key),
                        List.of(new Promise(
                                lot,
                                Optional.empty(),
                                new Quantity(quantity),
                                community(),
                                Optional.empty(),
                                OptionalLong.empty(),
                                expiresAt)))
                .get()
                .get(0)
                .get(0);
    }

    private CommunityId community() {
        String find =
                "SELECT id FROM community WHERE response_id = " + response.id().value();
        if (jdbc.sql(find).query(Long.class).optional().isEmpty()) {
            jdbc.sql("""
                            INSERT INTO community (response_id, source, external_id, derived, kind, name,
                                                   municipality_code, point_doubtful, search_key, reported_at, feed_sheet,
                                                   version)
                            VALUES (?, 'test', 'C1', TRUE, 'SHELTER', 'C1', '03211', FALSE, '', CURRENT_TIMESTAMP, '', 0)""").param(response.id().value()).update();
        }
        return new CommunityId(id(find));
    }

    private String state(ReservationId promise) {
        return jdbc.sql("SELECT state FROM reservation WHERE id = ?")
                .param(promise.value())
                .query(String.class)
                .single();
    }

    private Deed deed(String key) {
        return new Deed(
                response.id(),
                Optional.empty(),
                NOW,
                new IdempotencyKey(response.id().value() + "/" + key));
    }

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
