package jp.musubi.training;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.training.TraineeHistory.Known;

/**
 * Derives the stage of a trainee from dated facts, for any day.
 *
 * <p>The way is applied → screened → enrolled → in training → completed → founding group → incorporated → launched →
 * sustained at 6, 12, 24, 36 months. Facts of later days than the one asked for do not count. The furthest step that has a
 * day is reached. Somebody who left is at the exit until a step of a later day shows that they came back; death is final.
 */
public final class StageRules {

    /** Months after the launch at which survival is asked for. */
    public static final List<Integer> MONTHS = List.of(6, 12, 24, 36);

    /** Steps that people write down, so that a missing one is an omission. */
    private static final List<Stage> WRITTEN = List.of(
            Stage.APPLIED,
            Stage.SCREENED,
            Stage.ENROLLED,
            Stage.IN_TRAINING,
            Stage.COMPLETED,
            Stage.FOUNDING_GROUP,
            Stage.INCORPORATED,
            Stage.LAUNCHED);

    private static final Map<FactKind, Stage> EXITS = Map.of(
            FactKind.WITHDREW, Stage.WITHDREW,
            FactKind.JOB_ELSEWHERE, Stage.JOB_ELSEWHERE,
            FactKind.FURTHER_STUDY, Stage.FURTHER_STUDY,
            FactKind.MOVED, Stage.MOVED);

    private static final Map<String, Stage> ANSWERED_EXITS = Map.of(
            FollowUpStatus.JOB_ELSEWHERE.code(), Stage.JOB_ELSEWHERE,
            FollowUpStatus.STUDYING.code(), Stage.FURTHER_STUDY,
            FollowUpStatus.MOVED.code(), Stage.MOVED);

    private StageRules() {}

    private record Step(Stage stage, LocalDate on, StageRule rule) {}

    /**
     * @param known what holds, see {@link TraineeHistory#knownOn}
     * @param competency code of what the course leads to; empty if to none
     * @param day facts up to and including this day count
     */
    public static StageReading derive(Known known, Optional<String> competency, LocalDate day) {
        return derive(known.facts(), known.firstDayThere(), competency, day);
    }

    /**
     * The same for callers that know only the first day of attendance.
     *
     * @param facts one for each key, none retracted
     */
    public static StageReading derive(
            List<TraineeFact> facts, Optional<LocalDate> firstDayThere, Optional<String> competency, LocalDate day) {
        List<TraineeFact> until =
                facts.stream().filter(fact -> !fact.on().isAfter(day)).toList();
        List<Step> steps = new ArrayList<>();
        applicationReceived(until, steps);
        screeningHeld(until, steps);
        placeGiven(until, steps);
        firstDayThere
                .filter(first -> !first.isAfter(day))
                .ifPresent(first -> steps.add(new Step(Stage.IN_TRAINING, first, StageRule.FIRST_DAY_ATTENDED)));
        completionNoted(until, steps);
        competency.ifPresent(wanted -> certificateOfTheCourse(until, wanted, steps));
        foundingGroupJoined(until, steps);
        coOperativeRegistered(until, steps);
        businessOpened(until, steps);
        stillInCoOperative(until, steps);
        return read(until, steps);
    }

    private static void applicationReceived(List<TraineeFact> facts, List<Step> steps) {
        milestone(facts, FactKind.APPLIED, Stage.APPLIED, StageRule.APPLICATION_RECEIVED, steps);
    }

    private static void screeningHeld(List<TraineeFact> facts, List<Step> steps) {
        milestone(facts, FactKind.SCREENED, Stage.SCREENED, StageRule.SCREENING_HELD, steps);
    }

    private static void placeGiven(List<TraineeFact> facts, List<Step> steps) {
        milestone(facts, FactKind.ENROLLED, Stage.ENROLLED, StageRule.PLACE_GIVEN, steps);
    }

    private static void completionNoted(List<TraineeFact> facts, List<Step> steps) {
        milestone(facts, FactKind.COMPLETED, Stage.COMPLETED, StageRule.COMPLETION_NOTED, steps);
    }

    private static void certificateOfTheCourse(List<TraineeFact> facts, String competency, List<Step> steps) {
        facts.stream()
                .filter(fact ->
                        fact.kind() == FactKind.CERTIFICATE && fact.code().equals(competency))
                .map(TraineeFact::on)
                .min(Comparator.naturalOrder())
                .ifPresent(on -> steps.add(new Step(Stage.COMPLETED, on, StageRule.CERTIFICATE_OF_THE_COURSE)));
    }

    private static void foundingGroupJoined(List<TraineeFact> facts, List<Step> steps) {
        milestone(facts, FactKind.FOUNDING_GROUP, Stage.FOUNDING_GROUP, StageRule.FOUNDING_GROUP_JOINED, steps);
    }

    private static void coOperativeRegistered(List<TraineeFact> facts, List<Step> steps) {
        milestone(facts, FactKind.INCORPORATED, Stage.INCORPORATED, StageRule.CO_OPERATIVE_REGISTERED, steps);
    }

    private static void businessOpened(List<TraineeFact> facts, List<Step> steps) {
        milestone(facts, FactKind.LAUNCHED, Stage.LAUNCHED, StageRule.BUSINESS_OPENED, steps);
    }

    /** For each term the first answer that was given when the term was over. */
    private static void stillInCoOperative(List<TraineeFact> facts, List<Step> steps) {
        Optional<LocalDate> launched = first(facts, FactKind.LAUNCHED);
        for (int months : launched.isPresent() ? MONTHS : List.<Integer>of()) {
            LocalDate over = launched.get().plusMonths(months);
            facts.stream()
                    .filter(fact -> fact.kind() == FactKind.FOLLOW_UP
                            && fact.code().equals(FollowUpStatus.IN_COOPERATIVE.code())
                            && !fact.on().isBefore(over))
                    .map(TraineeFact::on)
                    .min(Comparator.naturalOrder())
                    .ifPresent(on -> steps.add(
                            new Step(Stage.valueOf("SUSTAINED_" + months), on, StageRule.STILL_IN_CO_OPERATIVE)));
        }
    }

    private static void milestone(
            List<TraineeFact> facts, FactKind kind, Stage stage, StageRule rule, List<Step> steps) {
        first(facts, kind).ifPresent(on -> steps.add(new Step(stage, on, rule)));
    }

    private static Optional<LocalDate> first(List<TraineeFact> facts, FactKind kind) {
        return facts.stream()
                .filter(fact -> fact.kind() == kind)
                .map(TraineeFact::on)
                .min(Comparator.naturalOrder());
    }

    private static StageReading read(List<TraineeFact> facts, List<Step> steps) {
        Optional<Step> furthest = steps.stream()
                .max(Comparator.comparing(Step::stage).thenComparing(Step::on, Comparator.reverseOrder()));
        Stage reached = furthest.map(Step::stage).orElse(Stage.UNKNOWN);
        List<Stage> skipped = skipped(steps, reached);
        Optional<LocalDate> died = first(facts, FactKind.DIED);
        if (died.isPresent()) {
            return new StageReading(Stage.DIED, died, StageRule.DEATH_NOTED, reached, skipped);
        }
        LocalDate lastStep =
                steps.stream().map(Step::on).max(Comparator.naturalOrder()).orElse(LocalDate.MIN);
        Optional<Step> exit = exits(facts).stream()
                .filter(step -> !step.on().isBefore(lastStep))
                .max(Comparator.comparing(Step::on)
                        .thenComparing(Step::rule, Comparator.reverseOrder())
                        .thenComparing(Step::stage));
        return exit.or(() -> furthest)
                .map(step -> new StageReading(step.stage(), Optional.of(step.on()), step.rule(), reached, skipped))
                .orElseGet(() -> new StageReading(
                        Stage.UNKNOWN, Optional.empty(), StageRule.NOTHING_KNOWN, Stage.UNKNOWN, List.of()));
    }

    private static List<Step> exits(List<TraineeFact> facts) {
        List<Step> exits = new ArrayList<>();
        for (TraineeFact fact : facts) {
            Stage noted = EXITS.get(fact.kind());
            if (noted != null) {
                exits.add(new Step(noted, fact.on(), StageRule.EXIT_NOTED));
            }
            Stage answered = fact.kind() == FactKind.FOLLOW_UP ? ANSWERED_EXITS.get(fact.code()) : null;
            if (answered != null) {
                exits.add(new Step(answered, fact.on(), StageRule.EXIT_ANSWERED));
            }
        }
        return exits;
    }

    private static List<Stage> skipped(List<Step> steps, Stage reached) {
        Set<Stage> dated = EnumSet.noneOf(Stage.class);
        steps.forEach(step -> dated.add(step.stage()));
        return WRITTEN.stream()
                .filter(stage -> stage.compareTo(reached) < 0 && !dated.contains(stage))
                .toList();
    }
}
