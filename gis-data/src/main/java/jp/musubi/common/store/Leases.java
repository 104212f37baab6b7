package jp.musubi.common.store;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Lets one node at a time do some work: it holds a lease on the work's name, and renews it as it goes on. */
@Component
public class Leases {

    private final JdbcTemplate jdbc;
    private final RetryingTransactions transactions;
    private final Clock realTime;
    private final String node = UUID.randomUUID().toString();

    Leases(JdbcTemplate jdbc, RetryingTransactions transactions, Clock realTime) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.realTime = realTime;
    }

    /**
     * Takes the lease if nobody else holds it, or renews it.
     *
     * @param length how long others wait if this node vanishes
     * @return whether this node may do the work now
     */
    public boolean hold(String work, Duration length) {
        return transactions.run(() -> {
            Instant now = realTime.instant();
            jdbc.update(
                    "INSERT INTO lease (work, node, held_until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    work,
                    node,
                    Timestamp.from(now));
            return jdbc.update(
                            "UPDATE lease SET node = ?, held_until = ? WHERE work = ? AND (node = ? OR held_until <= ?)",
                            node,
                            Timestamp.from(now.plus(length)),
                            work,
                            node,
                            Timestamp.from(now))
                    == 1;
        });
    }
}
