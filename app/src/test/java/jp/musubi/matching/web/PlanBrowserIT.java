package jp.musubi.matching.web;

import static jp.musubi.common.web.TestBrowser.wide;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.web.BrowserIT;
import jp.musubi.common.web.TestBrowser;
import jp.musubi.identity.Role;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Substance;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.Plans;
import jp.musubi.matching.web.PlanDecisions.Choice;
import jp.musubi.matching.web.PlanningDesk.Choices;
import jp.musubi.matching.web.PlanningDesk.Result;
import jp.musubi.place.HubId;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of a plan in a real browser: by keyboard, in bulk, with somebody else at work. */
@BrowserIT
class PlanBrowserIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    /** More than fit on one page. */
    private static final int COMMUNITIES = 120;

    private final Responses responses;
    private final JdbcClient jdbc;
    private final Stock stock;
    private final Plans plans;
    private final PlanningDesk desk;
    private final PlanDecisions decisions;
    private final TestBrowser browser;

    private Response response;
    private int number;

    PlanBrowserIT(
            Responses responses,
            JdbcClient jdbc,
            Stock stock,
            Plans plans,
            PlanningDesk desk,
            PlanDecisions decisions,
            ApplicationContext context) {
        this.responses = responses;
        this.jdbc = jdbc;
        this.stock = stock;
        this.plans = plans;
        this.desk = desk;
        this.decisions = decisions;
        this.browser = new TestBrowser(context);
    }

    @BeforeAll
    void fillAndSignIn() {
        fill();
        browser.signIn(Role.COORDINATOR);
    }

    @BeforeEach
    void aFreshPlan() {
        plans.listPlans(response.id())
                .forEach(plan -> decisions.takeBack(response, plan, new Choice.All(), Optional.empty()));
        plans.listWishes(response.id()).forEach(wish -> decisions.endWish(response, wish.id(), Optional.empty()));
        Result result = desk.solve(response, Choices.STANDARD, PlanProgress.UNWATCHED);
        PlanHead plan = desk.keep(desk.explain(response, (Result.Solved) result, Optional.empty()));
        number = plan.number();
        assertThat(plan.lines()).isGreaterThan(PlanPages.PAGE);
    }

    @AfterEach
    void closePages() {
        browser.closePages();
    }

    @AfterAll
    void quit() {
        browser.close();
    }

    @Test
    void makesAPlanByKeyboardAndLeadsThere() {
        Page page = open("?lang=en");

        page.locator("#equity").focus();
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/plan/\\d+$"), new Page.WaitForURLOptions().setTimeout(120_000));

        assertThat(page.locator("h1").innerText()).isEqualTo("Plan " + (number + 1));
        assertThat(page.locator("main").innerText())
                .contains("Optimal (proven)")
                .contains("With substitutes");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void leadsFromPageToPageOfALongPlan() {
        Page page = open("/" + number + "?lang=en");
        assertThat(lines(page)).isEqualTo(PlanPages.PAGE);

        page.locator("a[rel=next]").click();
        page.waitForURL(Pattern.compile(".*page=2.*"));
        assertThat(lines(page)).isBetween(1, PlanPages.PAGE - 1);
        assertThat(page.locator("a[rel=next]").count()).isZero();

        page.locator("a[rel=prev]").click();
        page.waitForURL(Pattern.compile(".*page=1.*"));
        assertThat(lines(page)).isEqualTo(PlanPages.PAGE);
    }

    @Test
    void choosesWithShiftAcceptsAndTakesBackByKeyboard() {
        Page page = open("/" + number + "?lang=en");

        chooseFour(page);
        page.keyboard().press("a");
        page.locator(".notice >> text=4 lines accepted").waitFor();
        assertThat(page.locator("tbody .state-accepted").count()).isEqualTo(4);

        chooseFour(page);
        page.keyboard().press("u");
        page.locator(".notice >> text=4 lines taken back").waitFor();
        assertThat(page.locator("tbody .state-accepted").count()).isZero();

        page.locator("[data-box]").nth(1).click();
        page.locator("[data-box]")
                .nth(8)
                .click(new Locator.ClickOptions()
                        .setModifiers(List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
        assertThat(page.locator("[data-box]:checked").count()).isEqualTo(8);
        page.locator("[data-boxes-all]").check();
        assertThat(page.locator("[data-boxes-chosen]").innerText()).isEqualTo("100 rows chosen");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void changesManyLinesForTheNextPlanByKeyboard() {
        Page page = open("/" + number + "?lang=en");
        chooseFour(page);

        page.keyboard().press("l");
        page.locator("details.bulk[open]").waitFor();
        page.keyboard().press("Tab");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("input[name=kind]:checked").inputValue()).isEqualTo("forbid-community");
        page.locator("details.bulk button").focus();
        page.keyboard().press("Enter");
        page.locator(".notice >> text=for 4 lines").waitFor();
        assertThat(plans.listWishes(response.id())).hasSize(4);

        assertThat(forbiddenLines(number)).isEqualTo(4);
        page.locator("button:has-text('Plan again')").click();
        page.waitForURL(Pattern.compile(".*/plan/" + (number + 1) + "$"));
        assertThat(forbiddenLines(number + 1)).isZero();
    }

    /** Lines of a plan that bring a lot to a place where somebody does not want it. */
    private long forbiddenLines(int plan) {
        return id("SELECT count(*) FROM plan_line l JOIN plan p ON p.id = l.plan_id JOIN plan_wish w"
                + " ON w.response_id = p.response_id AND w.ended_at IS NULL AND w.community_id = l.community_id"
                + " AND w.lot_key = concat(l.lot_id, '@', l.place, '-', l.place_ref) WHERE p.number = " + plan);
    }

    @Test
    void changesQuantityAndDestinationOfALineByKeyboard() {
        Page page = open("/" + number + "?lang=en");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/lines/\\d+$"));
        String line = page.url();

        page.locator("#quantity").fill("3");
        page.keyboard().press("Enter");
        page.locator(".notice >> text=The next plan will keep this").waitFor();
        page.navigate(line);
        page.locator("input[value=move]").focus();
        page.keyboard().press("Space");
        page.locator("#need").focus();
        page.keyboard().press("ArrowDown");
        page.locator("form.form button[type=submit]").focus();
        page.keyboard().press("Enter");
        page.locator(".notice >> text=The next plan will keep this").waitFor();

        assertThat(plans.listWishes(response.id()))
                .as("a lock, then a ban and a lock elsewhere")
                .hasSize(3);
    }

    @Test
    void tellsWhoDecidedFirstAndLetsEitherStand() {
        Page mine = open("/" + number + "?lang=en");
        Page theirs = open("/" + number + "?lang=en");
        for (String key : List.of("a", "u")) {
            chooseFirst(theirs);
            theirs.keyboard().press(key);
            theirs.locator(".notice[role=status] >> text=1 line").waitFor();
        }

        chooseFirst(mine);
        mine.keyboard().press("a");
        mine.locator("#theirs").waitFor();
        assertThat(mine.locator("section.notice").innerText())
                .contains("One line was changed by somebody else")
                .contains("Proposed, changed by somebody just now");
        mine.locator("text=Keep mine: accept it all the same").click();
        mine.locator(".notice >> text=1 line accepted").waitFor();
        assertThat(mine.locator("tbody .state-accepted").count()).isEqualTo(1);
    }

    @Test
    void tellsOfAnothersWishForTheSameLot() {
        Page mine = open("/" + number + "?lang=en");
        mine.locator("[data-open]").first().click();
        mine.waitForURL(Pattern.compile(".*/lines/\\d+$"));
        Page theirs = browser.open(mine.url().substring(browser.address("").length()) + "?lang=en", wide());
        theirs.locator("input[value=hold]").check();
        theirs.locator("form.form button[type=submit]").click();
        theirs.locator(".notice >> text=The next plan will keep this").waitFor();

        mine.locator("input[value=forbid]").check();
        mine.locator("#reason").fill("narrow road");
        mine.locator("form.form button[type=submit]").click();
        mine.locator("#theirs").waitFor();
        assertThat(plans.listWishes(response.id())).as("nothing is overwritten").hasSize(1);
        mine.locator("text=Keep mine as well").click();
        mine.locator(".notice >> text=The next plan will keep this").waitFor();
        assertThat(plans.listWishes(response.id()))
                .extracting(wish -> wish.reason().orElse(""))
                .containsExactly("", "narrow road");
    }

    @Test
    void saysQuietlyThatOthersDecided() {
        Page page = open("/" + number + "?lang=en");
        PlanHead plan = plans.findByNumber(response.id(), number).orElseThrow();
        decisions.accept(response, plan, new Choice.All(), Optional.empty());

        page.locator("#news >> text=Somebody has decided").waitFor(new Locator.WaitForOptions().setTimeout(40_000));
        page.locator("#news a").click();
        assertThat(page.locator("tbody .state-accepted").count()).isEqualTo(PlanPages.PAGE);
    }

    @Test
    void showsWhatEquityCostsAndMakesOneOfThePlans() {
        for (Browser.NewContextOptions options : List.of(TestBrowser.phone(), wide())) {
            Page page = open("?lang=en", options);
            page.locator("text=See what equity costs").click();
            // Seven plans take a while on a busy machine.
            page.waitForURL(Pattern.compile(".*/plan/trade-off/.*"), new Page.WaitForURLOptions().setTimeout(120_000));
            assertThat(page.locator("tbody tr").count()).isEqualTo(7);
            assertThat(page.locator(".chart circle").count()).isEqualTo(7);
            assertThat(page.locator("tbody tr").last().innerText()).contains("Levelled");
            assertThat(TestBrowser.fits(page)).isTrue();
            assertThat(TestBrowser.barriers(page)).isEmpty();
            if (options.viewportSize.get().width > 1000) {
                page.locator("tbody tr >> text=Make this plan").nth(4).click();
                page.waitForURL(Pattern.compile(".*/plan/\\d+$"), new Page.WaitForURLOptions().setTimeout(120_000));
                assertThat(page.locator("main").innerText()).contains("equity 20.0");
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void everyPageIsFitForEverybody() {
        Page first = open("/" + number + "?lang=ja");
        String line = first.locator("[data-open]").first().getAttribute("href");
        line = line.substring(line.lastIndexOf('/'));
        Result result = desk.solve(response, Choices.STANDARD.withEquity(1), PlanProgress.UNWATCHED);
        desk.keep(desk.explain(response, (Result.Solved) result, Optional.empty()));
        List<String> paths = List.of(
                "?",
                "/" + number + "?",
                "/" + number + "/shortfalls?",
                "/" + number + "/coverage?",
                "/" + number + "/what-if?",
                "/" + number + "/what-if?kind=goods&place=m03461&quantity=50&item="
                        + id("SELECT id FROM item WHERE code = 'FOOD'") + "&",
                "/" + number + "/lines" + line + "?",
                "/" + (number + 1) + "/compare?with=" + number + "&");
        for (String path : paths) {
            int look = 0;
            for (Browser.NewContextOptions options : TestBrowser.looks()) {
                String language = look++ % 2 == 0 ? "ja" : "en";
                Page page = open(path + "lang=" + language, options);
                assertThat(TestBrowser.fits(page)).as(path + " " + look).isTrue();
                assertThat(TestBrowser.barriers(page)).as(path + " " + look).isEmpty();
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private Page open(String path) {
        return open(path, wide());
    }

    private Page open(String path, Browser.NewContextOptions options) {
        return browser.open("/r/" + response.code() + "/plan" + path, options);
    }

    private static int lines(Page page) {
        return page.locator("[data-box]").count();
    }

    private static void chooseFirst(Page page) {
        page.keyboard().press("j");
        page.keyboard().press("Space");
        assertThat(page.locator("[data-box]:checked").count()).isEqualTo(1);
    }

    private static void chooseFour(Page page) {
        chooseFirst(page);
        for (int more = 0; more < 3; more++) {
            page.keyboard().press("Shift+ArrowDown");
        }
        assertThat(page.locator("[data-box]:checked").count()).isEqualTo(4);
    }

    private void fill() {
        response = responses.open(TestResponse.at(NOW, "browser"));
        ItemId food = new ItemId(id("SELECT id FROM item WHERE code = 'FOOD'"));
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '遠野', '03208', ST_GeomFromText('POINT(141.53 39.33)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response.id().value()).update();
        for (int i = 0; i < COMMUNITIES; i++) {
            String name = "体育館%03d".formatted(i);
            jdbc.sql("""
                            INSERT INTO community (response_id, source, external_id, derived, kind, name,
                                                   municipality_code, point, point_doubtful, search_key, reported_at,
                                                   version)
                            VALUES (?, 'test', ?, TRUE, 'SHELTER', ?, '03211', ST_GeomFromText(?, 4326), FALSE, '',
                                    CURRENT_TIMESTAMP, 0)""")
                    .params(response.id().value(), name, name, "POINT(141.%d 39.%d)".formatted(700 + i, 200 + i))
                    .update();
        }
        jdbc.sql("""
                        INSERT INTO need (response_id, source, external_id, derived, community_id, item_id, kind,
                                          quantity, written, pack_assumed, priority, reported_at, version)
                        SELECT response_id, 'test', external_id, TRUE, id, ?, 'REQUEST', 10, '', FALSE, 2,
                               CAST(? AS timestamp with time zone), 0
                          FROM community WHERE response_id = ?""")
                .params(
                        food.value(),
                        Timestamp.from(NOW.minusSeconds(3600)),
                        response.id().value())
                .update();
        give("rice", "RICE-ALPHA", 600);
        give("food", "FOOD", 500);
    }

    private void give(String externalId, String item, long quantity) {
        HubId hub = new HubId(
                id("SELECT id FROM hub WHERE response_id = " + response.id().value()));
        stock.register(
                        new Deed(
                                response.id(),
                                Optional.empty(),
                                NOW,
                                new IdempotencyKey(response.id().value() + "/" + externalId)),
                        new Registration(
                                Optional.of(new DonationLine("test", externalId)),
                                new ItemId(id("SELECT id FROM item WHERE code = '" + item + "'")),
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

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
