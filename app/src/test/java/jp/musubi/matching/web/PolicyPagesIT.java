package jp.musubi.matching.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.Grant;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationKind;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.Role;
import jp.musubi.identity.SignInLinks;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.Policies;
import jp.musubi.matching.PolicyVersion;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
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
import org.springframework.web.filter.OncePerRequestFilter;

/** Policies from the form to the plan: read by many, decided by few, never edited. */
@MusubiIT
class PolicyPagesIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");

    private final Responses responses;
    private final Policies policies;
    private final People people;
    private final Organisations organisations;
    private final SignInLinks links;
    private final OperatorSecret operator;
    private final MockMvc web;

    private Response response;

    PolicyPagesIT(
            Responses responses,
            Policies policies,
            People people,
            Organisations organisations,
            SignInLinks links,
            OperatorSecret operator,
            WebApplicationContext context) {
        this.responses = responses;
        this.policies = policies;
        this.people = people;
        this.organisations = organisations;
        this.links = links;
        this.operator = operator;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .<DefaultMockMvcBuilder>addFilters(context.getBeansOfType(OncePerRequestFilter.class).values().stream()
                        .filter(filter -> filter.getClass().getPackageName().equals("jp.musubi.response.web"))
                        .toArray(OncePerRequestFilter[]::new))
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void aResponse() {
        response = responses.open(TestResponse.at(NOW, "policies-" + UUID.randomUUID()));
    }

    @Test
    void explainsTheStandardPolicyInBothLanguages() throws Exception {
        for (String language : List.of("ja", "en")) {
            for (String path : List.of("", "/standard/1", "/standard/compare?from=1&to=1", "/standard/next", "/new")) {
                String page = text(path + (path.contains("?") ? "&" : "?") + "lang=" + language);
                assertThat(page)
                        .as(path)
                        .doesNotContain("??")
                        .containsIgnoringCase(language.equals("ja") ? "標準" : "standard");
            }
        }
        assertThat(text("/standard/1?lang=en"))
                .as("the first and last tier of a need of normal priority: 400 · 8^0.95 and 400 · 8^0.05 km")
                .contains("counts like 2,884 km", "0 hours", "Comes with Musubi")
                .contains("the last tenth like 444 km");
        web.perform(asOperator(get(base() + "/standard/2"))).andExpect(status().isNotFound());
        web.perform(asOperator(get(base() + "/none/next"))).andExpect(status().isNotFound());
    }

    @Test
    void aChangeIsShownFirstAndThenMakesTheNextVersion() throws Exception {
        Map<String, String> form = form();
        form.put("equity", "20");
        form.put("communities", "4");
        form.put("item1", foodItem());
        form.put("hours1", "12");

        String confirm = send("/standard", form, 200);
        assertThat(confirm).contains("name=\"step\" value=\"confirmed\"").contains("name=\"equity\" value=\"20\"");
        assertThat(versions()).as("nothing is decided yet").hasSize(1);
        form.put("step", "edit");
        assertThat(send("/standard", form, 200)).contains("id=\"equity\"").contains("value=\"20\"");
        assertThat(versions()).hasSize(1);

        form.put("step", "confirmed");
        web.perform(with(asOperator(post(base() + "/standard")), form))
                .andExpect(redirectedUrl(base() + "/standard/2"));
        PolicyVersion second = versions().get(0);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.terms().values().equity()).isEqualTo(20);
        assertThat(second.terms().values().fairness()).isEqualTo(new Fairness(4, 1, 1));
        assertThat(second.terms().values().minimumShelfLifeByItem())
                .containsExactly(Map.entry(foodItem(), Duration.ofHours(12)));
        assertThat(second.validFrom()).isEqualTo(NOW);
        assertThat(second.reason()).isEqualTo("寒さ");
        assertThat(text("/standard/1")).as("the old one stays readable").contains("8");
        assertThat(text("/standard/compare?from=1&to=2&lang=en"))
                .contains("Changed")
                .contains("12 hours");

        web.perform(asOperator(get("/r/" + response.code() + "/api/v1/policies/standard")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(2))
                .andExpect(jsonPath("$[0].version").value(2))
                .andExpect(jsonPath("$[0].inForce").value(true))
                .andExpect(jsonPath("$[0].terms.equity").value(20.0))
                .andExpect(jsonPath("$[1].inForce").value(false));
        web.perform(asOperator(get("/r/" + response.code() + "/api/v1/policies/standard/1")))
                .andExpect(jsonPath("$.name.en").value("Standard"))
                .andExpect(jsonPath("$.terms.substitutes").value("catalogue"));
    }

    @Test
    void aNewPolicyIsThereFromItsDayOn() throws Exception {
        Map<String, String> form = form();
        form.put("nameJa", "冬の方針");
        form.put("nameEn", "Winter");
        form.put("substitutes", "none");
        form.put("validFrom", "2011-03-15T09:00");
        form.put("step", "confirmed");
        web.perform(with(asOperator(post(base())), form)).andExpect(redirectedUrl(base() + "/policy-2/1"));
        PolicyVersion winter = policies.read(response.id()).find("policy-2", 1).orElseThrow();
        assertThat(winter.validFrom()).isEqualTo(Instant.parse("2011-03-15T00:00:00Z"));
        assertThat(winter.terms().substituteKm()).isEmpty();
        assertThat(text("?lang=en")).contains("Winter").contains("Not yet");
        web.perform(asOperator(post("/r/" + response.code() + "/plan").param("policy", "policy-2")))
                .andExpect(status().isBadRequest());
    }

    @ParameterizedTest
    @CsvSource({
        "equity, 500",
        "equity, -8",
        "equity, 99999999999999999999999999",
        "equity, NaN",
        "equity, ''",
        "communities, 0.5",
        "municipalities, 101",
        "protectedPeople, 11",
        "shelfLife, -1",
        "shelfLife, 1e300",
        "substitutes, everything",
        "substituteKm, 10001",
        "substituteKm, 1.5",
        "validFrom, 2011-03-01T00:00",
        "validFrom, 2999-03-01T00:00",
        "validFrom, tomorrow",
        "item3, 99999999",
        "hours3, 5",
        "nameJa, ''",
        "nameEn, ''",
        "reason, ''"
    })
    void whatIsWrongIsSaidAtItsFieldAndNothingIsDecided(String field, String value) throws Exception {
        Map<String, String> form = form();
        form.put(field, value);
        form.put("step", "confirmed");
        String shown = field.equals("hours3") ? "item3" : field;
        for (String language : List.of("ja", "en")) {
            form.put("lang", language);
            assertThat(send("/standard", form, 422))
                    .contains("error-summary")
                    .contains("href=\"#" + shown + "\"")
                    .contains("id=\"" + shown + "-error\"")
                    .doesNotContain("??");
        }
        assertThat(versions()).hasSize(1);
    }

    @Test
    void theSameItemTwiceIsRefused() throws Exception {
        Map<String, String> form = form();
        form.putAll(Map.of("item1", foodItem(), "hours1", "5", "item2", foodItem(), "hours2", "6"));
        assertThat(send("/standard", form, 422)).contains("href=\"#item2\"");
    }

    @Test
    void ofTwoWhoChangeTheSameVersionTheSecondSeesBoth() throws Exception {
        Map<String, String> form = form();
        form.put("equity", "20");
        form.put("step", "confirmed");
        web.perform(with(asOperator(post(base() + "/standard")), form)).andExpect(status().isFound());
        form.put("equity", "30");
        assertThat(send("/standard", form, 409))
                .contains("role=\"alert\"")
                .contains("20")
                .contains("30");
        assertThat(versions()).hasSize(2);
    }

    @Test
    void nothingIsDecidedInAResponseThatIsClosed() throws Exception {
        responses.close(response.id(), responses.getEntry(response.id()).version());
        Map<String, String> form = form();
        form.put("step", "confirmed");
        web.perform(with(asOperator(post(base() + "/standard")), form)).andExpect(status().isConflict());
        web.perform(asOperator(get(base() + "/standard/1"))).andExpect(status().isOk());
        assertThat(versions()).hasSize(1);
    }

    @Test
    void coordinatorsReadAndDoNotDecide() throws Exception {
        MockHttpSession coordinator = sessionOf(Role.COORDINATOR);
        web.perform(get(base()).session(coordinator).accept("text/html")).andExpect(status().isOk());
        web.perform(get(base() + "/standard/1").session(coordinator).accept("text/html"))
                .andExpect(status().isOk());
        web.perform(get(base() + "/new").session(coordinator).accept("text/html"))
                .andExpect(status().isForbidden());
        for (String path : List.of("", "/standard")) {
            web.perform(with(post(base() + path).session(coordinator).with(csrf()), form()))
                    .andExpect(status().isForbidden());
        }
        web.perform(get(base()).session(sessionOf(Role.DONOR)).accept("text/html"))
                .andExpect(status().isForbidden());
        web.perform(get(base()).accept("text/html")).andExpect(status().isUnauthorized());
        web.perform(get(base() + "/new").session(sessionOf(Role.ADMINISTRATOR)).accept("text/html"))
                .andExpect(status().isOk());
        assertThat(versions()).hasSize(1);
    }

    private static Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("version", "1");
        form.put("nameJa", "標準");
        form.put("nameEn", "Standard");
        form.put("equity", "8");
        form.put("communities", "1");
        form.put("municipalities", "1");
        form.put("protectedPeople", "1");
        form.put("hubDays", "0");
        form.put("kilogramsPerHour", "250");
        form.put("wholePacks", "false");
        form.put("leastShipmentKg", "0");
        form.put("coldHours", "0");
        form.put("shelfLife", "0");
        form.put("substitutes", "catalogue");
        form.put("substituteKm", "50");
        form.put("reason", "寒さ");
        return form;
    }

    private List<PolicyVersion> versions() {
        return policies.read(response.id()).listVersions(PolicyVersion.STANDARD_KEY);
    }

    private String foodItem() throws Exception {
        String page = text("/new?lang=en");
        int end = page.indexOf(">Drinking water<");
        String before = page.substring(0, end);
        return before.substring(before.lastIndexOf("value=\"") + 7, before.lastIndexOf('"'));
    }

    private String base() {
        return "/r/" + response.code() + "/plan/policies";
    }

    private String text(String path) throws Exception {
        return web.perform(asOperator(get(base() + path)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private String send(String path, Map<String, String> form, int status) throws Exception {
        return web.perform(with(asOperator(post(base() + path)), form))
                .andExpect(status().is(status))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private static MockHttpServletRequestBuilder with(MockHttpServletRequestBuilder request, Map<String, String> form) {
        form.forEach(request::param);
        return request;
    }

    private MockHttpServletRequestBuilder asOperator(MockHttpServletRequestBuilder request) {
        return request.header("Authorization", "Bearer " + operator.value()).header("Accept", "text/html, */*");
    }

    private MockHttpSession sessionOf(Role role) throws Exception {
        OrganisationId office = organisations
                .add(new Organisation(
                        new OrganisationId(0),
                        Optional.empty(),
                        OrganisationKind.OFFICE,
                        "本部" + UUID.randomUUID(),
                        "Office",
                        Optional.empty()))
                .id();
        Person person = people.register("p-" + UUID.randomUUID(), office, Locale.JAPANESE, "試験 太郎");
        people.grant(
                person.id(), new Grant(role, Optional.empty(), Optional.empty(), Optional.empty()), Optional.empty());
        String token = links.issue(person.id(), SignInLinks.Purpose.INVITATION, Duration.ofHours(1));
        return (MockHttpSession)
                Objects.requireNonNull(web.perform(post("/signin/" + token).with(csrf()))
                        .andReturn()
                        .getRequest()
                        .getSession());
    }
}
