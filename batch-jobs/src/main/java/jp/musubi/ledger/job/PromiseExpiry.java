package jp.musubi.ledger.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import jp.musubi.common.store.Leases;
import jp.musubi.common.store.RepeatedWork;
import jp.musubi.ledger.Stock;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.Responses;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends promises that have run out by the clock of their response, so that their goods can be planned again. One node at a
 * time does it.
 */
@Component
public class PromiseExpiry implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PromiseExpiry.class);
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final Stock stock;
    private final Responses responses;
    private final Leases leases;
    private final Clock realTime;
    private final long everySeconds;
    private @Nullable RepeatedWork running;

    PromiseExpiry(
            Stock stock,
            Responses responses,
            Leases leases,
            Clock realTime,
            @Value("${musubi.ledger.expire-every-seconds:60}") long everySeconds) {
        this.stock = stock;
        this.responses = responses;
        this.leases = leases;
        this.realTime = realTime;
        this.everySeconds = everySeconds;
    }

    /**
     * Ends what has run out in every open response.
     *
     * @return how many promises ended; 0 while another node does it
     */
    public int expire() {
        int ended = 0;
        for (ResponseEntry entry : responses.listEntries()) {
            if (entry.isOpen()) {
                ended += expire(entry.response());
            }
        }
        return ended;
    }

    private int expire(Response response) {
        int ended = 0;
        int now;
        do {
            if (!leases.hold("promise-expiry", LEASE)) {
                return ended;
            }
            Instant inside = response.clock().now(realTime);
            now = stock.expire(response.id(), inside);
            ended += now;
        } while (now > 0);
        if (ended > 0) {
            LOG.info("{} promises of response {} ran out.", ended, response.code());
        }
        return ended;
    }

    @Override
    public void start() {
        if (everySeconds > 0) {
            running = RepeatedWork.every(everySeconds, "promise-expiry", this::expire);
        }
    }

    @Override
    public void stop() {
        RepeatedWork started = running;
        if (started != null) {
            running = null;
            started.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
