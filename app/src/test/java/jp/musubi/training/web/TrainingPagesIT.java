package jp.musubi.training.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.Role;
import jp.musubi.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@MusubiIT
@Import(TrainingDesk.class)
@TestPropertySource(properties = "musubi.inbox.watch=false")
class TrainingPagesIT {

    private final TrainingDesk desk;
    private final JdbcClient jdbc;
    private Response response;
    private String base = "";
    private OrganisationId office = new OrganisationId(0);
    private RequestPostProcessor trainer = request -> request;

    TrainingPagesIT(TrainingDesk desk, JdbcClient jdbc) {
        this.desk = desk;
        this.jdbc = jdbc;
        this.response = desk.open();
    }

    @BeforeEach
    void fill() throws Exception {
        response = desk.open();
        base = "/r/" + response.code();
        String name = "事業所 " + UUID.randomUUID();
        office = desk.office(name);
        trainer = desk.reader(Role.TRAINER, Optional.of(office), Optional.empty());
        desk.fill(base, name);
    }

    @Test
    void showsCohortsWithTheirFunnelInBothLanguages() throws Exception {
        desk.web
                .perform(get(base + "/training").with(trainer).param("lang", "ja"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("介護起業講座")))
                .andExpect(content().string(containsString("登米市")))
                .andExpect(content().string(containsString("2の受講期")))
                .andExpect(content().string(not(containsString("??"))))
                .andExpect(content().string(not(containsString("試験 花子"))));
        desk.web
                .perform(get(base + "/training")
                        .with(trainer)
                        .param("lang", "en")
                        .param("q", "ishi"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("1 cohort")))
                .andExpect(content().string(containsString("Food and agriculture")))
                .andExpect(content().string(not(containsString("??"))));
        desk.web
                .perform(get(base + "/training/schemes").with(trainer).param("lang", "en"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("to be confirmed")))
                .andExpect(content().string(not(containsString("??"))));
    }

    @Test
    void isClosedToOthersAndShowsMunicipalitiesCountsOnly() throws Exception {
        long tome = cohort("TOME-1");
        long ishinomaki = cohort("ISHI-1");
        long person = trainee("T-1");
        for (String path : new String[] {
            "/training",
            "/training/cohorts/" + tome,
            "/training/trainees/" + person,
            "/api/v1/cohorts",
            "/api/v1/courses"
        }) {
            desk.web.perform(get(base + path).header("Accept", "text/html")).andExpect(status().isUnauthorized());
        }
        RequestPostProcessor elsewhere =
                desk.reader(Role.TRAINER, Optional.of(desk.office("他 " + UUID.randomUUID())), Optional.empty());
        desk.web
                .perform(get(base + "/training/cohorts/" + tome).with(elsewhere))
                .andExpect(status().isForbidden());
        desk.web
                .perform(get(base + "/training/trainees/" + person).with(elsewhere))
                .andExpect(status().isForbidden());
        desk.web
                .perform(get(base + "/training").with(elsewhere).param("lang", "ja"))
                .andExpect(content().string(not(containsString("介護起業講座"))));
        desk.web
                .perform(marks(tome, person, session("2011-10-03"), "", "○").with(elsewhere))
                .andExpect(status().isForbidden());

        RequestPostProcessor city = desk.reader(Role.MUNICIPALITY, Optional.empty(), Optional.of(TrainingDesk.TOME));
        desk.web
                .perform(get(base + "/training/cohorts/" + tome).with(city).param("lang", "ja"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("人数だけを表示しています")))
                .andExpect(content().string(not(containsString("試験 花子"))))
                .andExpect(content().string(not(containsString("T-1"))));
        desk.web
                .perform(get(base + "/training/cohorts/" + ishinomaki).with(city))
                .andExpect(status().isForbidden());
        desk.web.perform(get(base + "/training/trainees/" + person).with(city)).andExpect(status().isForbidden());
        desk.web
                .perform(get(base + "/api/v1/trainees")
                        .param("cohort", "" + tome)
                        .with(city))
                .andExpect(status().isForbidden());
        desk.web
                .perform(get(base + "/api/v1/cohorts").with(city))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.cohorts[0].people").value(2));
    }

    @Test
    void writesMarksOnceAndDoesNotOverwriteWhatSomebodyElseChanged() throws Exception {
        long tome = cohort("TOME-1");
        long person = trainee("T-1");
        long day = session("2011-10-03");

        desk.web
                .perform(marks(tome, person, day, "", "○").with(trainer))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.written").value(1));
        desk.web.perform(marks(tome, person, day, "", "○").with(trainer)).andExpect(status().isOk());
        assertThat(words(person)).isEqualTo(1);
        desk.web
                .perform(marks(tome, person, day, "", "欠席").with(trainer))
                .andExpect(jsonPath("$.refused[0].reason").value("changed-meanwhile"))
                .andExpect(jsonPath("$.refused[0].now").value("○"));
        desk.web
                .perform(marks(tome, person, day, "○", "？").with(trainer))
                .andExpect(jsonPath("$.refused[0].reason").value("unknown-mark"));
        desk.web
                .perform(marks(tome, person, day, "○", "遅刻").with(trainer))
                .andExpect(jsonPath("$.written").value(1));
        desk.web
                .perform(marks(tome, person, day, "遅", "").with(trainer))
                .andExpect(jsonPath("$.written").value(1));
        assertThat(words(person)).isEqualTo(3);
        desk.web
                .perform(marks(tome, trainee("T-3"), day, "", "○").with(trainer))
                .andExpect(status().isBadRequest());
        assertThat(jdbc.sql("SELECT count(*) FROM change WHERE response_id = ? AND aggregate = 'register'")
                        .param(response.id().value())
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
        desk.web
                .perform(get(base + "/training/cohorts/" + tome).with(trainer).param("lang", "ja"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("試験 花子")))
                .andExpect(content().string(containsString("id=\"register\"")))
                .andExpect(content().string(not(containsString("??"))));
    }

    @Test
    void tellsAPersonsWayWithEverySourceAndKeepsWhatIsTakenBack() throws Exception {
        long id = trainee("T-1");
        String path = base + "/training/trainees/" + id;
        desk.web
                .perform(post(path + "/facts")
                        .with(trainer)
                        .with(csrf())
                        .param("kind", "completed")
                        .param("on", "2012-03-30"))
                .andExpect(status().is3xxRedirection());
        desk.web
                .perform(get(path).with(trainer).param("lang", "ja"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("試験 花子")))
                .andExpect(content().string(containsString("090-1111-2222")))
                .andExpect(content().string(containsString("腰痛")))
                .andExpect(content().string(containsString("修了の日があります")))
                .andExpect(content().string(containsString("試験担当")))
                .andExpect(content().string(containsString("2行目")))
                .andExpect(content().string(not(containsString("??"))));
        desk.web
                .perform(get(path).with(trainer).param("lang", "en").param("day", "2011-09-16"))
                .andExpect(content().string(containsString("There is a day of screening.")))
                .andExpect(content().string(not(containsString("??"))));
        desk.web
                .perform(get(base + "/api/v1/trainees/" + id).with(trainer).param("day", "2012-04-01"))
                .andExpect(jsonPath("$.stage").value("completed"))
                .andExpect(jsonPath("$.since").value("2012-03-30"));
        desk.web
                .perform(post(path + "/take-back").with(trainer).with(csrf()).param("key", "completed"))
                .andExpect(status().is3xxRedirection());
        desk.web
                .perform(get(base + "/api/v1/trainees/" + id).with(trainer).param("day", "2012-04-01"))
                .andExpect(jsonPath("$.stage").value("enrolled"));
        desk.web
                .perform(get(path).with(trainer).param("lang", "ja"))
                .andExpect(content().string(containsString("取り消し")))
                .andExpect(content().string(containsString("2012-03-30")));
        desk.web
                .perform(post(path + "/facts")
                        .with(trainer)
                        .with(csrf())
                        .param("kind", "died")
                        .param("on", "2999-01-01"))
                .andExpect(status().isBadRequest());
        desk.web
                .perform(post(path + "/take-back").with(trainer).with(csrf()).param("key", "launched"))
                .andExpect(status().isNotFound());
    }

    @Test
    void writesDownEveryLookAndShowsItToTheOfficeOnly() throws Exception {
        long id = trainee("T-1");
        desk.web.perform(get(base + "/training/trainees/" + id).with(trainer)).andExpect(status().isOk());
        desk.web.perform(get(base + "/api/v1/trainees/" + id).with(trainer)).andExpect(status().isOk());
        desk.web
                .perform(get(base + "/training/cohorts/" + cohort("TOME-1")).with(trainer))
                .andExpect(status().isOk());

        String page = desk.web
                .perform(get(base + "/training/looks").with(trainer).param("lang", "en"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("everybody of the cohort")))
                .andExpect(content().string(not(containsString("??"))))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(page.split("T-1<", -1)).hasSize(3);
        RequestPostProcessor elsewhere =
                desk.reader(Role.TRAINER, Optional.of(desk.office("他 " + UUID.randomUUID())), Optional.empty());
        desk.web
                .perform(get(base + "/training/looks").with(elsewhere).param("lang", "en"))
                .andExpect(content().string(not(containsString("T-1<"))));
        desk.web
                .perform(get(base + "/training/looks")
                        .with(desk.reader(Role.MUNICIPALITY, Optional.empty(), Optional.of(TrainingDesk.TOME)))
                        .header("Accept", "text/html"))
                .andExpect(status().isForbidden());
    }

    @Test
    void warnsTheOfficeAndLetsItAssignPutOffAndClose() throws Exception {
        String find = base + "/training/warnings/find";
        desk.web
                .perform(post(find).with(trainer).with(csrf()).param("day", "2011-10-10"))
                .andExpect(status().is3xxRedirection());
        String page = base + "/training/warnings";
        desk.web
                .perform(get(page).with(trainer).param("lang", "ja").param("day", "2011-10-10"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("2011-10-03 の授業の出席簿が、期限の 2011-10-06 を過ぎても空です。")))
                .andExpect(content().string(not(containsString("??"))));
        assertThat(alerts("holds AND state = 'OPEN'")).isEqualTo(3);

        desk.send(base, "attendance", "受講者番号,授業日,出欠\nT-1,2011-10-03,○\n", StandardCharsets.UTF_8);
        desk.web.perform(post(find).with(trainer).with(csrf()).param("day", "2011-10-10"));
        assertThat(alerts("holds AND state = 'OPEN'")).as("a register came").isEqualTo(2);

        long alert = jdbc.sql("SELECT min(id) FROM training_alert WHERE response_id = ? AND holds")
                .param(response.id().value())
                .query(Long.class)
                .single();
        String path = page + "/" + alert;
        RequestPostProcessor elsewhere =
                desk.reader(Role.TRAINER, Optional.of(desk.office("他 " + UUID.randomUUID())), Optional.empty());
        desk.web.perform(post(path + "/assign").with(elsewhere).with(csrf())).andExpect(status().isForbidden());
        desk.web.perform(post(path + "/assign").with(trainer).with(csrf())).andExpect(status().is3xxRedirection());
        desk.web
                .perform(post(path + "/snooze")
                        .with(trainer)
                        .with(csrf())
                        .param("day", "2011-10-10")
                        .param("until", "2011-10-10"))
                .andExpect(status().isBadRequest());
        desk.web
                .perform(post(path + "/snooze")
                        .with(trainer)
                        .with(csrf())
                        .param("day", "2011-10-10")
                        .param("until", "2011-10-17"))
                .andExpect(status().is3xxRedirection());
        desk.web
                .perform(get(page).with(trainer).param("lang", "en").param("day", "2011-10-10"))
                .andExpect(content().string(containsString("put off until 2011-10-17")))
                .andExpect(content().string(containsString("試験担当")))
                .andExpect(content().string(not(containsString("??"))));
        desk.web
                .perform(post(path + "/close")
                        .with(trainer)
                        .with(csrf())
                        .param("word", " ")
                        .param("right", "true"))
                .andExpect(status().isBadRequest());
        desk.web
                .perform(post(path + "/close")
                        .with(trainer)
                        .with(csrf())
                        .param("word", "紙で確認")
                        .param("right", "true"))
                .andExpect(status().is3xxRedirection());
        desk.web.perform(post(find).with(trainer).with(csrf()).param("day", "2011-10-10"));
        assertThat(alerts("state = 'CLOSED'")).as("closed stays closed").isEqualTo(1);
        desk.web
                .perform(get(page).with(trainer).param("lang", "en").param("day", "2011-10-10"))
                .andExpect(content().string(containsString("1 of 1 closed ones were right")));
        assertThat(jdbc.sql("SELECT count(*) FROM change WHERE response_id = ? AND aggregate = 'training-alert'")
                        .param(response.id().value())
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
    }

    private long alerts(String which) {
        return jdbc.sql("SELECT count(*) FROM training_alert WHERE response_id = ? AND " + which)
                .param(response.id().value())
                .query(Long.class)
                .single();
    }

    @Test
    void reportsRegistersRowByRow() throws Exception {
        String report = desk.send(base, "attendance", """
                受講者番号,授業日,出欠
                T-1,2011-10-03,○
                T-2,2011/10/3,遅刻
                T-1,2011-10-04,？
                T-2,2011-10-08,○
                T-9,2011-10-03,○
                """, StandardCharsets.UTF_8);
        assertThat(JsonPath.<Integer>read(report, "$.rowsCreated")).isEqualTo(2);
        assertThat(JsonPath.<Integer>read(report, "$.rowsRejected")).isEqualTo(3);
        desk.web
                .perform(desk.asOperator(
                        get(base + "/api/v1/imports/" + JsonPath.<Integer>read(report, "$.id") + "/rejected")))
                .andExpect(jsonPath("$[0].code").value("unknown-mark"))
                .andExpect(jsonPath("$[1].code").value("no-session"))
                .andExpect(jsonPath("$[1].remedy").value(containsString("2011-10-05")))
                .andExpect(jsonPath("$[2].code").value("not-known"));
    }

    private MockHttpServletRequestBuilder marks(long cohort, long trainee, long session, String was, String mark) {
        return post(base + "/api/v1/cohorts/" + cohort + "/marks")
                .with(csrf())
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"cells\":[{\"trainee\":%d,\"session\":%d,\"was\":\"%s\",\"mark\":\"%s\"}]}"
                        .formatted(trainee, session, was, mark)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private long words(long trainee) {
        return jdbc.sql("SELECT count(*) FROM attendance WHERE trainee_id = ?")
                .param(trainee)
                .query(Long.class)
                .single();
    }

    private long session(String day) {
        return jdbc.sql("""
                        SELECT s.id FROM course_session s JOIN cohort c ON c.id = s.cohort_id
                         WHERE c.response_id = ? AND s.held_on = ?""")
                .params(response.id().value(), java.sql.Date.valueOf(day))
                .query(Long.class)
                .single();
    }

    private long cohort(String number) {
        return idOf("cohort", number);
    }

    private long trainee(String number) {
        return idOf("trainee", number);
    }

    private long idOf(String table, String number) {
        return jdbc.sql("SELECT id FROM " + table + " WHERE response_id = ? AND external_id = ?")
                .params(response.id().value(), number)
                .query(Long.class)
                .single();
    }
}
