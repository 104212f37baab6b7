package jp.musubi.giving.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Substance;
import jp.musubi.matching.Closures;
import jp.musubi.matching.GreatCircleTravel;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanConstraints;
import jp.musubi.matching.PlanDraft;
import jp.musubi.matching.PlanInputs;
import jp.musubi.matching.PlanOutcome;
import jp.musubi.matching.PlanReasons;
import jp.musubi.matching.Planner;
import jp.musubi.matching.PlanningData;
import jp.musubi.matching.PlanningInput;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Plans;
import jp.musubi.matching.Policy;
import jp.musubi.matching.PolicyTerms;
import jp.musubi.matching.PolicyUse;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.matching.SharedPlan;
import jp.musubi.matching.Sharing;
import jp.musubi.place.HubId;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** What donors are asked for follows from the newest plan. */
@MusubiIT
class WantedIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    private final Responses responses;
    private final JdbcClient jdbc;
    private final Stock stock;
    private final PlanningData planning;
    private final Plans plans;
    private final Catalogue catalogue;
    private final MockMvc web;

    private Response response;

    WantedIT(
            Responses responses,
            JdbcClient jdbc,
            Stock stock,
            PlanningData planning,
            Plans plans,
            Catalogue catalogue,
            WebApplicationContext context) {
        this.responses = responses;
        this.jdbc = jdbc;
        this.stock = stock;
        this.planning = planning;
        this.plans = plans;
        this.catalogue = catalogue;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void threeSheltersWithoutBlanketsAndAHubFullOfBread() {
        response = responses.open(TestResponse.at(NOW, "wanted-" + UUID.randomUUID()));
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '遠野', '03208', ST_GeomFromText('POINT(141.53 39.33)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response.id().value()).update();
        for (int i = 1; i <= 3; i++) {
            needs("S" + i, 40);
        }
    }

    @Test
    void thereIsNoListBeforeTheFirstPlan() throws Exception {
        assertThat(page("ja")).contains("一覧は、まだありません").doesNotContain("<table");
        assertThat(page("en")).contains("There is no list yet");
    }

    @Test
    void asksForWhatThePlanLacksAndStopsWhatItLeavesOver() throws Exception {
        gives("BLANKET", 30);
        gives("BREAD", 500);
        keepAPlan();

        assertThat(page("ja")).contains("岩手県", "90", "送らないでほしい").doesNotContain("??");
        assertThat(page("en")).contains("Iwate", "Please do not send").doesNotContain("??");
        web.perform(get("/api/v1/wanted").cookie(here()).param("lang", "en"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.plan").value(1))
                .andExpect(jsonPath("$.rows[0].advice").value("GIVE"))
                .andExpect(jsonPath("$.rows[0].item").value("BLANKET"))
                .andExpect(jsonPath("$.rows[0].prefecture").value("03"))
                .andExpect(jsonPath("$.rows[0].quantity").value(90))
                .andExpect(jsonPath("$.rows[1].advice").value("STOP"))
                .andExpect(jsonPath("$.rows[1].item").value("BREAD"))
                .andExpect(jsonPath("$.rows[1].quantity").value(500));
        assertThat(text("/exports/wanted.csv").lines().limit(3))
                .satisfiesExactly(
                        header -> assertThat(header).contains("Item code"),
                        hxl -> assertThat(hxl.replace("\"", "")).startsWith("#status,#item+code,#item+name,#adm1+code"),
                        row -> assertThat(row).startsWith("GIVE,BLANKET,").contains(",03,Iwate,90,"));
    }

    @Test
    void changesWithTheNextPlan() throws Exception {
        keepAPlan();
        gives("BLANKET", 500);
        keepAPlan();

        web.perform(get("/api/v1/wanted").cookie(here()))
                .andExpect(jsonPath("$.plan").value(2))
                .andExpect(jsonPath("$.rows.length()").value(1))
                .andExpect(jsonPath("$.rows[0].advice").value("STOP"))
                .andExpect(jsonPath("$.rows[0].quantity").value(380));
    }

    @Test
    void saysWhichHubIsFullAndWhereMoreWouldHelpToo() throws Exception {
        long hub = jdbc.sql("SELECT id FROM hub WHERE response_id = ?")
                .param(response.id().value())
                .query(Long.class)
                .single();
        Sharing.Limit limit = Sharing.Limit.ofKilograms(Long.toString(hub), 50);
        keepAPlan(List.of(
                new SharedPlan.Load(limit, 50, 3.5),
                new SharedPlan.Load(
                        new Sharing.Limit(Long.toString(hub), null, Sharing.Measure.LINES, 0, 0, 9), 3, 0)));
        jdbc.sql("""
                        INSERT INTO plan_price (plan_id, item_id, prefecture_code, communities, price)
                        SELECT id, ?, '02', 5, 1000000 FROM plan WHERE response_id = ?""").params(item("BLANKET").value(), response.id().value()).update();

        web.perform(get("/api/v1/wanted").cookie(here()).header("Accept-Language", "en"))
                .andExpect(jsonPath("$.fullHubs.length()").value(1))
                .andExpect(jsonPath("$.fullHubs[0].percentUsed").value(100))
                .andExpect(jsonPath("$.rows[0].alsoPrefectures[0]").value("02"))
                .andExpect(jsonPath("$.rows[0].alsoPrefectureNames[0]").value("Aomori"));
        String csv = web.perform(get("/exports/wanted.csv").cookie(here()).header("Accept-Language", "en"))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(csv.lines().toList())
                .anySatisfy(line -> assertThat(line).startsWith("GIVE,BLANKET,").endsWith(",02,"))
                .anySatisfy(line -> assertThat(line).startsWith("HUB_IS_FULL,"))
                .anySatisfy(line -> assertThat(line).contains("\"#adm1+code+list\",\"#loc+hub+name\""));
        assertThat(web.perform(get("/wanted").cookie(here()).param("lang", "en"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8))
                .contains("Hubs that are full", "100 percent", "also helps in Aomori");
    }

    private void keepAPlan() {
        keepAPlan(List.of());
    }

    private void keepAPlan(List<SharedPlan.Load> loads) {
        PlanningInput input = planning.read(response.id(), NOW);
        PlanningProblem problem = new PlanningProblem(
                NOW,
                input.lots(),
                input.needs(),
                Policy.STANDARD,
                PlanConstraints.NONE,
                new GreatCircleTravel(),
                Closures.NONE);
        Plan plan = ((PlanOutcome.Planned) Planner.withThreads(1).plan(problem)).plan();
        PlanReasons reasons = PlanReasons.of(problem, plan);
        plans.keep(new PlanDraft(
                response.id(),
                Optional.empty(),
                NOW,
                "test",
                PolicyUse.of(PolicyVersion.STANDARD, PolicyTerms.STANDARD),
                new PlanInputs.Kept("hash", "not kept"),
                problem,
                plan,
                reasons.listLines(),
                reasons.listShortfalls(),
                loads,
                plan.prices().needs(),
                Duration.ZERO));
    }

    private void gives(String item, long quantity) {
        stock.register(
                        new Deed(
                                response.id(),
                                Optional.empty(),
                                NOW,
                                new IdempotencyKey(response.id().value() + "/" + item)),
                        new Registration(
                                Optional.of(new DonationLine("test", item)),
                                item(item),
                                Substance.GOODS,
                                DonorId.UNNAMED,
                                new Quantity(quantity),
                                new LotTerms(
                                        Optional.of(new HubId(jdbc.sql("SELECT id FROM hub WHERE response_id = ?")
                                                .param(response.id().value())
                                                .query(Long.class)
                                                .single())),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false),
                                Optional.empty(),
                                true))
                .get();
    }

    private void needs(String name, long blankets) {
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                                               point, point_doubtful, search_key, reported_at, version)
                        VALUES (?, 'test', ?, TRUE, 'SHELTER', ?, '03211',
                                ST_GeomFromText('POINT(141.88 39.27)', 4326), FALSE, '', CURRENT_TIMESTAMP, 0)""").params(response.id().value(), name, name).update();
        jdbc.sql("""
                        INSERT INTO need (response_id, source, external_id, derived, community_id, item_id, kind,
                                          quantity, written, pack_assumed, priority, reported_at, version)
                        SELECT c.response_id, 'test', c.external_id, TRUE, c.id, ?, 'REQUEST', ?, '', FALSE, 2, ?, 0
                          FROM community c WHERE c.response_id = ? AND c.external_id = ?""")
                .params(
                        item("BLANKET").value(),
                        blankets,
                        Timestamp.from(NOW.minusSeconds(3600)),
                        response.id().value(),
                        name)
                .update();
    }

    private ItemId item(String code) {
        return catalogue.current().getByCode(new ItemCode(code)).id();
    }

    private Cookie here() {
        return new Cookie("musubi-response", response.code());
    }

    private String page(String language) throws Exception {
        return text("/wanted", language);
    }

    private String text(String path) throws Exception {
        return text(path, "en");
    }

    private String text(String path, String language) throws Exception {
        return web.perform(get(path).cookie(here()).param("lang", language))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }
}
