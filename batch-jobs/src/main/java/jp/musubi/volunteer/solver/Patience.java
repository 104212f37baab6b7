package jp.musubi.volunteer.solver;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * How long somebody waits for a solver: up to a moment, and only while they want to. Native solvers run in a thread of
 * their own, so that nobody has to wait for one that does not listen; it then ends by its own time limit, unheard.
 */
final class Patience {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** How long a solver that was told to stop may take to say what it has. */
    private static final Duration AFTER_STOP = Duration.ofMillis(500);

    private final long deadline;
    private final BooleanSupplier goesOn;

    private Patience(long deadline, BooleanSupplier goesOn) {
        this.deadline = deadline;
        this.goesOn = goesOn;
    }

    /** @param goesOn asked now and then, by the waiting thread only */
    static Patience of(Duration atMost, BooleanSupplier goesOn) {
        return new Patience(System.nanoTime() + atMost.toNanos(), goesOn);
    }

    /** The same, but not for longer than this. */
    Patience atMost(Duration longest) {
        return new Patience(Math.min(deadline, System.nanoTime() + longest.toNanos()), goesOn);
    }

    boolean lasts() {
        return !left().isNegative() && !left().isZero() && goesOn.getAsBoolean();
    }

    Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    /**
     * Waits for work that knows its time limit.
     *
     * @param stop tells the work to end early, if it listens
     * @return whether the work is done; if not, nothing of it may be touched any more
     */
    boolean await(Runnable work, Runnable stop) {
        FutureTask<Boolean> done = new FutureTask<>(work, true);
        Thread thread = new Thread(done, "roster-solver");
        thread.setDaemon(true);
        thread.start();
        try {
            while (goesOn.getAsBoolean()) {
                if (isDone(done, LOOK_EVERY)) {
                    return true;
                }
            }
            stop.run();
            return isDone(done, AFTER_STOP);
        } catch (InterruptedException e) {
            stop.run();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isDone(FutureTask<Boolean> work, Duration within) throws InterruptedException {
        try {
            return work.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The solver failed.", e.getCause());
        }
    }
}
