package jp.musubi.ledger.web;

import static jp.musubi.ledger.web.DispatchScene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.LedgerVerification;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.Promise;
import jp.musubi.ledger.ReceiptLine;
import jp.musubi.ledger.Stock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.context.WebApplicationContext;

/** What people note about one lot: arrival, use, loss, and what they take back. */
@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class LotPagesIT {

    private final DispatchScene scene;
    private final Stock stock;
    private final LedgerVerification verification;

    LotPagesIT(WebApplicationContext context, Stock stock, LedgerVerification verification) {
        this.scene = new DispatchScene(context);
        this.stock = stock;
        this.verification = verification;
    }

    @AfterEach
    void everyUnitIsAccountedFor() {
        assertThat(verification.verify().findings()).isEmpty();
    }

    @Test
    void announcedGoodsArriveOnceWithTheirPromises() throws Exception {
        LotId announced = scene.register("L-18", 200, Optional.of(NOW.plusSeconds(3600)));
        stock.reserve(
                        scene.deed("early"),
                        List.of(new Promise(
                                announced,
                                Optional.empty(),
                                new Quantity(50),
                                scene.school,
                                Optional.empty(),
                                java.util.OptionalLong.empty(),
                                Optional.empty())))
                .get();
        for (String language : List.of("ja", "en")) {
            scene.web
                    .perform(scene.asOperator(get(page(announced)).header("Accept-Language", language)))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("遠野拠点")));
        }

        String key = key();
        for (int click = 0; click < 2; click++) {
            scene.web
                    .perform(scene.asOperator(post(page(announced) + "/arrive")
                            .param("key", key)
                            .param("mark", "200-50")
                            .param("hub", String.valueOf(scene.hub.value()))
                            .param("quantity", "120")))
                    .andExpect(redirectedUrl(page(announced)))
                    .andExpect(flash().attributeExists("notice"));
        }

        assertThat(scene.onHand(announced, new Account.AtHub(scene.hub))).isEqualTo(120);
        assertThat(scene.onHand(announced, new Account.Announced())).isEqualTo(80);
    }

    @Test
    void whatWasUsedInACommunityIsNotedOnce() throws Exception {
        arrived();
        String key = key();
        for (int click = 0; click < 2; click++) {
            scene.web
                    .perform(scene.asOperator(post(page(scene.lot) + "/consume")
                            .param("key", key)
                            .param("mark", "120-0")
                            .param("at", "COMMUNITY-" + scene.school.value())
                            .param("quantity", "100")))
                    .andExpect(flash().attributeExists("notice"));
        }

        assertThat(scene.onHand(scene.lot, new Account.AtCommunity(scene.school)))
                .isEqualTo(20);
        scene.web
                .perform(scene.asOperator(get(page(scene.lot)).header("Accept-Language", "en")))
                .andExpect(content().string(containsString("Used")))
                .andExpect(content().string(containsString("100 × ")));
    }

    @Test
    void aLossNeedsTheLotsNameAndAReason() throws Exception {
        Account.AtHub hub = new Account.AtHub(scene.hub);
        scene.web
                .perform(scene.asOperator(loss(key(), "300-120", "L-71")))
                .andExpect(flash().attribute("unconfirmed", true));
        assertThat(scene.onHand(scene.lot, hub)).isEqualTo(300);

        scene.web
                .perform(scene.asOperator(loss(key(), "300-120", "L-17")))
                .andExpect(flash().attributeExists("notice"));
        assertThat(scene.onHand(scene.lot, hub)).isEqualTo(290);
        scene.web
                .perform(scene.asOperator(get(page(scene.lot)).header("Accept-Language", "en")))
                .andExpect(content().string(containsString("Written off")))
                .andExpect(content().string(containsString("damaged")));
    }

    @Test
    void saysThatSomebodyElseMovedItMeanwhile() throws Exception {
        scene.web.perform(scene.asOperator(loss(key(), "280-100", "L-17"))).andExpect(flash().attribute("changed", 1L));

        assertThat(scene.onHand(scene.lot, new Account.AtHub(scene.hub))).isEqualTo(300);
    }

    @Test
    void whatIsPromisedCannotBeLost() throws Exception {
        scene.web
                .perform(scene.asOperator(post(page(scene.lot) + "/write-off")
                        .param("key", key())
                        .param("mark", "300-120")
                        .param("at", "HUB-" + scene.hub.value())
                        .param("reason", "LOST")
                        .param("confirm", "L-17")
                        .param("quantity", "181")))
                .andExpect(flash().attributeExists("reasons"));
        assertThat(scene.onHand(scene.lot, new Account.AtHub(scene.hub))).isEqualTo(300);
    }

    @Test
    void aMistakeIsTakenBackAfterSayingWhatWillHappen() throws Exception {
        scene.web.perform(scene.asOperator(loss(key(), "300-120", "L-17")));
        String posting = newestPosting();
        String page = page(scene.lot) + "/postings/" + posting;
        scene.web
                .perform(scene.asOperator(get(page).header("Accept-Language", "en")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Taking it back moves this")))
                .andExpect(content().string(containsString("10 × ")));
        scene.web
                .perform(scene.asOperator(
                        post(page + "/reverse").param("key", key()).param("confirm", "no")))
                .andExpect(flash().attribute("unconfirmed", true));

        String key = key();
        for (int click = 0; click < 2; click++) {
            scene.web
                    .perform(scene.asOperator(
                            post(page + "/reverse").param("key", key).param("confirm", posting)))
                    .andExpect(redirectedUrl(page(scene.lot)))
                    .andExpect(flash().attributeExists("notice"));
        }

        assertThat(scene.onHand(scene.lot, new Account.AtHub(scene.hub))).isEqualTo(300);
        scene.web
                .perform(scene.asOperator(
                        post(page + "/reverse").param("key", key()).param("confirm", posting)))
                .andExpect(flash().attributeExists("reasons"));
        scene.web
                .perform(scene.asOperator(get(page).header("Accept-Language", "en")))
                .andExpect(content().string(containsString("was taken back by posting")))
                .andExpect(content().string(not(containsString("Taking it back moves this"))));
    }

    @Test
    void somebodyOfAnotherRegionSeesAndMovesNothing() throws Exception {
        for (MockHttpServletRequestBuilder request : List.of(get(page(scene.lot)), loss(key(), "300-120", "L-17"))) {
            scene.web
                    .perform(scene.asCoordinatorOf("04", request.header("Accept", "text/html")))
                    .andExpect(status().isForbidden());
        }
        assertThat(scene.onHand(scene.lot, new Account.AtHub(scene.hub))).isEqualTo(300);
        scene.web
                .perform(scene.asCoordinatorOf("03208", loss(key(), "300-120", "L-17")))
                .andExpect(flash().attributeExists("notice"));
        assertThat(scene.onHand(scene.lot, new Account.AtHub(scene.hub))).isEqualTo(290);
        arrived();
        scene.web
                .perform(scene.asCoordinatorOf(
                        "03208",
                        post(page(scene.lot) + "/consume")
                                .param("key", key())
                                .param("mark", "120-0")
                                .param("at", "COMMUNITY-" + scene.school.value())
                                .param("quantity", "1")
                                .header("Accept", "text/html")))
                .andExpect(status().isForbidden());
    }

    private void arrived() {
        var sent = stock.send(
                        scene.deed("send"),
                        List.of(new Stock.SendLine(scene.promise, new Quantity(120))),
                        Optional.empty())
                .get();
        stock.receive(scene.deed("receive"), sent, List.of(ReceiptLine.good(scene.lot, new Quantity(120))))
                .get();
    }

    private MockHttpServletRequestBuilder loss(String key, String mark, String confirm) {
        return post(page(scene.lot) + "/write-off")
                .param("key", key)
                .param("mark", mark)
                .param("at", "HUB-" + scene.hub.value())
                .param("reason", "DAMAGED")
                .param("confirm", confirm)
                .param("quantity", "10");
    }

    private String newestPosting() throws Exception {
        String shown = scene.web
                .perform(scene.asOperator(get(page(scene.lot))))
                .andReturn()
                .getResponse()
                .getContentAsString();
        Matcher posting = Pattern.compile("/postings/(\\d+)\"").matcher(shown);
        assertThat(posting.find()).isTrue();
        return posting.group(1);
    }

    private String page(LotId lot) {
        return scene.base + "/donors/lots/" + lot.value();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
