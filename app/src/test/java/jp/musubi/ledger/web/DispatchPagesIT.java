package jp.musubi.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.store.DispatchFilter;
import jp.musubi.ledger.store.DispatchListing;
import jp.musubi.ledger.store.DispatchListing.Destination;
import jp.musubi.ledger.store.DispatchListing.Load;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.context.WebApplicationContext;

@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class DispatchPagesIT {

    private static final Pattern LINK = Pattern.compile("/trace/([A-Za-z0-9_-]{43})");

    private final DispatchScene scene;
    private final MockMvc web;
    private final String base;
    private final LotId lot;
    private final ReservationId promise;
    private final Stock stock;
    private final DispatchListing listing;
    private final JdbcClient jdbc;
    private final WebApplicationContext context;

    DispatchPagesIT(WebApplicationContext context, Stock stock, DispatchListing listing, JdbcClient jdbc) {
        this.scene = new DispatchScene(context);
        this.web = scene.web;
        this.base = scene.base;
        this.lot = scene.lot;
        this.promise = scene.promise;
        this.stock = stock;
        this.listing = listing;
        this.jdbc = jdbc;
        this.context = context;
    }

    @Test
    void isClosedToThoseWhoMayNotMoveStock() throws Exception {
        web.perform(get(base + "/dispatch").header("Accept", "text/html")).andExpect(status().isUnauthorized());
        web.perform(get(base + "/donors").header("Accept", "text/html")).andExpect(status().isUnauthorized());
    }

    @Test
    void aCartonIsSentAndArrivesFromTheList() throws Exception {
        String destination = base + "/dispatch/to/" + scene.school.value() + "/from/"
                + waiting().from().account();
        for (String language : List.of("ja", "en")) {
            web.perform(asOperator(get(base + "/dispatch").header("Accept-Language", language)))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("遠野拠点")))
                    .andExpect(content().string(containsString("想定小学校")))
                    .andExpect(content().string(containsString(destination)));
            web.perform(asOperator(get(destination).header("Accept-Language", language)))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("value=\"120\"")));
        }
        String key = UUID.randomUUID().toString();
        for (int click = 0; click < 2; click++) {
            web.perform(asOperator(post(base + "/dispatch/send")
                            .param("key", key)
                            .param("promise", String.valueOf(promise.value()))
                            .param("quantity-" + promise.value(), "100")))
                    .andExpect(status().is3xxRedirection())
                    .andExpect(flash().attributeExists("notice"));
        }
        List<Load> loads = underWay();
        assertThat(loads).hasSize(1);
        assertThat(waiting().items())
                .extracting(sum -> sum.quantity().baseUnits())
                .containsExactly(20L);
        String load = base + "/dispatch/" + loads.get(0).id().value();
        web.perform(asOperator(get(load)))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("value=\"100\"")));

        web.perform(asOperator(post(load + "/receive")
                        .param("key", UUID.randomUUID().toString())
                        .param("mark", "100")
                        .param("good-" + lot.value(), "96")
                        .param("damaged-" + lot.value(), "4")))
                .andExpect(status().is3xxRedirection());

        assertThat(underWay()).isEmpty();
        web.perform(asOperator(get(load))).andExpect(content().string(containsString("この便はすべて記録されています")));
        web.perform(asOperator(get(base + "/dispatch").param("view", "received")))
                .andExpect(content().string(containsString("96")));
    }

    @Test
    void everythingForTheChosenDestinationsIsSentAndReceivedOnceHoweverOftenItIsClicked() throws Exception {
        String key = UUID.randomUUID().toString();
        Destination seen = waiting();
        String chosen = seen.from().account() + ":" + scene.school.value() + ":" + seen.mark();
        for (int click = 0; click < 2; click++) {
            web.perform(asOperator(
                            post(base + "/dispatch/send-all").param("key", key).param("to", chosen)))
                    .andExpect(status().is3xxRedirection())
                    .andExpect(flash().attributeExists("notice"))
                    .andExpect(flash().attribute("changed", 0L));
        }
        List<Load> loads = underWay();
        assertThat(loads)
                .singleElement()
                .satisfies(load -> assertThat(load.mark()).isEqualTo("120"));

        String arrival = UUID.randomUUID().toString();
        for (int click = 0; click < 2; click++) {
            web.perform(asOperator(post(base + "/dispatch/receive-all")
                            .param("key", arrival)
                            .param("load", loads.get(0).id().value() + ":120")))
                    .andExpect(flash().attributeExists("notice"))
                    .andExpect(flash().attribute("changed", 0L));
        }
        assertThat(underWay()).isEmpty();
        assertThat(listing.listReceived(all(), 10, 0)).hasSize(1);
    }

    @Test
    void leavesAloneWhatChangedWhileSomebodyLookedAtIt() throws Exception {
        Destination seen = waiting();
        stock.reserve(scene.deed("more"), List.of(scene.promiseOf(5))).get();

        web.perform(asOperator(post(base + "/dispatch/send-all")
                        .param("key", UUID.randomUUID().toString())
                        .param("to", seen.from().account() + ":" + scene.school.value() + ":" + seen.mark())))
                .andExpect(flash().attribute("changed", 1L));

        assertThat(underWay()).isEmpty();
        assertThat(waiting().lines()).isEqualTo(2);
    }

    @Test
    void saysWhyAPromiseThatSomebodyElseTookBackCannotBeSent() throws Exception {
        web.perform(asOperator(post(base + "/dispatch/cancel")
                        .param("key", UUID.randomUUID().toString())
                        .param("promise", String.valueOf(promise.value()))))
                .andExpect(status().is3xxRedirection());

        web.perform(asOperator(post(base + "/dispatch/send")
                        .param("key", UUID.randomUUID().toString())
                        .param("promise", String.valueOf(promise.value()))
                        .param("quantity-" + promise.value(), "100")
                        .header("Accept-Language", "en")))
                .andExpect(flash().attribute("reasons", hasItem(containsString("was cancelled"))));
        assertThat(underWay()).isEmpty();
    }

    @Test
    void findsNoPromiseOfAnotherResponseAndNoneThatNeverWas() throws Exception {
        DispatchScene other = new DispatchScene(context);
        for (long id : List.of(other.promise.value(), 999_999_999_999L)) {
            for (String action : List.of("send", "cancel")) {
                web.perform(asOperator(post(base + "/dispatch/" + action)
                                .param("key", UUID.randomUUID().toString())
                                .param("promise", String.valueOf(promise.value()), String.valueOf(id))
                                .param("quantity-" + promise.value(), "1")
                                .param("quantity-" + id, "1")))
                        .andExpect(status().isNotFound());
            }
        }
        DispatchFilter there = new DispatchFilter(other.response, Optional.empty(), Optional.empty(), List.of());
        assertThat(listing.listDestinations(there, 10, 0)).hasSize(1);
        assertThat(waiting().lines()).isEqualTo(1);
    }

    @Test
    void givesNoLinkToALaterLotOfALine() throws Exception {
        LotId later = scene.correct("L-17", 300);
        assertThat(later).isNotEqualTo(lot);

        web.perform(asOperator(post(base + "/donors/" + later.value() + "/link")))
                .andExpect(status().isNotFound());
    }

    private Destination waiting() {
        return listing.listDestinations(all(), 10, 0).get(0);
    }

    private List<Load> underWay() {
        return listing.listUnderWay(all(), 10, 0);
    }

    private DispatchFilter all() {
        return new DispatchFilter(scene.response, Optional.empty(), Optional.empty(), List.of());
    }

    @Test
    void aGiverSeesWhereTheGiftIsDownToTheMunicipalityAndOnlyByTheNewestLink() throws Exception {
        web.perform(asOperator(get(base + "/donors").param("q", "L-1")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("L-17")));
        String first = issue();
        web.perform(get("/trace/" + first))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("遠野市")))
                .andExpect(content().string(containsString("300")));
        String second = issue();
        web.perform(get("/trace/" + first).header("Accept", "text/html")).andExpect(status().isNotFound());

        stock.send(scene.deed("send"), List.of(new Stock.SendLine(promise, new Quantity(120))), Optional.empty())
                .get();
        web.perform(get("/trace/" + second).header("Accept-Language", "en"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("On the way")))
                .andExpect(content().string(containsString("Kamaishi")))
                .andExpect(content().string(not(containsString("想定小学校"))));
        web.perform(get("/api/v1/trace/" + second))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("\"ON_THE_WAY\"")));
        assertThat(jdbc.sql("SELECT count(*) FROM tracking_link WHERE code_hash = ?")
                        .param(second)
                        .query(Long.class)
                        .single())
                .as("the code itself is not kept")
                .isZero();
    }

    @Test
    void anAdministratorCanHaveTheWholeLedgerChecked() throws Exception {
        web.perform(get("/api/v1/ledger/verification")).andExpect(status().isUnauthorized());
        web.perform(asOperator(get("/api/v1/ledger/verification")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("\"sound\":true")))
                .andExpect(content().string(containsString("\"findings\":[]")));
    }

    private String issue() throws Exception {
        String page = web.perform(asOperator(post(base + "/donors/" + lot.value() + "/link")))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        Matcher link = LINK.matcher(page);
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private MockHttpServletRequestBuilder asOperator(MockHttpServletRequestBuilder request) {
        return scene.asOperator(request);
    }
}
