package jp.musubi.ledger.web;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.identity.Grant;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationKind;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.Role;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.identity.web.SignedIn;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.BalanceKey;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LineOutcome;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Promise;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Substance;
import jp.musubi.ledger.store.LotListing;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** A response with 300 blankets in a hub in Tono, 120 of them promised to a school in Kamaishi, and people who look at it. */
final class DispatchScene {

    static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    final MockMvc web;
    final ResponseId response;
    final String base;
    final HubId hub;
    final CommunityId school;
    final LotId lot;
    final ReservationId promise;
    private final WebApplicationContext context;
    private final Stock stock;
    private final JdbcClient jdbc;

    DispatchScene(WebApplicationContext context) {
        this.context = context;
        stock = context.getBean(Stock.class);
        jdbc = context.getBean(JdbcClient.class);
        web = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(context.getBeansOfType(org.springframework.web.filter.OncePerRequestFilter.class)
                        .values()
                        .toArray(jakarta.servlet.Filter[]::new))
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
        String code = "t-" + UUID.randomUUID();
        base = "/r/" + code;
        response = context.getBean(Responses.class)
                .open(TestResponse.at(NOW, code))
                .id();
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '遠野拠点', '03208', ST_GeomFromText('POINT(141.53 39.33)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response.value()).update();
        hub = new HubId(id("SELECT id FROM hub WHERE response_id = " + response.value()));
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                                               point_doubtful, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'C1', TRUE, 'SHELTER', '想定小学校', '03211', FALSE, '', CURRENT_TIMESTAMP, '', 0)""").param(response.value()).update();
        school = new CommunityId(id("SELECT id FROM community WHERE response_id = " + response.value()));
        lot = register("L-17", 300, Optional.empty());
        promise = stock.reserve(deed("accept"), List.of(promiseOf(120)))
                .get()
                .get(0)
                .get(0);
    }

    /**
     * Blankets for the hub.
     *
     * @param availableFrom later than now = only announced
     */
    LotId register(String name, long quantity, Optional<Instant> availableFrom) {
        return stock.register(deed(name), registration(name, quantity, availableFrom))
                .get();
    }

    /** A line's second lot, because a corrected list says other terms. */
    LotId correct(String name, long quantity) {
        LineOutcome outcome = stock.applyLines(
                        response,
                        Optional.empty(),
                        NOW,
                        List.of(registration(name, quantity, Optional.of(NOW.plus(Duration.ofDays(1))))))
                .get(0);
        return ((LineOutcome.Corrected) outcome).lot();
    }

    private Registration registration(String name, long quantity, Optional<Instant> availableFrom) {
        return new Registration(
                Optional.of(new DonationLine("test", name)),
                new ItemId(id("SELECT id FROM item WHERE code = 'BLANKET'")),
                Substance.GOODS,
                DonorId.UNNAMED,
                new Quantity(quantity),
                new LotTerms(
                        Optional.of(hub), Optional.empty(), availableFrom, Optional.empty(), Optional.empty(), false),
                Optional.empty(),
                true);
    }

    Promise promiseOf(long quantity) {
        return new Promise(
                lot,
                Optional.empty(),
                new Quantity(quantity),
                school,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    Deed deed(String key) {
        return new Deed(response, Optional.empty(), NOW, new IdempotencyKey(response.value() + "/" + key));
    }

    /** How much of a lot lies in an account. */
    long onHand(LotId lotId, Account.Inside account) {
        return context.getBean(LotListing.class)
                .findHeld(response, new BalanceKey(lotId, account))
                .map(held -> held.onHand().baseUnits())
                .orElse(0L);
    }

    long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    MockHttpServletRequestBuilder asOperator(MockHttpServletRequestBuilder request) {
        return request.header(
                        "Authorization",
                        "Bearer " + context.getBean(OperatorSecret.class).value())
                .with(plain -> {
                    plain.setRemoteAddr("127.0.0.1");
                    return plain;
                });
    }

    /** As a coordinator who may act in one region only. */
    MockHttpServletRequestBuilder asCoordinatorOf(String region, MockHttpServletRequestBuilder request) {
        People people = context.getBean(People.class);
        Organisation office = context.getBean(Organisations.class)
                .add(new Organisation(
                        new OrganisationId(0),
                        Optional.empty(),
                        OrganisationKind.OFFICE,
                        "事務所",
                        "Office",
                        Optional.empty()));
        Person person = people.register("c-" + UUID.randomUUID(), office.id(), Locale.JAPANESE, "地域担当");
        people.grant(
                person.id(),
                new Grant(Role.COORDINATOR, Optional.empty(), Optional.of(region), Optional.empty()),
                Optional.empty());
        SignedIn signedIn = new SignedIn(person.id().value(), person.login(), 0);
        return request.with(authentication(UsernamePasswordAuthenticationToken.authenticated(signedIn, "", List.of())))
                .with(csrf());
    }
}
