package jp.musubi.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.Outcome;
import jp.musubi.ledger.Stock;
import jp.musubi.response.ResponseClosed;
import jp.musubi.response.Responses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

/** A response whose work has ended can be read, and nobody writes into it. */
@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class ClosedResponseIT {

    private final DispatchScene scene;
    private final Stock stock;
    private final Responses responses;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    ClosedResponseIT(
            WebApplicationContext context,
            Stock stock,
            Responses responses,
            JdbcClient jdbc,
            TransactionTemplate transactions) {
        this.transactions = transactions;
        this.scene = new DispatchScene(context);
        this.stock = stock;
        this.responses = responses;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void close() {
        responses.close(scene.response, responses.getEntry(scene.response).version());
    }

    @Test
    void refusesEveryPageAndProgramThatWouldWrite() throws Exception {
        long rows = rows();
        String key = UUID.randomUUID().toString();
        for (MockHttpServletRequestBuilder page : List.of(
                post(scene.base + "/dispatch/send")
                        .param("key", key)
                        .param("promise", String.valueOf(scene.promise.value())),
                post(scene.base + "/donors/lots/" + scene.lot.value() + "/write-off"),
                post(scene.base + "/donors/" + scene.lot.value() + "/link"),
                post(scene.base + "/plan"),
                post(scene.base + "/plan/1/accept").param("all", "true"),
                post(scene.base + "/places/communities"))) {
            scene.web
                    .perform(scene.asOperator(page.header("Accept", "text/html").header("Accept-Language", "en")))
                    .andExpect(status().isConflict())
                    .andExpect(content().string(containsString("“Test” is closed")));
        }
        for (MockHttpServletRequestBuilder program : List.of(
                post(scene.base + "/api/v1/needs")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"community\":" + scene.school.value()
                                + ",\"item\":\"BLANKET\",\"quantity\":\"5\",\"priority\":1}"),
                post(scene.base + "/api/v1/imports?kind=needs&name=needs.csv")
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .content("need_id,community_id,item,quantity,unit,priority,needed_by\nN1,C1,毛布,5,枚,1,\n"))) {
            scene.web
                    .perform(scene.asOperator(program.header("Accept-Language", "ja")))
                    .andExpect(status().isConflict())
                    .andExpect(content().string(containsString("problem.response-closed")))
                    .andExpect(content().string(containsString("「試験」は終了しています")));
        }
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void theLedgerItselfTakesNothingIn() {
        long rows = rows();
        assertThatThrownBy(() -> stock.send(
                        scene.deed("send"),
                        List.of(new Stock.SendLine(scene.promise, new Quantity(1))),
                        Optional.empty()))
                .isInstanceOf(ResponseClosed.class);
        assertThatThrownBy(() -> stock.reserve(scene.deed("more"), List.of(scene.promiseOf(1))))
                .isInstanceOf(ResponseClosed.class);
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void closingWaitsForWhatIsUnderWay() throws Exception {
        reopen();
        long rows = rows();
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            Future<?> posting = people.submit(() -> transactions.executeWithoutResult(status -> {
                assertThat(send("under-way", 1).isDone()).isTrue();
                sent.countDown();
                await(commit);
            }));
            await(sent);
            Future<Boolean> closed = people.submit(() -> {
                responses.close(
                        scene.response, responses.getEntry(scene.response).version());
                return commit.getCount() == 0;
            });
            assertThatThrownBy(() -> closed.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(responses.getEntry(scene.response).isOpen()).isTrue();

            commit.countDown();
            posting.get(30, TimeUnit.SECONDS);
            assertThat(closed.get(30, TimeUnit.SECONDS))
                    .as("closed after the posting was there")
                    .isTrue();
        } finally {
            commit.countDown();
            people.shutdownNow();
        }
        assertThat(rows()).isGreaterThan(rows);
        assertThat(responses.getEntry(scene.response).isOpen()).isFalse();
    }

    @Test
    void whatComesWhileItIsBeingClosedIsRefused() throws Exception {
        reopen();
        long rows = rows();
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            Future<?> closer = people.submit(() -> transactions.executeWithoutResult(status -> {
                responses.close(
                        scene.response, responses.getEntry(scene.response).version());
                closing.countDown();
                await(commit);
            }));
            await(closing);
            Future<?> posting = people.submit(() -> transactions.execute(status -> {
                assertThat(responses.getEntry(scene.response).isOpen())
                        .as("as far as anybody can see")
                        .isTrue();
                return send("too-late", 1);
            }));
            assertThatThrownBy(() -> posting.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            commit.countDown();
            closer.get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> posting.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(ResponseClosed.class);
        } finally {
            commit.countDown();
            people.shutdownNow();
        }
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void postingsDoNotWaitForOneAnother() throws Exception {
        reopen();
        CountDownLatch both = new CountDownLatch(2);
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> postings = new ArrayList<>();
            for (int person = 0; person < 2; person++) {
                postings.add(people.submit(() -> transactions.executeWithoutResult(status -> {
                    responses.holdOpen(scene.response);
                    both.countDown();
                    await(both);
                })));
            }
            for (Future<?> posting : postings) {
                posting.get(30, TimeUnit.SECONDS);
            }
        } finally {
            people.shutdownNow();
        }
        assertThat(both.getCount()).isZero();
    }

    private Outcome<ConsignmentId> send(String what, long quantity) {
        return stock.send(
                scene.deed(what), List.of(new Stock.SendLine(scene.promise, new Quantity(quantity))), Optional.empty());
    }

    private void reopen() {
        responses.reopen(scene.response, responses.getEntry(scene.response).version());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void canBeReadAndGoesOnAfterItWasReopened() throws Exception {
        for (String path : List.of("/dispatch", "/donors/lots/" + scene.lot.value())) {
            scene.web.perform(scene.asOperator(get(scene.base + path))).andExpect(status().isOk());
        }
        scene.web
                .perform(scene.asOperator(post("/admin/responses/" + scene.base.substring(3) + "/reopen")
                        .param(
                                "version",
                                String.valueOf(
                                        responses.getEntry(scene.response).version()))))
                .andExpect(status().is3xxRedirection());

        scene.web
                .perform(scene.asOperator(post(scene.base + "/dispatch/send")
                        .param("key", UUID.randomUUID().toString())
                        .param("promise", String.valueOf(scene.promise.value()))
                        .param("quantity-" + scene.promise.value(), "20")))
                .andExpect(flash().attributeExists("notice"));
    }

    private long rows() {
        return jdbc.sql("""
                        SELECT (SELECT COUNT(*) FROM posting) + (SELECT COUNT(*) FROM reservation)
                             + (SELECT COUNT(*) FROM need) + (SELECT COUNT(*) FROM feed_file)
                             + (SELECT COUNT(*) FROM tracking_link) + (SELECT COUNT(*) FROM plan)
                             + (SELECT COUNT(*) FROM community)""").query(Long.class).single();
    }
}
