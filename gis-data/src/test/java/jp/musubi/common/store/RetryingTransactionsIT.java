package jp.musubi.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;

@MusubiIT
class RetryingTransactionsIT {

    private final RetryingTransactions transactions;
    private final JdbcTemplate jdbc;

    RetryingTransactionsIT(RetryingTransactions transactions, JdbcTemplate jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void twoCounters() {
        jdbc.execute("CREATE TABLE retry_counter (id integer PRIMARY KEY, amount integer NOT NULL)");
        jdbc.update("INSERT INTO retry_counter (id, amount) VALUES (1, 0), (2, 0)");
    }

    @AfterEach
    void noCounters() {
        jdbc.execute("DROP TABLE retry_counter");
    }

    @Test
    void aDeadlockIsStartedOverUntilBothAreDone() throws Exception {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger attempts = new AtomicInteger();
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> one = two.submit(() -> crosswise(1, 2, bothHoldOne, attempts));
            Future<Boolean> other = two.submit(() -> crosswise(2, 1, bothHoldOne, attempts));
            assertThat(one.get(2, TimeUnit.MINUTES)).isTrue();
            assertThat(other.get(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            two.shutdownNow();
        }

        assertThat(attempts.get()).as("one of them had to start over").isGreaterThan(2);
        assertThat(jdbc.queryForList("SELECT amount FROM retry_counter ORDER BY id", Integer.class))
                .containsExactly(2, 2);
    }

    private boolean crosswise(int first, int second, CyclicBarrier bothHoldOne, AtomicInteger attempts) {
        AtomicInteger mine = new AtomicInteger();
        return transactions.run(() -> {
            attempts.incrementAndGet();
            jdbc.update("UPDATE retry_counter SET amount = amount + 1 WHERE id = ?", first);
            if (mine.incrementAndGet() == 1) {
                await(bothHoldOne);
            }
            jdbc.update("UPDATE retry_counter SET amount = amount + 1 WHERE id = ?", second);
            return true;
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"90131, 90131", "50200, HYT00", "40001, 40001", "0, 40001", "0, 40P01", "0, 55P03"})
    void knowsTheCollisionsOfBothDatabases(int code, String state) {
        assertThat(RetryingTransactions.isCollision(
                        new UncategorizedSQLException("update", "…", new SQLException("collision", state, code))))
                .isTrue();
    }

    @Test
    void passesOnWhatStartingOverDoesNotCure() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> transactions.run(() -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("wrong");
                }))
                .hasMessage("wrong");
        assertThat(attempts.get()).isEqualTo(1);
        assertThatThrownBy(() -> transactions.run(() -> {
                    attempts.incrementAndGet();
                    return jdbc.update("INSERT INTO retry_counter (id, amount) VALUES (1, 0)");
                }))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(attempts.get()).isEqualTo(1 + RetryingTransactions.ATTEMPTS);
    }
}
