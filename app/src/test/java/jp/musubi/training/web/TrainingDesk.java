package jp.musubi.training.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.identity.Grant;
import jp.musubi.identity.Organisation;
import jp.musubi.identity.OrganisationId;
import jp.musubi.identity.OrganisationKind;
import jp.musubi.identity.Organisations;
import jp.musubi.identity.People;
import jp.musubi.identity.Person;
import jp.musubi.identity.Role;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.identity.web.SignedIn;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** An office that trains people in Tome and Ishinomaki: its files, its readers, its pages. */
@TestComponent
class TrainingDesk {

    static final Instant NOW = Instant.parse("2012-06-01T00:00:00Z");
    static final String TOME = "04212";
    static final String ISHINOMAKI = "04202";

    final MockMvc web;
    private final Responses responses;
    private final Organisations organisations;
    private final People people;
    private final OperatorSecret operator;

    TrainingDesk(
            Responses responses,
            Organisations organisations,
            People people,
            OperatorSecret operator,
            WebApplicationContext context) {
        this.responses = responses;
        this.organisations = organisations;
        this.people = people;
        this.operator = operator;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(context.getBeansOfType(org.springframework.web.filter.OncePerRequestFilter.class)
                        .values()
                        .toArray(jakarta.servlet.Filter[]::new))
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    Response open() {
        return responses.open(TestResponse.at(NOW, "t-" + UUID.randomUUID()));
    }

    OrganisationId office(String name) {
        return organisations
                .add(new Organisation(
                        new OrganisationId(0), Optional.empty(), OrganisationKind.OFFICE, name, name, Optional.empty()))
                .id();
    }

    /** Somebody with one grant. */
    RequestPostProcessor reader(Role role, Optional<OrganisationId> office, Optional<String> region) {
        return session(person(role, office, region));
    }

    Person person(Role role, Optional<OrganisationId> office, Optional<String> region) {
        Person person = people.register(
                "p-" + UUID.randomUUID(),
                office.orElseGet(() -> office("役所 " + UUID.randomUUID())),
                Locale.JAPANESE,
                "試験担当");
        people.grant(person.id(), new Grant(role, office, region, Optional.empty()), Optional.empty());
        return person;
    }

    static RequestPostProcessor session(Person person) {
        return authentication(UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(person.id().value(), person.login(), 0), null, List.of()));
    }

    MockHttpServletRequestBuilder asOperator(MockHttpServletRequestBuilder request) {
        return request.header("Authorization", "Bearer " + operator.value());
    }

    /** Sends a file and waits until it is read. The report as JSON. */
    String send(String base, String kind, String text, Charset charset) throws Exception {
        return send(base, kind, kind + ".csv", text.getBytes(charset));
    }

    String send(String base, String kind, String name, byte[] content) throws Exception {
        String sent = web.perform(asOperator(post(base + "/api/v1/imports"))
                        .queryParam("kind", kind)
                        .queryParam("name", name)
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .content(content))
                .andExpect(status().is2xxSuccessful())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        return settled(base, ((Number) JsonPath.read(sent, "$.id")).longValue());
    }

    /** A file's report once it is read. */
    String settled(String base, long file) throws Exception {
        Instant until = Instant.now().plus(Duration.ofMinutes(1));
        while (Instant.now().isBefore(until)) {
            String report = web.perform(asOperator(get(base + "/api/v1/imports/" + file)))
                    .andReturn()
                    .getResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
            if (JsonPath.<Boolean>read(report, "$.settled")) {
                return report;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("The file " + file + " was not read within a minute.");
    }

    /** Two cohorts of one office, three trainees, a short timetable. Everything goes through files. */
    void fill(String base, String office) throws Exception {
        taken(send(base, "cohorts", """
                受講期番号,講座番号,講座名,分野,委託元の市町村,事業の枠組み,開始日,終了日,めざす資格,事業所,定員
                TOME-1,TOME,介護起業講座,介護・高齢者福祉,登米市,emergency-employment,2011-10-03,2012-03-30,ヘルパー2級,%1$s,20
                ISHI-1,ISHI,食と農の講座,食・農,石巻市,commissioned,2011-11-01,2012-03-30,,%1$s,
                """.formatted(office), Charset.forName("windows-31j")));
        taken(send(base, "sessions", """
                受講期番号,授業日,時間数,科目
                TOME-1,2011-10-03,6,開講式
                TOME-1,2011-10-04,6,介護の基本
                TOME-1,2011-10-05,3.5,実習
                """, StandardCharsets.UTF_8));
        taken(send(base, "trainees", """
                受講者番号,受講期番号,氏名,電話,応募日,選考日,入校日,健康上の配慮,同意した目的,同意日
                T-1,TOME-1,試験 花子,090-1111-2222,2011-09-05,2011-09-15,2011-09-20,腰痛,training; sensitive,2011-09-20
                T-2,TOME-1,試験 太郎,,2011-09-06,2011-09-15,2011-09-20,,,
                T-3,ISHI-1,試験 三郎,,2011-10-06,,,,,
                """, StandardCharsets.UTF_8));
    }

    static void taken(String report) {
        assertThat(JsonPath.<String>read(report, "$.state")).as(report).isEqualTo("DONE");
        assertThat(JsonPath.<Integer>read(report, "$.rowsRejected")).as(report).isZero();
    }
}
