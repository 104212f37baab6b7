package jp.musubi.matching.web;

import jakarta.annotation.PreDestroy;
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
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jp.musubi.identity.PersonId;
import jp.musubi.matching.ConstraintConflict;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Plans;
import jp.musubi.matching.Wish;
import jp.musubi.matching.web.PlanningDesk.Choices;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.NeedBoard;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Works out in the background what another equity would change, before anybody commits. A person has one preview at a
 * time: a newer one ends the older.
 */
@Component
class EquityPreviews {

    private static final Logger LOG = LoggerFactory.getLogger(EquityPreviews.class);
    private static final int REMEMBERED = 50;

    /** So long the stock and needs that were read serve further previews: a slider is moved many times. */
    private static final Duration READING_SERVES_FOR = Duration.ofMinutes(1);

    private final PlanningDesk desk;
    private final Plans plans;
    private final NeedBoard board;
    private final Clock realTime;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "equity-preview");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Preview> previews = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private @Nullable Ground ground;

    EquityPreviews(PlanningDesk desk, Plans plans, NeedBoard board, Clock realTime) {
        this.desk = desk;
        this.plans = plans;
        this.board = board;
        this.realTime = realTime;
    }

    /** How a preview stands. */
    sealed interface State {

        record Working() implements State {}

        record Ready(EquityEffect effect) implements State {}

        record Contradictory(List<ConstraintConflict> conflicts) implements State {}

        /** Ended by its person, or by the person's next one. */
        record Stopped() implements State {}

        record Failed(String id) implements State {}
    }

    /** One question: what would this equity change? */
    static final class Preview {
        private final String id;
        private final Response response;
        private final double equity;
        private final Optional<PersonId> by;
        private volatile State state = new State.Working();
        private volatile boolean stopped;

        private Preview(String id, Response response, double equity, Optional<PersonId> by) {
            this.id = id;
            this.response = response;
            this.equity = equity;
            this.by = by;
        }

        String id() {
            return id;
        }

        double equity() {
            return equity;
        }

        State state() {
            return state;
        }
    }

    /** What all previews of a response share: what there is, and the plan to compare with. */
    private record Ground(
            ResponseId response,
            Optional<PlanHead> newest,
            List<Wish> wishes,
            Instant readAt,
            PlanningDesk.Setting setting,
            List<CommunityNeeds> needs,
            Choices choices,
            Plan plan) {}

    /** The equity to compare with: the newest plan's, else the standard policy's. */
    double present(Response response) {
        return present(newest(response)).equity();
    }

    private Choices present(Optional<PlanHead> newest) {
        return newest.map(desk::choices).orElse(Choices.STANDARD);
    }

    private Optional<PlanHead> newest(Response response) {
        return plans.findNewest(response.id());
    }

    Preview start(Response response, double equity, Optional<PersonId> by) {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        Preview preview =
                new Preview(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), response, equity, by);
        synchronized (previews) {
            previews.values().stream().filter(older -> older.by.equals(by)).forEach(EquityPreviews::stop);
            previews.put(preview.id, preview);
            Iterator<Preview> oldest = previews.values().iterator();
            while (previews.size() > REMEMBERED) {
                stop(oldest.next());
                oldest.remove();
            }
        }
        worker.execute(() -> work(preview));
        return preview;
    }

    /** A person's own previews only. */
    Optional<Preview> find(ResponseId response, Optional<PersonId> by, String id) {
        synchronized (previews) {
            return Optional.ofNullable(previews.get(id))
                    .filter(found -> found.response.id().equals(response) && found.by.equals(by));
        }
    }

    static void stop(Preview preview) {
        preview.stopped = true;
        if (preview.state instanceof State.Working) {
            preview.state = new State.Stopped();
        }
    }

    private void work(Preview preview) {
        try {
            if (!preview.stopped) {
                State state = effect(preview);
                preview.state = preview.stopped ? new State.Stopped() : state;
            }
        } catch (RuntimeException e) {
            LOG.error("Preview {} failed", preview.id, e);
            preview.state = new State.Failed(preview.id);
        }
    }

    private State effect(Preview preview) {
        Optional<PlanHead> newest = newest(preview.response);
        List<Wish> wishes = plans.listWishes(preview.response.id());
        @Nullable Ground known = ground;
        if (known == null
                || !known.response().equals(preview.response.id())
                || !known.newest().map(PlanHead::id).equals(newest.map(PlanHead::id))
                || !known.wishes().equals(wishes)
                || known.readAt().plus(READING_SERVES_FOR).isBefore(realTime.instant())) {
            ground = null;
            Instant readAt = realTime.instant();
            PlanningDesk.Setting setting = desk.setting(preview.response);
            Choices choices = present(newest);
            PlanningDesk.Result result =
                    desk.solve(choices, setting.problem(choices), (done, total) -> !preview.stopped);
            if (result instanceof PlanningDesk.Result.Contradictory contradictory) {
                return new State.Contradictory(contradictory.conflicts());
            }
            if (preview.stopped) {
                return new State.Stopped(); // half a plan is nothing to compare with
            }
            known = new Ground(
                    preview.response.id(),
                    newest,
                    wishes,
                    readAt,
                    setting,
                    board.listNeeds(preview.response.id(), setting.now()),
                    choices,
                    ((PlanningDesk.Result.Solved) result).plan());
            ground = known;
        }
        Plan after = known.plan();
        Choices changed = known.choices().withEquity(preview.equity);
        PlanningProblem asked = known.setting().problem(changed);
        if (preview.equity != known.choices().equity()) {
            PlanningDesk.Result result = desk.solve(changed, asked, (done, total) -> !preview.stopped);
            after = ((PlanningDesk.Result.Solved) result).plan(); // the same wishes did not contradict before
        }
        return new State.Ready(EquityEffect.between(
                asked,
                known.choices().equity(),
                known.plan(),
                preview.equity,
                after,
                known.needs(),
                known.readAt(),
                newest.map(head -> OptionalInt.of(head.number())).orElse(OptionalInt.empty())));
    }

    @PreDestroy
    void close() {
        worker.shutdownNow();
    }
}
