package jp.musubi.inbox.store;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.musubi.common.FileStore;
import jp.musubi.common.FileStore.StoredFile;
import jp.musubi.identity.PersonId;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedInbox;
import jp.musubi.response.Responses;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the content first, then enters it in the list: a crash between the two loses nothing, the sender repeats. */
@Repository
class JdbcFeedInbox implements FeedInbox {

    private static final int LONGEST_NAME = 255;

    private final Responses responses;
    private final FileStore files;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Duration retention;

    JdbcFeedInbox(
            Responses responses,
            FileStore files,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            Clock clock,
            @Value("${musubi.inbox.retention:P90D}") Duration retention) {
        this.responses = responses;
        this.files = files;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
        this.clock = clock;
        this.retention = retention;
    }

    @Override
    public FeedId receive(Delivery delivery, InputStream content) throws IOException {
        responses.requireOpen(delivery.response());
        StoredFile stored = files.keep(content, "application/octet-stream");
        FeedId id = transaction.execute(status -> enter(delivery, stored));
        if (id == null) {
            throw new IllegalStateException("The file \"" + delivery.fileName() + "\" was not entered.");
        }
        return id;
    }

    private FeedId enter(Delivery delivery, StoredFile stored) {
        Instant now = clock.instant();
        int entered = jdbc.sql("""
                        INSERT INTO feed_file (response_id, kind, source, name, content_hash, size_bytes, delivery_key,
                               received_at, actor_id, state, stop_requested, bytes_read, rows_read, rows_created,
                               rows_unchanged, rows_corrected, rows_rejected, retain_until)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'WAITING', FALSE, 0, 0, 0, 0, 0, 0, ?)
                        ON CONFLICT DO NOTHING""")
                .param(delivery.response().value())
                .param(delivery.kind().orElse(null))
                .param(delivery.source())
                .param(shortened(delivery.fileName()))
                .param(stored.contentHash())
                .param(stored.sizeBytes())
                .param(delivery.deliveryKey())
                .param(Timestamp.from(now))
                .param(delivery.actor().map(PersonId::value).orElse(null))
                .param(Timestamp.from(now.plus(retention)))
                .update();
        FeedId id = jdbc.sql("""
                        SELECT id FROM feed_file WHERE response_id = ? AND delivery_key = ? AND content_hash = ?""")
                .params(delivery.response().value(), delivery.deliveryKey(), stored.contentHash())
                .query((row, n) -> new FeedId(row.getLong(1)))
                .single();
        if (entered == 1) {
            events.publishEvent(new FileReceived(id));
        }
        return id;
    }

    private static String shortened(String name) {
        String plain = Optional.of(name.strip()).filter(n -> !n.isEmpty()).orElse("?");
        return plain.length() <= LONGEST_NAME ? plain : plain.substring(plain.length() - LONGEST_NAME);
    }
}
