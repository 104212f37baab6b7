package jp.musubi.matching.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.LotTerms;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.HandlingLimits;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.Policy;
import jp.musubi.matching.PolicyTerms;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.matching.Sharing;
import jp.musubi.matching.store.PlanLimits;
import jp.musubi.matching.store.PlanListing.Filter;
import jp.musubi.matching.store.PlanListing.LineRow;
import jp.musubi.matching.store.PlanListing.ShortfallRow;
import jp.musubi.matching.web.PlanDecisions.Choice;
import jp.musubi.matching.web.PlanDecisions.Wanted;
import jp.musubi.matching.web.PlanningDesk.Again;
import jp.musubi.matching.web.PlanningDesk.Choices;
import jp.musubi.matching.web.PlanningDesk.Result;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseEntry;
import org.junit.jupiter.api.Test;
import org.springframework.web.context.WebApplicationContext;

/** What plans share and how they answer: made again from what was kept, within what hubs can do, and if there were more. */
@MusubiIT
class PlanQuestionsIT extends PlanScene {

    private final PlanLimits limits;

    PlanQuestionsIT(WebApplicationContext context) {
        super(context);
        limits = context.getBean(PlanLimits.class);
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

        assertThat(limits.listLoads(plan.id(), 10)).singleElement().satisfies(load -> {
            assertThat(load.hub()).isEqualTo(hub.value());
            assertThat(load.measure()).isEqualTo(Sharing.Measure.KILOGRAMS);
            assertThat(load.used()).isEqualTo(grams * most / 1000.0).isLessThanOrEqualTo(load.most());
            assertThat(load.isShort()).isTrue();
        });
        assertThat(page("/plan/" + plan.number() + "/limits?lang=en"))
                .contains("遠野", "One more tonne would do as much good as", "kind=time&amp;hub=" + hub.value());
        assertThat(page("/plan/" + plan.number() + "/limits?lang=ja")).contains("あと1トン", "拠点と制限");
        assertThat(page("/plan/" + plan.number())).contains("/plan/" + plan.number() + "/limits\"");
        assertThat(jdbc.sql("SELECT count(*) FROM plan_price WHERE plan_id = ? AND price > 0")
                        .param(plan.id().value())
                        .query(Long.class)
                        .single())
                .as("two prefectures need blankets")
                .isEqualTo(2);
        web.perform(get("/r/" + response.code() + "/plan/" + plan.number() + "/limits"))
                .andExpect(status().isUnauthorized());

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

    /** The second plan begins with the first; both come out the same again from what was kept. */
    @Test
    void theNextPlanBeginsWithTheOneBeforeAndCanBeMadeAgainToo() throws Exception {
        PlanHead first = planned();
        long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (starts.find(response.id()).isEmpty() && System.nanoTime() < patience) {
            Thread.sleep(20);
        }
        need("later", "03211", "POINT(141.87 39.26)", blanket, 30);
        give("L9", blanket, 25);
        PlanHead second = planned();
        assertThat(inputs.open(second.input().orElseThrow())
                        .start()
                        .orElseThrow()
                        .before())
                .isEqualTo(first.input().orElseThrow());
        assertThat(second.servedUnits()).isEqualTo(125);
        assertThat(second.gap()).isZero();
        assertThat(desk.again(second, PlanProgress.UNWATCHED).identical()).isTrue();
        assertThat(desk.again(first, PlanProgress.UNWATCHED).identical()).isTrue();
    }

    @Test
    void vehiclesLinesHandsPacksStopsAndColdBindByThePolicy() {
        HandlingLimits today = HandlingLimits.NONE.withDays(1);
        long grams = id("SELECT weight_g FROM item WHERE code = 'BLANKET'");
        jdbc.sql("INSERT INTO hub_route (hub_id, municipality_code, kg_per_day) VALUES (?, '03211', ?)")
                .params(hub.value(), grams * 10 / 1000 + 1)
                .update();
        assertThat(served(planned(by(today)), "03211"))
                .as("vehicles to one municipality")
                .isEqualTo((grams * 10 / 1000 + 1) * 1000 / grams);
        assertThat(planned(by(HandlingLimits.NONE)).servedUnits()).isEqualTo(100);
        jdbc.sql("DELETE FROM hub_route").update();

        jdbc.sql("UPDATE hub SET throughput_lines_per_day = 1 WHERE id = ?")
                .param(hub.value())
                .update();
        assertThat(lines(planned(by(today)))).as("one line a day").hasSize(1);
        jdbc.sql("UPDATE hub SET throughput_lines_per_day = NULL, handling_hours_per_day = 1 WHERE id = ?")
                .param(hub.value())
                .update();
        double oneHour = grams * 20 / 1000.0;
        assertThat(planned(by(new HandlingLimits(1, oneHour, false, 0, 0))).servedUnits())
                .as("an hour's work")
                .isEqualTo(20);
        jdbc.sql("UPDATE hub SET handling_hours_per_day = NULL WHERE id = ?")
                .param(hub.value())
                .update();

        ItemId water = new ItemId(id("SELECT id FROM item WHERE code = 'WATER'"));
        need("thirsty", "03211", "POINT(141.88 39.27)", water, 60);
        need("also-thirsty", "02203", "POINT(141.50 40.51)", water, 60);
        give(
                "L2",
                water,
                140,
                new LotTerms(
                        Optional.of(hub),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Quantity(40)),
                        true));
        PlanHead packs = planned(by(new HandlingLimits(0, 250, true, 0, 0)));
        assertThat(lines(packs)).anyMatch(line -> line.itemId() == water.value() && line.quantity() == 40);
        List<ShortfallRow> lacking = listing.listShortfalls(packs.id(), Filter.ALL, 0, 10);
        assertThat(lacking.stream()
                        .map(row -> reasons.shortfalls(lacking, Locale.ENGLISH).of(row)))
                .anyMatch(reason -> reason.contains("closed packs of 40"));
        assertThat(planned(by(new HandlingLimits(0, 250, false, 9000, 0))).servedUnits())
                .as("nothing is worth a stop")
                .isZero();

        PlanHead cold = planned(by(new HandlingLimits(0, 250, false, 0, 3)));
        assertThat(lines(cold).stream()
                        .filter(line -> line.itemId() == water.value())
                        .map(LineRow::communityName))
                .as("the other place is four hours away")
                .containsExactly("thirsty");
    }

    private static Choices by(HandlingLimits limits) {
        PolicyVersion version = policy(0, Fairness.NONE);
        Policy values = version.terms().values().withLimits(limits);
        return new Choices(version, new PolicyTerms(values, true));
    }

    private long served(PlanHead plan, String municipality) {
        return jdbc.sql("""
                        SELECT coalesce(sum(l.quantity), 0) FROM plan_line l
                          JOIN community c ON c.id = l.community_id
                         WHERE l.plan_id = ? AND c.municipality_code = ?""")
                .params(plan.id().value(), municipality)
                .query(Long.class)
                .single();
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
                                + "/what-if?kind=goods&quantity=50&place=m03461&item=" + blanket.value())
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isOk()); // answered before
        web.perform(get("/r/" + response.code() + "/plan/" + plan.number()
                                + "/what-if?kind=goods&quantity=6&place=m03461&item=" + blanket.value())
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().is3xxRedirection())
                .andExpect(led -> assertThat(web.perform(get("/r/" + response.code()
                                                + Objects.requireNonNull(
                                                        led.getResponse().getRedirectedUrl())
                                                + "?lang=en")
                                        .header("Accept", "text/html")
                                        .header("Authorization", "Bearer " + operator.value()))
                                .andReturn()
                                .getResponse()
                                .getContentAsString())
                        .contains("made from", "changed"));
    }

    private String whatIf(PlanHead plan, String question) throws Exception {
        return web.perform(get("/r/" + response.code() + "/plan/" + plan.number() + "/what-if?lang=en&" + question)
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(UTF_8);
    }

    @Test
    void showsWhoGetsHowMuchBesideTheFarEnd() throws Exception {
        jdbc.sql("UPDATE community SET people = 60 WHERE response_id = ? AND external_id = 'near'")
                .param(response.id().value())
                .update();
        need("nobody", "02203", "POINT(141.51 40.52)", new ItemId(id("SELECT id FROM item WHERE code = 'WATER'")), 9);
        wish(lines(planned()).get(0), new Wanted("lock", Optional.of(1L), Optional.empty(), ""));
        PlanHead plan = planned();

        String page = page("/plan/" + plan.number() + "/coverage?lang=en");
        assertThat(page)
                .contains(
                        "3 places need something",
                        "near",
                        "far",
                        "nobody",
                        "Everybody together",
                        "Places that get nothing")
                .contains("2 places are left out because nobody has counted")
                .contains("3 of 3 places");
        assertThat(page("/plan/" + plan.number() + "/coverage?lang=ja&first=less"))
                .contains("みんな同時", "人数");
        assertThat(page("/plan/" + plan.number()).contains("/plan/" + plan.number() + "/coverage\""))
                .as("the plan leads there")
                .isTrue();
        web.perform(get("/r/" + response.code() + "/plan/" + plan.number() + "/coverage"))
                .andExpect(status().isUnauthorized());
        web.perform(get("/r/" + response.code() + "/plan/99/coverage")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isNotFound());
    }

    private String page(String path) throws Exception {
        return web.perform(get("/r/" + response.code() + path)
                        .header("Accept", "text/html")
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
                        standard.terms()
                                .values()
                                .withLimits(HandlingLimits.NONE.withDays(hubDays))
                                .withFairness(fairness),
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
        web.perform(get("/r/" + response.code() + "/plan/" + old.number() + "/coverage")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isConflict());
        web.perform(post("/r/" + response.code() + "/plan/" + old.number() + "/again")
                        .header("Accept", "text/html")
                        .header("Authorization", "Bearer " + operator.value()))
                .andExpect(status().isConflict());
    }
}
