package jp.musubi.matching.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.ReceiptLine;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock.SendLine;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanLineId;
import jp.musubi.matching.Wish;
import jp.musubi.matching.store.PlanListing.Filter;
import jp.musubi.matching.store.PlanListing.LineRow;
import jp.musubi.matching.store.PlanListing.ShortfallRow;
import jp.musubi.matching.store.PlanListing.State;
import jp.musubi.matching.web.PlanDecisions.Choice;
import jp.musubi.matching.web.PlanDecisions.Decided;
import jp.musubi.matching.web.PlanDecisions.Wanted;
import jp.musubi.matching.web.PlanningDesk.Choices;
import jp.musubi.place.CommunityId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.context.WebApplicationContext;

/** From stock and needs in the database to promised cartons. */
@MusubiIT
class PlanDayIT extends PlanScene {

    PlanDayIT(WebApplicationContext context) {
        super(context);
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
        assertThat(listing.listChanges(plan.id(), planned().id(), 10).rows())
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
}
