package jp.musubi.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Optional;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.Stock;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.context.WebApplicationContext;

@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class StockApiIT {

    private final DispatchScene scene;
    private final Stock stock;

    StockApiIT(WebApplicationContext context, Stock stock) {
        this.scene = new DispatchScene(context);
        this.stock = stock;
    }

    @Test
    void listsLotsPageByPage() throws Exception {
        LotId second = scene.register("L-18", 40, Optional.of(DispatchScene.NOW.plusSeconds(60)));

        ask("/lots?limit=1")
                .andExpect(jsonPath("$.items", hasSize(1)))
                .andExpect(jsonPath("$.items[0].id").value(second.value()))
                .andExpect(jsonPath("$.items[0].places[0].kind").value("ANNOUNCED"))
                .andExpect(jsonPath("$.next").value(second.value()));
        ask("/lots?limit=1&item=BLANKET&before=" + second.value())
                .andExpect(jsonPath("$.items[0].name").value("L-17"))
                .andExpect(jsonPath("$.items[0].item").value("BLANKET"))
                .andExpect(jsonPath("$.items[0].places[0].municipality").value("03208"))
                .andExpect(jsonPath("$.items[0].places[0].onHand").value(300))
                .andExpect(jsonPath("$.items[0].places[0].reserved").value(120))
                .andExpect(jsonPath("$.next").value(nullValue()));
        ask("/lots/" + second.value()).andExpect(jsonPath("$.places[0].onHand").value(40));
        perform(get(path("/lots/999999999"))).andExpect(status().isNotFound());
        perform(get(path("/lots?limit=0"))).andExpect(status().isBadRequest());
        perform(get(path("/lots?item=nothing-like-it"))).andExpect(status().isNotFound());
    }

    @Test
    void listsDonationsWithoutTheirGivers() throws Exception {
        ask("/donations?q=L-1")
                .andExpect(jsonPath("$.items", hasSize(1)))
                .andExpect(jsonPath("$.items[0].given").value(300))
                .andExpect(jsonPath("$.items[0].donor").doesNotExist());
        ask("/donations?q=X").andExpect(jsonPath("$.items", hasSize(0)));
        ask("/donations/" + scene.lot.value()).andExpect(jsonPath("$.name").value("L-17"));
    }

    @Test
    void aReceiptIsNotedOnceUnderItsKey() throws Exception {
        long load = sent().value();
        String receipt =
                "{\"load\":" + load + ",\"lines\":[{\"lot\":" + scene.lot.value() + ",\"good\":100,\"damaged\":5}]}";

        perform(receive("first", receipt))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.load").value(load))
                .andExpect(jsonPath("$.municipality").value("03211"))
                .andExpect(jsonPath("$.lines", hasSize(2)))
                .andExpect(jsonPath("$.lines[0].outcome").value("GOOD"))
                .andExpect(jsonPath("$.lines[1].outcome").value("DAMAGED"));
        perform(receive("first", receipt)).andExpect(status().isOk());

        assertThat(scene.onHand(scene.lot, new Account.AtCommunity(scene.school)))
                .isEqualTo(100);
        perform(receive("second", receipt))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("receipts.problem.rejected"));
        perform(receive("rest", "{\"load\":" + load + "}")).andExpect(status().isCreated());
        assertThat(scene.onHand(scene.lot, new Account.AtCommunity(scene.school)))
                .isEqualTo(115);
        ask("/receipts").andExpect(jsonPath("$.items", hasSize(2)));
        perform(receive("no blanks in keys", receipt)).andExpect(status().isBadRequest());
    }

    @Test
    void showsARegionsCoordinatorThatRegionOnly() throws Exception {
        long load = sent().value();
        perform(receive("first", "{\"load\":" + load + "}")).andExpect(status().isCreated());
        for (String path : List.of("/lots", "/receipts")) {
            scene.web
                    .perform(scene.asCoordinatorOf("03211", get(path(path))))
                    .andExpect(jsonPath("$.items", hasSize(1)));
            scene.web.perform(scene.asCoordinatorOf("04", get(path(path)))).andExpect(jsonPath("$.items", hasSize(0)));
        }
        scene.web
                .perform(scene.asCoordinatorOf("04", get(path("/lots/" + scene.lot.value()))))
                .andExpect(status().isNotFound());
        scene.web
                .perform(scene.asCoordinatorOf("03211", get(path("/donations"))))
                .andExpect(status().isForbidden());
        scene.web
                .perform(scene.asCoordinatorOf("04", receive("x", "{\"load\":" + load + "}")))
                .andExpect(status().isForbidden());
        scene.web.perform(get(path("/lots"))).andExpect(status().isUnauthorized());
    }

    @Test
    void standsInTheDescriptionThatEverybodyMayRead() throws Exception {
        scene.web
                .perform(get("/v3/api-docs"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.paths['/api/v1/lots'].get.summary").exists())
                .andExpect(jsonPath("$.paths['/api/v1/lots/{id}'].get").exists())
                .andExpect(jsonPath("$.paths['/api/v1/donations'].get").exists())
                .andExpect(jsonPath("$.paths['/api/v1/receipts'].get").exists())
                .andExpect(jsonPath("$.paths['/api/v1/receipts'].post.parameters[?(@.name=='Idempotency-Key')]")
                        .exists());
    }

    private ConsignmentId sent() {
        return stock.send(
                        scene.deed("send"),
                        List.of(new Stock.SendLine(scene.promise, new Quantity(120))),
                        Optional.empty())
                .get();
    }

    private MockHttpServletRequestBuilder receive(String key, String body) {
        return post(path("/receipts"))
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    private ResultActions ask(String path) throws Exception {
        return perform(get(path(path))).andExpect(status().isOk());
    }

    private ResultActions perform(MockHttpServletRequestBuilder request) throws Exception {
        return scene.web.perform(scene.asOperator(request));
    }

    private String path(String path) {
        return scene.base + "/api/v1" + path;
    }
}
