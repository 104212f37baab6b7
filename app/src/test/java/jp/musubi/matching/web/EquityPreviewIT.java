package jp.musubi.matching.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
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
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Substance;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.Plans;
import jp.musubi.place.HubId;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.OncePerRequestFilter;

/** What another equity would change is seen before anybody commits: 60 blankets for two places that lack 60 each. */
@MusubiIT
class EquityPreviewIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    private final Responses responses;
    private final JdbcClient jdbc;
    private final Stock stock;
    private final Plans plans;
    private final PlanningDesk desk;
    private final Organisations organisations;
    private final People people;
    private final OperatorSecret operator;
    private final MockMvc web;

    private Response response;
    private String previews = "";
    private long near;
    private long far;

    EquityPreviewIT(
            Responses responses,
            JdbcClient jdbc,
            Stock stock,
            Plans plans,
            PlanningDesk desk,
            Organisations organisations,
            People people,
            OperatorSecret operator,
            WebApplicationContext context) {
        this.responses = responses;
        this.jdbc = jdbc;
        this.stock = stock;
        this.plans = plans;
        this.desk = desk;
        this.organisations = organisations;
        this.people = people;
        this.operator = operator;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .<DefaultMockMvcBuilder>addFilters(context.getBeansOfType(OncePerRequestFilter.class)
                        .values()
                        .toArray(OncePerRequestFilter[]::new))
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void sixtyBlanketsForTwoPlacesThatLackSixtyEach() {
        response = responses.open(TestResponse.at(NOW, "equity-" + UUID.randomUUID()));
        previews = "/r/" + response.code() + "/api/v1/plans/previews";
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '遠野', '03208', ST_GeomFromText('POINT(141.53 39.33)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response.id().value()).update();
        ItemId blanket = new ItemId(id("SELECT id FROM item WHERE code = 'BLANKET'"));
        HubId hub = new HubId(
                id("SELECT id FROM hub WHERE response_id = " + response.id().value()));
        near = lacking("near", "03211", "POINT(141.88 39.27)", blanket);
        far = lacking("far", "02203", "POINT(141.50 40.51)", blanket);
        stock.register(
                        new Deed(
                                response.id(),
                                Optional.empty(),
                                NOW,
                                new IdempotencyKey(response.id().value() + "/L1")),
                        new Registration(
                                Optional.of(new DonationLine("test", "L1")),
                                blanket,
                                Substance.GOODS,
                                DonorId.UNNAMED,
                                new Quantity(60),
                                new LotTerms(
                                        Optional.of(hub),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false),
                                Optional.empty(),
                                true))
                .get();
    }

    @Test
    void showsThePriceOfLessEquityBesideTheStandard() throws Exception {
        DocumentContext ready = ready(asked("{\"equity\":1}"));

        assertThat(ready.read("$.effect.comparedWith", Double.class)).isEqualTo(8);
        assertThat(ready.<Object>read("$.effect.plan")).isNull();
        assertThat(ready.read("$.effect.after.unitKm", Double.class))
                .as("everything goes to the near place")
                .isLessThan(ready.read("$.effect.before.unitKm", Double.class));
        assertThat(ready.read("$.effect.before.nothing", Integer.class)).isZero();
        assertThat(ready.read("$.effect.after.nothing", Integer.class)).isEqualTo(1);
        assertThat(ready.read("$.effect.gaining.most[0].id", Long.class)).isEqualTo(near);
        assertThat(ready.read("$.effect.gaining.most[0].after", Double.class)).isEqualTo(1);
        assertThat(ready.read("$.effect.losing.most[0].id", Long.class)).isEqualTo(far);
        assertThat(ready.read("$.effect.losing.most[0].after", Double.class)).isZero();
        assertThat(ready.read("$.effect.losing.communities", Integer.class)).isEqualTo(1);
        assertThat(ready.read("$.effect.losing.unknown", Integer.class))
                .as("nobody counted the people there")
                .isEqualTo(1);
        assertThat(ready.<List<Integer>>read("$.effect.flows[*].lines")).containsExactlyInAnyOrder(-1, 1);
        assertThat(ready.<List<Integer>>read("$.effect.communities[*].community"))
                .hasSize(2);
        assertThat(plans.listPlans(response.id())).as("looking keeps nothing").isEmpty();
    }

    @Test
    void comparesWithTheEquityOfTheNewestPlan() throws Exception {
        desk.keep(desk.explain(
                response,
                (PlanningDesk.Result.Solved)
                        desk.solve(response, PlanningDesk.Choices.STANDARD.withEquity(1), PlanProgress.UNWATCHED),
                Optional.empty()));

        DocumentContext same = ready(asked("{}"));
        assertThat(same.read("$.equity", Double.class)).isEqualTo(1);
        assertThat(same.read("$.effect.plan", Integer.class)).isEqualTo(1);
        assertThat(same.read("$.effect.gaining.communities", Integer.class)).isZero();
        assertThat(same.<List<?>>read("$.effect.flows")).isEmpty();

        DocumentContext more = ready(asked("{\"equity\":100}"));
        assertThat(more.read("$.effect.comparedWith", Double.class)).isEqualTo(1);
        assertThat(more.read("$.effect.gaining.most[0].id", Long.class)).isEqualTo(far);
        assertThat(more.read("$.effect.after.unitKm", Double.class))
                .isGreaterThan(more.read("$.effect.before.unitKm", Double.class));
    }

    @Test
    void theNextQuestionEndsTheOneBefore() throws Exception {
        String first = asked("{\"equity\":2}");
        String second = asked("{\"equity\":50}");

        ready(second);
        assertThat(state(first)).as("ended, unless it was quicker").isIn("stopped", "ready");
        web.perform(asOperator(delete(previews + "/" + second))).andExpect(status().isNoContent());
        assertThat(state(second)).isEqualTo("ready");
    }

    @Test
    void isForPeopleWhoPlanForTheWholeResponse() throws Exception {
        web.perform(post(previews)
                        .with(csrf())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(status().isUnauthorized());
        web.perform(post(previews)
                        .with(csrf())
                        .with(coordinator(Optional.of("03")))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(status().isForbidden());
        web.perform(post(previews)
                        .with(csrf())
                        .with(coordinator(Optional.empty()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"equity\":20}"))
                .andExpect(status().isAccepted());
        web.perform(asOperator(post(previews))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"equity\":0.5}"))
                .andExpect(status().isBadRequest());
        String mine = asked("{\"equity\":20}");
        web.perform(get(previews + "/" + mine).with(coordinator(Optional.empty())))
                .andExpect(status().isNotFound());
    }

    private RequestPostProcessor coordinator(Optional<String> region) {
        Organisation office = organisations.add(new Organisation(
                new OrganisationId(0), Optional.empty(), OrganisationKind.OFFICE, "本部", "Office", Optional.empty()));
        String login = "c-" + UUID.randomUUID();
        Person person = people.register(login, office.id(), Locale.JAPANESE, "調整担当");
        people.grant(
                person.id(), new Grant(Role.COORDINATOR, Optional.empty(), region, Optional.empty()), Optional.empty());
        return authentication(UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(person.id().value(), login, 0), null, List.of()));
    }

    private String asked(String question) throws Exception {
        return JsonPath.read(
                web.perform(asOperator(post(previews))
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(question))
                        .andExpect(status().isAccepted())
                        .andReturn()
                        .getResponse()
                        .getContentAsString(),
                "$.id");
    }

    private DocumentContext ready(String id) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(state(id)).isEqualTo("ready"));
        return answer(id);
    }

    private String state(String id) {
        return answer(id).read("$.state");
    }

    private DocumentContext answer(String id) {
        try {
            return JsonPath.parse(web.perform(asOperator(get(previews + "/" + id)))
                    .andReturn()
                    .getResponse()
                    .getContentAsString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private MockHttpServletRequestBuilder asOperator(MockHttpServletRequestBuilder request) {
        return request.header("Authorization", "Bearer " + operator.value());
    }

    private long lacking(String name, String municipality, String point, ItemId item) {
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
                        VALUES (?, 'test', ?, TRUE, ?, ?, 'REQUEST', 60, '', FALSE, 2, ?, 0)""")
                .params(response.id().value(), name, community, item.value(), Timestamp.from(NOW.minusSeconds(3600)))
                .update();
        return community;
    }

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
