package jp.musubi.place.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.place.geo.Situation.Community;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
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
@TestPropertySource(properties = {"musubi.inbox.watch=false", "musubi.maps.warm-up=false"})
class SituationMapIT {

    private static final Instant NOW = Instant.parse("2011-03-14T03:20:00Z");

    private final Responses responses;
    private final OperatorSecret operator;
    private final SituationSource source;
    private final JdbcClient jdbc;
    private final MockMvc web;
    private @Nullable Response opened;

    SituationMapIT(
            Responses responses,
            OperatorSecret operator,
            SituationSource source,
            JdbcClient jdbc,
            WebApplicationContext context) {
        this.responses = responses;
        this.operator = operator;
        this.source = source;
        this.jdbc = jdbc;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(context.getBeansOfType(org.springframework.web.filter.OncePerRequestFilter.class)
                        .values()
                        .toArray(jakarta.servlet.Filter[]::new))
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void aResponseWithPlaces() {
        Response response = responses.open(new Response(
                new ResponseId(0),
                "t-" + UUID.randomUUID(),
                "地図の試験",
                "Map test",
                ZoneId.of("Asia/Tokyo"),
                List.of(Locale.JAPANESE, Locale.ENGLISH),
                new Bounds(36.5, 138.5, 41.8, 142.5),
                new ResponseClock.Fixed(NOW),
                true));
        opened = response;
        long asked = community("大槌 安渡小学校", "SHELTER", "03461", 39.365, 141.910, 120);
        community("大槌 在宅", "HOME", "03461", 39.350, 141.890, null);
        community("石巻 渡波中学校", "UNDESIGNATED_SHELTER", "04202", 38.420, 141.370, 300);
        community("場所のわからない避難所", "SHELTER", "04202", null, null, 40);
        jdbc.sql("""
                        INSERT INTO hub (response_id, source, external_id, derived, name, name_en, municipality_code, point,
                            point_doubtful, state, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', 'H-1', FALSE, '遠野の拠点', 'Tono base', '03208',
                            ST_SetSRID(ST_MakePoint(141.533, 39.328), 4326), FALSE, 'PAUSED', '', ?, '', 0)""").params(response.id().value(), Timestamp.from(NOW)).update();
        jdbc.sql("""
                        INSERT INTO need (response_id, source, external_id, derived, community_id, item_id, kind, quantity,
                            written, pack_assumed, priority, reported_at, feed_sheet, version)
                        SELECT ?, 'test', 'N-1', FALSE, ?, id, 'REQUEST', 240, '240枚', FALSE, 1, ?, '', 0
                          FROM item WHERE code = 'BLANKET'""")
                .params(response.id().value(), asked, Timestamp.from(NOW.minusSeconds(3600)))
                .update();
    }

    @Test
    void printsWhatIsStored() throws Exception {
        String japanese = text("/maps/situation.pdf?language=ja");
        assertThat(japanese)
                .contains("地図の試験", "訓練", "2011年3月14日(月) 12:20", "石巻市", "大槌町", "遠野の拠点", "休止中 1")
                .contains("1地点・40人");

        String english = text("/maps/situation.pdf?language=en&orientation=landscape");
        assertThat(english)
                .contains("Map test", "EXERCISE", "Mon 14 Mar 2011, 12:20", "Ishinomaki", "Tono base", "Paused 1")
                .contains("1 places, 40 people");
    }

    @Test
    void printsAMunicipalityByNameAndListsItsPlaces() throws Exception {
        for (String area : List.of("大槌", "03461", "034614")) {
            String text = text("/maps/situation.pdf?language=ja&area=" + area);
            assertThat(text).contains("岩手県大槌町", "安渡小学校", "大槌 在宅", "毛布 240枚").doesNotContain("渡波中学校");
        }
        assertThat(text("/maps/situation.pdf?language=ja&area=04")).contains("状況図 宮城県");
        assertThat(text("/maps/situation.pdf?language=en&bbox=141.3,38.38,141.45,38.46"))
                .contains("Chosen area", "渡波中学校")
                .doesNotContain("安渡小学校");
    }

    @Test
    void makesAPicture() throws Exception {
        byte[] png = web.perform(asOperator(get(path("/maps/situation.png?dpi=100&orientation=landscape"))))
                .andExpect(status().isOk())
                .andExpect(content().contentType("image/png"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(1169);
        assertThat(image.getHeight()).isEqualTo(827);
    }

    @Test
    void readsCoverageFromTheNeedBoard() {
        SituationNow now = source.read(response(), NOW, Optional.empty(), Locale.JAPANESE);

        Community asked = named(now, "大槌 安渡小学校");
        assertThat(asked.covered()).hasValue(0);
        assertThat(asked.estimate()).isFalse();
        assertThat(now.detail(asked.id()).lacks()).startsWith("毛布 240枚");
        // three hundred people of whom nobody has said more: what they need is estimated
        assertThat(named(now, "石巻 渡波中学校").estimate()).isTrue();
        assertThat(named(now, "大槌 在宅").covered()).isEmpty();
        assertThat(named(now, "場所のわからない避難所").at()).isEmpty();
    }

    @Test
    void showsOnlyTheReadersRegions() {
        SituationNow now = source.read(response(), NOW, Optional.of(Set.of("04")), Locale.JAPANESE);

        assertThat(now.map().communities()).extracting(Community::town).containsOnly("04202");
        assertThat(now.map().hubs()).isEmpty();
    }

    @Test
    void isForCoordinatorsOnlyAndForNoCache() throws Exception {
        web.perform(get(path("/maps/situation.pdf"))).andExpect(status().isUnauthorized());
        web.perform(get(path("/maps/situation.png"))).andExpect(status().isUnauthorized());
        web.perform(asOperator(get(path("/maps/situation.pdf"))))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", "no-store"))
                .andExpect(header().string(
                                "Content-Security-Policy", org.hamcrest.Matchers.containsString("object-src 'self'")))
                .andExpect(header().string(
                                "Content-Disposition", org.hamcrest.Matchers.containsString("20110314-1220.pdf")));
    }

    @Test
    void saysWhatIsWrongWithAnOrder() throws Exception {
        web.perform(asOperator(get(path("/maps/situation.pdf?area=石巻き"))))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("maps.bad-area"))
                .andExpect(jsonPath("$.detail").value(org.hamcrest.Matchers.containsString("石巻市")));
        web.perform(asOperator(get(path("/maps/situation.pdf?area=01"))))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("maps.bad-area"));
        for (String box : List.of("1,2,3", "141,38,140,39", "a,b,c,d", "141,38,142,NaN", "141,38,142,95")) {
            web.perform(asOperator(get(path("/maps/situation.pdf")).param("bbox", box)))
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.code").value("maps.bad-box"));
        }
        for (String option : List.of("orientation=diagonal", "language=de", "dpi=1200", "dpi=10", "dpi=x")) {
            web.perform(asOperator(get(path("/maps/situation.png?" + option)))).andExpect(status().isBadRequest());
        }
    }

    private String text(String url) throws Exception {
        byte[] pdf = web.perform(asOperator(get(path(url))))
                .andExpect(status().isOk())
                .andExpect(content().contentType("application/pdf"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        return textOf(pdf);
    }

    private static String textOf(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return stripper.getText(document).replace('　', ' ');
        }
    }

    private static Community named(SituationNow now, String name) {
        return now.map().communities().stream()
                .filter(community -> community.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long community(
            String name,
            String kind,
            String municipality,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable Integer people) {
        String point = latitude == null || longitude == null
                ? "NULL"
                : "ST_SetSRID(ST_MakePoint(" + longitude + ", " + latitude + "), 4326)";
        jdbc.sql(
                        "INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code, point,"
                                + " point_doubtful, people, search_key, reported_at, feed_sheet, version)"
                                + " VALUES (?, 'test', ?, FALSE, ?, ?, ?, " + point + ", FALSE, ?, '', ?, '', 0)")
                .params(Arrays.asList(
                        response().id().value(),
                        name,
                        kind,
                        name,
                        municipality,
                        people,
                        Timestamp.from(NOW.minusSeconds(7200))))
                .update();
        return jdbc.sql("SELECT id FROM community WHERE response_id = ? AND external_id = ?")
                .params(response().id().value(), name)
                .query(Long.class)
                .single();
    }

    private Response response() {
        return java.util.Objects.requireNonNull(opened);
    }

    private String path(String path) {
        return "/r/" + response().code() + path;
    }

    private MockHttpServletRequestBuilder asOperator(MockHttpServletRequestBuilder request) {
        return request.header("Authorization", "Bearer " + operator.value());
    }
}
