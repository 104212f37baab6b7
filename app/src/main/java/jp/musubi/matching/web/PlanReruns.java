package jp.musubi.matching.web;

import java.io.IOException;
import java.util.Optional;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.Plans;
import jp.musubi.response.ResponseId;
import org.springframework.stereotype.Component;

/** Makes kept plans again, for programs: the REST interface and the command {@code plan --rerun}. */
@Component
public class PlanReruns {

    private final Plans plans;
    private final PlanningDesk desk;

    PlanReruns(Plans plans, PlanningDesk desk) {
        this.plans = plans;
        this.desk = desk;
    }

    /**
     * How a kept plan came out when it was made again.
     *
     * @param identical whether every line, the objective and the bound are the same
     * @param lines of the kept plan
     * @param missing lines of it that did not come again
     * @param added lines that it did not have
     * @param certified whether the kept plan was proven to be the best; one that was stopped early may come out better
     * @param madeWith the engine of the kept plan
     * @param engine the engine now
     */
    public record Rerun(
            int plan,
            boolean identical,
            int lines,
            int missing,
            int added,
            boolean certified,
            String madeWith,
            String engine,
            String inputHash,
            double seconds) {}

    /**
     * @return empty if there is no such plan
     * @throws IllegalArgumentException if the plan is from before inputs were kept
     * @throws IOException if its input is lost or not what was kept
     */
    public Optional<Rerun> again(ResponseId response, int number) throws IOException {
        Optional<PlanHead> plan = plans.findByNumber(response, number);
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        PlanningDesk.Again again = desk.again(plan.get(), PlanProgress.UNWATCHED);
        return Optional.of(new Rerun(
                number,
                again.identical(),
                plan.get().lines(),
                again.missing().size(),
                again.added().size(),
                plan.get().certified(),
                plan.get().engine(),
                again.engine(),
                plan.get().inputHash(),
                again.solveTime().toMillis() / 1000.0));
    }
}
