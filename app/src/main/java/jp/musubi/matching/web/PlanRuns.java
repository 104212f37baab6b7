package jp.musubi.matching.web;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jp.musubi.identity.PersonId;
import jp.musubi.matching.ConstraintConflict;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.web.PlanningDesk.Choices;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Planning in the background, one plan at a time, so that a page shows how far it is and can stop it. Questions about kept
 * plans wait for one another, but not for plans that are being made.
 */
@Component
class PlanRuns {

    private static final Logger LOG = LoggerFactory.getLogger(PlanRuns.class);
    private static final int REMEMBERED = 50;
    private static final Duration AT_ONCE = Duration.ofMillis(700);

    private final PlanningDesk desk;
    private final PlanQuestions questions;
    private final Clock realTime;
    private final ExecutorService planning = worker("planning");
    private final ExecutorService asking = worker("plan-questions");
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    PlanRuns(PlanningDesk desk, PlanQuestions questions, Clock realTime) {
        this.desk = desk;
        this.questions = questions;
        this.realTime = realTime;
    }

    private static ExecutorService worker(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How a run stands. */
    sealed interface State {
        record Waiting() implements State {}

        /** Pairs of lots and needs that are done, of all; counted while solving. */
        record Working(Step step, long done, long total) implements State {}

        record Kept(PlanHead plan) implements State {}

        record Compared(PlanningDesk.Result.Compared result) implements State {}

        record MadeAgain(PlanningDesk.Again result) implements State {}

        record Answered(PlanQuestions.Answer answer) implements State {}

        /** A question that somebody stopped: half an answer would mislead. */
        record Stopped() implements State {}

        /** What the plan was made from is not there any more, or was changed. */
        record InputLost() implements State {}

        record Contradictory(List<ConstraintConflict> conflicts) implements State {}

        record Failed(String id) implements State {}
    }

    /** What is being done. */
    public enum Step {
        READING(0),
        SOLVING(25),
        EXPLAINING(50),
        KEEPING(75);

        private final int percentBefore;

        Step(int percentBefore) {
            this.percentBefore = percentBefore;
        }
    }

    /** What is asked for. */
    private sealed interface Task {

        /** A new plan. */
        record Make(Choices choices) implements Task {}

        /** Plans for several equities, to look at only. */
        record Compare(Choices choices) implements Task {}

        /** A kept plan once more, to look at only. */
        record Again(PlanHead plan) implements Task {}

        /**
         * A question about a kept plan.
         *
         * @param address of the page that shows the answer, below that of plans
         */
        record Ask(PlanHead plan, PlanQuestions.Question question, String address) implements Task {

            boolean isAbout(PlanHead other, PlanQuestions.Question asked) {
                return plan.id().equals(other.id()) && question.equals(asked);
            }
        }
    }

    /** One request to plan. Public methods, because templates call them. */
    public static final class Run {
        private final String id;
        private final Response response;
        private final Task task;
        private final Instant began;
        private volatile State state = new State.Waiting();
        private volatile boolean stopped;
        private volatile double gap = Double.NaN;
        private final CountDownLatch over = new CountDownLatch(1);

        private Run(String id, Response response, Task task, Instant began) {
            this.id = id;
            this.response = response;
            this.task = task;
            this.began = began;
        }

        public String id() {
            return id;
        }

        public State state() {
            return state;
        }

        public boolean isOver() {
            return PlanRuns.isOver(state);
        }

        /** Whether it is about a kept plan and makes none. */
        public boolean isQuestion() {
            return task instanceof Task.Ask;
        }

        /** Where the answer to a question is shown, below the address of plans. */
        Optional<String> address() {
            return task instanceof Task.Ask ask ? Optional.of(ask.address()) : Optional.empty();
        }

        /** The answer to a question, if it comes while a person waits without being told how far it is. */
        Optional<PlanQuestions.Answer> answerAtOnce() {
            try {
                if (over.await(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS) && state instanceof State.Answered answered) {
                    return Optional.of(answered.answer());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        }

        /** How far from the best the plan is at most that is there already, as a share; empty while there is none. */
        public Optional<Double> gap() {
            double found = gap;
            return Double.isNaN(found) ? Optional.empty() : Optional.of(found);
        }

        /** Empty while it waits its turn. */
        public Optional<Step> step() {
            return state instanceof State.Working working ? Optional.of(working.step()) : Optional.empty();
        }

        /** A quarter for each step; inside solving, by pairs. Where nothing is kept, all is solving. */
        public int percent() {
            if (!(state instanceof State.Working working)) {
                return 0;
            }
            if (!(task instanceof Task.Make)) {
                return working.total() == 0 ? 0 : (int) (100 * working.done() / working.total());
            }
            int before = working.step().percentBefore;
            return working.total() == 0 ? before : before + (int) (25 * working.done() / working.total());
        }

        public Duration runningFor(Instant now) {
            return Duration.between(began, now);
        }
    }

    static boolean isOver(State state) {
        return !(state instanceof State.Waiting || state instanceof State.Working);
    }

    /** Queues planning. */
    Run start(Response response, Choices choices, Optional<PersonId> by) {
        return start(response, new Task.Make(choices), by);
    }

    /** Queues a comparison of equities. */
    Run startComparing(Response response, Choices choices, Optional<PersonId> by) {
        return start(response, new Task.Compare(choices), by);
    }

    /** Queues making a kept plan once more. */
    Run startAgain(Response response, PlanHead plan, Optional<PersonId> by) {
        return start(response, new Task.Again(plan), by);
    }

    /**
     * Queues a question, unless it was asked already and the answer is still known or on its way.
     *
     * @param address of the page that shows the answer, below that of plans
     */
    Run ask(Response response, PlanHead plan, PlanQuestions.Question question, String address, Optional<PersonId> by) {
        synchronized (runs) {
            Optional<Run> known = runs.values().stream()
                    .filter(run -> run.task instanceof Task.Ask ask && ask.isAbout(plan, question))
                    .filter(run -> !run.stopped && (!run.isOver() || run.state instanceof State.Answered))
                    .findFirst();
            return known.orElseGet(() -> start(response, new Task.Ask(plan, question, address), by));
        }
    }

    private Run start(Response response, Task task, Optional<PersonId> by) {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        Run run = new Run(
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), response, task, realTime.instant());
        synchronized (runs) {
            runs.put(run.id, run);
            Iterator<Run> oldest = runs.values().iterator();
            while (runs.size() > REMEMBERED && oldest.hasNext()) {
                if (oldest.next().isOver()) {
                    oldest.remove();
                }
            }
        }
        (run.isQuestion() ? asking : planning).execute(() -> work(run, by));
        return run;
    }

    Optional<Run> find(ResponseId response, String id) {
        synchronized (runs) {
            @Nullable Run run = runs.get(id);
            return Optional.ofNullable(run).filter(found -> found.response.id().equals(response));
        }
    }

    /** Ends a run: with the best plan so far, a question without an answer. */
    void stop(Run run) {
        run.stopped = true;
    }

    private void work(Run run, Optional<PersonId> by) {
        try {
            run.state = new State.Working(Step.READING, 0, 0);
            PlanProgress progress = new PlanProgress() {
                @Override
                public boolean goOn(long done, long total) {
                    run.state = new State.Working(Step.SOLVING, done, total);
                    return !run.stopped;
                }

                @Override
                public void foundPlan(double gap) {
                    run.gap = gap;
                }
            };
            run.state = work(run, progress, by);
        } catch (IOException e) {
            LOG.error("Planning {} has lost its input", run.id, e);
            run.state = new State.InputLost();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.error("Planning {} failed", run.id, e);
            run.state = new State.Failed(run.id);
        } finally {
            run.over.countDown();
        }
    }

    private State work(Run run, PlanProgress progress, Optional<PersonId> by) throws IOException {
        if (run.task instanceof Task.Ask ask) {
            return run.stopped ? new State.Stopped() : answer(run, ask, progress);
        }
        if (run.task instanceof Task.Again again) {
            return new State.MadeAgain(desk.again(again.plan(), progress));
        }
        PlanningDesk.Result result = run.task instanceof Task.Compare compare
                ? desk.compare(run.response, compare.choices(), progress)
                : desk.solve(run.response, ((Task.Make) run.task).choices(), progress);
        if (result instanceof PlanningDesk.Result.Contradictory contradictory) {
            return new State.Contradictory(contradictory.conflicts());
        }
        if (result instanceof PlanningDesk.Result.Compared compared) {
            return new State.Compared(compared);
        }
        run.state = new State.Working(Step.EXPLAINING, 0, 0);
        PlanningDesk.Explained explained = desk.explain(run.response, (PlanningDesk.Result.Solved) result, by);
        run.state = new State.Working(Step.KEEPING, 0, 0);
        return new State.Kept(desk.keep(explained));
    }

    private State answer(Run run, Task.Ask ask, PlanProgress progress) throws IOException {
        PlanQuestions.Answer answer = questions.answer(ask.plan(), ask.question(), progress);
        return run.stopped ? new State.Stopped() : new State.Answered(answer);
    }

    @PreDestroy
    void close() {
        planning.shutdownNow();
        asking.shutdownNow();
    }
}
