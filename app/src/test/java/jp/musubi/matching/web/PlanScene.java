package jp.musubi.matching.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Substance;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanInputs;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.Plans;
import jp.musubi.matching.store.PlanListing;
import jp.musubi.matching.store.PlanListing.Filter;
import jp.musubi.matching.store.PlanListing.LineRow;
import jp.musubi.matching.web.PlanDecisions.Wanted;
import jp.musubi.matching.web.PlanningDesk.Choices;
import jp.musubi.matching.web.PlanningDesk.Result;
import jp.musubi.need.NeedBoard;
import jp.musubi.place.HubId;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.OncePerRequestFilter;

/** A hub with blankets and two places that need them, new for each test. */
abstract class PlanScene {

    static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    final Responses responses;
    final JdbcClient jdbc;
    final Stock stock;
    final Plans plans;
    final PlanListing listing;
    final PlanningDesk desk;
    final PlanStarts starts;
    final PlanInputs inputs;
    final PlanDecisions decisions;
    final OperatorSecret operator;
    final NeedBoard board;
    final ReasonTexts reasons;
    final MockMvc web;

    Response response;
    HubId hub;
    ItemId blanket;

    PlanScene(WebApplicationContext context) {
        responses = context.getBean(Responses.class);
        jdbc = context.getBean(JdbcClient.class);
        stock = context.getBean(Stock.class);
        plans = context.getBean(Plans.class);
        listing = context.getBean(PlanListing.class);
        desk = context.getBean(PlanningDesk.class);
        starts = context.getBean(PlanStarts.class);
        inputs = context.getBean(PlanInputs.class);
        decisions = context.getBean(PlanDecisions.class);
        operator = context.getBean(OperatorSecret.class);
        board = context.getBean(NeedBoard.class);
        reasons = context.getBean(ReasonTexts.class);
        web = MockMvcBuilders.webAppContextSetup(context)
                .<DefaultMockMvcBuilder>addFilters(context.getBeansOfType(OncePerRequestFilter.class).values().stream()
                        .filter(filter -> filter.getClass().getPackageName().equals("jp.musubi.response.web"))
                        .toArray(OncePerRequestFilter[]::new))
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void aHubAndTwoPlaces() {
        response = responses.open(TestResponse.at(NOW, "plan-" + UUID.randomUUID()));
        blanket = new ItemId(id("SELECT id FROM item WHERE code = 'BLANKET'"));
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '遠野', '03208', ST_GeomFromText('POINT(141.53 39.33)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response.id().value()).update();
        hub = new HubId(
                id("SELECT id FROM hub WHERE response_id = " + response.id().value()));
        need("near", "03211", "POINT(141.88 39.27)", blanket, 60);
        need("far", "02203", "POINT(141.50 40.51)", blanket, 60);
        give("L1", blanket, 100);
    }

    void wish(LineRow line, Wanted wanted) {
        assertThat(decisions.wish(response, List.of(line), wanted, Optional.empty(), Optional.empty()))
                .isTrue();
    }

    PlanHead planned() {
        return planned(Choices.STANDARD);
    }

    PlanHead planned(Choices choices) {
        Result result = desk.solve(response, choices, PlanProgress.UNWATCHED);
        assertThat(result).isInstanceOf(Result.Solved.class);
        return desk.keep(desk.explain(response, (Result.Solved) result, Optional.empty()));
    }

    List<LineRow> lines(PlanHead plan) {
        return listing.listLines(plan.id(), Filter.ALL, 0, 100);
    }

    long free() {
        return jdbc.sql("""
                        SELECT coalesce(sum(b.on_hand - b.reserved), 0) FROM balance b
                          JOIN account a ON a.id = b.account_id
                         WHERE a.response_id = ? AND a.kind = 'HUB'""").param(response.id().value()).query(Long.class).single();
    }

    void give(String externalId, ItemId item, long quantity) {
        give(
                externalId,
                item,
                quantity,
                new LotTerms(
                        Optional.of(hub),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    void give(String externalId, ItemId item, long quantity, LotTerms terms) {
        stock.register(
                        new Deed(
                                response.id(),
                                Optional.empty(),
                                NOW,
                                new IdempotencyKey(response.id().value() + "/" + externalId)),
                        new Registration(
                                Optional.of(new DonationLine("test", externalId)),
                                item,
                                Substance.GOODS,
                                DonorId.UNNAMED,
                                new Quantity(quantity),
                                terms,
                                Optional.empty(),
                                true))
                .get();
    }

    long need(String name, String municipality, String point, ItemId item, long quantity) {
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                                               point, point_doubtful, search_key, reported_at, version)
                        VALUES (?, 'test', ?, TRUE, 'SHELTER', ?, ?, ST_GeomFromText(?, 4326), FALSE, '',
                                CURRENT_TIMESTAMP, 0)""")
                .params(response.id().value(), name, name, municipality, point)
                .update();
        long community = id("SELECT id FROM community WHERE response_id = "
                + response.id().value() + " AND external_id = '" + name + "'");
        jdbc.sql("""
                        INSERT INTO need (response_id, source, external_id, derived, community_id, item_id, kind,
                                          quantity, written, pack_assumed, priority, reported_at, version)
                        VALUES (?, 'test', ?, TRUE, ?, ?, 'REQUEST', ?, '', FALSE, 2, ?, 0)""")
                .params(
                        response.id().value(),
                        name,
                        community,
                        item.value(),
                        quantity,
                        Timestamp.from(NOW.minusSeconds(3600)))
                .update();
        return community;
    }

    long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
