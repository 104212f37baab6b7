package jp.musubi.training.job;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import jp.musubi.common.store.Leases;
import jp.musubi.common.store.RepeatedWork;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseEntry;
import jp.musubi.response.Responses;
import jp.musubi.training.store.CohortBoard;
import jp.musubi.training.store.CohortWatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks at the registers of running courses again and again, so that warnings come by themselves. One node at a time does it. */
@Component
public class CourseWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CourseWatch.class);
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final CohortBoard board;
    private final CohortWatch watch;
    private final Responses responses;
    private final Leases leases;
    private final Clock realTime;
    private final long everySeconds;
    private @Nullable RepeatedWork running;

    CourseWatch(
            CohortBoard board,
            CohortWatch watch,
            Responses responses,
            Leases leases,
            Clock realTime,
            @Value("${musubi.training.watch-every-seconds:3600}") long everySeconds) {
        this.board = board;
        this.watch = watch;
        this.responses = responses;
        this.leases = leases;
        this.realTime = realTime;
        this.everySeconds = everySeconds;
    }

    /**
     * Looks at the running courses of every open response.
     *
     * @return how many warnings hold; 0 while another node does it
     */
    public int watch() {
        int found = 0;
        for (ResponseEntry entry : responses.listEntries()) {
            if (entry.isOpen()) {
                found += watch(entry.response());
            }
        }
        return found;
    }

    private int watch(Response response) {
        LocalDate own = response.clock().now(realTime).atZone(response.zone()).toLocalDate();
        LocalDate day = board.latestDay(response.id(), own);
        int found = 0;
        for (CohortBoard.Line cohort : board.listCohorts(response.id())) {
            if (!leases.hold("course-watch", LEASE)) {
                return found;
            }
            found += watch.watch(response.id(), cohort, day);
        }
        if (found > 0) {
            LOG.info("{} warnings hold in courses of response {}.", found, response.code());
        }
        return found;
    }

    @Override
    public void start() {
        if (everySeconds > 0) {
            running = RepeatedWork.every(everySeconds, "course-watch", this::watch);
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
