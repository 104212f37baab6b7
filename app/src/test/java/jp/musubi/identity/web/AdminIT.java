package jp.musubi.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.Change;
import jp.musubi.identity.OrganisationEntry;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.Person;
import jp.musubi.identity.Role;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.context.WebApplicationContext;

/** What administrators do with responses and organisations, as a browser sends it. */
@MusubiIT
class AdminIT extends AdminScene {

    AdminIT(WebApplicationContext context) {
        super(context);
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
}
