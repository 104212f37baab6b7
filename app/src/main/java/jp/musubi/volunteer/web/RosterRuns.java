package jp.musubi.volunteer.web;

import jakarta.annotation.PreDestroy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.identity.PersonId;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.InputText;
import jp.musubi.volunteer.Roster;
import jp.musubi.volunteer.RosterConflict;
import jp.musubi.volunteer.RosterDraft;
import jp.musubi.volunteer.RosterOutcome;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterReasons;
import jp.musubi.volunteer.RosterSolver;
import jp.musubi.volunteer.Rosters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Rosters in the background, one at a time, so that a page shows how far it is and can stop it. */
@Component
class RosterRuns {

    private static final Logger LOG = LoggerFactory.getLogger(RosterRuns.class);
    private static final int REMEMBERED = 50;
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private final Rosters rosters;
    private final RosterSolver solver;
    private final Clock realTime;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "rosters");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    RosterRuns(Rosters rosters, RosterSolver solver, Clock realTime) {
        this.rosters = rosters;
        this.solver = solver;
        this.realTime = realTime;
    }

    /** How a run stands. */
    sealed interface State {
        record Waiting() implements State {}

        /** The best roster so far. */
        record Working(long worth, double bound) implements State {}

        record Kept(Rosters.Head roster) implements State {}

        record Contradictory(List<RosterConflict> conflicts) implements State {}

        record Failed(String id) implements State {}
    }

    /** One request. Public methods, because templates call them. */
    public static final class Run {
        private final String id;
        private final Response response;
        private final LocalDate first;
        private final LocalDate last;
        private volatile State state = new State.Waiting();
        private volatile boolean stopped;

        private Run(String id, Response response, LocalDate first, LocalDate last) {
            this.id = id;
            this.response = response;
            this.first = first;
            this.last = last;
        }

        public String id() {
            return id;
        }

        public LocalDate first() {
            return first;
        }

        State state() {
            return state;
        }

        public boolean isOver() {
            return !(state instanceof State.Waiting || state instanceof State.Working);
        }

        public boolean isWaiting() {
            return state instanceof State.Waiting;
        }

        /** How far the best roster so far can be from the best one, in percent; −1 while there is none. */
        public double gapPercent() {
            return state instanceof State.Working working && working.bound() > 0
                    ? 100 * (working.bound() - working.worth()) / working.bound()
                    : -1;
        }
    }

    /** Queues a roster for these days. */
    Run start(Response response, LocalDate first, LocalDate last, Optional<PersonId> by) {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        Run run = new Run(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), response, first, last);
        synchronized (runs) {
            runs.put(run.id, run);
            Iterator<Run> oldest = runs.values().iterator();
            while (runs.size() > REMEMBERED && oldest.hasNext()) {
                if (oldest.next().isOver()) {
                    oldest.remove();
                }
            }
        }
        worker.execute(() -> work(run, by));
        return run;
    }

    Optional<Run> find(ResponseId response, String id) {
        synchronized (runs) {
            @Nullable Run run = runs.get(id);
            return Optional.ofNullable(run).filter(found -> found.response.id().equals(response));
        }
    }

    /** Ends a run with the best roster so far. */
    void stop(Run run) {
        run.stopped = true;
    }

    private void work(Run run, Optional<PersonId> by) {
        try {
            run.state = new State.Working(0, 0);
            Instant asOf = run.response.clock().now(realTime);
            RosterProblem problem = rosters.read(run.response.id(), run.first, run.last);
            long began = System.nanoTime();
            RosterOutcome outcome = solver.solve(problem, AT_MOST, (worth, bound) -> {
                run.state = new State.Working(worth, bound);
                return !run.stopped;
            });
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            if (outcome instanceof RosterOutcome.Contradictory contradictory) {
                run.state = new State.Contradictory(contradictory.conflicts());
                return;
            }
            Roster roster = ((RosterOutcome.Solved) outcome).roster();
            RosterReasons reasons = RosterReasons.of(problem, roster);
            run.state = new State.Kept(rosters.keep(new RosterDraft(
                    run.response.id(),
                    by,
                    realTime.instant(),
                    asOf,
                    run.first,
                    run.last,
                    solver.engine(),
                    ReferenceFile.hashOf(InputText.of(problem).collect(Collectors.joining("\n"))),
                    problem,
                    roster,
                    reasons.seats(),
                    reasons.listOpen(),
                    took)));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.error("Roster {} failed", run.id, e);
            run.state = new State.Failed(run.id);
        }
    }

    @PreDestroy
    void close() {
        worker.shutdownNow();
    }
}
