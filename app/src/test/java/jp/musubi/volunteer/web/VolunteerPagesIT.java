package jp.musubi.volunteer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import jp.musubi.volunteer.Rosters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class VolunteerPagesIT {

    private static final Instant NOW = Instant.parse("2011-03-19T00:00:00Z");

    private final Responses responses;
    private final OperatorSecret operator;
    private final Rosters rosters;
    private final JdbcClient jdbc;
    private final MockMvc web;
    private String base = "";
    private ResponseId response = new ResponseId(0);

    VolunteerPagesIT(
            Responses responses,
            OperatorSecret operator,
            Rosters rosters,
            JdbcClient jdbc,
            WebApplicationContext context) {
        this.responses = responses;
        this.operator = operator;
        this.rosters = rosters;
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
        base = "/r/" + code;
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                            point, point_doubtful, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'main', 'C-1', FALSE, 'SHELTER', '中央公民館', '03461',
                            ST_SetSRID(ST_MakePoint(141.9, 39.35), 4326), FALSE, '', ?, '', 0)""").params(response.value(), Timestamp.from(NOW)).update();
    }

    @Test
    void isClosedToPeopleWhoDoNotManageVolunteers() throws Exception {
        for (String path :
                new String[] {"/volunteers", "/volunteers/new", "/volunteers/shifts", "/volunteers/roster"}) {
            web.perform(get(base + path).header("Accept", "text/html")).andExpect(status().isUnauthorized());
        }
    }

    @Test
    void registersVolunteersAndShiftsAndFillsTheRoster() throws Exception {
        String person = addVolunteer("V-1", "結 花子", "");
        addVolunteer("V-2", "絆 太郎", "care");
        addShift("S-1", "話し相手", "care=1; any=2");

        web.perform(asOperator(get(base + "/volunteers")).param("lang", "ja").param("q", "花子"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("結 花子")))
                .andExpect(content().string(containsString("1人")))
                .andExpect(content().string(not(containsString("絆 太郎"))));
        web.perform(asOperator(get(person)).param("lang", "en"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("090-1234-5678")));
        assertThat(jdbc.sql("SELECT count(*) FROM change WHERE response_id = ? AND aggregate = 'volunteer-contact'")
                        .param(response.value())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        web.perform(asOperator(get(base + "/volunteers/shifts")).param("lang", "en"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("話し相手")))
                .andExpect(content().string(containsString("Open seats: 3")));

        plan();

        Rosters.Head roster = rosters.findNewest(response).orElseThrow();
        assertThat(roster.filled()).isEqualTo(2);
        assertThat(roster.gap()).isZero();
        web.perform(asOperator(get(base + "/volunteers/roster")).param("lang", "ja"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("結 花子")))
                .andExpect(content().string(containsString("絆 太郎")))
                .andExpect(content().string(containsString("3席中2席")))
                .andExpect(content().string(containsString("空席1")));
    }

    @Test
    void saysWhatIsWrongWithAForm() throws Exception {
        web.perform(asOperator(post(base + "/volunteers/new"))
                        .param("lang", "en")
                        .param("volunteer_id", "V-9")
                        .param("name", "結 三郎")
                        .param("birth_date", "1996-01-01")
                        .param("minor", "no")
                        .param("consent", "no")
                        .param("skills", "forklifting"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Maybe: forklift (Forklift)")))
                .andExpect(content().string(containsString("written consent")))
                .andExpect(content().string(containsString("結 三郎")));
        web.perform(asOperator(post(base + "/volunteers/shifts/new"))
                        .param("lang", "ja")
                        .param("shift_id", "S-9")
                        .param("title", "夜の見回り")
                        .param("kind", "care")
                        .param("community_id", "C-1")
                        .param("day", "2011-03-20")
                        .param("from", "20:00")
                        .param("to", "02:00")
                        .param("seats", "any=2"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("夜をまたぐ活動は、2つのシフトに分けてください")));
        assertThat(jdbc.sql("SELECT count(*) FROM shift WHERE response_id = ?")
                        .param(response.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void refusesDaysThatAreNoHorizon() throws Exception {
        web.perform(asOperator(post(base + "/volunteers/roster/plan"))
                        .param("first", "2011-03-20")
                        .param("last", "2011-03-19"))
                .andExpect(status().isBadRequest());
    }

    private String addVolunteer(String number, String name, String skills) throws Exception {
        return Objects.requireNonNull(web.perform(asOperator(post(base + "/volunteers/new"))
                        .param("volunteer_id", number)
                        .param("name", name)
                        .param("phone", "090-1234-5678")
                        .param("lat", "39.36")
                        .param("lon", "141.9")
                        .param("radius_km", "30")
                        .param("minor", "no")
                        .param("consent", "no")
                        .param("skills", skills)
                        .param("available", "2011-03-20"))
                .andExpect(status().is3xxRedirection())
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
    }

    private String addShift(String number, String title, String seats) throws Exception {
        return Objects.requireNonNull(web.perform(asOperator(post(base + "/volunteers/shifts/new"))
                        .param("shift_id", number)
                        .param("title", title)
                        .param("kind", "care")
                        .param("community_id", "C-1")
                        .param("day", "2011-03-20")
                        .param("from", "09:00")
                        .param("to", "15:00")
                        .param("seats", seats)
                        .param("continuity", "no")
                        .param("priority", "2"))
                .andExpect(status().is3xxRedirection())
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
    }

    private void plan() throws Exception {
        String run = Objects.requireNonNull(web.perform(asOperator(post(base + "/volunteers/roster/plan"))
                        .param("first", "2011-03-20")
                        .param("last", "2011-03-26"))
                .andExpect(status().is3xxRedirection())
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
        Instant until = Instant.now().plus(Duration.ofMinutes(1));
        while (Instant.now().isBefore(until)) {
            String page = web.perform(asOperator(get(run)).param("lang", "en"))
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            if (page.contains("Show the roster")) {
                return;
            }
            assertThat(page).doesNotContain("error-summary");
            Thread.onSpinWait();
        }
        throw new AssertionError("No roster within a minute: " + Optional.of(run));
    }

    private MockHttpServletRequestBuilder asOperator(MockHttpServletRequestBuilder request) {
        return request.header("Authorization", "Bearer " + operator.value());
    }
}
