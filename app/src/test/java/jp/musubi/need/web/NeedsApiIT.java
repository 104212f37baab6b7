package jp.musubi.need.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class NeedsApiIT {

    private final Responses responses;
    private final OperatorSecret operator;
    private final JdbcClient jdbc;
    private final MockMvc web;
    private String base = "";
    private long shelter;

    NeedsApiIT(Responses responses, OperatorSecret operator, JdbcClient jdbc, WebApplicationContext context) {
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
    void aResponseWithAShelterOfHundred() {
        String code = "t-" + UUID.randomUUID();
        Response response = responses.open(TestResponse.at(Instant.parse("2011-03-14T00:00:00Z"), code));
        base = "/r/" + code;
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                            point_doubtful, people, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'main', 'C-1', FALSE, 'SHELTER', '想定避難所', '03461', FALSE, 100, '',
                            TIMESTAMP WITH TIME ZONE '2011-03-14 00:00:00+00', '', 0)""").param(response.id().value()).update();
        shelter = jdbc.sql("SELECT id FROM community WHERE response_id = ?")
                .param(response.id().value())
                .query(Long.class)
                .single();
    }

    @Test
    void nobodySeesNeedsOrItemsWithoutSigningIn() throws Exception {
        for (String path : List.of("/api/v1/needs", "/api/v1/items", "/items")) {
            web.perform(get(base + path)).andExpect(status().isUnauthorized());
        }
        web.perform(post(base + "/api/v1/needs")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(
                        result -> assertThat(result.getResponse().getStatus()).isBetween(401, 403));
    }

    @Test
    void aReportedNeedCountsUntilItIsWithdrawn() throws Exception {
        String answer = web.perform(asOperator(post(base + "/api/v1/needs"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"community\":" + shelter
                                + ",\"item\":\"ブランケット\",\"quantity\":\"12箱\",\"priority\":1}"))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString();
        String id = answer.replaceAll(".*\"(request-\\d+)\".*", "$1");

        web.perform(asOperator(get(base + "/api/v1/needs")).param("community", Long.toString(shelter)))
                .andExpect(jsonPath("$[?(@.id == '" + id + "')].net").value(120))
                .andExpect(jsonPath("$[?(@.item == 'BLANKET' && @.estimate == true)].net")
                        .value(80));

        web.perform(asOperator(post(base + "/api/v1/needs/" + id + "/withdraw"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"reason\":\"届いた\"}"))
                .andExpect(status().isNoContent());
        web.perform(asOperator(get(base + "/api/v1/needs")))
                .andExpect(jsonPath("$[?(@.item == 'BLANKET')].net").value(200));
    }

    @Test
    void theSameReportSentAgainIsStoredOnce() throws Exception {
        for (String quantity : List.of("7", "7", "8")) {
            web.perform(asOperator(post(base + "/api/v1/needs"))
                            .header("Idempotency-Key", "phone-1")
                            .contentType(MediaType.APPLICATION_JSON)
                            .content("{\"community\":" + shelter + ",\"item\":\"BREAD\",\"quantity\":\"" + quantity
                                    + "\",\"priority\":1}"))
                    .andExpect(status().isCreated());
        }

        assertThat(jdbc.sql("""
                                SELECT n.quantity FROM need n JOIN item i ON i.id = n.item_id
                                 WHERE n.community_id = ? AND i.code = 'BREAD' ORDER BY n.quantity""").param(shelter).query(Long.class).list())
                .as("a corrected form under the same key is another report")
                .containsExactly(7L, 8L);
    }

    @Test
    void brokenJsonAndTimesThatCannotBeAreBadRequests() throws Exception {
        for (String body : List.of(
                "",
                "{",
                "{\"community\":" + shelter + ",\"item\":\"BREAD\",\"quantity\":\"1\",\"priority\":1,"
                        + "\"neededBy\":\"tomorrow\"}",
                "{\"community\":" + shelter + ",\"item\":\"BREAD\",\"quantity\":\"1\",\"priority\":1,"
                        + "\"neededBy\":\"+300000-01-01T00:00:00Z\"}",
                "{\"community\":" + shelter + ",\"item\":\"BREAD\",\"quantity\":\"1\",\"priority\":1,"
                        + "\"reportedAt\":\"2099-01-01T00:00:00Z\"}",
                "{\"community\":" + shelter + ",\"item\":\"BREAD\",\"quantity\":\"1\",\"priority\":1,"
                        + "\"how\":\"\\u0000\"}")) {
            web.perform(asOperator(post(base + "/api/v1/needs"))
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(body))
                    .andExpect(status().isBadRequest());
        }
        web.perform(asOperator(get(base + "/api/v1/needs")).param("community", "\u0000"))
                .andExpect(status().isBadRequest());
    }

    @Test
    void saysWhatItDidNotUnderstand() throws Exception {
        web.perform(asOperator(post(base + "/api/v1/needs").param("lang", "en"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"community\":" + shelter
                                + ",\"item\":\"blankt\",\"quantity\":\"12\",\"priority\":1}"))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(containsString("BLANKET")));
        web.perform(asOperator(post(base + "/api/v1/needs").param("lang", "en"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"community\":" + shelter
                                + ",\"item\":\"BLANKET\",\"quantity\":\"a lot\",\"priority\":1}"))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(containsString("a lot")));
        web.perform(asOperator(post(base + "/api/v1/needs"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"community\":0,\"item\":\"BLANKET\",\"quantity\":\"1\",\"priority\":1}"))
                .andExpect(status().isNotFound());
    }

    @Test
    void showsTheCatalogueAndHowSureItIs() throws Exception {
        web.perform(asOperator(get(base + "/api/v1/items/match")).param("name", "ﾎｯｶｲﾛ"))
                .andExpect(jsonPath("$.outcome").value("matched"))
                .andExpect(jsonPath("$.items[0].code").value("HEAT-PACK"));
        web.perform(asOperator(get(base + "/api/v1/items/BLANKET")))
                .andExpect(jsonPath("$.codes[0].code").value("HSHEBLANCLT2"))
                .andExpect(jsonPath("$.weightGrams").value(680));
        web.perform(asOperator(get(base + "/items")).param("lang", "ja"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("要確認")))
                .andExpect(content().string(containsString("毛布")));
        web.perform(asOperator(get(base + "/items")).param("lang", "en"))
                .andExpect(content().string(containsString("to be confirmed")))
                .andExpect(content().string(containsString("Drinking water")));
    }

    private <B extends AbstractMockHttpServletRequestBuilder<B>> B asOperator(B request) {
        return request.header("Authorization", "Bearer " + operator.value());
    }
}
