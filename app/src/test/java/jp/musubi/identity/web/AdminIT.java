package jp.musubi.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.Grant;
import jp.musubi.identity.GrantEntry;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationEntry;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationKind;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.PersonEntry;
import jp.musubi.identity.Role;
import jp.musubi.identity.SignInLinks;
import jp.musubi.identity.SignInLinks.Purpose;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.Responses;
import jp.musubi.response.web.FirstStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** What administrators do, as a browser sends it. */
@MusubiIT
class AdminIT {

    private final FirstStart firstStart;
    private final People people;
    private final Organisations organisations;
    private final Responses responses;
    private final SignInLinks links;
    private final ChangeLog changes;
    private final MockMvc web;
    private MockHttpSession administrator = new MockHttpSession();

    AdminIT(
            FirstStart firstStart,
            People people,
            Organisations organisations,
            Responses responses,
            SignInLinks links,
            ChangeLog changes,
            WebApplicationContext context) {
        this.firstStart = firstStart;
        this.people = people;
        this.organisations = organisations;
        this.responses = responses;
        this.links = links;
        this.changes = changes;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void signIn() throws Exception {
        firstStart.prepare("none", line -> {});
        administrator = sessionOf(people.findByLogin("administrator").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "/admin, 管理, Administration",
        "/admin/responses, 災害対応, Responses",
        "/admin/responses/new, 災害対応を始める, Open a response",
        "/admin/organisations, 組織, Organisations",
        "/admin/organisations/new, 組織を加える, Add an organisation",
        "/admin/people, 利用者, People",
        "/admin/people/new, 人を招待する, Invite somebody",
        "/admin/audit, 変更の記録, Change history",
        "/admin/audit/sign-ins, サインインの記録, Sign-ins"
    })
    void showsEveryPageInBothLanguagesToAdministratorsOnly(String path, String ja, String en) throws Exception {
        String japanese = page(get(path).session(administrator).locale(Locale.JAPANESE));
        String english = page(get(path).session(administrator).param("lang", "en"));

        assertThat(japanese).contains("<html lang=\"ja\"").contains(">" + ja + "</h1>");
        assertThat(english).contains("<html lang=\"en\"").contains(">" + en + "</h1>");
        assertThat(japanese + english).as("every text exists").doesNotContain("??");
        Person coordinator = person(Role.COORDINATOR);
        web.perform(get(path).accept("text/html").session(sessionOf(coordinator)))
                .andExpect(status().isForbidden());
        web.perform(get(path).accept("text/html")).andExpect(status().isUnauthorized());
    }

    @Test
    void opensAResponseThatRunsFromAPastTime() throws Exception {
        String code = "r-" + random();

        web.perform(response("/admin/responses", code).param("clock", "offset").param("clockAt", "2011-03-14T09:00"))
                .andExpect(redirectedUrl("/admin/responses/" + code));

        ResponseEntry opened = entry(code);
        assertThat(opened.response().training()).isTrue();
        assertThat(opened.response().languages()).containsExactly(Locale.JAPANESE, Locale.ENGLISH);
        assertThat(opened.response().clock()).isInstanceOf(ResponseClock.Offset.class);
        assertThat(opened.response().clock().now(java.time.Clock.systemUTC()).toString())
                .startsWith("2011-03-14T00:0");
        assertThat(changes.listChanges("response", opened.response().id().value()))
                .singleElement()
                .satisfies(change -> assertThat(change.action()).isEqualTo("create"))
                .satisfies(change -> assertThat(change.actor()).isPresent())
                .satisfies(change -> assertThat(change.afterJson().orElse("")).contains("\"code\":\"" + code + "\""));
    }

    @Test
    void listsEverythingThatIsWrongWithAResponseAndKeepsWhatWasTyped() throws Exception {
        String page = page(
                post("/admin/responses")
                        .with(csrf())
                        .session(administrator)
                        .param("lang", "en")
                        .param("code", "Bad Code")
                        .param("nameJa", "残る<名前>")
                        .param("zone", "Mars/Olympus")
                        .param("south", "40")
                        .param("north", "30")
                        .param("west", "x")
                        .param("east", "500")
                        .param("clock", "fixed"),
                422);

        assertThat(page)
                .contains("href=\"#code\"")
                .contains("href=\"#nameEn\"")
                .contains("href=\"#zone\"")
                .contains("href=\"#languages\"")
                .contains("href=\"#west\"")
                .contains("href=\"#east\"")
                .contains("残る&lt;名前&gt;")
                .contains("aria-invalid=\"true\"");
        assertThat(responses.findByCode("Bad Code")).isEmpty();
    }

    @Test
    void keepsAnUntouchedClockRunning() throws Exception {
        String code = "r-" + random();
        web.perform(response("/admin/responses", code).param("clock", "offset").param("clockAt", "2011-03-14T09:00"));
        ResponseEntry opened = entry(code);

        web.perform(response("/admin/responses/" + code, code)
                        .param("version", String.valueOf(opened.version()))
                        .param("clock", "offset")
                        .param("clockAt", "2011-03-14T09:05")
                        .param("clockShown", "2011-03-14T09:05"))
                .andExpect(status().is3xxRedirection());

        assertThat(entry(code).response().clock()).isEqualTo(opened.response().clock());
    }

    @Test
    void tellsTheSecondAdministratorWhatTheFirstOneChanged() throws Exception {
        String code = "r-" + random();
        web.perform(response("/admin/responses", code).param("clock", "real"));
        long version = entry(code).version();
        web.perform(response("/admin/responses/" + code, code, "Theirs")
                        .param("version", String.valueOf(version))
                        .param("clock", "real"))
                .andExpect(redirectedUrl("/admin/responses/" + code));

        String page = page(
                response("/admin/responses/" + code, code, "Mine")
                        .param("lang", "en")
                        .param("version", String.valueOf(version))
                        .param("clock", "real"),
                409);

        assertThat(page).contains("Somebody else saved first").contains("Mine").contains("Theirs");
        assertThat(entry(code).response().nameEn()).isEqualTo("Theirs");
        Matcher newVersion =
                Pattern.compile("name=\"version\" value=\"(\\d+)\"").matcher(page);
        assertThat(newVersion.find()).isTrue();
        web.perform(response("/admin/responses/" + code, code, "Mine")
                        .param("version", newVersion.group(1))
                        .param("clock", "real"))
                .andExpect(redirectedUrl("/admin/responses/" + code));
        assertThat(entry(code).response().nameEn()).isEqualTo("Mine");
    }

    @Test
    void closesAResponseOnlyWhenItsNameIsTypedAndOpensItAgain() throws Exception {
        String code = "r-" + random();
        web.perform(response("/admin/responses", code).param("clock", "real"));
        String version = String.valueOf(entry(code).version());

        web.perform(send("/admin/responses/" + code + "/close")
                        .param("version", version)
                        .param("confirm", "something"))
                .andExpect(status().isUnprocessableContent());
        assertThat(entry(code).isOpen()).isTrue();
        web.perform(send("/admin/responses/" + code + "/close")
                        .param("version", version)
                        .param("confirm", code))
                .andExpect(redirectedUrl("/admin/responses/" + code));
        assertThat(entry(code).isOpen()).isFalse();
        web.perform(send("/admin/responses/" + code + "/reopen")
                        .param("version", String.valueOf(entry(code).version())))
                .andExpect(redirectedUrl("/admin/responses/" + code));
        assertThat(entry(code).isOpen()).isTrue();
    }

    @Test
    void givesResponsesToProgramsAndTakesEditsWithTheirVersion() throws Exception {
        String code = "r-" + random();
        String body = """
                {"code":"%s","nameJa":"試験","nameEn":"Test","zone":"Asia/Tokyo","languages":["ja"],
                 "bounds":{"south":36.5,"west":138.5,"north":41.8,"east":142.5},
                 "clock":{"kind":"fixed","at":"2011-03-14T00:00:00Z"},"training":true}""".formatted(code);

        web.perform(post("/api/v1/responses")
                        .with(csrf())
                        .session(administrator)
                        .contentType("application/json")
                        .content(body))
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", "/api/v1/responses/" + code))
                .andExpect(jsonPath("$.now").value("2011-03-14T00:00:00Z"));
        String etag = Objects.requireNonNull(web.perform(get("/api/v1/responses/" + code))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.bounds.north").value(41.8))
                .andReturn()
                .getResponse()
                .getHeader("ETag"));
        web.perform(put("/api/v1/responses/" + code)
                        .with(csrf())
                        .session(administrator)
                        .contentType("application/json")
                        .content("{\"nameEn\":\"New\"}"))
                .andExpect(status().isPreconditionRequired());
        web.perform(put("/api/v1/responses/" + code)
                        .with(csrf())
                        .session(administrator)
                        .header("If-Match", etag)
                        .contentType("application/json")
                        .content("{\"nameEn\":\"New\"}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.nameEn").value("New"))
                .andExpect(jsonPath("$.clock.kind").value("fixed"));
        web.perform(put("/api/v1/responses/" + code)
                        .with(csrf())
                        .session(administrator)
                        .header("If-Match", etag)
                        .contentType("application/json")
                        .content("{\"nameEn\":\"Late\"}"))
                .andExpect(status().isPreconditionFailed())
                .andExpect(content().contentType("application/problem+json"));
        web.perform(put("/api/v1/responses/" + code)
                        .with(csrf())
                        .header("If-Match", etag)
                        .contentType("application/json")
                        .content("{}"))
                .andExpect(status().isUnauthorized());
        web.perform(get("/api/v1/responses"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[?(@.code=='" + code + "')].nameEn").value("New"));
    }

    @Test
    void addsRenamesAndClosesOrganisations() throws Exception {
        String name = "登米" + random();
        OrganisationId union = union();

        web.perform(send("/admin/organisations")
                        .param("kind", "MEMBER")
                        .param("parent", String.valueOf(union.value()))
                        .param("nameJa", name)
                        .param("nameEn", "Tome " + random())
                        .param("municipality", "登米市"))
                .andExpect(redirectedUrl("/admin/organisations"));

        OrganisationEntry added = organisation(name);
        assertThat(added.organisation().municipalityCode()).contains("04212");
        String path = "/admin/organisations/" + added.id().value();
        String refused = page(
                send("/admin/organisations")
                        .param("kind", "OFFICE")
                        .param("nameJa", "x")
                        .param("nameEn", "x")
                        .param("municipality", "金山町"),
                422);
        assertThat(refused)
                .contains("href=\"#municipality\"")
                .contains("福島県金山町")
                .contains("山形県金山町");
        web.perform(send(path)
                        .param("nameJa", name + "二")
                        .param("nameEn", "Tome two")
                        .param("version", String.valueOf(added.version())))
                .andExpect(redirectedUrl(path));
        web.perform(send(path + "/close").param("version", String.valueOf(added.version())))
                .andExpect(status().isConflict());
        web.perform(send(path + "/close")
                        .param(
                                "version",
                                String.valueOf(organisation(name + "二").version())))
                .andExpect(redirectedUrl(path));
        assertThat(organisation(name + "二").isOpen()).isFalse();
        assertThat(changes.listChanges("organisation", added.id().value()))
                .extracting(Change::action)
                .containsExactly("close", "change", "create");
    }

    @Test
    void keepsAnOrganisationOpenWhilePeopleBelongToIt() throws Exception {
        OrganisationEntry office = organisations.getEntry(body());
        people.register("p-" + random(), office.id(), Locale.JAPANESE, "試験 太郎");

        String page = page(
                send("/admin/organisations/" + office.id().value() + "/close")
                        .param("lang", "en")
                        .param("version", String.valueOf(office.version())),
                422);

        assertThat(page).contains("People with access belong to it");
        assertThat(organisations.getEntry(office.id()).isOpen()).isTrue();
    }

    @Test
    void invitesSomebodyByALinkThatIsShownOnce() throws Exception {
        String login = "p-" + random();
        OrganisationId office = union();

        web.perform(send("/admin/people")
                        .param("login", login)
                        .param("name", "佐藤 花子")
                        .param("email", "hanako@example.org")
                        .param("organisation", String.valueOf(office.value()))
                        .param("language", "en")
                        .param("role", "COORDINATOR")
                        .param("region", "岩手県"))
                .andExpect(status().is3xxRedirection());

        Person person = people.findByLogin(login).orElseThrow();
        assertThat(people.listGrants(person.id()))
                .containsExactly(new Grant(Role.COORDINATOR, Optional.empty(), Optional.of("03"), Optional.empty()));
        String shown = page(get("/admin/people/" + person.id().value()).session(administrator));
        Matcher link =
                Pattern.compile("http://localhost(/signin/[A-Za-z0-9_-]{43})").matcher(shown);
        assertThat(link.find()).isTrue();
        assertThat(page(get("/admin/people/" + person.id().value()).session(administrator)))
                .doesNotContain("/signin/");
        web.perform(post(link.group(1)).with(csrf())).andExpect(redirectedUrl("/home"));
        assertThat(changes.listChanges("person", person.id().value()))
                .extracting(Change::action)
                .contains("create", "grant", "invite", "view");
        assertThat(changes.listChanges("person", person.id().value()))
                .as("no personal data in the history")
                .allSatisfy(change -> assertThat(change.beforeJson().orElse("")
                                + change.afterJson().orElse(""))
                        .doesNotContain("佐藤")
                        .doesNotContain("example.org"));
    }

    @Test
    void refusesATakenLoginAndABadAddress() throws Exception {
        String page = page(
                send("/admin/people")
                        .param("lang", "en")
                        .param("login", "administrator")
                        .param("name", "X")
                        .param("email", "nowhere")
                        .param("organisation", String.valueOf(union().value()))
                        .param("language", "ja")
                        .param("role", "COORDINATOR"),
                422);

        assertThat(page).contains("This short name is in use").contains("href=\"#email\"");
    }

    @Test
    void endsAccessAtOnceAndGivesItBack() throws Exception {
        Person person = person(Role.ADMINISTRATOR);
        MockHttpSession session = sessionOf(person);
        web.perform(get("/admin").session(session)).andExpect(status().isOk());
        String path = "/admin/people/" + person.id().value();

        web.perform(send(path + "/deactivate").param("version", version(person)))
                .andExpect(redirectedUrl(path));

        web.perform(get("/admin").accept("text/html").session(session)).andExpect(status().isUnauthorized());
        web.perform(send(path + "/link")).andExpect(status().isConflict());
        web.perform(send(path + "/reactivate").param("version", version(person)))
                .andExpect(redirectedUrl(path));
        assertThat(people.findById(person.id()).orElseThrow().active()).isTrue();
    }

    @Test
    void aNewLinkReplacesTheOldOne() throws Exception {
        Person person = person(Role.COORDINATOR);
        String old = links.issue(person.id(), Purpose.INVITATION, EditPeople.INVITATION_LASTS);

        web.perform(send("/admin/people/" + person.id().value() + "/link")).andExpect(status().is3xxRedirection());

        assertThat(links.isRedeemable(old)).isFalse();
    }

    @Test
    void signsSomebodyOutEverywhere() throws Exception {
        Person person = person(Role.ADMINISTRATOR);
        MockHttpSession session = sessionOf(person);

        web.perform(send("/admin/people/" + person.id().value() + "/sign-out"));

        web.perform(get("/admin").accept("text/html").session(session)).andExpect(status().isUnauthorized());
    }

    @Test
    void givesAndTakesRolesAndOffersAWayBack() throws Exception {
        Person person = person(Role.TRAINER);
        String path = "/admin/people/" + person.id().value();

        web.perform(send(path + "/grants").param("role", "COORDINATOR").param("region", "04"))
                .andExpect(redirectedUrl(path));
        String shown = page(get(path).session(administrator));
        web.perform(send(path + "/grants").param("role", "COORDINATOR").param("region", "宮城県"))
                .andExpect(status().isUnprocessableContent());
        GrantEntry grant = grant(person, Role.COORDINATOR).orElseThrow();
        assertThat(shown).contains(path + "/grants/" + grant.id().value() + "/revoke");
        web.perform(send(path + "/grants/" + grant.id().value() + "/revoke")).andExpect(redirectedUrl(path));

        assertThat(grant(person, Role.COORDINATOR)).isEmpty();
        web.perform(send(path + "/grants/" + grant.id().value() + "/revoke")).andExpect(redirectedUrl(path));
    }

    @Test
    void anAdministratorOfOneOfficeSeesItsPeopleOnlyAndGivesNoMore() throws Exception {
        Person stranger = person(Role.TRAINER);
        OrganisationId office = body();
        Person deputy = people.register("d-" + random(), office, Locale.JAPANESE, "副管理者");
        people.grant(
                deputy.id(),
                new Grant(Role.ADMINISTRATOR, Optional.of(office), Optional.empty(), Optional.empty()),
                Optional.empty());
        MockHttpSession session = sessionOf(deputy);

        assertThat(page(get("/admin/people").session(session)))
                .contains(deputy.login())
                .doesNotContain(stranger.login());
        web.perform(get("/admin/people/" + stranger.id().value())
                        .accept("text/html")
                        .session(session))
                .andExpect(status().isForbidden());
        web.perform(get("/admin/audit").accept("text/html").session(session)).andExpect(status().isForbidden());
        web.perform(post("/admin/people/" + deputy.id().value() + "/grants")
                        .with(csrf())
                        .session(session)
                        .param("role", "ADMINISTRATOR"))
                .andExpect(status().isUnprocessableContent());
        assertThat(people.listGrants(deputy.id())).hasSize(1);

        Person chief = people.register("c-" + random(), office, Locale.JAPANESE, "全体の管理者");
        people.grant(
                chief.id(),
                new Grant(Role.ADMINISTRATOR, Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty());
        for (String act : List.of("/link", "/sign-out", "/deactivate")) {
            web.perform(post("/admin/people/" + chief.id().value() + act)
                            .with(csrf())
                            .accept("text/html")
                            .session(session)
                            .param("version", version(chief)))
                    .andExpect(status().isForbidden());
        }
        assertThat(people.findById(chief.id()).orElseThrow().active()).isTrue();
    }

    @Test
    void leavesTheLastAdministratorInPlace() throws Exception {
        for (PersonEntry entry : people.listEntries()) {
            if (!entry.person().login().equals("administrator")
                    && entry.person().active()) {
                people.deactivate(entry.id(), entry.version());
            }
        }
        Person last = people.findByLogin("administrator").orElseThrow();
        String path = "/admin/people/" + last.id().value();

        web.perform(send(path + "/deactivate").param("version", version(last)))
                .andExpect(status().isUnprocessableContent());
        web.perform(send(path + "/grants/"
                        + grant(last, Role.ADMINISTRATOR).orElseThrow().id().value() + "/revoke"))
                .andExpect(status().isUnprocessableContent());

        assertThat(grant(last, Role.ADMINISTRATOR)).isPresent();
    }

    @Test
    void filtersTheHistory() throws Exception {
        String code = "r-" + random();
        web.perform(response("/admin/responses", code).param("clock", "real"));

        web.perform(get("/admin/audit")
                        .session(administrator)
                        .param("aggregate", "response")
                        .param("response", code))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString(code)));
        web.perform(get("/admin/audit").session(administrator).param("until", "2001-01-01"))
                .andExpect(content().string(not(containsString("<td><code>"))))
                .andExpect(content().string(containsString("class=\"empty\"")));
        for (String day : List.of("yesterday", "+999999999-12-31", "-200000-01-01")) {
            for (String field : List.of("from", "until")) {
                web.perform(get("/admin/audit").session(administrator).param(field, day))
                        .andExpect(status().isOk())
                        .andExpect(content().string(containsString("field-error")));
            }
        }
    }

    private MockHttpServletRequestBuilder send(String path) {
        return post(path).with(csrf()).session(administrator);
    }

    private MockHttpServletRequestBuilder response(String path, String code) {
        return response(path, code, "Test response");
    }

    private MockHttpServletRequestBuilder response(String path, String code, String nameEn) {
        return send(path)
                .param("nameEn", nameEn)
                .param("code", code)
                .param("nameJa", "試験の災害対応")
                .param("zone", "Asia/Tokyo")
                .param("languages", "ja", "en")
                .param("south", "36.5")
                .param("west", "138.5")
                .param("north", "41.8")
                .param("east", "142.5")
                .param("training", "true");
    }

    private String page(MockHttpServletRequestBuilder request) throws Exception {
        return page(request, 200);
    }

    private String page(MockHttpServletRequestBuilder request, int expected) throws Exception {
        return web.perform(request)
                .andExpect(status().is(expected))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private MockHttpSession sessionOf(Person person) throws Exception {
        String token = links.issue(person.id(), Purpose.INVITATION, EditPeople.INVITATION_LASTS);
        return (MockHttpSession)
                Objects.requireNonNull(web.perform(post("/signin/" + token).with(csrf()))
                        .andReturn()
                        .getRequest()
                        .getSession());
    }

    private Person person(Role role) {
        Person person = people.register("p-" + random(), union(), Locale.JAPANESE, "試験 太郎");
        people.grant(
                person.id(), new Grant(role, Optional.empty(), Optional.empty(), Optional.empty()), Optional.empty());
        return person;
    }

    private OrganisationId body() {
        return organisations
                .add(new Organisation(
                        new OrganisationId(0),
                        Optional.empty(),
                        OrganisationKind.DONOR,
                        "団体" + random(),
                        "Body " + random(),
                        Optional.empty()))
                .id();
    }

    private OrganisationId union() {
        return organisations.listOrganisations().stream()
                .filter(organisation -> organisation.kind() == OrganisationKind.UNION)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private OrganisationEntry organisation(String name) {
        List<OrganisationEntry> found = organisations.listEntries().stream()
                .filter(entry -> entry.organisation().nameJa().equals(name))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private ResponseEntry entry(String code) {
        return responses.getEntry(responses.findByCode(code).orElseThrow().id());
    }

    private Optional<GrantEntry> grant(Person person, Role role) {
        return people.listGrantEntries().stream()
                .filter(entry ->
                        entry.person().equals(person.id()) && entry.grant().role() == role)
                .findFirst();
    }

    private String version(Person person) {
        return String.valueOf(people.getEntry(person.id()).version());
    }

    private static String random() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
