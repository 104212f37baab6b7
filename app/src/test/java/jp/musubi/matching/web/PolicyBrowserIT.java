package jp.musubi.matching.web;

import static jp.musubi.common.web.TestBrowser.phone;
import static jp.musubi.common.web.TestBrowser.wide;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
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
import jp.musubi.matching.Policies;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.place.HubId;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A policy from the form to a plan that is made again, by keyboard. */
@BrowserIT
class PolicyBrowserIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");
    private static final Page.WaitForURLOptions PATIENTLY = new Page.WaitForURLOptions().setTimeout(120_000);

    private final Responses responses;
    private final JdbcClient jdbc;
    private final Stock stock;
    private final Policies policies;
    private final TestBrowser browser;

    private Response response;

    PolicyBrowserIT(Responses responses, JdbcClient jdbc, Stock stock, Policies policies, ApplicationContext context) {
        this.responses = responses;
        this.jdbc = jdbc;
        this.stock = stock;
        this.policies = policies;
        this.browser = new TestBrowser(context);
    }

    @BeforeAll
    void fillAndSignIn() {
        response = responses.open(TestResponse.at(NOW, "policies"));
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '遠野', '03208', ST_GeomFromText('POINT(141.53 39.33)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response.id().value()).update();
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                                               point, point_doubtful, search_key, reported_at, version)
                        VALUES (?, 'test', 'C1', TRUE, 'SHELTER', '体育館', '03211',
                                ST_GeomFromText('POINT(141.88 39.27)', 4326), FALSE, '', CURRENT_TIMESTAMP, 0)""").param(response.id().value()).update();
        jdbc.sql("""
                        INSERT INTO need (response_id, source, external_id, derived, community_id, item_id, kind,
                                          quantity, written, pack_assumed, priority, reported_at, version)
                        SELECT c.response_id, 'test', 'N1', TRUE, c.id, i.id, 'REQUEST', 50, '', FALSE, 2,
                               CAST(? AS timestamp with time zone), 0
                          FROM community c CROSS JOIN item i WHERE c.response_id = ? AND i.code = 'BLANKET'""")
                .params(Timestamp.from(NOW.minusSeconds(3600)), response.id().value())
                .update();
        stock.register(
                        new Deed(response.id(), Optional.empty(), NOW, new IdempotencyKey("policies/L1")),
                        new Registration(
                                Optional.of(new DonationLine("test", "L1")),
                                new ItemId(id("SELECT id FROM item WHERE code = 'BLANKET'")),
                                Substance.GOODS,
                                DonorId.UNNAMED,
                                new Quantity(30),
                                new LotTerms(
                                        Optional.of(new HubId(id("SELECT id FROM hub WHERE response_id = "
                                                + response.id().value()))),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false),
                                Optional.empty(),
                                true))
                .get();
        browser.signIn(Role.ADMINISTRATOR, Role.COORDINATOR);
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
    void decidesTheNextVersionPlansByItAndMakesThePlanAgain() {
        Page page = open("/plan/policies/standard/next?lang=en", wide());
        page.locator("#equity").fill("20");
        page.locator("#item1").selectOption(Long.toString(id("SELECT id FROM item WHERE code = 'BREAD'")));
        page.locator("#hours1").fill("12");
        page.locator("#reason").fill("Small places go empty");
        page.locator("#reason").press("Enter");
        page.locator("button[value=confirmed]").waitFor();
        assertThat(page.locator("main").innerText())
                .contains("Nothing is decided yet", "Small places go empty", "12 hours", "Changed");
        fits(page);
        assertThat(versions()).hasSize(1);

        page.locator("button[value=edit]").press("Enter");
        page.locator("#equity").waitFor();
        assertThat(page.locator("#hours1").inputValue()).isEqualTo("12");
        page.locator("#reason").press("Enter");
        page.locator("button[value=confirmed]").press("Enter");
        page.waitForURL(Pattern.compile(".*/standard/2$"));
        assertThat(page.locator("main").innerText()).contains("Version 2 is decided", "Plans are made by it", "試験担当");
        assertThat(versions()).hasSize(2);
        page.locator("text=With version 1").click();
        page.waitForURL(Pattern.compile(".*/compare.*"));
        fits(page);

        page = open("/plan?lang=en", wide());
        assertThat(page.locator("#policy option").allInnerTexts()).containsExactly("Standard, version 2 (equity 20.0)");
        page.locator("#policy").focus();
        page.locator("section[aria-labelledby=make] button.primary").press("Enter");
        page.waitForURL(Pattern.compile(".*/plan/\\d+$"), PATIENTLY);
        page.locator("details:has(code.hash) summary").press("Enter");
        assertThat(page.locator("main").innerText())
                .contains("Standard, version 2", "equity 20.0", "0%", "musubi-transport-simplex/")
                .doesNotContain("Changed for this plan");
        assertThat(page.locator("code.hash").innerText()).matches("[0-9a-f]{64}");
        fits(page);
        String plan = page.url();
        page.locator("details:has(code.hash) button").press("Enter");
        page.waitForURL(Pattern.compile(".*/plan/again/.*"), PATIENTLY);
        assertThat(page.locator(".notice.ok").innerText()).contains("Identical");
        String again = page.url();

        for (String path :
                List.of(plan, again, browser.address("/r/" + response.code() + "/plan/policies/standard/2"))) {
            for (Browser.NewContextOptions look : TestBrowser.looks()) {
                Page there = browser.open(path.substring(browser.address("").length()) + "?lang=ja", look);
                fits(there);
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void saysWhatIsWrongOnAPhone() {
        Page page = open("/plan/policies/new?lang=ja", phone());
        page.locator("#nameJa").fill("冬");
        page.locator("#nameEn").fill("Winter");
        page.locator("#equity").fill("0.5");
        page.locator("#hours2").fill("6");
        page.locator("#reason").fill("寒さ");
        page.locator("form.form button[type=submit]").click();
        page.locator(".error-summary a").first().waitFor();
        assertThat(page.locator(".error-summary").innerText()).contains("公平さ", "品目2");
        assertThat(page.locator("#nameEn").inputValue()).isEqualTo("Winter");
        fits(page);
        page.locator(".error-summary a").first().click();
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("equity");
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("422"));
    }

    private List<PolicyVersion> versions() {
        return policies.read(response.id()).listVersions(PolicyVersion.STANDARD_KEY);
    }

    private static void fits(Page page) {
        assertThat(page.locator("body").innerText()).doesNotContain("??");
        assertThat(TestBrowser.fits(page)).as(page.url()).isTrue();
        assertThat(TestBrowser.barriers(page)).as(page.url()).isEmpty();
    }

    private Page open(String path, Browser.NewContextOptions options) {
        return browser.open("/r/" + response.code() + path, options);
    }

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
