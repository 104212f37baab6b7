package jp.musubi.volunteer.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jp.musubi.volunteer.Roster;
import jp.musubi.volunteer.RosterAudit;
import jp.musubi.volunteer.RosterOutcome;
import jp.musubi.volunteer.RosterProblem;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void waitsForWorkThatEnds() {
        AtomicInteger done = new AtomicInteger();
        assertThat(Patience.of(LONG, () -> true).await(done::incrementAndGet, () -> {}))
                .isTrue();
        assertThat(done).hasValue(1);
    }

    @Test
    void leavesWorkThatDoesNotListen() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        boolean done = Patience.of(LONG, () -> looks.incrementAndGet() < 3)
                .await(() -> awaitQuietly(never), told::incrementAndGet);
        assertThat(done).isFalse();
        assertThat(told).hasValue(1);
        never.countDown();
    }

    @Test
    void takesWhatWorkHasWhenItListens() {
        CountDownLatch stop = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        assertThat(Patience.of(LONG, () -> looks.incrementAndGet() < 3)
                        .await(() -> awaitQuietly(stop), stop::countDown))
                .isTrue();
    }

    @Test
    void passesOnWhatWentWrong() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Patience.of(LONG, () -> true)
                        .await(
                                () -> {
                                    throw new IllegalArgumentException("wrong");
                                },
                                () -> {}))
                .withMessageContaining("solver");
    }

    @Test
    void endsARosterInsideAStepWithTheBestSoFar() {
        RosterProblem problem = GeneratedRoster.of(3000, 500, 14, 2);
        AtomicInteger looks = new AtomicInteger();
        // Twice before the relaxation begins, twice while it goes on.
        RosterOutcome outcome =
                new HighsRosterSolver().solve(problem, LONG, (worth, bound) -> looks.incrementAndGet() <= 3);
        Roster roster = ((RosterOutcome.Solved) outcome).roster();
        assertThat(RosterAudit.listFaults(problem, roster)).isEmpty();
        assertThat(roster.seats()).isNotEmpty();
        assertThat(roster.isProven()).isFalse();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
