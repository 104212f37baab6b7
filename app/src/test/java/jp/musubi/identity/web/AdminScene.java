package jp.musubi.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
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
import jp.musubi.identity.Role;
import jp.musubi.identity.SignInLinks;
import jp.musubi.identity.SignInLinks.Purpose;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.Responses;
import jp.musubi.response.web.FirstStart;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** An administrator who is signed in, and what a browser sends. */
abstract class AdminScene {

    final FirstStart firstStart;
    final People people;
    final Organisations organisations;
    final Responses responses;
    final SignInLinks links;
    final ChangeLog changes;
    final MockMvc web;
    MockHttpSession administrator = new MockHttpSession();

    AdminScene(WebApplicationContext context) {
        firstStart = context.getBean(FirstStart.class);
        people = context.getBean(People.class);
        organisations = context.getBean(Organisations.class);
        responses = context.getBean(Responses.class);
        links = context.getBean(SignInLinks.class);
        changes = context.getBean(ChangeLog.class);
        web = MockMvcBuilders.webAppContextSetup(context)
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void signIn() throws Exception {
        firstStart.prepare("none", line -> {});
        administrator = sessionOf(people.findByLogin("administrator").orElseThrow());
    }

    MockHttpServletRequestBuilder send(String path) {
        return post(path).with(csrf()).session(administrator);
    }

    MockHttpServletRequestBuilder response(String path, String code) {
        return response(path, code, "Test response");
    }

    MockHttpServletRequestBuilder response(String path, String code, String nameEn) {
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

    String page(MockHttpServletRequestBuilder request) throws Exception {
        return page(request, 200);
    }

    String page(MockHttpServletRequestBuilder request, int expected) throws Exception {
        return web.perform(request)
                .andExpect(status().is(expected))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    MockHttpSession sessionOf(Person person) throws Exception {
        String token = links.issue(person.id(), Purpose.INVITATION, EditPeople.INVITATION_LASTS);
        return (MockHttpSession)
                Objects.requireNonNull(web.perform(post("/signin/" + token).with(csrf()))
                        .andReturn()
                        .getRequest()
                        .getSession());
    }

    Person person(Role role) {
        Person person = people.register("p-" + random(), union(), Locale.JAPANESE, "試験 太郎");
        people.grant(
                person.id(), new Grant(role, Optional.empty(), Optional.empty(), Optional.empty()), Optional.empty());
        return person;
    }

    OrganisationId body() {
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

    OrganisationId union() {
        return organisations.listOrganisations().stream()
                .filter(organisation -> organisation.kind() == OrganisationKind.UNION)
                .findFirst()
                .orElseThrow()
                .id();
    }

    OrganisationEntry organisation(String name) {
        List<OrganisationEntry> found = organisations.listEntries().stream()
                .filter(entry -> entry.organisation().nameJa().equals(name))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    ResponseEntry entry(String code) {
        return responses.getEntry(responses.findByCode(code).orElseThrow().id());
    }

    Optional<GrantEntry> grant(Person person, Role role) {
        return people.listGrantEntries().stream()
                .filter(entry ->
                        entry.person().equals(person.id()) && entry.grant().role() == role)
                .findFirst();
    }

    String version(Person person) {
        return String.valueOf(people.getEntry(person.id()).version());
    }

    static String random() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
