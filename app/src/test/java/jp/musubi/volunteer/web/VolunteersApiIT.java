package jp.musubi.volunteer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Volunteers, shifts and seats as programs write them. */
@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class VolunteersApiIT {

    private static final Instant NOW = Instant.parse("2011-03-19T00:00:00Z");

    private final Responses responses;
    private final OperatorSecret operator;
    private final JdbcClient jdbc;
    private final MockMvc web;
    private String base = "";
    private ResponseId response = new ResponseId(0);

    VolunteersApiIT(Responses responses, OperatorSecret operator, JdbcClient jdbc, WebApplicationContext context) {
        this.responses = responses;
        this.operator = operator;
        this.jdbc = jdbc;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(context.getBeansOfType(org.springframework.web.filter.OncePerRequestFilter.class)
                        .values()
                        .toArray(jakarta.servlet.Filter[]::new))
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void anotherResponse() {
        String code = "t-" + UUID.randomUUID();
        response = responses.open(TestResponse.at(NOW, code)).id();
        base = "/r/" + code + "/api/v1";
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                            point, point_doubtful, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'main', 'C-1', FALSE, 'SHELTER', '中央公民館', '03461',
                            ST_SetSRID(ST_MakePoint(141.9, 39.35), 4326), FALSE, '', ?, '', 0)""").params(response.value(), Timestamp.from(NOW)).update();
    }

    @Test
    void isClosedToStrangers() throws Exception {
        for (String path : new String[] {"/volunteers", "/volunteers/1", "/shifts/1", "/assignments/1"}) {
            web.perform(get(base + path)).andExpect(status().isUnauthorized());
        }
        web.perform(post(base + "/volunteers")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(
                        result -> assertThat(result.getResponse().getStatus()).isIn(401, 403));
    }

    @Test
    void registersAndCorrectsAVolunteerWhoseDataStayApart() throws Exception {
        String volunteer = add("/volunteers", volunteer("V-1", ""));
        send(post(base + "/volunteers"), volunteer("V-1", "")).andExpect(status().isConflict());
        ask(volunteer)
                .andExpect(header().string("ETag", "\"0\""))
                .andExpect(jsonPath("$.radiusKm").value(30))
                .andExpect(jsonPath("$.skills[0].skill").value("care"))
                .andExpect(jsonPath("$.available[0]").value("2011-03-20..2011-03-22"))
                .andExpect(content().string(not(containsString("090-1234"))));
        ask(volunteer + "/person").andExpect(jsonPath("$.phone").value("090-1234-5678"));
        assertThat(jdbc.sql("SELECT count(*) FROM change WHERE response_id = ? AND aggregate = 'volunteer-contact'")
                        .param(response.value())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);

        send(put(path(volunteer)), "{\"radiusKm\": 50}").andExpect(status().isPreconditionRequired());
        send(put(path(volunteer)).header("If-Match", "\"0\""), "{\"radiusKm\": 50, \"skills\": [{\"skill\": \"car\"}]}")
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""))
                .andExpect(jsonPath("$.radiusKm").value(50))
                .andExpect(jsonPath("$.skills[0].skill").value("car"))
                .andExpect(jsonPath("$.available[0]").value("2011-03-20..2011-03-22"));
        send(put(path(volunteer)).header("If-Match", "\"0\""), "{\"radiusKm\": 60}")
                .andExpect(status().isPreconditionFailed());
        ask(volunteer + "/person").andExpect(jsonPath("$.phone").value("090-1234-5678"));
        send(post(path(volunteer) + "/withdraw"), "")
                .andExpect(jsonPath("$.withdrawn").value(true));
        send(post(path(volunteer) + "/restore"), "")
                .andExpect(jsonPath("$.withdrawn").value(false));
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() throws Exception {
        send(
                        post(base + "/volunteers").param("lang", "en"),
                        "{\"number\": \"V-1\", \"radiusKm\": 5000, \"skills\": [{\"skill\": \"forklifting\"}]}")
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.detail").value(containsString("name")))
                .andExpect(jsonPath("$.detail").value(containsString("radius_km")))
                .andExpect(jsonPath("$.detail").value(containsString("Maybe: forklift")));
        send(
                        post(base + "/shifts").param("lang", "en"),
                        "{\"number\": \"S-1\", \"title\": \"片付け\", \"kind\": \"cleaning\","
                                + " \"community\": \"C-9\", \"day\": \"2011-03-20\", \"from\": \"15:00\", \"to\": \"09:00\","
                                + " \"seats\": [{\"seats\": 0}]}")
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.detail").value(containsString("community_id")))
                .andExpect(jsonPath("$.detail").value(containsString("seats")))
                .andExpect(jsonPath("$.detail").value(containsString("to: ")));
        assertThat(count("volunteer")).isZero();
        assertThat(count("shift")).isZero();
    }

    @Test
    void addsCorrectsAndCancelsAShift() throws Exception {
        String shift = add("/shifts", shift("S-1"));
        send(post(base + "/shifts"), shift("S-1").replace("片付け", "別の活動")).andExpect(status().isConflict());
        ask(shift)
                .andExpect(jsonPath("$.title").value("片付け"))
                .andExpect(jsonPath("$.lines[0].skill").value("care"))
                .andExpect(jsonPath("$.lines[1].seats").value(2))
                .andExpect(jsonPath("$.leastPeople").value(2));
        String tag = tag(shift);
        send(put(path(shift)), "{\"priority\": 1}").andExpect(status().isPreconditionRequired());
        send(put(path(shift)).header("If-Match", tag), "{\"priority\": 1, \"risks\": [\"dust\"]}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.priority").value(1))
                .andExpect(jsonPath("$.risks[0]").value("dust"))
                .andExpect(jsonPath("$.leastPeople").value(2));
        send(put(path(shift)).header("If-Match", tag), "{\"priority\": 2}").andExpect(status().isPreconditionFailed());
        send(post(path(shift) + "/cancel"), "")
                .andExpect(jsonPath("$.cancelled").value(true));
        send(post(path(shift) + "/restore"), "")
                .andExpect(jsonPath("$.cancelled").value(false));
    }

    @Test
    void putsMovesSwapsLocksAndNotesWhoDidNotCome() throws Exception {
        long first = id(add("/volunteers", volunteer("V-1", "")));
        long second = id(add("/volunteers", volunteer("V-2", "")));
        long minor = id(add("/volunteers", volunteer("V-3", ", \"minor\": true, \"consent\": true")));
        String one = add("/shifts", shift("S-1"));
        String other = add("/shifts", shift("S-2"));
        String risky = add("/shifts", shift("S-3").replace("\"priority\"", "\"risks\": [\"dust\"], \"priority\""));

        String free = tag(one);
        String seat = add(one.replaceFirst(".*/shifts", "/shifts") + "/assignments", on(first, 1));
        // What a program read of the shift is old as soon as somebody sits there.
        assertThat(tag(one)).isNotEqualTo(free);
        refused(one, on(second, 1), "roster.problem.NO_SEAT");
        refused(other, on(first, 1), "roster.problem.TWO_SHIFTS");
        refused(risky, on(minor, 2), "roster.problem.MINOR");
        refused(one, on(second, 7), "roster.problem.UNKNOWN");
        String seatOfSecond = add(other.replaceFirst(".*/shifts", "/shifts") + "/assignments", on(second, 2));

        send(put(path(seat) + "/lock"), "{\"locked\": false}").andExpect(status().isPreconditionRequired());
        String was = tag(seat);
        send(put(path(seat) + "/lock").header("If-Match", was), "{\"locked\": false}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.locked").value(false));
        send(put(path(seat) + "/lock").header("If-Match", was), "{\"locked\": true}")
                .andExpect(status().isPreconditionFailed());
        send(
                        post(path(seat) + "/swap").header("If-Match", tag(seat)),
                        "{\"with\": " + id(seatOfSecond) + ", \"withVersion\": 9}")
                .andExpect(status().isPreconditionFailed());
        String answer = send(
                        post(path(seat) + "/swap").header("If-Match", tag(seat)),
                        "{\"with\": " + id(seatOfSecond) + "}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.shift").value((int) id(other)))
                .andExpect(jsonPath("$.line").value(2))
                .andReturn()
                .getResponse()
                .getContentAsString();
        String now = "/api/v1/assignments/" + answer.replaceAll(".*?\"id\":(\\d+).*", "$1");
        answer = send(
                        post(path(now) + "/move").header("If-Match", tag(now)),
                        "{\"shift\": " + id(one) + ", \"line\": 2}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.shift").value((int) id(one)))
                .andExpect(jsonPath("$.volunteer").value((int) first))
                .andReturn()
                .getResponse()
                .getContentAsString();
        now = "/api/v1/assignments/" + answer.replaceAll(".*?\"id\":(\\d+).*", "$1");
        send(put(path(now) + "/state").header("If-Match", tag(now)), "{\"state\": \"NO_SHOW\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("NO_SHOW"));
        send(put(path(now) + "/state").header("If-Match", tag(now)), "{\"state\": \"CHECKED_OUT\"}")
                .andExpect(status().isPreconditionFailed());
    }

    @Test
    void knowsNothingOfOtherResponses() throws Exception {
        String volunteer = add("/volunteers", volunteer("V-1", ""));
        String shift = add("/shifts", shift("S-1"));
        String seat = add("/shifts/" + id(shift) + "/assignments", on(id(volunteer), 2));
        String here = base;
        anotherResponse();
        assertThat(base).isNotEqualTo(here);
        for (String path : new String[] {volunteer, volunteer + "/person", shift, seat}) {
            web.perform(asOperator(get(path(path)))).andExpect(status().isNotFound());
        }
        send(put(path(volunteer)).header("If-Match", "\"0\""), "{\"radiusKm\": 50}")
                .andExpect(status().isNotFound());
        send(put(path(seat) + "/lock").header("If-Match", "\"0\""), "{\"locked\": false}")
                .andExpect(status().isNotFound());
        String own = add("/shifts", shift("S-1"));
        refused(own, on(id(volunteer), 2), "roster.problem.UNKNOWN");
    }

    @Test
    void standsInTheDescriptionThatEverybodyMayRead() throws Exception {
        web.perform(get("/v3/api-docs"))
                .andExpect(status().isOk())
                .andExpect(
                        jsonPath("$.paths['/api/v1/volunteers'].post.summary").exists())
                .andExpect(jsonPath("$.paths['/api/v1/volunteers/{id}'].put.parameters[?(@.name=='If-Match')]")
                        .exists())
                .andExpect(jsonPath("$.paths['/api/v1/shifts'].post.summary").exists())
                .andExpect(
                        jsonPath("$.paths['/api/v1/shifts/{id}'].put.summary").exists())
                .andExpect(jsonPath("$.paths['/api/v1/shifts/{shift}/assignments'].post.summary")
                        .exists())
                .andExpect(jsonPath("$.paths['/api/v1/assignments/{id}/swap'].post.summary")
                        .exists())
                .andExpect(jsonPath("$.paths['/api/v1/assignments/{id}/state'].put.summary")
                        .exists());
    }

    private void refused(String shift, String body, String code) throws Exception {
        send(post(path(shift) + "/assignments"), body)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value(code));
    }

    private static String on(long person, int line) {
        return "{\"volunteer\": " + person + ", \"line\": " + line + "}";
    }

    private static String volunteer(String number, String more) {
        return "{\"number\": \"" + number + "\", \"name\": \"結 花子\", \"phone\": \"090-1234-5678\", \"lat\": 39.36,"
                + " \"lon\": 141.9, \"radiusKm\": 30, \"skills\": [{\"skill\": \"care\", \"level\": 2}],"
                + " \"available\": [\"2011-03-20..2011-03-22\"]" + more + "}";
    }

    private static String shift(String number) {
        return "{\"number\": \"" + number + "\", \"title\": \"片付け\", \"kind\": \"cleaning\", \"community\": \"C-1\","
                + " \"day\": \"2011-03-20\", \"from\": \"09:00\", \"to\": \"15:00\", \"leastPeople\": 2, \"priority\": 2,"
                + " \"seats\": [{\"skill\": \"care\", \"seats\": 1}, {\"seats\": 2}]}";
    }

    /** The path of what was made, as the answer says. */
    private String add(String path, String body) throws Exception {
        return Objects.requireNonNull(send(post(base + path), body)
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getHeader("Location"));
    }

    private String path(String location) {
        return base + location.replaceFirst("^/api/v1", "");
    }

    private String tag(String location) throws Exception {
        return Objects.requireNonNull(ask(location).andReturn().getResponse().getHeader("ETag"));
    }

    private ResultActions ask(String location) throws Exception {
        return web.perform(asOperator(get(path(location)))).andExpect(status().isOk());
    }

    private ResultActions send(MockHttpServletRequestBuilder request, String body) throws Exception {
        return web.perform(
                asOperator(request).contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private static long id(String location) {
        return Long.parseLong(location.replaceAll(".*/", ""));
    }

    private long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table + " WHERE response_id = ?")
                .param(response.value())
                .query(Long.class)
                .single();
    }

    private MockHttpServletRequestBuilder asOperator(MockHttpServletRequestBuilder request) {
        return request.header("Authorization", "Bearer " + operator.value());
    }
}
