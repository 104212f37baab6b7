package jp.musubi.common.web;

import static jp.musubi.common.web.TestBrowser.barriers;
import static jp.musubi.common.web.TestBrowser.fits;
import static jp.musubi.common.web.TestBrowser.phone;
import static jp.musubi.common.web.TestBrowser.wide;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
import java.util.List;
import jp.musubi.identity.Role;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The public page and the pages of administration, places and items, in a real browser. */
@BrowserIT
class PagesBrowserIT {

    private final TestBrowser browser;
    private final Responses responses;
    private final JdbcTemplate jdbc;

    PagesBrowserIT(Responses responses, JdbcTemplate jdbc, ApplicationContext context) {
        this.responses = responses;
        this.jdbc = jdbc;
        this.browser = new TestBrowser(context);
    }

    @BeforeAll
    void twoCommunitiesAndAHub() {
        Response response = responses.open(TestResponse.at(Instant.parse("2011-03-14T00:00:00Z"), "pages"));
        for (String municipality : List.of("03211", "04202")) {
            jdbc.update("""
                    INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code, point,
                                           point_doubtful, people, search_key, reported_at, version)
                    SELECT ?, 'test', code, true, 'SHELTER', '第一小学校', code, point, false, 120, 'x', CURRENT_TIMESTAMP, 0
                      FROM municipality WHERE code = ?""", response.id().value(), municipality);
        }
        jdbc.update("""
                INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                 point_doubtful, state, search_key, reported_at, version)
                SELECT ?, 'test', 'H1', true, '県の倉庫', code, point, false, 'WORKING', 'x', CURRENT_TIMESTAMP, 0
                  FROM municipality WHERE code = '03201'""", response.id().value());
        jdbc.update("""
                INSERT INTO need (response_id, source, external_id, derived, community_id, item_id, kind, quantity,
                                  written, pack_assumed, priority, reported_at, version)
                SELECT c.response_id, 'test', c.external_id, false, c.id, i.id, 'REQUEST', 300, '', false, 2,
                       CURRENT_TIMESTAMP, 0
                  FROM community c CROSS JOIN item i WHERE i.code = 'BLANKET'""");
        browser.signIn(Role.ADMINISTRATOR, Role.COORDINATOR);
    }

    @AfterEach
    void closePages() {
        browser.closePages();
    }

    @AfterAll
    void close() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/signin", "/trace", "/wanted"})
    void everybodyCanUsePublicPages(String path) {
        look(browser.openAsStranger(path + "?lang=ja", wide()));
        look(browser.openAsStranger(path + "?lang=en", phone().setColorScheme(ColorScheme.DARK)));
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin/people",
                "/admin/people/new",
                "/admin/people/1",
                "/admin/organisations",
                "/admin/organisations/new",
                "/admin/responses",
                "/admin/responses/new",
                "/admin/responses/pages",
                "/admin/audit",
                "/admin/audit/sign-ins",
                "/places",
                "/places/communities/new",
                "/places/communities/1",
                "/places/hubs",
                "/places/hubs/1",
                "/items",
                "/plan/policies",
                "/plan/policies/new",
                "/plan/policies/standard/1",
                "/plan/policies/standard/next"
            })
    void everybodyWhoMayCanUseThePagesOfTheOffice(String path) {
        look(browser.open(path + "?lang=ja", phone()));
        look(browser.open(path + "?lang=en", wide().setColorScheme(ColorScheme.DARK)));
        assertThat(browser.complaints()).isEmpty();
    }

    private static void look(Page page) {
        assertThat(page.locator("h1").first().textContent()).as(page.url()).isNotBlank();
        assertThat(page.locator("body").innerText())
                .as("a text that is missing")
                .doesNotContain("??");
        assertThat(fits(page)).as(page.url() + " fits the window").isTrue();
        assertThat(barriers(page)).as(page.url()).isEmpty();
    }

    @Test
    void readingsStandAboveTheKanjiOfThePublicPageOnRequest() {
        Page page = browser.openAsStranger("/?lang=ja", wide());
        String before = page.locator("main").innerText();
        Locator button = page.locator("[data-furigana]");

        button.click();
        page.locator("main ruby").first().waitFor();
        assertThat(page.locator("main ruby:has-text('支援') rt").first().textContent())
                .isEqualTo("しえん");
        assertThat(page.locator("main ruby:has-text('釜石市') rt").first().textContent())
                .startsWith("かまいし");
        assertThat(page.locator("main h1").evaluate("""
                heading => [...heading.childNodes]
                  .map(node => node.nodeName === 'RUBY' ? node.firstChild.textContent : node.textContent).join('')""")).isEqualTo("支援のゆくえ");
        assertThat(barriers(page)).isEmpty();

        page.reload();
        page.locator("main ruby").first().waitFor();
        page.locator("[data-furigana]").click();
        assertThat(page.locator("ruby").count()).isZero();
        assertThat(page.locator("main").innerText()).isEqualTo(before);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aFormSaysWhatIsWrongAsOneTypesAndOnSending() {
        Page page = browser.open("/admin/responses/new?lang=en", wide());

        Locator code = page.locator("input[name=code]");
        code.pressSequentially("No spaces!");
        page.locator("input[name=code][aria-invalid=true]").waitFor();
        code.fill("flood-2026");
        page.locator("input[name=code]:not([aria-invalid=true])").waitFor();
        page.locator("main form button[type=submit]").last().click();

        Locator errors = page.locator(".error-summary");
        errors.waitFor();
        assertThat(errors.locator("a").count()).isPositive();
        errors.locator("a").first().click();
        assertThat(page.evaluate("document.activeElement.getAttribute('aria-invalid')"))
                .isEqualTo("true");
    }

    @Test
    void aFormThatWasOpenForTooLongSaysWhatToDo() {
        Page page = browser.open("/admin/organisations/new?lang=en", wide());
        page.locator("main input[name=nameJa]").fill("試験の事務所");
        page.locator("main input[name=nameEn]").fill("Office for tests");

        page.context().clearCookies();
        page.locator("main form button[type=submit]").last().click();

        assertThat(page.locator("h1").textContent()).isEqualTo("This page was open for too long");
        assertThat(page.locator("main").innerText()).contains("reload the page");
    }
}
