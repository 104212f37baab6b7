package jp.musubi.volunteer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
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
                .andExpect(content().string(containsString("3月20日(日): 3席中2席")))
                .andExpect(content().string(containsString("空席1")))
                .andExpect(content().string(containsString("手伝える人があと1人いれば、1席が埋まります。")));
        web.perform(asOperator(get(base + "/volunteers/roster")).param("lang", "en"))
                .andExpect(content().string(containsString("1 more person of any skill in ")))
                .andExpect(content().string(containsString("would fill 1 seat.")));
        for (String by : new String[] {"place", "volunteer"}) {
            web.perform(asOperator(get(base + "/volunteers/roster/sheet"))
                            .param("lang", "ja")
                            .param("by", by))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("結 花子")))
                    .andExpect(content().string(containsString("中央公民館")))
                    .andExpect(content().string(containsString("3月20日(日) 09:00–15:00")));
        }
        web.perform(asOperator(get(base + "/volunteers/roster/sheet"))
                        .param("first", "2011-03-20")
                        .param("last", "2011-06-20"))
                .andExpect(status().isBadRequest());
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
    void movesSwapsLocksAndReplans() throws Exception {
        addVolunteer("V-1", "結 花子", "");
        addVolunteer("V-2", "絆 太郎", "");
        long first = idOf(addShift("S-1", "片付け", "any=1"));
        long second = idOf(addShift("S-2", "炊き出し", "any=2"));
        plan();
        long one = seatOn(first);
        long other = seatOn(second);

        web.perform(asOperator(get(base + "/volunteers/roster"))
                        .param("lang", "en")
                        .param("moving", Long.toString(one)))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("choose an open seat")))
                .andExpect(content().string(containsString("Put here")));
        web.perform(asOperator(post(base + "/volunteers/roster/seats/" + one + "/swap"))
                        .param("from", Long.toString(first))
                        .param("shift", Long.toString(second))
                        .param("other", Long.toString(other)))
                .andExpect(status().is3xxRedirection());
        assertThat(personOn(first)).isNotEqualTo(personOn(second));
        one = seatOn(first);
        // A seat that is taken is not given twice.
        web.perform(asOperator(post(base + "/volunteers/roster/seats/" + seatOn(second) + "/move"))
                        .param("from", Long.toString(second))
                        .param("shift", Long.toString(first))
                        .param("line", "1"))
                .andExpect(status().is3xxRedirection())
                .andExpect(flash().attribute("refused", "NO_SEAT"));
        assertThat(seatOn(first)).isEqualTo(one);
        web.perform(asOperator(post(base + "/volunteers/roster/seats/" + one + "/move"))
                        .param("from", Long.toString(first))
                        .param("shift", Long.toString(second))
                        .param("line", "1"))
                .andExpect(status().is3xxRedirection());
        assertThat(count("state = 'PROPOSED' AND locked")).isEqualTo(2);

        // Who did not come leaves a seat that the next roster cannot fill with the same person.
        long absent = seatOn(second);
        web.perform(asOperator(post(base + "/volunteers/roster/seats/" + absent + "/state"))
                        .param("from", Long.toString(second))
                        .param("state", "NO_SHOW"))
                .andExpect(status().is3xxRedirection());
        plan();
        assertThat(count("state = 'NO_SHOW'")).isEqualTo(1);
        assertThat(count("state = 'PROPOSED'")).isEqualTo(1);
    }

    @Test
    void putsSomebodyWithoutASeatOnAnOpenOne() throws Exception {
        long person = idOf(addVolunteer("V-1", "結 花子", ""));
        addVolunteer("V-2", "絆 太郎", "care");
        long shift = idOf(addShift("S-1", "話し相手", "care=1; any=1"));
        web.perform(asOperator(get(base + "/volunteers/roster"))
                        .param("lang", "en")
                        .param("day", "2011-03-20")
                        .param("skill", "care"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("without a seat: 1")))
                .andExpect(content().string(containsString("絆 太郎")))
                .andExpect(content().string(not(containsString("結 花子"))));
        web.perform(asOperator(get(base + "/volunteers/roster"))
                        .param("lang", "en")
                        .param("day", "2011-03-20")
                        .param("putting", Long.toString(person)))
                .andExpect(content().string(containsString("Choose an open seat for 結 花子")))
                .andExpect(content().string(containsString("Put here")));
        web.perform(putOn(shift, 1, person)).andExpect(flash().attribute("refused", "NO_SKILL"));
        web.perform(asOperator(get(base + "/volunteers/roster"))
                        .param("lang", "ja")
                        .flashAttr("refused", "NO_SKILL"))
                .andExpect(content().string(containsString("この人には必要な技能がありません")));
        assertThat(count("TRUE")).isZero();
        web.perform(putOn(shift, 2, person)).andExpect(flash().attributeExists("notice"));
        assertThat(personOn(shift)).isEqualTo(person);
        assertThat(count("locked AND line_no = 2")).isEqualTo(1);
        // Who has a seat is not offered any more.
        web.perform(asOperator(get(base + "/volunteers/roster"))
                        .param("lang", "en")
                        .param("day", "2011-03-20"))
                .andExpect(content().string(containsString("without a seat: 1")));
        // Who is at work does not become a proposal again.
        web.perform(asOperator(post(base + "/volunteers/roster/seats/" + seatOn(shift) + "/state"))
                        .param("from", Long.toString(shift))
                        .param("state", "CHECKED_IN"))
                .andExpect(status().is3xxRedirection());
        web.perform(putOn(shift, 2, person)).andExpect(flash().attribute("refused", "overtaken"));
        assertThat(count("state = 'CHECKED_IN'")).isEqualTo(1);
    }

    private MockHttpServletRequestBuilder putOn(long shift, int line, long person) {
        return asOperator(post(base + "/volunteers/roster/seats"))
                .param("shift", Long.toString(shift))
                .param("line", Integer.toString(line))
                .param("person", Long.toString(person));
    }

    @Test
    void notesHoursByQrCodeOnceAndBooksThem() throws Exception {
        addVolunteer("V-1", "結 花子", "");
        String shiftPage = addShift("S-1", "片付け", "any=1");
        plan();
        String page = web.perform(asOperator(post(shiftPage + "/check-in")).param("lang", "en"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        String path = page.replaceAll("(?s).*?(/checkin/[A-Za-z0-9_-]{43}).*", "$1");
        web.perform(get(path).param("lang", "ja"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("片付け")))
                .andExpect(content().string(not(containsString("結 花子"))));
        web.perform(get("/checkin/worker.js")).andExpect(status().isOk());

        Instant now = Instant.now();
        web.perform(tap(path, "key-00000001", "V-9", "in", now)).andExpect(status().isNotFound());
        web.perform(tap(path, "key-00000002", "V-1", "out", now)).andExpect(status().isConflict());
        web.perform(tap(path, "key-00000003", "V-1", "in", now.minus(Duration.ofMinutes(125))))
                .andExpect(status().isOk());
        web.perform(tap(path, "key-00000004", "V-1", "out", now.minus(Duration.ofMinutes(5))))
                .andExpect(status().isOk());
        // The phone did not hear the answer and sends both again.
        web.perform(tap(path, "key-00000003", "V-1", "in", now.minus(Duration.ofMinutes(125))))
                .andExpect(status().isOk());
        web.perform(tap(path, "key-00000004", "V-1", "out", now.minus(Duration.ofMinutes(5))))
                .andExpect(status().isOk());
        web.perform(tap(path, "key-00000005", "V-1", "in", now.plus(Duration.ofDays(2))))
                .andExpect(status().isBadRequest());

        assertThat(count("state = 'CHECKED_OUT'")).isEqualTo(1);
        assertThat(minutesAtActivities()).isEqualTo(120);
        long seat = jdbc.sql("SELECT id FROM assignment WHERE response_id = ?")
                .param(response.value())
                .query(Long.class)
                .single();
        for (int minutes : new int[] {90, 95}) {
            web.perform(asOperator(post(base + "/volunteers/roster/seats/" + seat + "/work"))
                            .param("from", Long.toString(idOf(shiftPage)))
                            .param("minutes", Integer.toString(minutes)))
                    .andExpect(status().is3xxRedirection());
            assertThat(minutesAtActivities()).isEqualTo(minutes);
        }
        assertThat(jdbc.sql("SELECT count(*) FROM posting WHERE response_id = ? AND cause = 'REVERSED'")
                        .param(response.value())
                        .query(Long.class)
                        .single())
                .isEqualTo(4);
        assertThat(jdbc.sql("SELECT count(*) FROM donor_detail WHERE response_id = ? AND name LIKE '%結%'")
                        .param(response.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void givesACalendarUnderASecretAddressUntilItIsTakenBack() throws Exception {
        String person = addVolunteer("V-1", "結 花子", "");
        addShift("S-1", "片付け, 掃除", "any=1");
        plan();
        String page = web.perform(asOperator(post(person + "/calendar")).param("lang", "en"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        String path = page.replaceAll("(?s).*?(/calendar/[A-Za-z0-9_-]{43}\\.ics).*", "$1");
        web.perform(get(path))
                .andExpect(status().isOk())
                .andExpect(content().contentTypeCompatibleWith("text/calendar"))
                .andExpect(content().string(containsString("SUMMARY:片付け\\, 掃除\r\n")))
                .andExpect(content().string(containsString("DTSTART:20110320T000000Z\r\n")))
                .andExpect(content().string(containsString("STATUS:TENTATIVE\r\n")))
                .andExpect(content().string(not(containsString("結"))));
        web.perform(asOperator(post(person + "/calendar/revoke"))).andExpect(status().isOk());
        web.perform(get(path).header("Accept", "text/html")).andExpect(status().isNotFound());
    }

    @Test
    void speaksToProgramsAndWritesFilesThatCanBeReadAgain() throws Exception {
        addVolunteer("V-1", "=HYPERLINK(1)", "care:2");
        addShift("S-1", "片付け", "care=1; any=2");
        web.perform(asOperator(get(base + "/api/v1/volunteers")).param("skill", "care"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("\"number\":\"V-1\"")))
                .andExpect(content().string(not(containsString("HYPERLINK"))))
                .andExpect(content().string(not(containsString("090-1234"))));
        web.perform(asOperator(get(base + "/api/v1/volunteers")).param("skill", "flying"))
                .andExpect(status().isBadRequest());
        web.perform(asOperator(get(base + "/api/v1/shifts")).param("first", "2011-03-20"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("\"seats\":2")));
        web.perform(asOperator(get(base + "/exports/volunteers.csv")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("V-1,'=HYPERLINK(1),090-1234-5678")));
        web.perform(asOperator(get(base + "/exports/shifts.csv")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("care=1; any=2")));
        web.perform(get(base + "/exports/volunteers.csv")).andExpect(status().isUnauthorized());
        web.perform(asOperator(get(base + "/tiles/open-seats/8/228/97.mvt"))).andExpect(status().isOk());
    }

    private static MockHttpServletRequestBuilder tap(String path, String key, String number, String kind, Instant at) {
        return post(path)
                .param("key", key)
                .param("number", number)
                .param("kind", kind)
                .param("at", at.toString());
    }

    private long minutesAtActivities() {
        return jdbc.sql("""
                        SELECT coalesce(sum(b.on_hand), 0) FROM balance b JOIN account a ON a.id = b.account_id
                         WHERE a.response_id = ? AND a.kind = 'ACTIVITY' AND a.ref_id <> 0""").param(response.value()).query(Long.class).single();
    }

    private static long idOf(String page) {
        return Long.parseLong(page.replaceAll(".*/", ""));
    }

    private long seatOn(long shift) {
        return jdbc.sql("SELECT min(id) FROM assignment WHERE shift_id = ? AND state = 'PROPOSED'")
                .param(shift)
                .query(Long.class)
                .single();
    }

    private long personOn(long shift) {
        return jdbc.sql("SELECT min(volunteer_id) FROM assignment WHERE shift_id = ? AND state = 'PROPOSED'")
                .param(shift)
                .query(Long.class)
                .single();
    }

    private long count(String which) {
        return jdbc.sql("SELECT count(*) FROM assignment WHERE response_id = ? AND " + which)
                .param(response.value())
                .query(Long.class)
                .single();
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
