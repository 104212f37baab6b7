package jp.musubi.matching.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Outcome;
import jp.musubi.ledger.PostingId;
import jp.musubi.ledger.Promise;
import jp.musubi.ledger.ReceiptLine;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Stock.SendLine;
import jp.musubi.ledger.Substance;
import jp.musubi.need.Deliveries;
import jp.musubi.need.Deliveries.Delivery;
import jp.musubi.need.Deliveries.Step;
import jp.musubi.need.NeedBoard;
import jp.musubi.need.NeedKind;
import jp.musubi.need.Needs;
import jp.musubi.need.NetNeed;
import jp.musubi.need.Priority;
import jp.musubi.need.Receipt;
import jp.musubi.need.ReportedNeed;
import jp.musubi.need.Supply;
import jp.musubi.need.SupplySoFar;
import jp.musubi.need.SupplySoFar.At;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@MusubiIT
class LedgerSupplySoFarIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    private final SupplySoFar supplySoFar;
    private final Deliveries deliveries;
    private final Stock stock;
    private final Needs needs;
    private final NeedBoard board;
    private final Responses responses;
    private final JdbcClient jdbc;

    private ResponseId response = new ResponseId(0);
    private CommunityId school = new CommunityId(0);
    private ItemId blanket = new ItemId(0);
    private LotId lot = new LotId(0);

    LedgerSupplySoFarIT(
            SupplySoFar supplySoFar,
            Deliveries deliveries,
            Stock stock,
            Needs needs,
            NeedBoard board,
            Responses responses,
            JdbcClient jdbc) {
        this.supplySoFar = supplySoFar;
        this.deliveries = deliveries;
        this.stock = stock;
        this.needs = needs;
        this.board = board;
        this.responses = responses;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void aHubWithHundredBlanketsAndASchool() {
        response = responses
                .open(TestResponse.at(NOW, "supply-" + UUID.randomUUID()))
                .id();
        blanket = new ItemId(id("SELECT id FROM item WHERE code = 'BLANKET'"));
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '遠野', '03208', ST_GeomFromText('POINT(141.53 39.33)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response.value()).update();
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                                               point_doubtful, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'C1', TRUE, 'SHELTER', '学校', '03211', FALSE, '', CURRENT_TIMESTAMP, '', 0)""").param(response.value()).update();
        school = new CommunityId(id("SELECT id FROM community WHERE response_id = " + response.value()));
        HubId hub = new HubId(id("SELECT id FROM hub WHERE response_id = " + response.value()));
        lot = done(stock.register(
                deed("gift"),
                new Registration(
                        Optional.of(new DonationLine("test", "L1")),
                        blanket,
                        Substance.GOODS,
                        DonorId.UNNAMED,
                        q(100),
                        new LotTerms(
                                Optional.of(hub),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false),
                        Optional.empty(),
                        true)));
    }

    @Test
    void followsUnitsFromPromiseToArrivalAndBack() {
        assertThat(supply()).isEqualTo(Supply.NONE);

        List<ReservationId> reserved = done(stock.reserve(
                        deed("promise"),
                        List.of(new Promise(
                                lot,
                                Optional.empty(),
                                q(60),
                                school,
                                Optional.empty(),
                                OptionalLong.empty(),
                                Optional.empty()))))
                .get(0);
        assertThat(supply()).isEqualTo(new Supply(List.of(), q(0), q(60)));

        ConsignmentId van =
                done(stock.send(deed("send"), List.of(new SendLine(reserved.get(0), q(50))), Optional.empty()));
        assertThat(supply()).isEqualTo(new Supply(List.of(), q(50), q(10)));

        PostingId arrival =
                done(stock.receive(deed("receive"), van, List.of(new ReceiptLine(lot, q(30), q(5), q(0), q(0), q(0)))));
        assertThat(supply()).isEqualTo(new Supply(List.of(new Receipt(NOW, q(30))), q(15), q(10)));
        assertThat(deliveries.listDeliveries(response, school, 10))
                .extracting(Delivery::step, Delivery::item, Delivery::quantity)
                .containsExactlyInAnyOrder(
                        tuple(Step.RECEIVED, blanket, q(30)),
                        tuple(Step.LOST, blanket, q(5)),
                        tuple(Step.SENT, blanket, q(50)));

        done(stock.reverse(deed("mistake"), arrival));
        assertThat(deliveries.listDeliveries(response, school, 10))
                .as("what was taken back did not happen")
                .extracting(Delivery::step)
                .containsExactly(Step.SENT);
        assertThat(supply()).isEqualTo(new Supply(List.of(), q(50), q(10)));
    }

    @Test
    void theNeedBoardCountsWhatIsPromised() {
        needs.report(
                response,
                new ReportedNeed(
                        school,
                        blanket,
                        NeedKind.REQUEST,
                        q(80),
                        "80枚",
                        false,
                        Priority.HIGH,
                        Optional.of(NOW.plus(Duration.ofDays(1))),
                        Optional.of(NOW.minus(Duration.ofHours(1))),
                        Optional.empty()),
                NOW,
                Optional.empty(),
                "first");
        done(stock.reserve(
                deed("promise"),
                List.of(new Promise(
                        lot,
                        Optional.empty(),
                        q(60),
                        school,
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty()))));

        NetNeed net = board.findNeeds(response, school, NOW).orElseThrow().items().stream()
                .filter(need -> need.item().equals(blanket))
                .findFirst()
                .orElseThrow()
                .net();

        assertThat(net.net()).isEqualTo(q(20));
        assertThat(net.promised()).isEqualTo(q(60));
    }

    private Supply supply() {
        return supplySoFar.supplies(response, Optional.of(school)).getOrDefault(new At(school, blanket), Supply.NONE);
    }

    private Deed deed(String key) {
        return new Deed(response, Optional.empty(), NOW, new IdempotencyKey(response.value() + "/" + key));
    }

    private static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new AssertionError(outcome.toString());
    }

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private static Quantity q(long units) {
        return new Quantity(units);
    }
}
