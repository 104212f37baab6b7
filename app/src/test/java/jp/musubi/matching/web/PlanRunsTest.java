package jp.musubi.matching.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanId;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.web.PlanQuestions.Answer;
import jp.musubi.matching.web.PlanQuestions.Question;
import jp.musubi.matching.web.PlanRuns.Run;
import jp.musubi.matching.web.PlanRuns.State;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseId;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // nothing is planned here, so no desk is needed
class PlanRunsTest {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");
    private static final Answer NOTHING = new Answer.Effect(0, 0, 0, List.of(), Map.of());

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Response response = TestResponse.at(NOW, "runs");

    /** Answers when it is let. */
    private final class SlowQuestions extends PlanQuestions {
        private final Optional<IOException> wrong;

        private SlowQuestions(Optional<IOException> wrong) {
            super(null, null, null, null);
            this.wrong = wrong;
        }

        @Override
        Answer answer(PlanHead plan, Question question, PlanProgress progress) throws IOException {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (wrong.isPresent()) {
                throw wrong.get();
            }
            progress.goOn(1, 2);
            return NOTHING;
        }
    }

    private PlanRuns runs = runs(Optional.empty());

    private PlanRuns runs(Optional<IOException> wrong) {
        return new PlanRuns(null, new SlowQuestions(wrong), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void end() {
        goOn.countDown();
        runs.close();
    }

    private Run ask(PlanHead plan, Question question) {
        return runs.ask(response, plan, question, "/1/coverage", Optional.empty());
    }

    @Test
    void aQuestionThatTakesLongerIsLeftAndFoundAgainWithItsAnswer() {
        Run run = ask(plan(1), new Question.Level());
        assertThat(run.answerAtOnce()).as("the page leads to the run").isEmpty();
        assertThat(run.isOver()).isFalse();
        assertThat(runs.find(response.id(), run.id())).contains(run);

        goOn.countDown();
        await().until(run::isOver);
        assertThat(ask(plan(1), new Question.Level()))
                .as("the address finds the answer")
                .isSameAs(run);
        assertThat(run.answerAtOnce()).contains(NOTHING);
        assertThat(run.address()).contains("/1/coverage");
    }

    @Test
    void anotherPlanIsAnotherQuestion() {
        assertThat(ask(plan(1), new Question.Level())).isNotSameAs(ask(plan(2), new Question.Level()));
    }

    @Test
    void aStoppedQuestionHasNoAnswerAndIsAskedAnew() throws InterruptedException {
        Run run = ask(plan(1), new Question.Level());
        begun.await();
        Run waiting = ask(plan(2), new Question.Level());
        runs.stop(run);
        runs.stop(waiting);
        Run anew = ask(plan(1), new Question.Level());
        assertThat(anew).isNotSameAs(run);

        goOn.countDown();
        await().until(anew::isOver);
        assertThat(run.state()).as("half an answer would mislead").isInstanceOf(State.Stopped.class);
        assertThat(waiting.state()).as("not even begun").isInstanceOf(State.Stopped.class);
        assertThat(anew.answerAtOnce()).contains(NOTHING);
    }

    @Test
    void whatFailedIsAskedAnew() {
        runs.close();
        runs = runs(Optional.of(new IOException("gone")));
        goOn.countDown();
        Run run = ask(plan(1), new Question.Level());
        await().until(run::isOver);
        assertThat(run.state()).isInstanceOf(State.InputLost.class);
        assertThat(run.answerAtOnce()).isEmpty();
        assertThat(ask(plan(1), new Question.Level())).isNotSameAs(run);
    }

    private static PlanHead plan(long id) {
        return new PlanHead(
                new PlanId(id),
                new ResponseId(1),
                1,
                Optional.empty(),
                NOW,
                NOW,
                8,
                Optional.empty(),
                Optional.empty(),
                "engine",
                "hash",
                Optional.of("file"),
                0,
                0,
                BigInteger.ZERO,
                BigInteger.ZERO,
                0,
                0,
                null,
                null,
                null,
                null,
                0,
                0,
                0,
                0,
                0);
    }
}
