package jp.musubi.volunteer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import jp.musubi.volunteer.ActivityKind;
import jp.musubi.volunteer.Assignments;
import jp.musubi.volunteer.Availability;
import jp.musubi.volunteer.HalfDay;
import jp.musubi.volunteer.HeldSkill;
import jp.musubi.volunteer.SeatLine;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.ShiftRow;
import jp.musubi.volunteer.ShiftTime;
import jp.musubi.volunteer.Shifts;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.VolunteerDetails;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.VolunteerPerson;
import jp.musubi.volunteer.VolunteerRow;
import jp.musubi.volunteer.Volunteers;
import jp.musubi.volunteer.Volunteers.Edit;
import jp.musubi.volunteer.WorkPlace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** However many volunteers there are: pages ask the database equally often, and show a part at a time. */
@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class VolunteerVolumeIT {

    private static final Instant NOW = Instant.parse("2011-03-19T00:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2011, 3, 20);
    private static final Edit EDIT = new Edit(Optional.empty(), NOW);

    private static final List<String> PATHS = List.of(
            "/volunteers",
            "/volunteers?q=%E7%B5%90",
            "/volunteers?skill=cleaning&day=2011-03-20",
            "/volunteers/shifts",
            "/volunteers/shifts?q=A&open=true",
            "/volunteers/roster?day=2011-03-20",
            "/volunteers/roster/sheet?by=place&first=2011-03-20",
            "/volunteers/roster/sheet?by=volunteer&first=2011-03-20",
            "/exports/volunteers.csv",
            "/exports/shifts.csv",
            "/api/v1/volunteers?limit=1000",
            "/api/v1/shifts?first=2011-03-20");

    private final Responses responses;
    private final Volunteers volunteers;
    private final Shifts shifts;
    private final Assignments assignments;
    private final OperatorSecret operator;
    private final JdbcClient jdbc;
    private final MockMvc web;
    private String base = "";
    private ResponseId response = new ResponseId(0);
    private long community;
    private int number;

    VolunteerVolumeIT(
            Responses responses,
            Volunteers volunteers,
            Shifts shifts,
            Assignments assignments,
            OperatorSecret operator,
            JdbcClient jdbc,
            WebApplicationContext context) {
        this.responses = responses;
        this.volunteers = volunteers;
        this.shifts = shifts;
        this.assignments = assignments;
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
        base = "/r/" + code;
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                            point, point_doubtful, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'main', 'C-1', FALSE, 'SHELTER', '中央公民館', '03461',
                            ST_SetSRID(ST_MakePoint(141.9, 39.35), 4326), FALSE, '', ?, '', 0)""").params(response.value(), Timestamp.from(NOW)).update();
        community = jdbc.sql("SELECT id FROM community WHERE response_id = ?")
                .param(response.value())
                .query(Long.class)
                .single();
    }

    @Test
    void asksTheDatabaseEquallyOftenForFewAndForMany() throws Exception {
        add(4);
        Map<String, Integer> few = questions();
        add(40);
        assertThat(questions()).isEqualTo(few);
    }

    @Test
    void showsAPartAtATime() throws Exception {
        for (int i = 0; i < 110; i++) {
            volunteer();
        }
        shift(2);
        assertThat(page("/volunteers").split("<tr", -1)).hasSize(100 + 2);
        assertThat(page("/volunteers/roster?day=2011-03-20").split("data-person=", -1))
                .hasSize(40 + 1);
        assertThat(page("/volunteers/roster?day=2011-03-20")).contains("110").contains("70");
    }

    /** How many statements each page needs. */
    private Map<String, Integer> questions() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        Level before = logger.getLevel();
        Map<String, Integer> questions = new LinkedHashMap<>();
        for (String path : PATHS) {
            ListAppender<ILoggingEvent> said = new ListAppender<>();
            said.start();
            logger.addAppender(said);
            logger.setLevel(Level.DEBUG);
            try {
                page(path);
            } finally {
                logger.setLevel(before);
                logger.detachAppender(said);
            }
            questions.put(path, (int) said.list.stream()
                    .filter(event -> event.getMessage().startsWith("Executing prepared SQL statement"))
                    .count());
        }
        assertThat(questions.values()).allMatch(count -> count > 0);
        return questions;
    }

    private String page(String path) throws Exception {
        return web.perform(get(java.net.URI.create(base + path))
                        .header("Authorization", "Bearer " + operator.value())
                        .header("Accept-Language", "en"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private void add(int many) {
        for (int i = 0; i < many; i++) {
            ShiftId shift = shift(2);
            assignments.put(volunteer(), shift, 1, EDIT);
            volunteer();
        }
    }

    private VolunteerId volunteer() {
        number++;
        return volunteers
                .add(
                        response,
                        "V-" + number,
                        new VolunteerRow(
                                new VolunteerDetails(
                                        Optional.empty(),
                                        List.of(HeldSkill.of(Skill.CLEANING)),
                                        List.of("ja"),
                                        40,
                                        false,
                                        false,
                                        Availability.of(Map.of(DAY, EnumSet.allOf(HalfDay.class)))),
                                new VolunteerPerson(
                                        "結 花子" + number,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty())),
                        EDIT)
                .orElseThrow();
    }

    private ShiftId shift(int seats) {
        number++;
        return shifts.add(
                        response,
                        "S-" + number,
                        new ShiftRow(
                                Optional.empty(),
                                "Activity " + number,
                                ActivityKind.CLEANING,
                                new WorkPlace.AtCommunity(new CommunityId(community)),
                                Set.of(),
                                false,
                                new ShiftTime(DAY, 540, 900),
                                2,
                                List.of(new SeatLine(1, Optional.empty(), 1, seats)),
                                1,
                                Optional.empty()),
                        EDIT)
                .orElseThrow();
    }
}
