package jp.musubi.inbox.web;

import static jp.musubi.common.web.TestBrowser.barriers;
import static jp.musubi.common.web.TestBrowser.fits;
import static jp.musubi.common.web.TestBrowser.phone;
import static jp.musubi.common.web.TestBrowser.wide;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** Sending files in a real browser. */
@BrowserIT
class ImportsBrowserIT {

    private static final String HEADER = "lot_id,item,quantity,lat,lon\n";
    private static final int WRONG_ROWS = 450;

    private final Responses responses;
    private final TestBrowser browser;

    ImportsBrowserIT(Responses responses, ApplicationContext context) {
        this.responses = responses;
        this.browser = new TestBrowser(context);
    }

    @BeforeAll
    void openResponsesAndSignIn() {
        open("full");
        open("empty");
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
    void leadsFromRejectedRowsToRecords() throws IOException {
        Page page = browser.open("/r/full/imports?lang=ja", wide());
        page.locator("#file").setInputFiles(file("gifts.csv", HEADER + "G-1,WATER,5,39.30,141.11\n" + wrongRows()));
        page.locator("#send button[type=submit]").click();
        page.locator(".job .tag.ok").waitFor();
        page.locator(".imports-see a").click();

        assertThat(page.locator(".job").innerText()).contains("451行を読みました。新規 1、訂正 0、変更なし 0、要修正 450。");
        assertThat(lines(page)).hasSize(200).startsWith("3").endsWith("202");
        assertThat(page.locator("#rejected tbody tr").first().innerText()).contains("quantity", "many");
        page.getByText("次の行", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(lines(page)).hasSize(200).startsWith("203");
        page.getByText("次の行", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(lines(page)).hasSize(50).endsWith("452");

        Download download = page.waitForDownload(
                () -> page.locator("a[href$='rejected.csv']").click());
        String list;
        try (InputStream in = download.createReadStream()) {
            list = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(list.lines()).hasSize(1 + WRONG_ROWS);
        page.locator("#corrected").setInputFiles(file("corrected.csv", list.replace("many", "7")));
        String report = page.url();
        page.locator("#again button[type=submit]").click();
        page.waitForURL(url -> !url.equals(report));
        page.locator(".job .tag.ok").waitFor();
        assertThat(page.locator(".job").innerText()).contains("450行を読みました。新規 450、訂正 0、変更なし 0、要修正 0。");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void canBeUsedByEverybodyInEveryLook() {
        Page sending = browser.open("/r/full/imports?lang=en", wide());
        sending.locator("#file").setInputFiles(file("some.csv", HEADER + wrongRows()));
        sending.locator("#send button[type=submit]").click();
        sending.locator(".job .tag.ok").waitFor();
        String report = sending.url().replaceFirst(".*/r/full", "/r/full");

        for (String language : List.of("ja", "en")) {
            for (String path : List.of("/r/empty/imports", "/r/full/imports", report)) {
                for (Browser.NewContextOptions look : TestBrowser.looks()) {
                    Page page = browser.open(path + "?lang=" + language, look);
                    assertThat(barriers(page)).as(path + " " + language).isEmpty();
                    assertThat(fits(page)).as(path + " " + language).isTrue();
                    page.context().close();
                }
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void saysInAnEmptyListWhereFilesGo() {
        Page page = browser.open("/r/empty/imports?lang=en", phone());

        assertThat(page.locator("#files .empty").innerText()).contains("inbox/empty/needs");
    }

    private static List<String> lines(Page page) {
        return page.locator("#rejected tbody td:first-child").allInnerTexts();
    }

    private static String wrongRows() {
        return IntStream.range(0, WRONG_ROWS)
                .mapToObj(i -> "W-" + i + ",WATER,many,39.30,141.11\n")
                .collect(Collectors.joining());
    }

    private static FilePayload file(String name, String content) {
        return new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8));
    }

    private void open(String code) {
        responses.open(TestResponse.at(Instant.parse("2011-03-14T00:00:00Z"), code));
    }
}
