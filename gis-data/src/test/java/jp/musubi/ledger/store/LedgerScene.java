package jp.musubi.ledger.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Promise;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.Substance;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A response of its own with a hub, two communities and blankets. */
final class LedgerScene {

    static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    final ResponseId response;
    final HubId hub;
    final CommunityId school;
    final CommunityId temple;
    final ItemId blanket;
    private final JdbcClient jdbc;

    LedgerScene(Responses responses, JdbcClient jdbc) {
        this.jdbc = jdbc;
        response = responses
                .open(TestResponse.at(NOW, "ledger-" + UUID.randomUUID()))
                .id();
        blanket = new ItemId(id("SELECT id FROM item WHERE code = 'BLANKET'"));
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '遠野', '03208', ST_GeomFromText('POINT(141.53 39.33)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response.value()).update();
        hub = new HubId(id("SELECT id FROM hub WHERE response_id = " + response.value()));
        school = community("C1", "03211");
        temple = community("C2", "03461");
    }

    private CommunityId community(String externalId, String municipality) {
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                                               point_doubtful, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', ?, TRUE, 'SHELTER', ?, ?, FALSE, '', CURRENT_TIMESTAMP, '', 0)""")
                .params(response.value(), externalId, externalId, municipality)
                .update();
        return new CommunityId(id("SELECT id FROM community WHERE response_id = " + response.value()
                + " AND external_id = '" + externalId + "'"));
    }

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    Deed deed(String key) {
        return new Deed(response, Optional.empty(), NOW, new IdempotencyKey(response.value() + "/" + key));
    }

    Registration blankets(String externalId, long quantity) {
        return new Registration(
                Optional.of(new DonationLine("test", externalId)),
                blanket,
                Substance.GOODS,
                DonorId.UNNAMED,
                new Quantity(quantity),
                new LotTerms(
                        Optional.of(hub),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(NOW.plusSeconds(86_400)),
                        Optional.of(new Quantity(10)),
                        false),
                Optional.empty(),
                true);
    }

    Promise promise(LotId lot, long quantity, CommunityId community) {
        return new Promise(
                lot,
                Optional.empty(),
                new Quantity(quantity),
                community,
                Optional.of("N-1"),
                OptionalLong.empty(),
                Optional.empty());
    }
}
