package jp.musubi.matching;

import java.util.List;

/** What comes of planning. */
public sealed interface PlanOutcome {

    /** A plan that keeps all constraints; it is optimal unless planning was stopped early. */
    record Planned(Plan plan) implements PlanOutcome {}

    /** A plan that keeps what items share, too; only {@link SharedPlanner} makes it. */
    record Shared(SharedPlan plan) implements PlanOutcome {}

    /** No plan can keep all constraints. */
    record Contradictory(List<ConstraintConflict> conflicts) implements PlanOutcome {
        public Contradictory {
            conflicts = List.copyOf(conflicts);
        }
    }
}
