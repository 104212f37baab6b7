package jp.musubi.place.web;

import static jp.musubi.common.web.TestBrowser.phone;
import static jp.musubi.common.web.TestBrowser.wide;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.common.web.BrowserIT;
import jp.musubi.common.web.TestBrowser;
import jp.musubi.identity.Role;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The operations screen in a real browser. */
@BrowserIT
class OpsBrowserIT {

    private static final int COMMUNITIES = 2000;

    private final Responses responses;
    private final JdbcTemplate jdbc;
    private final TestBrowser browser;

    OpsBrowserIT(Responses responses, JdbcTemplate jdbc, ApplicationContext context) {
        this.responses = responses;
        this.jdbc = jdbc;
        this.browser = new TestBrowser(context);
    }

    @BeforeAll
    void fillAndSignIn() {
        fill();
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
    void answersFirstAndDrawsTheMapWithoutLeavingTheServer() {
        Page page = browser.open("/ops?lang=ja", wide());

        waitForMap(page);

        assertThat(page.locator("[data-answer=nothing] .answer-figure").innerText())
                .isEqualTo("1,000か所");
        assertThat(page.locator("[data-answer=next] .answer-figure").innerText())
                .isEqualTo("1,000か所");
        assertThat(page.locator(".training-mark").innerText()).isEqualTo("訓練");
        assertThat(page.locator(".incident-clock").innerText()).isEqualTo("3月14日(月) 09:00");
        assertThat(page.locator(".ops-foot").innerText()).contains("20か所");
        assertThat(page.locator(".ops-count").innerText()).isEqualTo("2,000か所のうち1,980か所");
        assertThat(page.locator(".maplibregl-ctrl-attrib").innerText()).contains("OpenStreetMap contributors");
        assertThat(drawnColours(page)).as("sea, land and symbols").isGreaterThan(20);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void keepsOnlyTheRowsInSightInThePage() {
        Page page = browser.open("/ops?lang=ja", wide());
        waitForMap(page);

        assertThat(page.locator(".row").count()).isBetween(5, 60);
        assertThat(page.locator(".row").first().getAttribute("aria-setsize")).isEqualTo("1980");
        page.locator("#follow-map").uncheck();
        assertThat(page.locator(".row").first().getAttribute("aria-setsize")).isEqualTo("2000");
    }

    @Test
    void nothingJumpsWhileItLoads() {
        for (Browser.NewContextOptions look : List.of(wide(), phone())) {
            Page page = browser.open("/ops?lang=ja", look);
            page.locator(".row").first().waitFor();
            Object moved = page.evaluate("""
                    () => new Promise(resolve => {
                      let sum = 0;
                      new PerformanceObserver(list => list.getEntries().forEach(entry => (sum += entry.value)))
                        .observe({ type: 'layout-shift', buffered: true });
                      setTimeout(() => resolve(sum), 1000);
                    })""");
            assertThat(((Number) moved).doubleValue())
                    .as("cumulative layout shift; up to 0.1 counts as good")
                    .isLessThan(0.1);
        }
    }

    @Test
    void canBeDoneWithKeysAlone() {
        Page page = browser.open("/ops?lang=en", wide());
        waitForMap(page);

        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        page.locator("#card-title").waitFor();
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("card-title");
        assertThat(page.locator("#card .need").count()).isPositive();
        assertThat(page.locator("#card").innerText()).contains("missing").contains("Last heard");
        assertThat(page.url()).contains("open=c");
        page.keyboard().press("Escape");
        page.locator("#card").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("ops-list");

        page.keyboard().press("/");
        page.keyboard().type("体育館 17");
        page.keyboard().press("Enter");
        assertThat(page.locator(".row .row-name").allInnerTexts())
                .isNotEmpty()
                .allMatch(name -> name.contains("体育館") && name.contains("17"));
        page.keyboard().press("f");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("filter-item");
        page.locator("#ops-list").focus();
        page.keyboard().press("?");
        assertThat(page.locator("dialog#keys").isVisible()).isTrue();
        assertThat(page.locator("dialog#keys dt").count()).isGreaterThan(7);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void filtersByAnswerItemAndPrefecture() {
        Page page = browser.open("/ops?lang=en", wide());
        waitForMap(page);

        page.locator("[data-answer=nothing]").click();
        assertThat(page.locator(".row .share").allInnerTexts()).isNotEmpty().containsOnly("0%");
        page.locator("[data-answer=nothing]").click();
        page.locator(".ops-filters > summary").click();
        page.locator("#filter-prefecture").selectOption("04");
        assertThat(page.locator(".ops-count").innerText()).startsWith("990 of");
        page.locator("#filter-item").selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
        page.waitForCondition(
                () -> page.locator(".ops-filters .chosen").innerText().contains("Miyagi"));
        page.locator("#filter-reset").click();
        page.waitForCondition(() -> page.locator(".ops-count").innerText().startsWith("1,980"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsHubsWithTheirState() {
        Page page = browser.open("/ops?lang=en", wide());
        waitForMap(page);

        page.locator("[data-tab=hubs]").click();

        assertThat(page.locator(".row").allInnerTexts())
                .hasSize(2)
                .anyMatch(row -> row.contains("Sendai Hub") && row.contains("working"))
                .anyMatch(row -> row.contains("Kamaishi Hub") && row.contains("full"));
    }

    @Test
    void listsFirstOnAPhoneWithTheMapOneTapAway() {
        Page page = browser.open("/ops?lang=en", phone());
        page.locator(".row").first().waitFor();

        assertThat(page.locator("#map").isVisible()).isFalse();
        page.locator(".map-switch").tap();
        waitForMap(page);
        assertThat(page.locator("#map canvas").isVisible()).isTrue();
        page.locator(".map-switch").tap();
        page.locator(".row").first().tap();
        page.locator("#card-title").waitFor();
        assertThat(TestBrowser.fits(page)).isTrue();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void hasNoSeriousBarriers() {
        for (String language : List.of("ja", "en")) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = browser.open(
                        "/ops?lang=" + language, wide().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
                waitForMap(page);
                assertThat(TestBrowser.barriers(page))
                        .as("list, %s, %s", language, scheme)
                        .isEmpty();
                page.locator(".row").first().click();
                page.locator("#card-title").waitFor();
                // A card that is still fading in has no colours of its own yet.
                page.evaluate("() => Promise.all(document.getAnimations().map(one => one.finished)).then(() => true)");
                assertThat(TestBrowser.barriers(page))
                        .as("card, %s, %s", language, scheme)
                        .isEmpty();
            }
        }
    }

    @Test
    void staysClosedWithoutSigningIn() {
        Page page = browser.openAsStranger("/", wide());

        assertThat(page.request().get(browser.address("/ops")).status()).isEqualTo(401);
        assertThat(page.request().get(browser.address("/api/v1/communities")).status())
                .isEqualTo(401);
        assertThat(page.request()
                        .get(browser.address("/tiles/communities/5/28/12.mvt"))
                        .status())
                .isEqualTo(401);
        assertThat(page.request()
                        .get(browser.address("/tiles/coast/5/28/12.mvt"))
                        .status())
                .isEqualTo(200);
    }

    private static void waitForMap(Page page) {
        page.locator("#map[data-idle]")
                .waitFor(new Locator.WaitForOptions()
                        .setState(WaitForSelectorState.ATTACHED)
                        .setTimeout(60_000));
    }

    /** How many colours the map's canvas shows: an empty map has one. */
    private static int drawnColours(Page page) {
        Object count = page.evaluate("""
                () => {
                  const source = document.querySelector('#map canvas');
                  const copy = document.createElement('canvas');
                  copy.width = 300; copy.height = 300;
                  const brush = copy.getContext('2d');
                  brush.drawImage(source, 0, 0, 300, 300);
                  const data = brush.getImageData(0, 0, 300, 300).data;
                  const colours = new Set();
                  for (let i = 0; i < data.length; i += 4) colours.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
                  return colours.size;
                }""");
        return ((Number) count).intValue();
    }

    /** Half of the communities lie in Iwate, where nobody has said anything; those in Miyagi lack everything. */
    private void fill() {
        Instant now = Instant.parse("2011-03-14T00:00:00Z");
        long response = responses.open(TestResponse.at(now, "browser")).id().value();
        String[] kinds = {"SHELTER", "UNDESIGNATED_SHELTER", "HOME", "FACILITY", "COOP_OFFICE"};
        Long item = jdbc.queryForObject("SELECT MIN(id) FROM item", Long.class);
        List<Object[]> communities = new ArrayList<>();
        for (int i = 0; i < COMMUNITIES; i++) {
            boolean iwate = i % 2 == 0;
            boolean placed = i >= 1000 || (i % 100 != 0 && i % 100 != 1);
            communities.add(new Object[] {
                response,
                "c" + i,
                kinds[i % 5],
                (iwate ? "釜石" : "石巻") + "体育館 " + i,
                iwate ? "03211" : "04202",
                placed ? (iwate ? 141.7 : 141.2) + (i % 40) / 200.0 : null,
                placed ? (iwate ? 39.2 : 38.4) + Math.floorDiv(i, 40) / 200.0 : null,
                iwate ? null : i % 300 + 1,
                java.sql.Timestamp.from(now.minus(Duration.ofHours(i % 120)))
            });
        }
        jdbc.batchUpdate("""
                INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code, point,
                    point_doubtful, people, search_key, reported_at, feed_sheet, version)
                VALUES (?, 'test', ?, false, ?, ?, ?, ST_SetSRID(ST_MakePoint(CAST(? AS double precision), CAST(? AS double precision)), 4326),
                    false, CAST(? AS integer), '', ?, '', 0)""", communities);
        jdbc.update("""
                INSERT INTO need (response_id, source, external_id, derived, community_id, item_id, kind, quantity, written,
                    pack_assumed, priority, needed_by, reported_at, feed_sheet, version)
                SELECT response_id, 'test', external_id, false, id, ?, 'ASSESSMENT', 100, '100', false, 1, ?, reported_at, '', 0
                  FROM community WHERE response_id = ? AND MOD(id, 2) = 0""", item, java.sql.Timestamp.from(now.plus(Duration.ofHours(6))), response);
        for (Object[] hub : List.of(
                new Object[] {"仙台拠点", "Sendai Hub", "04101", "WORKING"},
                new Object[] {"釜石拠点", "Kamaishi Hub", "03211", "FULL"})) {
            jdbc.update("""
                    INSERT INTO hub (response_id, source, external_id, derived, name, name_en, municipality_code, point,
                        point_doubtful, state, search_key, reported_at, feed_sheet, version)
                    SELECT ?, 'test', ?, false, ?, ?, code, point, false, ?, '', ?, '', 0 FROM municipality WHERE code = ?""", response, hub[1], hub[0], hub[1], hub[3], java.sql.Timestamp.from(now), hub[2]);
        }
    }
}
