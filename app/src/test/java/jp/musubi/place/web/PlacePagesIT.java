package jp.musubi.place.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.place.HubCapacity;
import jp.musubi.place.HubRoute;
import jp.musubi.place.HubState;
import jp.musubi.place.Hubs;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.store.CommunityListing;
import jp.musubi.place.store.HubListing;
import jp.musubi.place.store.PlaceFilter;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class PlacePagesIT {

    private final Responses responses;
    private final OperatorSecret operator;
    private final CommunityListing communities;
    private final HubListing hubs;
    private final Hubs stored;
    private final JdbcTemplate jdbc;
    private final MockMvc web;
    private String base = "";
    private ResponseId response = new ResponseId(0);

    PlacePagesIT(
            Responses responses,
            OperatorSecret operator,
            CommunityListing communities,
            HubListing hubs,
            Hubs stored,
            JdbcTemplate jdbc,
            WebApplicationContext context) {
        this.responses = responses;
        this.operator = operator;
        this.communities = communities;
        this.hubs = hubs;
        this.stored = stored;
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
        response = responses
                .open(new Response(
                        new ResponseId(0),
                        code,
                        "試験",
                        "Test",
                        ZoneId.of("Asia/Tokyo"),
                        List.of(Locale.JAPANESE),
                        new Bounds(36, 138, 42, 143),
                        new ResponseClock.Real(),
                        true))
                .id();
        base = "/r/" + code;
    }

    @Test
    void closesThePagesToPeopleWhoMayNotEdit() throws Exception {
        web.perform(get(base + "/places").header("Accept", "text/html")).andExpect(status().isUnauthorized());
        web.perform(get(base + "/places/hubs").header("Accept", "text/html")).andExpect(status().isUnauthorized());
    }

    @Test
    void addsCorrectsAndClosesACommunity() throws Exception {
        String page = added("中央公民館", "大槌町", "240");
        web.perform(asOperator(get(base + "/places")).param("lang", "ja").param("q", "公民館 おおつち"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("中央公民館")))
                .andExpect(content().string(containsString("1か所、わかっている人数は合わせて240人")));
        web.perform(asOperator(get(page)).param("lang", "en"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Otsuchi, Iwate")))
                .andExpect(content().string(containsString("39.3581")));

        web.perform(community(page, "中央公民館", "大槌町", "180").param("version", "0").param("reason", "数え直し"))
                .andExpect(status().is3xxRedirection());
        web.perform(asOperator(get(page)).param("lang", "ja"))
                .andExpect(content().string(containsString("避難者数: 240 → 180")))
                .andExpect(content().string(containsString("数え直し")));

        web.perform(asOperator(post(page + "/close")).param("version", "1")).andExpect(status().is3xxRedirection());
        assertThat(communities.list(PlaceFilter.all(response), 0, 10).total()).isZero();
        web.perform(asOperator(get(base + "/places")).param("lang", "ja").param("closed", "true"))
                .andExpect(content().string(containsString("中央公民館")));
    }

    @Test
    void aFormSentAgainMakesNoSecondPlaceButAChangedOneDoes() throws Exception {
        String key = UUID.randomUUID().toString();
        for (String people : List.of("80", "80", "90")) {
            web.perform(community(base + "/places/communities", "集会所", "大槌町", people)
                            .param("key", key))
                    .andExpect(status().is3xxRedirection());
        }

        assertThat(communities.list(PlaceFilter.all(response), 0, 10).total()).isEqualTo(2);
    }

    @Test
    void writesDownWhoWasShownAContactButNotTheContact() throws Exception {
        web.perform(community(base + "/places/communities", "中央公民館", "大槌町", "1")
                        .param("contact", "架空 花子 090-0000-0000"))
                .andExpect(status().is3xxRedirection());
        String page = base + "/places/communities/"
                + communities
                        .list(PlaceFilter.all(response), 0, 10)
                        .lines()
                        .get(0)
                        .id()
                        .value();
        String reads = "SELECT COUNT(*) FROM change WHERE aggregate = 'community-contact' AND action = 'view'";
        assertThat(jdbc.queryForObject(reads, Long.class)).isZero();

        web.perform(asOperator(get(page))).andExpect(content().string(containsString("090-0000-0000")));

        assertThat(jdbc.queryForObject(reads + " AND response_id = " + response.value(), Long.class))
                .isEqualTo(1);
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM change WHERE before_json LIKE '%090-%' OR after_json LIKE '%090-%'",
                        Long.class))
                .as("the history holds no personal data")
                .isZero();
    }

    @Test
    void saysWhatIsWrongWithAFormAndKeepsWhatWasTyped() throws Exception {
        web.perform(community(base + "/places/communities", "<b>公民館</b>", "大追町", "沢山")
                        .param("lang", "ja"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("岩手県大槌町(03461)")))
                .andExpect(content().string(containsString("数字だけで書き")))
                .andExpect(content().string(containsString("沢山")))
                .andExpect(content().string(not(containsString("<b>公民館"))));
        assertThat(communities.list(PlaceFilter.all(response), 0, 10).total()).isZero();
    }

    @Test
    void showsBothWhenSomebodyElseWasQuicker() throws Exception {
        String page = added("公民館", "釜石市", "10");
        web.perform(community(page, "公民館", "釜石市", "20").param("version", "0"));

        web.perform(community(page, "公民館", "釜石市", "30").param("version", "0").param("lang", "en"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Somebody else changed this meanwhile")))
                .andExpect(content().string(containsString("<td>20</td><td>30</td>")));
        assertThat(people()).isEqualTo(20);

        web.perform(community(page, "公民館", "釜石市", "30").param("version", "1")).andExpect(status().is3xxRedirection());
        assertThat(people()).isEqualTo(30);
    }

    @Test
    void aPlaceOfAnotherResponseIsNotHere() throws Exception {
        String page = added("公民館", "釜石市", "10");
        anotherResponse();

        web.perform(asOperator(get(base + page.substring(page.indexOf("/places")))))
                .andExpect(status().isNotFound());
    }

    @Test
    void changesTheStateOfAHubFromTheList() throws Exception {
        web.perform(asOperator(post(base + "/places/hubs"))
                        .param("name", "釜石 物資拠点")
                        .param("name_en", "Kamaishi hub")
                        .param("state", "working")
                        .param("municipality", "釜石")
                        .param("lat", "39.276")
                        .param("lon", "141.886")
                        .param("throughput_kg_per_day", "40,000"))
                .andExpect(status().is3xxRedirection());
        HubListing.Line hub = hubs.list(PlaceFilter.all(response)).get(0);
        String state = base + "/places/hubs/" + hub.id().value() + "/state";

        web.perform(asOperator(post(state)).param("version", "0").param("state", "FULL"))
                .andExpect(status().is3xxRedirection());
        web.perform(asOperator(post(state)).param("version", "0").param("state", "PAUSED"))
                .andExpect(status().isConflict());

        assertThat(hubs.find(hub.id()).orElseThrow().state()).isEqualTo(HubState.FULL);
        web.perform(asOperator(get(base + "/places/hubs")).param("lang", "en"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Kamaishi hub")))
                .andExpect(content().string(containsString("40,000 kg")));
        web.perform(asOperator(get(base + "/places/hubs/" + hub.id().value())).param("lang", "ja"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("稼働中 → 満杯")));
    }

    @Test
    void vehiclesOfAHubArePastedAsAListAndEachWrongLineIsNamed() throws Exception {
        web.perform(asOperator(post(base + "/places/hubs"))
                        .param("name", "釜石 物資拠点")
                        .param("state", "working")
                        .param("municipality", "釜石")
                        .param("lat", "39.276")
                        .param("lon", "141.886")
                        .param("throughput_m3_per_day", "120.5")
                        .param("throughput_lines_per_day", "300")
                        .param("handling_hours_per_day", "64"))
                .andExpect(status().is3xxRedirection());
        HubListing.Line hub = hubs.list(PlaceFilter.all(response)).get(0);
        assertThat(hub.perDay())
                .isEqualTo(new HubCapacity(Optional.empty(), Optional.of(120.5), Optional.of(300L), Optional.of(64.0)));
        String vehicles = base + "/places/hubs/" + hub.id().value() + "/vehicles";

        web.perform(asOperator(post(vehicles))
                        .param("lang", "en")
                        .param("version", "0")
                        .param("lines", "大槌町, 2000, 12\nAtlantis, 5, 5\n大船渡市, many\n\n陸前高田市,,\n大槌町, 1"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Line 2")))
                .andExpect(content().string(containsString("“Atlantis” is no single municipality.")))
                .andExpect(content().string(containsString("“many” is no number")))
                .andExpect(content().string(containsString("has neither kg nor m³")))
                .andExpect(content().string(containsString("is there twice")));
        assertThat(stored.listRoutes(hub.id())).isEmpty();

        web.perform(asOperator(post(vehicles)).param("version", "0").param("lines", "大槌町\t2,000\t12.5\n大船渡市, , 3"))
                .andExpect(status().is3xxRedirection());
        web.perform(asOperator(post(vehicles)).param("version", "0").param("lines", ""))
                .andExpect(status().isConflict());
        assertThat(stored.listRoutes(hub.id()))
                .containsExactly(
                        new HubRoute(new MunicipalityCode("03203"), Optional.empty(), Optional.of(3.0)),
                        new HubRoute(new MunicipalityCode("03461"), Optional.of(2000L), Optional.of(12.5)));
        web.perform(asOperator(get(vehicles)).param("lang", "en"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Otsuchi, Iwate, 2000, 12.5")));
        web.perform(asOperator(post(vehicles))
                        .param("version", "1")
                        .param("lines", "Otsuchi, Iwate, 2000, 12.5\nOfunato, Iwate, , 4"))
                .andExpect(status().is3xxRedirection());
        assertThat(stored.listRoutes(hub.id()))
                .as("what the page shows in English can be sent as it is")
                .extracting(HubRoute::cubicMetres)
                .containsExactly(Optional.of(4.0), Optional.of(12.5));
        web.perform(asOperator(get(base + "/places/hubs/" + hub.id().value())).param("lang", "en"))
                .andExpect(content().string(containsString("03461 2000 kg 12.5 m³")));
        anotherResponse();
        web.perform(asOperator(get(base + vehicles.substring(vehicles.indexOf("/places")))))
                .andExpect(status().isNotFound());
    }

    private int people() {
        return communities
                .list(PlaceFilter.all(response), 0, 10)
                .lines()
                .get(0)
                .people()
                .total()
                .orElseThrow();
    }

    /** The address of a community just added. */
    private String added(String name, String municipality, String people) throws Exception {
        String redirect =
                Objects.requireNonNull(web.perform(community(base + "/places/communities", name, municipality, people))
                        .andExpect(status().is3xxRedirection())
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl());
        return redirect.substring(0, redirect.indexOf('?'));
    }

    private MockHttpServletRequestBuilder community(String to, String name, String municipality, String people) {
        return asOperator(post(to))
                .param("name", name)
                .param("kind", "shelter")
                .param("municipality", municipality)
                .param("lat", "39.3581")
                .param("lon", "141.8994")
                .param("people", people);
    }

    private MockHttpServletRequestBuilder asOperator(MockHttpServletRequestBuilder request) {
        return request.header("Authorization", "Bearer " + operator.value());
    }
}
