package jp.musubi.trace.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@MusubiIT
class PublicIT {

    private final Responses responses;
    private final JdbcClient jdbc;
    private final MockMvc web;

    PublicIT(Responses responses, JdbcClient jdbc, WebApplicationContext context) {
        this.responses = responses;
        this.jdbc = jdbc;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @Test
    void showsWhatIsNeededToAnybodyAndLeavesSmallCountsOut() throws Exception {
        Response response = response();
        for (int i = 0; i < 12; i++) {
            wants(response, "03211", 100);
        }
        wants(response, "03461", 50);
        wants(response, "03461", 50);

        String japanese = page(response, "/", "ja");
        String english = page(response, "/", "en");

        assertThat(japanese)
                .contains("<html lang=\"ja\"")
                .contains(">1,300<")
                .contains("釜石市")
                .contains("少数");
        assertThat(english)
                .contains("<html lang=\"en\"")
                .contains("Kamaishi")
                .contains("as of 14 Mar 2011, 09:00")
                .contains(">few<")
                .contains("<path class=\"land\" d=\"M")
                .contains("class=\"mark cx\"");
        assertThat(japanese + english)
                .as("no names of shelters, every text exists")
                .doesNotContain("秘密の避難所")
                .doesNotContain("??");
        assertThat(row(english, "Iwate")).as("the total stays").contains(">14<");
        assertThat(row(english, "Otsuchi")).doesNotContain(">2<").contains("few");
        assertThat(row(english, "Kamaishi"))
                .as("or the total gives Otsuchi back")
                .doesNotContain(">12<");
    }

    @Test
    void givesTheSameFiguresAsTables() throws Exception {
        Response response = response();
        for (int i = 0; i < 7; i++) {
            wants(response, "04212", 10);
        }

        web.perform(get("/exports/public-places.csv").cookie(last(response)).param("lang", "en"))
                .andExpect(status().isOk())
                .andExpect(content().contentType("text/csv;charset=UTF-8"))
                .andExpect(content()
                        .string(String.join(
                                "\r\n",
                                "\ufeffCode,Place,Wants met,Wants not met,Share met",
                                "\"\",All places,0,7,0%",
                                "04,Miyagi,0,7,0%",
                                "04212,Tome,0,7,0%",
                                "")));
        String goods = web.perform(
                        get("/exports/public-goods.csv").cookie(last(response)).param("lang", "en"))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(goods.lines()).hasSize(2).last().asString().endsWith(",0,0,0,70");
    }

    @Test
    void saysThatAResponseDoesNotExist() throws Exception {
        String page = web.perform(
                        get("/").requestAttr("jp.musubi.response.web.ResponsePrefixFilter.code", "no-such-response")
                                .param("lang", "en")
                                .accept("text/html"))
                .andExpect(status().isNotFound())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);

        assertThat(page).contains("<h1>There is no such response</h1>").contains("role=\"alert\"");
    }

    @Test
    void keepsAReleaseForAWhile() throws Exception {
        Response response = response();
        wants(response, "03211", 100);
        String before = page(response, "/exports/public-goods.csv", "en");

        wants(response, "03211", 900);

        assertThat(page(response, "/exports/public-goods.csv", "en")).isEqualTo(before);
    }

    private static Cookie last(Response response) {
        return new Cookie("musubi-response", response.code());
    }

    private String page(Response response, String path, String language) throws Exception {
        return web.perform(get(path).cookie(last(response)).param("lang", language))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private static String row(String page, String place) {
        int start = page.indexOf("<th scope=\"row\">" + place + "</th>");
        assertThat(start).as(place).isPositive();
        return page.substring(start, page.indexOf("</tr>", start));
    }

    private Response response() {
        return responses.open(TestResponse.at(
                Instant.parse("2011-03-14T00:00:00Z"),
                "p-" + UUID.randomUUID().toString().substring(0, 8)));
    }

    private void wants(Response response, String municipality, int blankets) {
        String id = UUID.randomUUID().toString();
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name,
                                               municipality_code, point_doubtful, search_key, reported_at, version)
                        VALUES (?, 'test', ?, false, 'SHELTER', '秘密の避難所', ?, false, '', CURRENT_TIMESTAMP, 0)""").params(response.id().value(), id, municipality).update();
        jdbc.sql("""
                        INSERT INTO need (response_id, source, external_id, derived, community_id, item_id, kind,
                                          quantity, written, pack_assumed, priority, reported_at, version)
                        SELECT c.response_id, 'test', c.external_id, false, c.id, i.id, 'REQUEST', ?, '', false, 2,
                               CURRENT_TIMESTAMP, 0
                          FROM community c CROSS JOIN item i
                         WHERE c.external_id = ? AND i.code = 'BLANKET'""").params(blankets, id).update();
    }
}
