package jp.musubi.training.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static jp.musubi.common.web.TestBrowser.phone;
import static jp.musubi.common.web.TestBrowser.wide;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.List;
import jp.musubi.common.web.BrowserIT;
import jp.musubi.common.web.TestBrowser;
import jp.musubi.identity.Role;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import jp.musubi.training.store.TrainingScene;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The register in a real browser: by keys, by pasting, taken back; the pages on a phone and for screen readers. */
@BrowserIT
@Import(TrainingScene.class)
class TrainingBrowserIT {

    private static final Instant NOW = Instant.parse("2012-06-01T00:00:00Z");

    private final Responses responses;
    private final TrainingScene scene;
    private final JdbcClient jdbc;
    private final TestBrowser browser;

    TrainingBrowserIT(Responses responses, TrainingScene scene, JdbcClient jdbc, ApplicationContext context) {
        this.responses = responses;
        this.scene = scene;
        this.jdbc = jdbc;
        this.browser = new TestBrowser(context);
    }

    @BeforeAll
    void fillAndSignIn() {
        Response response = responses.open(TestResponse.at(NOW, "training-browser"));
        scene.openTome(new TrainingScene.Sent(response, NOW));
        browser.signIn(Role.TRAINER);
    }

    @AfterEach
    void clear() {
        browser.closePages();
        jdbc.sql("DELETE FROM attendance").update();
    }

    @AfterAll
    void quit() {
        browser.close();
    }

    @Test
    void fillsInARegisterByKeysAndTakesItBack() {
        Page page = register();
        cell(page, 0, 0).click();
        page.keyboard().press("o");
        page.keyboard().press("x");
        saved(page);
        assertThat(marks()).containsExactly("T-1 3 PRESENT", "T-2 3 ABSENT");

        // One row fills the whole column below it.
        cell(page, 0, 1).click();
        page.keyboard().press("l");
        cell(page, 0, 1).click();
        page.keyboard().press("Shift+ArrowDown");
        page.keyboard().press("Control+d");
        saved(page);
        assertThat(marks()).contains("T-1 4 LATE", "T-2 4 LATE");

        page.keyboard().press("Control+z");
        assertThat(cell(page, 1, 1)).hasText("");
        saved(page);
        assertThat(marks()).containsExactly("T-1 3 PRESENT", "T-1 4 LATE", "T-2 3 ABSENT");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void pastesFromASpreadsheetAndSaysWhatIsNoMark() {
        Page page = register();
        cell(page, 0, 0).click();
        paste(page, "出席\t×\t遅刻\n1\t?\t早退\n○\t○\t○\n");

        assertThat(cell(page, 1, 2)).hasText("早");
        assertThat(cell(page, 1, 1)).hasText("");
        page.waitForCondition(() -> marks().size() == 5);
        assertThat(marks())
                .containsExactly("T-1 3 PRESENT", "T-1 4 ABSENT", "T-1 5 LATE", "T-2 3 PRESENT", "T-2 5 LEFT_EARLY");
        page.locator("#register-undo").click();
        page.waitForCondition(() -> marks().isEmpty());
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void doesNotWriteOverWhatSomebodyElseChanged() {
        Page mine = register();
        Page theirs = register();
        cell(theirs, 0, 0).click();
        theirs.keyboard().press("x");
        saved(theirs);

        cell(mine, 0, 0).click();
        mine.keyboard().press("o");
        assertThat(mine.locator("#register-state")).containsText("changed by somebody else");
        assertThat(cell(mine, 0, 0)).hasText("×");
        assertThat(marks()).containsExactly("T-1 3 ABSENT");
    }

    @Test
    void hasNoBarriersWideAndOnAPhoneInBothLanguages() {
        long trainee = jdbc.sql("SELECT min(id) FROM trainee").query(Long.class).single();
        for (Browser.NewContextOptions look : List.of(wide(), phone())) {
            for (String path : List.of(
                    "/training",
                    "/training/cohorts/" + cohort(),
                    "/training/trainees/" + trainee,
                    "/training/warnings",
                    "/training/schemes",
                    "/training/looks")) {
                for (String language : List.of("ja", "en")) {
                    Page page = browser.open(path + "?lang=" + language, look);
                    assertThat(TestBrowser.barriers(page)).as(path).isEmpty();
                    assertThat(TestBrowser.fits(page)).as(path).isTrue();
                    browser.closePages();
                }
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private Page register() {
        return browser.open("/training/cohorts/" + cohort() + "?lang=en&month=2011-10", wide());
    }

    private long cohort() {
        return jdbc.sql("SELECT min(id) FROM cohort").query(Long.class).single();
    }

    private static Locator cell(Page page, int row, int column) {
        return page.locator("#register tbody tr").nth(row).locator("td").nth(column);
    }

    private static void saved(Page page) {
        assertThat(page.locator("#register-state")).containsText("Saved");
        page.locator("#register-state").evaluate("state => { state.textContent = ''; }");
    }

    private static void paste(Page page, String cells) {
        page.evaluate(
                "cells => { const data = new DataTransfer(); data.setData('text/plain', cells);"
                        + " document.activeElement.dispatchEvent(new ClipboardEvent('paste',"
                        + " { clipboardData: data, bubbles: true, cancelable: true })); }",
                cells);
    }

    private List<String> marks() {
        return jdbc.sql("""
                        SELECT t.external_id, s.held_on, a.mark FROM attendance a
                          JOIN course_session s ON s.id = a.session_id JOIN trainee t ON t.id = a.trainee_id
                         WHERE a.is_current AND NOT a.retracted ORDER BY t.external_id, s.held_on""")
                .query((row, n) ->
                        row.getString(1) + " " + row.getDate(2).toLocalDate().getDayOfMonth() + " " + row.getString(3))
                .list();
    }
}
