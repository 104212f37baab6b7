package jp.musubi.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Promise;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Substance;
import jp.musubi.ledger.store.StockListing;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class DispatchPagesIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");
    private static final Pattern LINK = Pattern.compile("/trace/([A-Za-z0-9_-]{43})");

    private final Responses responses;
    private final OperatorSecret operator;
    private final Stock stock;
    private final StockListing listing;
    private final JdbcClient jdbc;
    private final MockMvc web;
    private ResponseId response = new ResponseId(0);
    private CommunityId school = new CommunityId(0);
    private LotId lot = new LotId(0);
    private ReservationId promise = new ReservationId(0);
    private String base = "";

    DispatchPagesIT(
            Responses responses,
            OperatorSecret operator,
            Stock stock,
            StockListing listing,
            JdbcClient jdbc,
            WebApplicationContext context) {
        this.responses = responses;
        this.operator = operator;
        this.stock = stock;
        this.listing = listing;
        this.jdbc = jdbc;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(context.getBeansOfType(org.springframework.web.filter.OncePerRequestFilter.class)
                        .values()
                        .toArray(jakarta.servlet.Filter[]::new))
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void promisedBlankets() {
        String code = "t-" + UUID.randomUUID();
        response = responses
                .open(new Response(
                        new ResponseId(0),
                        code,
                        "試験",
                        "Test",
                        ZoneId.of("Asia/Tokyo"),
                        List.of(Locale.JAPANESE, Locale.ENGLISH),
                        new Bounds(36, 138, 42, 143),
                        new ResponseClock.Fixed(NOW),
                        true))
                .id();
        base = "/r/" + code;
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '遠野拠点', '03208', ST_GeomFromText('POINT(141.53 39.33)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response.value()).update();
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                                               point_doubtful, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'C1', TRUE, 'SHELTER', '想定小学校', '03211', FALSE, '', CURRENT_TIMESTAMP, '', 0)""").param(response.value()).update();
        school = new CommunityId(id("SELECT id FROM community WHERE response_id = " + response.value()));
        lot = stock.register(
                        deed("gift"),
                        new Registration(
                                Optional.of(new DonationLine("test", "L-17")),
                                new ItemId(id("SELECT id FROM item WHERE code = 'BLANKET'")),
                                Substance.GOODS,
                                DonorId.UNNAMED,
                                new Quantity(300),
                                new LotTerms(
                                        Optional.of(new HubId(
                                                id("SELECT id FROM hub WHERE response_id = " + response.value()))),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false),
                                Optional.empty(),
                                true))
                .get();
        promise = stock.reserve(
                        deed("accept"),
                        List.of(new Promise(
                                lot,
                                Optional.empty(),
                                new Quantity(120),
                                school,
                                Optional.empty(),
                                OptionalLong.empty(),
                                Optional.empty())))
                .get()
                .get(0)
                .get(0);
    }

    @Test
    void isClosedToThoseWhoMayNotMoveStock() throws Exception {
        web.perform(get(base + "/dispatch").header("Accept", "text/html")).andExpect(status().isUnauthorized());
        web.perform(get(base + "/donors").header("Accept", "text/html")).andExpect(status().isUnauthorized());
    }

    @Test
    void aCartonIsSentAndArrivesFromTheList() throws Exception {
        for (String language : List.of("ja", "en")) {
            web.perform(asOperator(get(base + "/dispatch").header("Accept-Language", language)))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("遠野拠点")))
                    .andExpect(content().string(containsString("想定小学校")))
                    .andExpect(content().string(containsString("value=\"120\"")));
        }
        String key = UUID.randomUUID().toString();
        for (int click = 0; click < 2; click++) {
            web.perform(asOperator(post(base + "/dispatch/send")
                            .param("key", key)
                            .param("promise", String.valueOf(promise.value()))
                            .param("quantity-" + promise.value(), "100")))
                    .andExpect(status().is3xxRedirection());
        }
        List<StockListing.Load> loads = listing.listUnderWayLoads(response);
        assertThat(loads).hasSize(1);
        assertThat(listing.listOpenPromises(response))
                .extracting(open -> open.quantity().baseUnits())
                .containsExactly(20L);
        String load = base + "/dispatch/" + loads.get(0).id().value();
        web.perform(asOperator(get(load)))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("value=\"100\"")));

        web.perform(asOperator(post(load + "/receive")
                        .param("key", UUID.randomUUID().toString())
                        .param("good-" + lot.value(), "96")
                        .param("damaged-" + lot.value(), "4")))
                .andExpect(status().is3xxRedirection());

        assertThat(listing.listUnderWayLoads(response)).isEmpty();
        web.perform(asOperator(get(load))).andExpect(content().string(containsString("この便はすべて記録されています")));
    }

    @Test
    void saysWhyAPromiseThatSomebodyElseTookBackCannotBeSent() throws Exception {
        web.perform(asOperator(post(base + "/dispatch/cancel")
                        .param("key", UUID.randomUUID().toString())
                        .param("promise", String.valueOf(promise.value()))))
                .andExpect(status().is3xxRedirection());

        web.perform(asOperator(post(base + "/dispatch/send")
                        .param("key", UUID.randomUUID().toString())
                        .param("promise", String.valueOf(promise.value()))
                        .param("quantity-" + promise.value(), "100")
                        .header("Accept-Language", "en")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("was cancelled")));
    }

    @Test
    void aGiverSeesWhereTheGiftIsDownToTheMunicipalityAndOnlyByTheNewestLink() throws Exception {
        web.perform(asOperator(get(base + "/donors").param("q", "L-1")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("L-17")));
        String first = issue();
        web.perform(get("/trace/" + first))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("遠野市")))
                .andExpect(content().string(containsString("300")));
        String second = issue();
        web.perform(get("/trace/" + first).header("Accept", "text/html")).andExpect(status().isNotFound());

        stock.send(deed("send"), List.of(new Stock.SendLine(promise, new Quantity(120))), Optional.empty())
                .get();
        web.perform(get("/trace/" + second).header("Accept-Language", "en"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("On the way")))
                .andExpect(content().string(containsString("Kamaishi")))
                .andExpect(content().string(not(containsString("想定小学校"))));
        web.perform(get("/api/v1/trace/" + second))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("\"ON_THE_WAY\"")));
        assertThat(jdbc.sql("SELECT count(*) FROM tracking_link WHERE code_hash = ?")
                        .param(second)
                        .query(Long.class)
                        .single())
                .as("the code itself is not kept")
                .isZero();
    }

    @Test
    void anAdministratorCanHaveTheWholeLedgerChecked() throws Exception {
        web.perform(get("/api/v1/ledger/verification")).andExpect(status().isUnauthorized());
        web.perform(asOperator(get("/api/v1/ledger/verification")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("\"sound\":true")))
                .andExpect(content().string(containsString("\"findings\":[]")));
    }

    private String issue() throws Exception {
        String page = web.perform(asOperator(post(base + "/donors/" + lot.value() + "/link")))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        Matcher link = LINK.matcher(page);
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private MockHttpServletRequestBuilder asOperator(MockHttpServletRequestBuilder request) {
        return request.header("Authorization", "Bearer " + operator.value()).with(plain -> {
            plain.setRemoteAddr("127.0.0.1");
            return plain;
        });
    }

    private Deed deed(String key) {
        return new Deed(response, Optional.empty(), NOW, new IdempotencyKey(response.value() + "/" + key));
    }

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
