package jp.musubi.ledger.web;

import static jp.musubi.common.web.TestBrowser.phone;
import static jp.musubi.common.web.TestBrowser.wide;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.web.BrowserIT;
import jp.musubi.common.web.TestBrowser;
import jp.musubi.identity.Role;
import jp.musubi.ledger.Deed;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.LotTerms;
import jp.musubi.ledger.Promise;
import jp.musubi.ledger.Registration;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.Substance;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.place.SearchKey;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import jp.musubi.trace.TrackingCodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Dispatch, gifts and traces in a real browser, with more promises than one page holds. */
@BrowserIT
class DispatchBrowserIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");
    private static final int COMMUNITIES = 130;
    private static final int PROMISES_FOR_EACH = 60;

    private final Responses responses;
    private final Stock stock;
    private final TrackingCodes codes;
    private final JdbcClient jdbc;
    private final TestBrowser browser;
    private ResponseId response = new ResponseId(0);
    private LotId lot = new LotId(0);

    DispatchBrowserIT(
            Responses responses, Stock stock, TrackingCodes codes, JdbcClient jdbc, ApplicationContext context) {
        this.responses = responses;
        this.stock = stock;
        this.codes = codes;
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
    void opensAtItsBeginningInsideTheFrameWithOnePageOfThousands() {
        Page page = browser.open("/dispatch?lang=en", wide());

        assertThat(page.locator("#destinations tbody tr").count()).isEqualTo(20);
        assertThat(page.locator("main").innerText())
                .contains("with %,d promises in all"
                        .formatted(id("SELECT COUNT(*) FROM reservation WHERE state = 'OPEN'")));
        assertThat(((Number) page.evaluate("scrollY")).intValue()).isZero();
        BoundingBox places = page.locator("nav.places").boundingBox();
        BoundingBox table = page.locator("#destinations").boundingBox();
        assertThat(table.x).as("beside the menu").isGreaterThanOrEqualTo(places.x + places.width);
        assertThat(table.y)
                .as("below the bar")
                .isGreaterThan(page.locator("header.bar").boundingBox().height);
        assertThat(TestBrowser.fits(page)).isTrue();

        page.locator("a[rel=next]").click();

        assertThat(page.locator("main [role=status]").last().innerText()).startsWith("Destinations 21 to 40 of");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void sendsWhatWasChosenWithKeysAloneAndNotesItsArrival() {
        Page page = browser.open("/dispatch?lang=en&q=School+128", wide());
        assertThat(page.locator("#destinations tbody tr").count()).isEqualTo(1);

        page.locator("[data-choose-all] input").focus();
        page.keyboard().press("Space");
        assertThat(page.locator("form[data-choosing] output").innerText()).isEqualTo("1 of 1 rows chosen");
        page.locator("form[data-choosing] button[type=submit]").focus();
        page.keyboard().press("Enter");
        page.locator(".notice.ok").waitFor();
        assertThat(page.locator(".notice.ok").innerText()).contains("1 load with 60 promises");

        page.navigate(browser.address("/dispatch?view=underway&q=School+128"));
        page.locator("#loads tbody th a").first().click();
        assertThat(page.locator("h1").innerText()).contains("School 128");
        Locator good = page.locator("input[name^=good-]").first();
        good.fill("999");
        good.press("Enter");
        page.locator(".error-summary").waitFor();
        assertThat(page.locator(".error-summary").innerText()).contains("60 or less");
        good.fill("60");
        good.press("Enter");
        page.locator(".notice.ok").waitFor();
        assertThat(page.locator("main").innerText()).contains("Everything in this load has been noted");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void fitsAPhone() {
        for (String path : paths()) {
            Page page = browser.open(path, phone());
            assertThat(TestBrowser.fits(page)).as(path).isTrue();
            assertThat(browser.complaints()).as(path).isEmpty();
            browser.closePages();
        }
    }

    @Test
    void hasNoSeriousBarriers() {
        for (String path : paths()) {
            String language = path.contains("?") ? "&lang=" : "?lang=";
            assertThat(TestBrowser.barriers(
                            browser.open(path + language + "ja", wide().setColorScheme(ColorScheme.LIGHT))))
                    .as("%s, Japanese, wide, light", path)
                    .isEmpty();
            assertThat(TestBrowser.barriers(
                            browser.open(path + language + "en", phone().setColorScheme(ColorScheme.DARK))))
                    .as("%s, English, phone, dark", path)
                    .isEmpty();
            assertThat(browser.complaints()).as(path).isEmpty();
            browser.closePages();
        }
    }

    private List<String> paths() {
        long community = id("SELECT MIN(id) FROM community");
        long account = id("SELECT MIN(account_id) FROM reservation");
        return List.of(
                "/dispatch",
                "/dispatch?view=underway",
                "/dispatch?view=received",
                "/dispatch?q=nothing-like-this",
                "/dispatch/to/" + community + "/from/" + account,
                "/dispatch/" + id("SELECT MAX(id) FROM consignment"),
                "/donors",
                "/donors/" + lot.value(),
                "/donors/lots/" + lot.value(),
                "/donors/lots/" + lot.value() + "/postings/" + id("SELECT MIN(id) FROM posting"),
                "/trace",
                "/trace/" + codes.issue(response, lot, Optional.empty()));
    }

    private void fill() {
        response = responses.open(TestResponse.at(NOW, "browser")).id();
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '遠野拠点', '03208', ST_GeomFromText('POINT(141.53 39.33)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response.value()).update();
        lot = stock.register(
                        deed("gift"),
                        new Registration(
                                Optional.of(new DonationLine("test", "L-17")),
                                new ItemId(id("SELECT id FROM item WHERE code = 'BLANKET'")),
                                Substance.GOODS,
                                DonorId.UNNAMED,
                                new Quantity(100_000),
                                new LotTerms(
                                        Optional.of(new HubId(id("SELECT id FROM hub"))),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false),
                                Optional.empty(),
                                true))
                .get();
        for (int i = 0; i < COMMUNITIES; i++) {
            jdbc.sql("""
                            INSERT INTO community (response_id, source, external_id, derived, kind, name,
                                                   municipality_code, point_doubtful, search_key, reported_at, feed_sheet,
                                                   version)
                            VALUES (?, 'test', ?, TRUE, 'SHELTER', ?, '03211', FALSE, ?, CURRENT_TIMESTAMP, '', 0)""")
                    .params(response.value(), "C" + i, "School " + i, String.join(" ", SearchKey.words("School " + i)))
                    .update();
        }
        List<Promise> promises = new ArrayList<>();
        for (long community : jdbc.sql("SELECT id FROM community ORDER BY id")
                .query(Long.class)
                .list()) {
            for (int i = 0; i < PROMISES_FOR_EACH; i++) {
                promises.add(new Promise(
                        lot,
                        Optional.empty(),
                        new Quantity(1),
                        new CommunityId(community),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.of(NOW.plusSeconds(86_400))));
            }
        }
        stock.reserve(deed("accept"), promises).get();
        var last = stock.reserve(deed("more"), List.of(promises.get(promises.size() - 1)))
                .get()
                .get(0);
        stock.send(deed("send"), List.of(new Stock.SendLine(last.get(0), new Quantity(1))), Optional.empty())
                .get();
    }

    private Deed deed(String key) {
        return new Deed(response, Optional.empty(), NOW, new IdempotencyKey(key));
    }

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
