package jp.musubi.common.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.identity.Grant;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationKind;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.Role;
import jp.musubi.identity.SignInLinks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.springframework.context.ApplicationContext;

/** The browser of a {@link BrowserIT}: somebody who has signed in, and whatever the pages complain about. */
public final class TestBrowser implements AutoCloseable {

    /** A busy machine needs a while for what takes a second elsewhere. */
    private static final double PATIENCE_MS = 90_000;

    private static final Path AXE = Path.of("src/test/frontend/node_modules/axe-core/axe.min.js");

    private final ApplicationContext context;
    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(System.getProperty("musubi.it.browser", "")))
                    .setArgs(List.of("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")));
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private String session = "";
    private static @Nullable TestBrowser latest;

    public TestBrowser(ApplicationContext context) {
        this.context = context;
        latest = this;
    }

    /** Prints what the open pages show when a test fails. */
    static final class ShowPages implements TestExecutionExceptionHandler {
        @Override
        public void handleTestExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
            if (latest != null) {
                for (BrowserContext opened : latest.contexts) {
                    for (Page page : opened.pages()) {
                        System.out.println(test.getDisplayName() + " ended at " + page.url() + "\n"
                                + page.locator("body").innerText());
                    }
                }
                System.out.println(latest.complaints);
            }
            throw failure;
        }
    }

    /** Registers somebody who has these roles everywhere, and signs in with a one-time link. */
    public void signIn(Role... roles) {
        Organisation office = context.getBean(Organisations.class)
                .add(new Organisation(
                        new OrganisationId(0),
                        Optional.empty(),
                        OrganisationKind.OFFICE,
                        "本部",
                        "Office",
                        Optional.empty()));
        People people = context.getBean(People.class);
        Person person = people.register("somebody", office.id(), Locale.JAPANESE, "試験担当");
        for (Role role : roles) {
            people.grant(
                    person.id(),
                    new Grant(role, Optional.empty(), Optional.empty(), Optional.empty()),
                    Optional.empty());
        }
        String link = context.getBean(SignInLinks.class)
                .issue(person.id(), SignInLinks.Purpose.FIRST_START, Duration.ofHours(1));
        try (BrowserContext signingIn = browser.newContext()) {
            Page page = signingIn.newPage();
            page.navigate(address("/signin/" + link));
            page.locator("main form button").click();
            page.waitForURL(Pattern.compile("^(?!.*/signin/).*$"));
            session = signingIn.storageState();
        }
    }

    public static Browser.NewContextOptions wide() {
        return new Browser.NewContextOptions().setViewportSize(1440, 900);
    }

    public static Browser.NewContextOptions phone() {
        return new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setHasTouch(true)
                .setIsMobile(true);
    }

    /** Opens a page as the person who signed in. */
    public Page open(String path, Browser.NewContextOptions options) {
        return openAsStranger(path, options.setStorageState(session));
    }

    /** Opens a page as somebody whom nobody knows. */
    public Page openAsStranger(String path, Browser.NewContextOptions options) {
        BrowserContext opened = browser.newContext(options);
        opened.setDefaultTimeout(PATIENCE_MS);
        contexts.add(opened);
        Page page = opened.newPage();
        listen(page);
        page.navigate(address(path));
        return page;
    }

    private void listen(Page page) {
        page.onRequest(request -> {
            if (!request.url().startsWith(address("/"))
                    && !request.url().startsWith("data:")
                    && !request.url().startsWith("blob:")) {
                complaints.add("left the server: " + request.url());
            }
        });
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    /** What pages wrote to the console as errors since {@link #closePages}, and requests that left the server. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    public String address(String path) {
        return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port") + path;
    }

    /** What axe finds to be serious or critical. */
    public static List<?> barriers(Page page) {
        try {
            page.evaluate(Files.readString(AXE) + "; undefined");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (List<?>) page.evaluate("""
                async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                  .filter(violation => ['serious', 'critical'].includes(violation.impact))
                  .map(violation => violation.id + ': ' + violation.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary).join(' | '))""");
    }

    /** Whether everything fits into the width of the window. */
    public static boolean fits(Page page) {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth");
    }

    /** Every mixture of size and colours in which a page has to be fit to use. */
    public static List<Browser.NewContextOptions> looks() {
        return List.of(
                wide().setColorScheme(ColorScheme.LIGHT),
                wide().setColorScheme(ColorScheme.DARK),
                phone().setColorScheme(ColorScheme.LIGHT),
                phone().setColorScheme(ColorScheme.DARK));
    }

    /** After each test. */
    public void closePages() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        complaints.clear();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
