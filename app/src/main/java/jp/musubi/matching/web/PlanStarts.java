package jp.musubi.matching.web;

import jakarta.annotation.PreDestroy;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanInputs;
import jp.musubi.matching.PlanStart;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.response.ResponseId;
import org.springframework.stereotype.Component;

/**
 * The newest plan of each response, looked at in the background while people look at it, so that the next one is made from
 * it sooner. It is forgotten when memory is short: then planning begins with nothing, and takes longer.
 */
@Component
class PlanStarts {

    /**
     * @param kept what the next plan's input says of it
     */
    record Ready(PlanInputs.Start kept, PlanStart start) {}

    private final Map<ResponseId, SoftReference<Ready>> newest = new ConcurrentHashMap<>();

    private final ExecutorService looking = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "plan-starts");
        thread.setDaemon(true);
        return thread;
    });

    void remember(ResponseId response, PlanInputs.Kept before, PlanningProblem problem, Plan plan) {
        newest.remove(response);
        looking.execute(() -> newest.put(
                response,
                new SoftReference<>(new Ready(new PlanInputs.Start(before, plan), PlanStart.of(problem, plan)))));
    }

    /** Empty while nobody has planned, or the newest plan is still being looked at. */
    Optional<Ready> find(ResponseId response) {
        return Optional.ofNullable(newest.get(response)).map(SoftReference::get);
    }

    @PreDestroy
    void close() {
        looking.shutdownNow();
    }
}
