package jp.musubi.matching.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.ReceiptLine;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Stock.SendLine;
import jp.musubi.ledger.Substance;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanLineId;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.Plans;
import jp.musubi.matching.PolicyTerms;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.matching.Wish;
import jp.musubi.matching.store.PlanListing;
import jp.musubi.matching.store.PlanListing.Filter;
import jp.musubi.matching.store.PlanListing.LineRow;
import jp.musubi.matching.store.PlanListing.ShortfallRow;
import jp.musubi.matching.store.PlanListing.State;
import jp.musubi.matching.web.PlanDecisions.Choice;
import jp.musubi.matching.web.PlanDecisions.Decided;
import jp.musubi.matching.web.PlanDecisions.Wanted;
import jp.musubi.matching.web.PlanningDesk.Again;
import jp.musubi.matching.web.PlanningDesk.Choices;
import jp.musubi.matching.web.PlanningDesk.Result;
import jp.musubi.need.NeedBoard;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.OncePerRequestFilter;

/** From stock and needs in the database to promised cartons. */
@MusubiIT
class PlanDayIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    private final Responses responses;
    private final JdbcClient jdbc;
    private final Stock stock;
    private final Plans plans;
    private final PlanListing listing;
    private final PlanningDesk desk;
    private final PlanDecisions decisions;
    private final OperatorSecret operator;
    private final NeedBoard board;
    private final ReasonTexts reasons;
    private final MockMvc web;

    private Response response;
    private HubId hub;
    private ItemId blanket;

    PlanDayIT(
            Responses responses,
            JdbcClient jdbc,
            Stock stock,
            Plans plans,
            PlanListing listing,
            PlanningDesk desk,
            PlanDecisions decisions,
            OperatorSecret operator,
            NeedBoard board,
            ReasonTexts reasons,
            WebApplicationContext context) {
        this.responses = responses;
        this.jdbc = jdbc;
        this.stock = stock;
        this.plans = plans;
        this.listing = listing;
        this.desk = desk;
        this.decisions = decisions;
        this.operator = operator;
        this.board = board;
        this.reasons = reasons;
        this.web = MockMvcBuilders.webAppContextSetup(context)
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

    @Test
    void plansAcceptsTakesBackAndPlansAgain() {
        PlanHead plan = planned();

        assertThat(plan.certified()).isTrue();
        assertThat(plan.number()).isEqualTo(1);
        assertThat(plan.servedUnits()).isEqualTo(100);
        assertThat(plan.unmetUnits()).isEqualTo(20);
        assertThat(lines(plan))
                .as("equity serves both before it fills one")
                .extracting(LineRow::quantity)
                .allSatisfy(quantity -> assertThat(quantity).isBetween(40L, 60L));
        assertThat(listing.listShortfalls(plan.id(), Filter.ALL, 0, 10).stream()
                        .mapToLong(ShortfallRow::unmet)
                        .sum())
                .isEqualTo(20);

        Decided accepted = decisions.accept(response, plan, new Choice.All(), Optional.empty());

        assertThat(accepted).isEqualTo(new Decided(2, List.of(), List.of()));
        assertThat(free()).isZero();
        assertThat(lines(plan)).allSatisfy(line -> assertThat(line.state()).isEqualTo(State.ACCEPTED));
        assertThat(planned().lines()).as("nothing is left to plan").isZero();

        Decided takenBack = decisions.takeBack(response, plan, new Choice.All(), Optional.empty());

        assertThat(takenBack.done()).isEqualTo(2);
        assertThat(free()).isEqualTo(100);
        assertThat(planned().servedUnits()).isEqualTo(100);
    }

    @Test
    void acceptsEachLineOnceHoweverManyPressTheButton() throws Exception {
        PlanHead plan = planned();
        List<String> seen = lines(plan).stream()
                .map(line -> line.id() + ":" + line.version())
                .toList();
        List<Callable<Decided>> people = new ArrayList<>();
        for (int person = 0; person < 8; person++) {
            people.add(() -> decisions.accept(response, plan, Choice.of(seen), Optional.empty()));
        }
        ExecutorService pool = Executors.newFixedThreadPool(people.size());
        int done = 0;
        int noticed = 0;
        try {
            for (Future<Decided> future : pool.invokeAll(people)) {
                done += future.get().done();
                noticed += future.get().changedMeanwhile().size();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(done).isEqualTo(2);
        assertThat(noticed).isEqualTo(14);
        assertThat(free()).isZero();
    }

    @Test
    void tellsOfAChangeThatSomebodyElseMade() {
        PlanHead plan = planned();
        LineRow line = lines(plan).get(0);
        String asSeen = line.id() + ":" + line.version();
        decisions.accept(response, plan, new Choice.All(), Optional.empty());

        Decided late = decisions.takeBack(response, plan, Choice.of(List.of(asSeen)), Optional.empty());

        assertThat(late).isEqualTo(new Decided(0, List.of(), List.of(new PlanLineId(line.id()))));
        assertThat(free()).isZero();
    }

    @Test
    void plansAroundALockAndABan() {
        PlanHead first = planned();
        LineRow toNear = lines(first).stream()
                .filter(line -> line.communityName().equals("near"))
                .findFirst()
                .orElseThrow();
        wish(toNear, new Wanted("lock", Optional.of(10L), Optional.empty(), "道が狭い"));

        assertThat(lines(planned()))
                .filteredOn(line -> line.communityName().equals("near"))
                .singleElement()
                .returns(10L, LineRow::quantity)
                .returns(true, LineRow::locked);

        plans.listWishes(response.id()).forEach(wish -> decisions.endWish(response, wish.id(), Optional.empty()));
        wish(toNear, new Wanted("forbid-community", Optional.empty(), Optional.empty(), ""));

        assertThat(lines(planned())).extracting(LineRow::communityName).containsExactly("far");
    }

    @Test
    void countsASubstituteAsWhatItStandsInForUntilItIsThere() {
        ItemId food = new ItemId(id("SELECT id FROM item WHERE code = 'FOOD'"));
        ItemId rice = new ItemId(id("SELECT id FROM item WHERE code = 'RICE-ALPHA'"));
        CommunityId hungry = new CommunityId(need("hungry", "03211", "POINT(141.89 39.28)", food, 50));
        give("rice", rice, 30);

        assertThat(lines(planned(Choices.STANDARD.withSubstitutes(Optional.empty()))))
                .as("nothing stands in for anything unless the policy says so")
                .extracting(LineRow::itemId)
                .containsOnly(blanket.value());

        PlanHead plan = planned(Choices.STANDARD.withSubstitutes(Optional.of(20)));
        assertThat(plan.substitutePenaltyKm()).contains(20);
        assertThat(plan.certified()).isTrue();
        LineRow line = listing.listLines(plan.id(), new Filter(food.value(), "", 0), 0, 10).stream()
                .findFirst()
                .orElseThrow();
        assertThat(line.item().en()).isNotEqualTo("Food");
        assertThat(line.itemId()).isEqualTo(rice.value());
        assertThat(line.insteadOf().map(name -> name.ja())).isPresent();
        assertThat(line.quantity()).isEqualTo(30);
        for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            assertThat(reasons.lines(List.of(line), locale).of(line))
                    .contains(
                            line.item().in(locale),
                            line.insteadOf().orElseThrow().in(locale));
        }

        decisions.accept(response, plan, Choice.of(List.of(line.id() + ":" + line.version())), Optional.empty());
        assertThat(open(hungry, food)).as("promised as food").isEqualTo(20);
        assertThat(listing.listLines(planned().id(), new Filter(food.value(), "", 0), 0, 10))
                .as("the rice is promised, and there is nothing else to eat")
                .isEmpty();

        List<ReservationId> promises = listing.listOpenPromises(plan.id()).getOrDefault(line.id(), List.of());
        ConsignmentId van = stock.send(
                        deed("send"), List.of(new SendLine(promises.get(0), new Quantity(30))), Optional.empty())
                .get();
        assertThat(open(hungry, food)).as("under way as food").isEqualTo(20);

        stock.receive(
                        deed("receive"),
                        van,
                        List.of(new ReceiptLine(
                                new LotId(line.lot()),
                                new Quantity(25),
                                new Quantity(5),
                                Quantity.ZERO,
                                Quantity.ZERO,
                                Quantity.ZERO)))
                .get();
        assertThat(open(hungry, food)).as("five were spoilt").isEqualTo(25);
    }

    private long open(CommunityId community, ItemId item) {
        return board.findNeeds(response.id(), community, NOW).orElseThrow().items().stream()
                .filter(need -> need.item().equals(item))
                .findFirst()
                .orElseThrow()
                .net()
                .net()
                .baseUnits();
    }

    private Deed deed(String key) {
        return new Deed(
                response.id(),
                Optional.empty(),
                NOW,
                new IdempotencyKey(response.id().value() + "/" + key));
    }

    @Test
    void leavesStockOfAClosedHubAlone() {
        jdbc.sql("UPDATE hub SET state = 'CLOSED' WHERE id = ?")
                .param(hub.value())
                .update();

        PlanHead plan = planned();

        assertThat(plan.lines()).isZero();
        assertThat(plan.lots()).isZero();
        assertThat(plan.unmetUnits()).isEqualTo(120);
    }

    @Test
    void showsPlansReasonsAndShortfallsInBothLanguages() throws Exception {
        PlanHead plan = planned();
        LineRow kept = lines(plan).get(0);
        wish(kept, new Wanted("forbid", Optional.empty(), Optional.empty(), ""));
        assertThat(listing.listChanges(plan.id(), planned().id(), 10))
                .as("what the forbidden line brought is missing")
                .anySatisfy(change -> assertThat(change.difference()).isNegative());
        String base = "/r/" + response.code() + "/plan";
        long line = lines(plan).get(0).id();
        for (String language : List.of("ja", "en")) {
            for (String page : List.of("", "/1", "/1/shortfalls", "/1/lines/" + line, "/2/compare?with=1")) {
                String html = web.perform(get(base + page)
                                .param("lang", language)
                                .header("Accept", "text/html")
                                .header("Authorization", "Bearer " + operator.value()))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
                assertThat(html)
                        .as(page + " in " + language)
                        .contains("lang=\"" + language + "\"")
                        .contains(language.equals("ja") ? "計画" : "Plan")
                        .doesNotContain("??");
            }
        }
        web.perform(get(base + "/99")
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isNotFound());
        web.perform(get(base).header("Accept", "text/html")).andExpect(status().isUnauthorized());
    }

    @Test
    void refusesAWishThatIsLongerThanItsFields() throws Exception {
        long line = lines(planned()).get(0).id();
        String path = "/r/" + response.code() + "/plan/1/lines/" + line + "/wish";
        web.perform(post(path)
                        .param("kind", "forbid")
                        .param("reason", "長".repeat(501))
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isBadRequest());
        web.perform(post(path)
                        .param("kind", "move")
                        .param("need", "n".repeat(65))
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isBadRequest());
        assertThat(plans.listWishes(response.id())).isEmpty();

        web.perform(post(path)
                        .param("kind", "forbid")
                        .param("reason", "長".repeat(500))
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isFound());
        assertThat(plans.listWishes(response.id())).hasSize(1);
    }

    @Test
    void namesAndExplainsWishesThatContradictEachOtherAndKeepsNoPlan() throws Exception {
        PlanHead plan = planned();
        for (LineRow line : lines(plan)) {
            wish(line, new Wanted("lock", Optional.of(70L), Optional.empty(), ""));
        }
        LineRow near = lines(plan).stream()
                .filter(line -> line.communityName().equals("near"))
                .findFirst()
                .orElseThrow();
        wish(near, new Wanted("forbid", Optional.empty(), Optional.empty(), ""));

        for (String language : List.of("ja", "en")) {
            String page = runPage(language);
            assertThat(page).doesNotContain("??").contains("L1", "遠野", "near", "/wishes/");
            assertThat(page)
                    .as("figures of the lock that is possible: 70 for a need of 60")
                    .contains("70")
                    .contains("60");
            assertThat(page)
                    .contains(
                            language.equals("ja")
                                    ? List.of("同時に禁止または取り置き", "計画は作られていません", "要請は60")
                                    : List.of(
                                            "at the same time forbidden", "No plan was made", "only 60 are asked for"));
        }
        plans.listWishes(response.id()).stream()
                .filter(wish -> wish.kind() == Wish.Kind.BAN_NEED)
                .forEach(wish -> decisions.endWish(response, wish.id(), Optional.empty()));
        assertThat(runPage("en")).contains("the locks add up to 140, but only 100 are left");
        assertThat(plans.listNumbers(response.id())).containsExactly(plan.number());
    }

    /** What the page of a run says that cannot end in a plan. */
    private String runPage(String language) throws Exception {
        String run = web.perform(
                        post("/r/" + response.code() + "/plan").header("Authorization", "Bearer " + operator.value()))
                .andReturn()
                .getResponse()
                .getRedirectedUrl();
        Callable<String> page = () -> web.perform(get("/r/" + response.code()
                                + Objects.requireNonNull(run).replaceFirst("^/r/[^/]*", ""))
                        .param("lang", language)
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andReturn()
                .getResponse()
                .getContentAsString();
        return await().atMost(Duration.ofSeconds(60)).until(page, text -> text.contains("error-summary"));
    }

    @ParameterizedTest
    @CsvSource({
        "equity, 0",
        "equity, -8",
        "equity, 101",
        "equity, NaN",
        "equity, 1e400",
        "equity, lots",
        "substituteKm, -1",
        "substituteKm, 10001",
        "substituteKm, 99999999999999999999",
        "substitutes, perhaps",
        "policy, none"
    })
    void refusesToPlanByImpossibleValues(String field, String value) throws Exception {
        web.perform(post("/r/" + response.code() + "/plan")
                        .param(field, value)
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isBadRequest());
        assertThat(plans.listNumbers(response.id())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lock, quantity, 0",
        "lock, quantity, -5",
        "lock, quantity, 1000000001",
        "lock, quantity, 99999999999999999999999",
        "lock, quantity, 1.5",
        "lock, quantity, many",
        "move, need, R-nobody",
        "move, need, ''",
        "nonsense, reason, x"
    })
    void refusesImpossibleWishesWithoutKeepingHalfOfThem(String kind, String field, String value) throws Exception {
        PlanHead plan = planned();
        List<LineRow> rows = lines(plan);
        web.perform(post("/r/" + response.code() + "/plan/1/lines/"
                                + rows.get(0).id() + "/wish")
                        .param("kind", kind)
                        .param(field, value)
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isBadRequest());
        web.perform(post("/r/" + response.code() + "/plan/1/wishes")
                        .param("kind", kind)
                        .param(field, value)
                        .param("line", rows.get(0).id() + ":" + rows.get(0).version())
                        .param("line", rows.get(1).id() + ":" + rows.get(1).version())
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isBadRequest());
        assertThat(plans.listWishes(response.id())).isEmpty();
    }

    @Test
    void makesAPlanInTheBackgroundAndGoesThere() throws Exception {
        String base = "/r/" + response.code() + "/plan";
        String run = web.perform(post(base).param("equity", "20").header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isFound())
                .andReturn()
                .getResponse()
                .getRedirectedUrl();
        assertThat(run).startsWith("/plan/runs/");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(plans.listPlans(response.id()))
                        .singleElement()
                        .returns(20.0, PlanHead::equity));
        web.perform(post(base)
                        .param("equity", "0.5")
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isBadRequest());
    }

    @Test
    void aPlanComesOutTheSameWhenItIsMadeAgainWhateverHappenedSince() throws Exception {
        wish(lines(planned()).get(0), new Wanted("lock", Optional.of(7L), Optional.empty(), ""));
        PlanHead plan = planned(Choices.STANDARD.withEquity(20));
        assertThat(plan.policy()).hasValueSatisfying(use -> {
            assertThat(use.key()).isEqualTo("standard");
            assertThat(use.version()).isEqualTo(1);
            assertThat(use.changed()).isTrue();
            assertThat(use.terms().values().equity()).isEqualTo(20);
        });

        plans.listWishes(response.id()).forEach(wish -> decisions.endWish(response, wish.id(), Optional.empty()));
        decisions.accept(response, plan, new Choice.All(), Optional.empty());
        give("L9", blanket, 500);
        need("later", "03211", "POINT(141.87 39.26)", blanket, 300);
        assertThat(planned().servedUnits()).as("another day").isNotEqualTo(plan.servedUnits());

        Again again = desk.again(plan, PlanProgress.UNWATCHED);
        assertThat(again.missing()).isEmpty();
        assertThat(again.added()).isEmpty();
        assertThat(again.sameFigures()).isTrue();
        assertThat(again.identical()).isTrue();
        assertThat(plans.listLines(plan.id())).hasSize(2).anyMatch(line -> line.locked() && line.quantity() == 7);

        String rerun = "/r/" + response.code() + "/api/v1/plans/" + plan.number() + "/rerun";
        web.perform(get(rerun)).andExpect(status().isUnauthorized());
        web.perform(get(rerun).header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.identical").value(true))
                .andExpect(jsonPath("$.lines").value(2))
                .andExpect(jsonPath("$.inputHash").value(plan.inputHash()));
        assertThat(madeAgainOnThePage(plan)).contains("Identical: all 2 lines", plan.inputHash());

        jdbc.sql("UPDATE plan_line SET quantity = quantity + 1 WHERE plan_id = ? AND locked")
                .param(plan.id().value())
                .update();
        Again changed = desk.again(plan, PlanProgress.UNWATCHED);
        assertThat(changed.identical()).as("somebody wrote into the table").isFalse();
        assertThat(changed.missing()).hasSize(1);
        assertThat(changed.added()).hasSize(1);
        assertThat(madeAgainOnThePage(plan)).contains("one line is missing, one is new");

        jdbc.sql("UPDATE plan SET input_hash = ? WHERE id = ?")
                .params("0".repeat(64), plan.id().value())
                .update();
        web.perform(get(rerun).header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isConflict());
    }

    /** A clock that stands still tells whole seconds, one that runs nanoseconds. */
    @Test
    void aPlanMadeByARunningClockComesOutTheSameToo() throws Exception {
        ResponseEntry entry = responses.getEntry(response.id());
        response = responses
                .change(
                        new Response(
                                response.id(),
                                response.code(),
                                response.nameJa(),
                                response.nameEn(),
                                response.zone(),
                                response.languages(),
                                response.bounds(),
                                new ResponseClock.Offset(
                                        Duration.between(Instant.now(), NOW).plusNanos(123_456_789)),
                                true),
                        entry.version())
                .response();
        PlanHead plan = planned();
        assertThat(desk.again(plan, PlanProgress.UNWATCHED).identical()).isTrue();
        assertThat(plans.findByNumber(response.id(), plan.number())).contains(plan);
    }

    @Test
    void aHubPassesOnNoMoreThanItCanAndTheRestSaysSo() throws Exception {
        long grams = id("SELECT weight_g FROM item WHERE code = 'BLANKET'");
        jdbc.sql("UPDATE hub SET throughput_kg_per_day = ? WHERE id = ?")
                .params((grams * 70 + 500) / 1000, hub.value())
                .update();
        long most = (grams * 70 + 500) / 1000 * 1000 / grams;

        PlanHead plan = planned(Choices.of(policy(1, Fairness.NONE)));
        assertThat(plan.servedUnits()).isEqualTo(most).isLessThan(100);
        assertThat(plan.engine()).isEqualTo(PlanningDesk.SHARED_ENGINE);
        List<ShortfallRow> lacking = listing.listShortfalls(plan.id(), Filter.ALL, 0, 10);
        assertThat(lacking).isNotEmpty().allMatch(row -> row.cause().code().equals("hub-full"));
        assertThat(reasons.shortfalls(lacking, Locale.ENGLISH).of(lacking.get(0)))
                .contains("遠野", "this hub can pass on no more");

        decisions.accept(response, plan, new Choice.All(), Optional.empty());
        assertThat(planned(Choices.of(policy(1, Fairness.NONE))).servedUnits())
                .as("what is promised takes the hub's time, too")
                .isZero();
        assertThat(planned(Choices.of(policy(2, Fairness.NONE))).servedUnits())
                .as("what is left, and what another day passes on")
                .isEqualTo(Math.min(100 - most, most));
        assertThat(planned().servedUnits()).as("without the limit").isEqualTo(100 - most);
        assertThat(desk.again(plan, PlanProgress.UNWATCHED).identical()).isTrue();
    }

    @Test
    void evennessLooksAtAllThatACommunityGets() throws Exception {
        ItemId water = new ItemId(id("SELECT id FROM item WHERE code = 'WATER'"));
        need("thirsty", "03211", "POINT(141.88 39.27)", water, 100);
        need("also-thirsty", "02203", "POINT(141.50 40.51)", water, 100);
        give("L2", water, 100);
        jdbc.sql("UPDATE community SET people = 60, infants = 30 WHERE response_id = ?")
                .param(response.id().value())
                .update();

        PlanHead plan = planned(Choices.of(policy(0, new Fairness(100, 20, 2))));
        assertThat(plan.engine()).isEqualTo(PlanningDesk.SHARED_ENGINE);
        assertThat(plan.gap()).isBetween(0.0, 0.01);
        assertThat(plan.servedUnits()).isEqualTo(200);
        assertThat(plan.policy().orElseThrow().terms().values().fairness()).isEqualTo(new Fairness(100, 20, 2));
        assertThat(desk.again(plan, PlanProgress.UNWATCHED).identical()).isTrue();
        assertThat(desk.compare(response, desk.choices(plan), PlanProgress.UNWATCHED))
                .isInstanceOfSatisfying(
                        Result.Compared.class,
                        compared -> assertThat(compared.tradeOff().points()).hasSize(7));
    }

    @Test
    void saysWhoWouldGetMoreIfThereWereMore() throws Exception {
        PlanHead plan = planned();
        assertThat(whatIf(plan, "kind=goods&item=" + blanket.value() + "&quantity=50&place=m03461"))
                .contains("50 of 50 would be used.", "2 needs would get more.");
        assertThat(whatIf(plan, "kind=goods&item=" + blanket.value() + "&quantity=5&place=h" + hub.value()))
                .contains("5 of 5 would be used.");
        assertThat(whatIf(plan, "kind=goods&item=" + blanket.value() + "&quantity=0&place=nowhere"))
                .contains("href=\"#quantity\"", "href=\"#place\"")
                .doesNotContain("would be used");
        assertThat(whatIf(plan, "kind=time&hub=1&kilograms=5"))
                .as("no hub has a limit in this plan")
                .doesNotContain("would be used", "id=\"kilograms\"");

        jdbc.sql("UPDATE hub SET throughput_kg_per_day = 30 WHERE id = ?")
                .param(hub.value())
                .update();
        PlanHead limited = planned(Choices.of(policy(1, Fairness.NONE)));
        assertThat(whatIf(limited, "kind=time&hub=" + hub.value() + "&kilograms=1000"))
                .contains("would get more", "遠野");
        assertThat(whatIf(limited, "kind=goods&item=" + blanket.value() + "&quantity=5&place=h" + hub.value()))
                .as("what lies in a full hub helps nobody sooner than what is there already")
                .contains("of 5 would be used.");
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version,
                                         throughput_kg_per_day)
                        VALUES (?, 'test', 'H2', TRUE, '後から', '03208', ST_GeomFromText('POINT(141.53 39.33)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0, 500)""").param(response.id().value()).update();
        long later = id("SELECT id FROM hub WHERE external_id = 'H2' AND response_id = "
                + response.id().value());
        assertThat(whatIf(limited, "kind=time&hub=" + later + "&kilograms=1000"))
                .contains("This hub has no limit in this plan.")
                .doesNotContain("would get more");
        assertThat(plans.listPlans(response.id())).as("asking keeps nothing").hasSize(2);
        jdbc.sql("UPDATE plan SET input_hash = ? WHERE id = ?")
                .params("0".repeat(64), plan.id().value())
                .update();
        web.perform(get("/r/" + response.code() + "/plan/" + plan.number()
                                + "/what-if?kind=goods&quantity=5&place=m03461&item=" + blanket.value())
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isConflict());
    }

    private String whatIf(PlanHead plan, String question) throws Exception {
        return web.perform(get("/r/" + response.code() + "/plan/" + plan.number() + "/what-if?lang=en&" + question)
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(UTF_8);
    }

    private static PolicyVersion policy(int hubDays, Fairness fairness) {
        PolicyVersion standard = PolicyVersion.STANDARD;
        return new PolicyVersion(
                standard.key(),
                standard.name(),
                standard.version(),
                standard.validFrom(),
                standard.by(),
                standard.madeAt(),
                standard.reason(),
                new PolicyTerms(
                        standard.terms().values().withHubDays(hubDays).withFairness(fairness),
                        standard.terms().catalogueSubstitutes()));
    }

    /** What a reader sees after pressing the button. */
    private String madeAgainOnThePage(PlanHead plan) throws Exception {
        String base = "/r/" + response.code() + "/plan";
        String run = Objects.requireNonNull(web.perform(post(base + "/" + plan.number() + "/again")
                        .header("Authorization", "Bearer " + operator.value()))
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
        String id = run.substring(run.lastIndexOf('/') + 1);
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> web.perform(get(base + "/again/" + id)
                                        .param("lang", "en")
                                        .header("Accept", "text/html")
                                        .header("Authorization", "Bearer " + operator.value()))
                                .andReturn()
                                .getResponse()
                                .getContentAsString(),
                        text -> text.contains("made again"));
    }

    @Test
    void aPlanFromBeforePoliciesHadNamesStillWorks() throws Exception {
        PlanHead plan = planned(Choices.STANDARD.withEquity(3).withSubstitutes(Optional.empty()));
        jdbc.sql("""
                        UPDATE plan SET policy_key = NULL, policy_number = NULL, policy_name_ja = NULL,
                                        policy_name_en = NULL, policy_changed = NULL, policy_json = NULL,
                                        input_file = NULL
                         WHERE id = ?""").param(plan.id().value()).update();
        PlanHead old = plans.findByNumber(response.id(), plan.number()).orElseThrow();
        assertThat(old.policy()).isEmpty();
        assertThat(old.input()).isEmpty();
        assertThat(desk.choices(old)).isEqualTo(Choices.STANDARD.withEquity(3).withSubstitutes(Optional.empty()));
        for (String path : List.of("/plan", "/plan/" + old.number())) {
            web.perform(get("/r/" + response.code() + path)
                            .header("Accept", "text/html")
                            .header("Authorization", "Bearer " + operator.value()))
                    .andExpect(status().isOk());
        }
        web.perform(post("/r/" + response.code() + "/plan/" + old.number() + "/again")
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isConflict());
    }

    private void wish(LineRow line, Wanted wanted) {
        assertThat(decisions.wish(response, List.of(line), wanted, Optional.empty(), Optional.empty()))
                .isTrue();
    }

    private PlanHead planned() {
        return planned(Choices.STANDARD);
    }

    private PlanHead planned(Choices choices) {
        Result result = desk.solve(response, choices, PlanProgress.UNWATCHED);
        assertThat(result).isInstanceOf(Result.Solved.class);
        return desk.keep(desk.explain(response, (Result.Solved) result, Optional.empty()));
    }

    private List<LineRow> lines(PlanHead plan) {
        return listing.listLines(plan.id(), Filter.ALL, 0, 100);
    }

    private long free() {
        return jdbc.sql("""
                        SELECT coalesce(sum(b.on_hand - b.reserved), 0) FROM balance b
                          JOIN account a ON a.id = b.account_id
                         WHERE a.response_id = ? AND a.kind = 'HUB'""").param(response.id().value()).query(Long.class).single();
    }

    private void give(String externalId, ItemId item, long quantity) {
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

    private long need(String name, String municipality, String point, ItemId item, long quantity) {
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

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
