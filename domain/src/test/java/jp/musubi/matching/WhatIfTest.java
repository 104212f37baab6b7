package jp.musubi.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    private static Plan plan(PlanningProblem problem) {
        return ((PlanOutcome.Planned) Planner.withThreads(1).plan(problem)).plan();
    }

    private static AvailableLot more(PlanningProblem problem, String item, long quantity) {
        OpenNeed near = problem.needs().get(0);
        return new AvailableLot(new LotKey("more"), item, near.unit(), quantity, near.position(), null, null);
    }

    @Property(tries = 300)
    void saysWhatPlanningEverythingAgainWouldSay(@ForAll long seed) {
        Random random = new Random(seed);
        PlanningProblem problem = RandomProblems.problem(random, 1 + random.nextInt(20), 1 + random.nextInt(15), 2);
        AvailableLot more = more(problem, problem.needs().get(0).item(), 1 + random.nextInt(60));
        List<AvailableLot> lots = new ArrayList<>(problem.lots());
        lots.add(more);
        Plan before = plan(problem);
        Plan after = plan(PlanningProblem.of(problem.now(), lots, problem.needs(), problem.policy()));

        WhatIf effect = WhatIf.there(problem, more);

        assertThat(effect.gain())
                .isEqualTo(before.figures()
                        .objective()
                        .subtract(after.figures().objective())
                        .longValueExact());
        assertThat(effect.gain()).isNotNegative();
        assertThat(effect.used()).isBetween(0L, more.quantity());
        long net = effect.changes().stream()
                .mapToLong(change -> change.wouldGet() - change.gets())
                .sum();
        assertThat(net).isLessThanOrEqualTo(effect.used());
    }

    @Test
    void aSubstituteHelpsWhereItMayStandIn() {
        PlanningProblem plain = RandomProblems.problem(new Random(5), 6, 8, 1);
        String needed = plain.needs().get(0).item();
        PlanningProblem problem =
                plain.withPolicy(plain.policy().withSubstitutes(Set.of(new Policy.Substitution("other", needed)), 0));
        assertThat(WhatIf.there(problem, more(problem, "other", 1_000_000)).used())
                .isPositive();
        assertThat(WhatIf.there(plain, more(plain, "other", 1_000_000))).isEqualTo(new WhatIf(List.of(), 0, 0));
    }

    @Test
    void whatIsThereCannotComeAgain() {
        PlanningProblem problem = RandomProblems.problem(new Random(5), 6, 8, 1);
        AvailableLot lot = problem.lots().get(0);
        assertThatThrownBy(() -> WhatIf.there(problem, lot))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(lot.key().toString());
    }

    @Test
    void enoughForEverybodyLeavesNobodyOut() {
        PlanningProblem problem = RandomProblems.problem(new Random(8), 3, 12, 1);
        Map<NeedKey, Long> asked = new HashMap<>();
        problem.needs().forEach(need -> asked.put(need.key(), need.quantity()));
        WhatIf effect =
                WhatIf.there(problem, more(problem, problem.needs().get(0).item(), 1_000_000_000));
        assertThat(effect.changes())
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.wouldGet())
                        .isGreaterThanOrEqualTo(change.gets())
                        .isLessThanOrEqualTo(asked.getOrDefault(change.need(), 0L)));
    }
}
