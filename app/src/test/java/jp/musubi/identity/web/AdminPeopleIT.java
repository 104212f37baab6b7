package jp.musubi.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.Change;
import jp.musubi.identity.Grant;
import jp.musubi.identity.GrantEntry;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.Person;
import jp.musubi.identity.PersonEntry;
import jp.musubi.identity.Role;
import jp.musubi.identity.SignInLinks.Purpose;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.web.context.WebApplicationContext;

/** What administrators do with people, as a browser sends it. */
@MusubiIT
class AdminPeopleIT extends AdminScene {

    AdminPeopleIT(WebApplicationContext context) {
        super(context);
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
}
