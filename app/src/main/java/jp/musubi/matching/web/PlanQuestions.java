package jp.musubi.matching.web;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.FarEnd;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.PlanHead;
import jp.musubi.matching.PlanInputs;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Plans;
import jp.musubi.matching.Sharing;
import jp.musubi.matching.WhatIf;
import jp.musubi.matching.store.PlanPlaces;
import jp.musubi.matching.web.PlanningDesk.More;
import jp.musubi.matching.web.PlanningDesk.Supposed;
import org.springframework.stereotype.Component;

/** Answers questions about kept plans from what they were made from. Answers are small: many are remembered. */
@Component
class PlanQuestions {

    /** A page shows no more; the sums count all. */
    static final int MOST_CHANGES = 200;

    private final PlanningDesk desk;
    private final PlanInputs inputs;
    private final Plans plans;
    private final PlanPlaces places;

    PlanQuestions(PlanningDesk desk, PlanInputs inputs, Plans plans, PlanPlaces places) {
        this.desk = desk;
        this.inputs = inputs;
        this.plans = plans;
        this.places = places;
    }

    /** What can be asked. Equal questions about one plan have one answer. */
    sealed interface Question {

        /** Who would get what if there had been more? */
        record Suppose(More more) implements Question {}

        /** How far is the plan from levelled coverage, and for whom? */
        record Level() implements Question {}
    }

    /** What came of a question. */
    sealed interface Answer {

        /**
         * What would be with more.
         *
         * @param used how many of the units that there would be more
         * @param gainers needs that would get more
         * @param losers needs that would get less
         * @param changes the largest gains first, at most {@value #MOST_CHANGES}
         * @param items what is needed, for each change
         */
        record Effect(long used, long gainers, long losers, List<WhatIf.Change> changes, Map<NeedKey, String> items)
                implements Answer {}

        /** What is asked for more of has no limit in the plan. */
        record NoLimit() implements Answer {}

        /** The plan beside the far end. */
        record Levelled(FarEnd farEnd, Map<CommunityKey, Sharing.People> people) implements Answer {}
    }

    /**
     * @throws IOException if the plan's input is not there any more, or is not what was kept
     * @throws IllegalArgumentException if the plan is from before inputs were kept
     */
    Answer answer(PlanHead plan, Question question, PlanProgress progress) throws IOException {
        if (question instanceof Question.Suppose suppose) {
            return desk.suppose(plan, suppose.more(), progress)
                    .<Answer>map(PlanQuestions::effect)
                    .orElseGet(Answer.NoLimit::new);
        }
        PlanningProblem problem = inputs.open(plan.input()
                        .orElseThrow(
                                () -> new IllegalArgumentException("Plan " + plan.number() + " has no kept input.")))
                .problem();
        Map<CommunityKey, Sharing.People> people = new HashMap<>(places.listPeople(plan.response()));
        people.putAll(problem.sharing().people()); // those of then, where the plan counted them
        return new Answer.Levelled(
                FarEnd.of(
                        problem,
                        plans.listLines(plan.id()),
                        people,
                        Runtime.getRuntime().availableProcessors(),
                        progress),
                people);
    }

    private static Answer effect(Supposed supposed) {
        List<WhatIf.Change> changes = supposed.effect().changes();
        List<WhatIf.Change> shown = changes.stream()
                .sorted(Comparator.comparingLong((WhatIf.Change change) -> change.gets() - change.wouldGet())
                        .thenComparing(WhatIf.Change::need))
                .limit(MOST_CHANGES)
                .toList();
        Map<NeedKey, String> itemOf = new HashMap<>();
        supposed.problem().needs().forEach(need -> itemOf.put(need.key(), need.item()));
        Map<NeedKey, String> items = new HashMap<>();
        shown.forEach(change -> items.put(change.need(), itemOf.getOrDefault(change.need(), "")));
        return new Answer.Effect(
                supposed.effect().used(),
                changes.stream()
                        .filter(change -> change.wouldGet() > change.gets())
                        .count(),
                changes.stream()
                        .filter(change -> change.wouldGet() < change.gets())
                        .count(),
                shown,
                items);
    }
}
