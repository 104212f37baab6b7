package jp.musubi.need.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.Grant;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationKind;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.Role;
import jp.musubi.identity.web.SignedIn;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.OncePerRequestFilter;

/** What coordinators do from the operations screen: look at a card, report, change a hub's state, hear of others. */
@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class OpsWorkIT {

    private final Responses responses;
    private final Organisations organisations;
    private final People people;
    private final ChangeLog changes;
    private final JdbcClient jdbc;
    private final MockMvc web;

    private String base = "";
    private long response;
    private long shelter;
    private long hub;
    private RequestPostProcessor suzuki = request -> request;
    private RequestPostProcessor sato = request -> request;

    OpsWorkIT(
            Responses responses,
            Organisations organisations,
            People people,
            ChangeLog changes,
            JdbcClient jdbc,
            WebApplicationContext context) {
        this.responses = responses;
        this.organisations = organisations;
        this.people = people;
        this.changes = changes;
        this.jdbc = jdbc;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .<DefaultMockMvcBuilder>addFilters(context.getBeansOfType(OncePerRequestFilter.class)
                        .values()
                        .toArray(OncePerRequestFilter[]::new))
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void aShelterOfHundredAHubAndTwoCoordinators() {
        String code = "ops-" + UUID.randomUUID();
        response = responses
                .open(new Response(
                        new ResponseId(0),
                        code,
                        "試験",
                        "Test",
                        ZoneId.of("Asia/Tokyo"),
                        List.of(Locale.JAPANESE, Locale.ENGLISH),
                        new Bounds(36, 138, 42, 143),
                        new ResponseClock.Fixed(Instant.parse("2011-03-14T00:00:00Z")),
                        true))
                .id()
                .value();
        base = "/r/" + code;
        shelter = community("C-1", 100);
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, municipality_code, point,
                                         point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H1', TRUE, '釜石拠点', '03211', ST_GeomFromText('POINT(141.88 39.27)', 4326),
                                FALSE, 'WORKING', '', CURRENT_TIMESTAMP, '', 0)""").param(response).update();
        hub = jdbc.sql("SELECT id FROM hub WHERE response_id = ?")
                .param(response)
                .query(Long.class)
                .single();
        suzuki = coordinator("鈴木", Optional.empty());
        sato = coordinator("佐藤", Optional.empty());
    }

    @Test
    void theCardSaysWhatAnEstimateRestsOnAndWhyThereIsNone() throws Exception {
        web.perform(get(base + "/api/v1/communities/" + shelter)
                        .param("lang", "en")
                        .with(suzuki))
                .andExpect(jsonPath("$.mayReport").value(true))
                .andExpect(jsonPath("$.needs[?(@.code == 'BLANKET')].estimate").value(true))
                .andExpect(
                        jsonPath("$.needs[?(@.code == 'BLANKET')].basis").value(hasItem(containsString("100 people"))))
                .andExpect(jsonPath("$.needs[?(@.code == 'BLANKET')].basis")
                        .value(hasItem(containsString("Source of the rate"))))
                .andExpect(jsonPath("$.needs[?(@.estimate == true && @.said != null)]")
                        .value(hasSize(0)));

        long unknown = community("C-2", null);
        web.perform(get(base + "/api/v1/communities/" + unknown).with(suzuki))
                .andExpect(jsonPath("$.people.all").doesNotExist())
                .andExpect(jsonPath("$.needs").value(hasSize(0)));
    }

    @Test
    void saysThatADayBeyondTheCalendarIsNone() throws Exception {
        for (String day : List.of("+999999999-12-31", "-200000-01-01", "2011-02-30")) {
            web.perform(get(base + "/api/v1/communities").param("day", day).with(suzuki))
                    .andExpect(status().isBadRequest());
        }
        web.perform(get(base + "/api/v1/communities").param("day", "2011-03-15").with(suzuki))
                .andExpect(status().isOk());
    }

    @Test
    void reportsANeedByTheFormAndTakesItBack() throws Exception {
        web.perform(get(base + "/needs/new")
                        .param("community", "" + shelter)
                        .param("lang", "ja")
                        .with(suzuki))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("想定避難所")))
                .andExpect(content().string(containsString("毛布")));

        web.perform(sent(post(base + "/needs"), suzuki)
                        .param("community", "" + shelter)
                        .param("item", "BLANKET")
                        .param("kind", "REQUEST")
                        .param("quantity", "１２")
                        .param("unit", "box")
                        .param("priority", "1")
                        .param("neededBy", "2011-03-15T12:00"))
                .andExpect(redirectedUrl(base + "/ops?open=c" + shelter));

        web.perform(get(base + "/api/v1/communities/" + shelter)
                        .param("lang", "ja")
                        .with(suzuki))
                .andExpect(jsonPath("$.needs[?(@.code == 'BLANKET' && @.estimate == false)].quantity")
                        .value(hasItem(120)))
                .andExpect(jsonPath("$.needs[?(@.code == 'BLANKET' && @.estimate == false)].deadline")
                        .value(hasItem("2011-03-15T03:00:00Z")))
                .andExpect(jsonPath("$.history[0].text").value("毛布 120枚 の要請"));
        long need = jdbc.sql("SELECT id FROM need WHERE response_id = ?")
                .param(response)
                .query(Long.class)
                .single();
        assertThat(changes.listChanges("need", need))
                .singleElement()
                .satisfies(change -> assertThat(change.actor()).isPresent());

        web.perform(sent(post(base + "/needs/" + need + "/withdraw"), suzuki)).andExpect(status().is3xxRedirection());
        web.perform(get(base + "/api/v1/communities/" + shelter).with(suzuki))
                .andExpect(jsonPath("$.needs[?(@.estimate == false)]").value(hasSize(0)));
    }

    @Test
    void saysEverythingThatIsWrongWithAReportAtOnceAndKeepsIt() throws Exception {
        web.perform(sent(post(base + "/needs"), suzuki)
                        .param("lang", "en")
                        .param("community", "" + shelter)
                        .param("item", "BLANKET")
                        .param("kind", "REQUEST")
                        .param("quantity", "a <lot>")
                        .param("priority", "9")
                        .param("reportedAt", "2011-03-20T12:00"))
                .andExpect(status().is(422))
                .andExpect(content().string(containsString("Things to put right: 3")))
                .andExpect(content().string(containsString("href=\"#quantity\"")))
                .andExpect(content().string(containsString("This lies in the future")))
                .andExpect(content().string(containsString("a &lt;lot&gt;")));
        assertThat(jdbc.sql("SELECT COUNT(*) FROM need WHERE response_id = ?")
                        .param(response)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void nobodyReportsOrChangesOutsideTheOwnRegion() throws Exception {
        RequestPostProcessor fromAomori = coordinator("青森", Optional.of("02"));
        web.perform(sent(post(base + "/needs"), fromAomori)
                        .param("community", "" + shelter)
                        .param("item", "BLANKET")
                        .param("kind", "REQUEST")
                        .param("quantity", "12")
                        .param("priority", "1"))
                .andExpect(status().is(422));
        web.perform(state(hub, "FULL", 0, fromAomori)).andExpect(status().isForbidden());
        web.perform(get(base + "/api/v1/hubs/" + hub).with(fromAomori)).andExpect(status().isNotFound());
        web.perform(get(base + "/needs/rates/BLANKET").with(fromAomori)).andExpect(status().isForbidden());
        web.perform(get(base + "/needs/new").header("Accept", "text/html")).andExpect(status().isUnauthorized());
        web.perform(get(base + "/api/v1/changes").param("since", "2011-03-14T00:00:00Z"))
                .andExpect(status().isUnauthorized());
    }

    @Test
    void changesAHubsStateWithHistoryAndTellsWhoWasQuicker() throws Exception {
        web.perform(state(hub, "FULL", 0, suzuki))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.hub.state").value("FULL"))
                .andExpect(jsonPath("$.hub.version").value(1))
                .andExpect(jsonPath("$.lastChange.by").value("鈴木"))
                .andExpect(jsonPath("$.history[0].text").value(containsString("稼働中 → 満杯")));

        web.perform(state(hub, "PAUSED", 0, sato))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.hub.state").value("FULL"))
                .andExpect(jsonPath("$.hub.version").value(1))
                .andExpect(jsonPath("$.lastChange.by").value("鈴木"));
        web.perform(state(hub, "PAUSED", 1, sato)).andExpect(status().isOk());
        web.perform(state(hub, "WORKING", 2, sato))
                .andExpect(jsonPath("$.history").value(hasSize(3)));
        web.perform(sent(put(base + "/api/v1/hubs/" + hub + "/state"), sato)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"state\":\"FULL\"}"))
                .andExpect(status().isBadRequest());
    }

    @Test
    void tellsOfOthersChangesAndNotOfTheOwn() throws Exception {
        String before = Instant.now().minusMillis(1).toString();
        web.perform(state(hub, "FULL", 0, suzuki)).andExpect(status().isOk());

        web.perform(get(base + "/api/v1/changes").param("since", before).with(suzuki))
                .andExpect(jsonPath("$.count").value(0));
        web.perform(get(base + "/api/v1/changes").param("since", before).with(sato))
                .andExpect(jsonPath("$.count").value(1))
                .andExpect(jsonPath("$.by[0]").value("鈴木"))
                .andExpect(jsonPath("$.things[0].kind").value("hub"))
                .andExpect(jsonPath("$.things[0].id").value(hub));
        web.perform(get(base + "/api/v1/changes")
                        .param("since", before)
                        .param("thing", "community/" + shelter)
                        .with(sato))
                .andExpect(jsonPath("$.count").value(0));
        web.perform(get(base + "/api/v1/changes").param("since", before).with(coordinator("青森", Optional.of("02"))))
                .andExpect(jsonPath("$.count").value(0));
    }

    @Test
    void showsOnlyWhatIsNeededOnOneDayOfTheIncident() throws Exception {
        web.perform(sent(post(base + "/needs"), suzuki)
                        .param("community", "" + shelter)
                        .param("item", "WATER")
                        .param("kind", "REQUEST")
                        .param("quantity", "5000")
                        .param("priority", "2")
                        .param("neededBy", "2011-03-20T00:30"))
                .andExpect(status().is3xxRedirection());
        web.perform(get(base + "/api/v1/communities")
                        .param("item", "WATER")
                        .param("day", "2011-03-20")
                        .with(suzuki))
                .andExpect(jsonPath("$.communities[0].needs").value(1));
        web.perform(get(base + "/api/v1/communities")
                        .param("item", "WATER")
                        .param("day", "2011-03-19")
                        .with(suzuki))
                .andExpect(jsonPath("$.communities[0].needs").value(0));
    }

    @Test
    void changesARateWithHistoryAndNeverOverwritesAnothers() throws Exception {
        long version = version();
        web.perform(rate(suzuki, version, "3")).andExpect(redirectedUrl(base + "/needs/rates/BLANKET"));
        web.perform(get(base + "/needs/rates/BLANKET").param("lang", "en").with(suzuki))
                .andExpect(content().string(containsString("value=\"3\"")))
                .andExpect(content().string(containsString("Estimate rate")));

        web.perform(rate(sato, version, "4").param("lang", "en"))
                .andExpect(status().isConflict())
                .andExpect(content().string(containsString("<td>4</td><td>3</td>")))
                .andExpect(content().string(not(containsString("??"))));
        web.perform(rate(sato, version + 1, "2")).andExpect(status().is3xxRedirection());
        web.perform(rate(sato, version + 2, "0").param("lang", "en"))
                .andExpect(status().is(422))
                .andExpect(content().string(containsString("from 0.0001 to 10000000")));
    }

    private long version() {
        return jdbc.sql(
                        "SELECT version FROM estimate_rate WHERE item_id = (SELECT id FROM item WHERE code = 'BLANKET')")
                .query(Long.class)
                .single();
    }

    private MockHttpServletRequestBuilder rate(RequestPostProcessor who, long version, String quantity) {
        return sent(post(base + "/needs/rates/BLANKET"), who)
                .param("version", "" + version)
                .param("basis", "SHELTERED")
                .param("quantity", quantity)
                .param("perPeople", "1")
                .param("coverDays", "1")
                .param("priority", "2")
                .param("deadlineHours", "24")
                .param("sureness", "ASSUMED")
                .param("sourceJa", "試験")
                .param("sourceEn", "Test");
    }

    private MockHttpServletRequestBuilder state(long id, String state, long version, RequestPostProcessor who) {
        return sent(put(base + "/api/v1/hubs/" + id + "/state"), who)
                .param("lang", "ja")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"state\":\"" + state + "\",\"version\":" + version + "}");
    }

    private static MockHttpServletRequestBuilder sent(MockHttpServletRequestBuilder request, RequestPostProcessor who) {
        return request.with(csrf()).with(who);
    }

    private RequestPostProcessor coordinator(String name, Optional<String> region) {
        Organisation office = organisations.add(new Organisation(
                new OrganisationId(0), Optional.empty(), OrganisationKind.OFFICE, "本部", "Office", Optional.empty()));
        String login = "c-" + UUID.randomUUID();
        Person person = people.register(login, office.id(), Locale.JAPANESE, name);
        people.grant(
                person.id(), new Grant(Role.COORDINATOR, Optional.empty(), region, Optional.empty()), Optional.empty());
        return authentication(UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(person.id().value(), login, 0), null, List.of()));
    }

    private long community(String externalId, @Nullable Integer count) {
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                            point_doubtful, people, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'main', ?, FALSE, 'SHELTER', '想定避難所', '03461', FALSE, CAST(? AS integer), '',
                            TIMESTAMP WITH TIME ZONE '2011-03-14 00:00:00+00', '', 0)""").param(response).param(externalId).param(count).update();
        return jdbc.sql("SELECT id FROM community WHERE response_id = ? AND external_id = ?")
                .params(response, externalId)
                .query(Long.class)
                .single();
    }
}
