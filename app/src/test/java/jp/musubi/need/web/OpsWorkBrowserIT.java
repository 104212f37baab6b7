package jp.musubi.need.web;

import static jp.musubi.common.web.TestBrowser.phone;
import static jp.musubi.common.web.TestBrowser.wide;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
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
import jp.musubi.place.Communities.Edit;
import jp.musubi.place.Hub;
import jp.musubi.place.HubId;
import jp.musubi.place.HubState;
import jp.musubi.place.Hubs;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Work from the operations screen in a real browser: 60 blankets for two places that lack 60 each. */
@BrowserIT
class OpsWorkBrowserIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    private final Responses responses;
    private final Stock stock;
    private final Hubs hubs;
    private final JdbcClient jdbc;
    private final TestBrowser browser;

    private ResponseId response = new ResponseId(0);
    private HubId hub = new HubId(0);
    private long near;

    OpsWorkBrowserIT(Responses responses, Stock stock, Hubs hubs, JdbcClient jdbc, ApplicationContext context) {
        this.responses = responses;
        this.stock = stock;
        this.hubs = hubs;
        this.jdbc = jdbc;
        this.browser = new TestBrowser(context);
    }

    @BeforeAll
    void fillAndSignIn() {
        response = responses.open(TestResponse.at(NOW, "work")).id();
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, name_en, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '遠野拠点', 'Tono Hub', '03208',
                                ST_GeomFromText('POINT(141.53 39.33)', 4326), FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response.value()).update();
        hub = new HubId(id("SELECT id FROM hub WHERE response_id = " + response.value()));
        ItemId blanket = new ItemId(id("SELECT id FROM item WHERE code = 'BLANKET'"));
        near = lacking("釜石小学校", "03211", "POINT(141.88 39.27)", blanket, 200);
        lacking("三沢公民館", "02207", "POINT(141.37 40.68)", blanket, null);
        stock.register(
                        new Deed(response, Optional.empty(), NOW, new IdempotencyKey("work/L1")),
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
        browser.signIn(Role.COORDINATOR);
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
    void equityShowsItsPriceBeforeAnybodyCommits() {
        Page page = browser.open("/ops?lang=en", wide().setReducedMotion(ReducedMotion.REDUCE));
        waitForMap(page);
        long before = plans();

        page.locator("#equity-open").click();
        page.locator(".equity-commit").waitFor();
        assertThat(page.locator(".equity-status").innerText()).contains("This is the equity now");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("equity-title");

        page.locator("#equity-slider").focus();
        page.keyboard().press("Home");
        assertThat(page.locator("#equity-slider").getAttribute("aria-valuetext"))
                .isEqualTo("1 (distance alone)");
        page.locator(".equity-side").first().waitFor();
        assertThat(page.locator(".equity-status").innerText())
                .contains("unit-km")
                .contains("gain: 1")
                .contains("lose: 1");
        assertThat(page.locator(".equity-side").first().innerText())
                .contains("Who gains")
                .contains("釜石小学校")
                .contains("200 people");
        assertThat(page.locator(".equity-side").nth(1).innerText())
                .contains("三沢公民館")
                .contains("unknown");
        assertThat(plans()).as("looking keeps nothing").isEqualTo(before);
        assertThat(TestBrowser.barriers(page)).isEmpty();
        assertThat(TestBrowser.fits(page)).isTrue();

        page.locator(".equity-side [data-community]").first().click();
        page.locator("#card-title").waitFor();
        page.keyboard().press("Escape");
        page.keyboard().press("Escape");
        page.locator("#equity").waitFor(hidden());
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("equity-open");

        page.locator("#equity-open").click();
        page.locator(".equity-commit").waitFor();
        page.locator("[data-equity-step='1']").click();
        page.locator(".equity-side").first().waitFor();
        page.locator(".equity-commit button").click();
        page.waitForURL(Pattern.compile(".*/plan/\\d+$"));
        assertThat(plans()).isEqualTo(before + 1);
        assertThat(jdbc.sql("SELECT MAX(equity) FROM plan WHERE response_id = ?")
                        .param(response.value())
                        .query(Double.class)
                        .single())
                .isEqualTo(12);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aNeedIsReportedByAFormThatCountsChecksAndKeepsWhatWasTyped() {
        Page page = browser.open("/ops?lang=en&open=c" + near, phone());
        page.locator("#card .card-do a").click();
        page.locator("form.form").waitFor();

        page.locator("form.form button[type=submit]").click();
        assertThat(page.locator(".error-summary li").allInnerTexts()).hasSize(2);
        assertThat(TestBrowser.barriers(page)).isEmpty();
        page.locator("#item").selectOption("BLANKET");
        page.locator("#quantity").fill("12");
        page.locator("select[name=unit]").selectOption("box");
        assertThat(page.locator(".quantity-sum").innerText()).startsWith("12 box × 10 = 120 ");
        page.reload();
        assertThat(page.locator("#quantity").inputValue()).isEqualTo("12");
        assertThat(page.locator(".quantity-sum").innerText()).startsWith("12 box × 10 = 120 ");
        assertThat(TestBrowser.fits(page)).isTrue();
        page.locator("form.form button[type=submit]").click();

        page.locator("#card .history").waitFor();
        assertThat(page.locator("#card .history").innerText()).contains("Asked for Blanket: 120");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aHubsStateIsChangedTakenBackAndNeverOverwritten() {
        Page page = browser.open("/ops?lang=en&open=h" + hub.value(), wide());
        Locator states = page.locator("#card .states button");
        states.nth(1).click();
        page.locator("#card [data-undo]").waitFor();
        assertThat(hubs.getById(hub).details().state()).isEqualTo(HubState.FULL);
        assertThat(page.locator("#card .history").innerText()).contains("Full").contains("試験担当");
        // News is what changes after the page has read everything again.
        page.waitForResponse(
                response -> response.url().contains("/api/v1/communities"),
                () -> page.locator("#card [data-undo]").click());
        page.locator("#card [data-undo]").waitFor(hidden());
        assertThat(hubs.getById(hub).details().state()).isEqualTo(HubState.WORKING);
        assertThat(browser.complaints()).isEmpty();

        Hub now = hubs.getById(hub);
        hubs.correct(
                hub,
                now.version(),
                now.details().in(HubState.PAUSED),
                new Edit(Optional.empty(), NOW, Optional.empty()));
        page.evaluate("() => { document.dispatchEvent(new Event('visibilitychange')); }");
        page.locator(".ops-news").waitFor();
        page.locator("#card .card-changed").waitFor();
        states.nth(1).click();
        Locator conflict = page.locator("#card [role=alert]");
        conflict.waitFor();
        assertThat(conflict.innerText()).contains("paused").contains("Nothing has been overwritten");
        assertThat(TestBrowser.barriers(page)).isEmpty();
        assertThat(hubs.getById(hub).details().state()).isEqualTo(HubState.PAUSED);
        conflict.locator("button").first().click();
        page.locator("#card [data-undo]").waitFor();
        assertThat(hubs.getById(hub).details().state()).isEqualTo(HubState.FULL);
    }

    @Test
    void goesThroughTheDaysWithKeysAndButtons() {
        Page page = browser.open("/ops?lang=en", wide());
        waitForMap(page);

        page.keyboard().press("]");
        page.waitForURL(Pattern.compile(".*day=2011-03-14.*"));
        page.keyboard().press("]");
        page.waitForURL(Pattern.compile(".*day=2011-03-15.*"));
        assertThat(page.locator(".ops-filters .chosen").innerText()).contains("15 Mar");
        page.locator(".ops-filters > summary").click();
        page.locator("[data-day='-1']").click();
        page.waitForURL(Pattern.compile(".*day=2011-03-14.*"));
        page.locator("#day-any").click();
        page.waitForURL(Pattern.compile(".*/ops$"));
        assertThat(page.locator("a#paper-view").getAttribute("href")).contains("bbox=");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void isFitToUseInEveryLookAndAtTwiceTheSize() {
        for (String path :
                List.of("/ops?open=c" + near, "/ops?open=h" + hub.value(), "/needs/new", "/needs/rates/BLANKET")) {
            for (Browser.NewContextOptions look : TestBrowser.looks()) {
                Page page = browser.open(path, look.setReducedMotion(ReducedMotion.REDUCE));
                page.locator(path.startsWith("/ops") ? "#card-title" : "form.form")
                        .waitFor();
                assertThat(TestBrowser.barriers(page)).as(path).isEmpty();
                assertThat(TestBrowser.fits(page)).as(path).isTrue();
                browser.closePages();
            }
            // 200 % zoom of a laptop's window
            Page page = browser.open(path, new Browser.NewContextOptions().setViewportSize(640, 400));
            page.locator(path.startsWith("/ops") ? "#card-title" : "form.form").waitFor();
            assertThat(TestBrowser.fits(page)).as(path + " at 200 %").isTrue();
            browser.closePages();
        }
    }

    private static void waitForMap(Page page) {
        page.locator("#map[data-idle]")
                .waitFor(new Locator.WaitForOptions()
                        .setState(WaitForSelectorState.ATTACHED)
                        .setTimeout(60_000));
    }

    private static Locator.WaitForOptions hidden() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);
    }

    private long plans() {
        return id("SELECT COUNT(*) FROM plan WHERE response_id = " + response.value());
    }

    private long lacking(String name, String municipality, String point, ItemId item, @Nullable Integer count) {
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                                               point, point_doubtful, people, search_key, reported_at, version)
                        VALUES (?, 'test', ?, TRUE, 'SHELTER', ?, ?, ST_GeomFromText(?, 4326), FALSE,
                                CAST(? AS integer), '', ?, 0)""")
                .param(response.value())
                .param(name)
                .param(name)
                .param(municipality)
                .param(point)
                .param(count)
                .param(Timestamp.from(NOW))
                .update();
        long community = id("SELECT id FROM community WHERE response_id = " + response.value() + " AND external_id = '"
                + name + "'");
        jdbc.sql("""
                        INSERT INTO need (response_id, source, external_id, derived, community_id, item_id, kind,
                                          quantity, written, pack_assumed, priority, reported_at, version)
                        VALUES (?, 'test', ?, TRUE, ?, ?, 'ASSESSMENT', 60, '', FALSE, 2, ?, 0)""")
                .params(response.value(), name, community, item.value(), Timestamp.from(NOW.minusSeconds(3600)))
                .update();
        return community;
    }

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
