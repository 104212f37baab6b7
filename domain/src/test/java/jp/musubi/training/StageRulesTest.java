package jp.musubi.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StageRulesTest {

    private static final Instant SAID = Instant.parse("2015-01-01T00:00:00Z");
    private static final LocalDate START = LocalDate.of(2011, 9, 1);
    private static final Optional<String> HELPER = Optional.of("helper-2");

    @Test
    void followsTheWayDayByDay() {
        List<TraineeFact> facts = List.of(
                step(FactKind.APPLIED, "2011-09-05"),
                step(FactKind.SCREENED, "2011-09-15"),
                step(FactKind.ENROLLED, "2011-09-20"),
                step(FactKind.COMPLETED, "2012-03-30"),
                step(FactKind.FOUNDING_GROUP, "2012-04-10"),
                step(FactKind.INCORPORATED, "2012-09-01"),
                step(FactKind.LAUNCHED, "2012-10-01"),
                answer(FollowUpStatus.IN_COOPERATIVE, "2013-04-02"),
                answer(FollowUpStatus.IN_COOPERATIVE, "2013-10-01"));

        assertThat(stage(facts, "2011-09-04")).isEqualTo(Stage.UNKNOWN);
        assertThat(stage(facts, "2011-09-05")).isEqualTo(Stage.APPLIED);
        assertThat(stage(facts, "2011-09-15")).isEqualTo(Stage.SCREENED);
        assertThat(stage(facts, "2011-10-02")).isEqualTo(Stage.ENROLLED);
        assertThat(stage(facts, "2011-10-03")).isEqualTo(Stage.IN_TRAINING);
        assertThat(stage(facts, "2012-03-30")).isEqualTo(Stage.COMPLETED);
        assertThat(stage(facts, "2012-04-10")).isEqualTo(Stage.FOUNDING_GROUP);
        assertThat(stage(facts, "2012-09-01")).isEqualTo(Stage.INCORPORATED);
        assertThat(stage(facts, "2013-04-01")).isEqualTo(Stage.LAUNCHED);
        assertThat(stage(facts, "2013-04-02")).isEqualTo(Stage.SUSTAINED_6);
        assertThat(read(facts, "2013-10-01"))
                .isEqualTo(new StageReading(
                        Stage.SUSTAINED_12,
                        Optional.of(LocalDate.of(2013, 10, 1)),
                        StageRule.STILL_IN_CO_OPERATIVE,
                        Stage.SUSTAINED_12,
                        List.of()));
    }

    @Test
    void countsAnAnswerOnlyWhenItsTermIsOver() {
        List<TraineeFact> early =
                List.of(step(FactKind.LAUNCHED, "2012-10-01"), answer(FollowUpStatus.IN_COOPERATIVE, "2013-03-31"));

        assertThat(stage(early, "2013-12-31")).isEqualTo(Stage.LAUNCHED);
        assertThat(stage(
                        List.of(step(FactKind.LAUNCHED, "2012-10-01"), answer(FollowUpStatus.LOOKING, "2013-04-02")),
                        "2013-12-31"))
                .isEqualTo(Stage.LAUNCHED);
    }

    @Test
    void completesByTheCertificateTheCourseLeadsToAndByNoOther() {
        TraineeFact certificate = word(FactEntry.certificate("1", "helper-2", LocalDate.of(2012, 3, 28), ""));

        assertThat(read(List.of(certificate), "2012-03-28").rule()).isEqualTo(StageRule.CERTIFICATE_OF_THE_COURSE);
        assertThat(StageRules.derive(
                                List.of(certificate), Optional.empty(), Optional.of("forklift"), START.plusYears(1))
                        .stage())
                .isEqualTo(Stage.UNKNOWN);
    }

    @Test
    void leavesByAnExitAndComesBackByALaterStep() {
        List<TraineeFact> facts = List.of(
                step(FactKind.ENROLLED, "2011-09-20"),
                step(FactKind.WITHDREW, "2011-12-01"),
                step(FactKind.COMPLETED, "2012-06-30"));

        StageReading gone = read(facts, "2011-12-31");
        assertThat(gone.stage()).isEqualTo(Stage.WITHDREW);
        assertThat(gone.reached()).isEqualTo(Stage.IN_TRAINING);
        assertThat(stage(facts, "2012-06-30")).isEqualTo(Stage.COMPLETED);
    }

    @Test
    void takesDeathAsFinal() {
        List<TraineeFact> facts =
                List.of(step(FactKind.DIED, "2012-01-10"), answer(FollowUpStatus.IN_COOPERATIVE, "2013-01-10"));

        assertThat(read(facts, "2014-01-01").rule()).isEqualTo(StageRule.DEATH_NOTED);
        assertThat(stage(facts, "2012-01-09")).isEqualTo(Stage.IN_TRAINING);
    }

    @Test
    void readsAnExitFromAnAnswer() {
        List<TraineeFact> facts =
                List.of(step(FactKind.COMPLETED, "2012-03-30"), answer(FollowUpStatus.JOB_ELSEWHERE, "2012-09-30"));

        assertThat(read(facts, "2012-10-01").rule()).isEqualTo(StageRule.EXIT_ANSWERED);
        assertThat(stage(facts, "2012-10-01")).isEqualTo(Stage.JOB_ELSEWHERE);
    }

    @Test
    void namesTheStepsNobodyWroteDown() {
        assertThat(StageRules.derive(
                                List.of(step(FactKind.APPLIED, "2011-09-05"), step(FactKind.LAUNCHED, "2012-10-01")),
                                Optional.empty(),
                                HELPER,
                                LocalDate.of(2012, 10, 1))
                        .skipped())
                .containsExactly(
                        Stage.SCREENED,
                        Stage.ENROLLED,
                        Stage.IN_TRAINING,
                        Stage.COMPLETED,
                        Stage.FOUNDING_GROUP,
                        Stage.INCORPORATED);
    }

    /** However facts come in, and whatever comes later, the stage of a day is the same. */
    @Property(tries = 300)
    void dependsOnTheFactsUpToTheDayOnly(@ForAll long seed, @ForAll @IntRange(min = 0, max = 1500) int days) {
        Random random = new Random(seed);
        List<TraineeFact> facts = randomFacts(random);
        LocalDate day = START.plusDays(days);
        StageReading reading = StageRules.derive(facts, Optional.of(START.plusDays(32)), HELPER, day);

        List<TraineeFact> shuffled = new ArrayList<>(facts);
        Collections.shuffle(shuffled, random);
        assertThat(StageRules.derive(shuffled, Optional.of(START.plusDays(32)), HELPER, day))
                .isEqualTo(reading);
        List<TraineeFact> until =
                facts.stream().filter(fact -> !fact.on().isAfter(day)).toList();
        assertThat(StageRules.derive(until, Optional.of(START.plusDays(32)), HELPER, day))
                .isEqualTo(reading);
        assertThat(StageRules.derive(facts, Optional.of(START.plusDays(32)), HELPER, day.plusDays(1))
                        .reached())
                .isGreaterThanOrEqualTo(reading.reached());
    }

    /** The rules of the way, told once more: an exit holds unless a step of a later day follows. */
    @Property(tries = 300)
    void agreesWithASecondTellingOfTheRules(@ForAll long seed, @ForAll @IntRange(min = 0, max = 1500) int days) {
        List<TraineeFact> facts = randomFacts(new Random(seed));
        LocalDate day = START.plusDays(days);
        StageReading reading = StageRules.derive(facts, Optional.empty(), Optional.empty(), day);

        LocalDate lastStep = LocalDate.MIN;
        LocalDate launched = null;
        for (TraineeFact fact : facts) {
            boolean step = fact.kind().compareTo(FactKind.LAUNCHED) <= 0;
            if (step && !fact.on().isAfter(day)) {
                lastStep = lastStep.isBefore(fact.on()) ? fact.on() : lastStep;
                launched = fact.kind() == FactKind.LAUNCHED ? fact.on() : launched;
            }
        }
        for (TraineeFact fact : facts) {
            if (launched != null
                    && fact.code().equals("in-cooperative")
                    && !fact.on().isAfter(day)
                    && !fact.on().isBefore(launched.plusMonths(6))
                    && termsOver(launched, fact.on()) > termsOverBefore(facts, launched, fact)) {
                lastStep = lastStep.isBefore(fact.on()) ? fact.on() : lastStep;
            }
        }
        boolean dead = has(facts, day, FactKind.DIED, LocalDate.MIN);
        boolean left = has(facts, day, FactKind.WITHDREW, lastStep) || has(facts, day, FactKind.MOVED, lastStep);
        assertThat(reading.stage() == Stage.DIED).isEqualTo(dead);
        if (!dead) {
            assertThat(reading.stage().isExit()).as("%s", facts).isEqualTo(left);
        }
    }

    private static int termsOver(LocalDate launched, LocalDate on) {
        return (int) StageRules.MONTHS.stream()
                .filter(months -> !on.isBefore(launched.plusMonths(months)))
                .count();
    }

    private static int termsOverBefore(List<TraineeFact> facts, LocalDate launched, TraineeFact answer) {
        return facts.stream()
                .filter(fact ->
                        fact.code().equals("in-cooperative") && fact.on().isBefore(answer.on()))
                .mapToInt(fact -> termsOver(launched, fact.on()))
                .max()
                .orElse(0);
    }

    private static boolean has(List<TraineeFact> facts, LocalDate day, FactKind kind, LocalDate notBefore) {
        return facts.stream().anyMatch(fact -> fact.kind() == kind && holds(fact, day, notBefore));
    }

    private static boolean holds(TraineeFact fact, LocalDate day, LocalDate notBefore) {
        return !fact.on().isAfter(day) && !fact.on().isBefore(notBefore);
    }

    private static List<TraineeFact> randomFacts(Random random) {
        List<TraineeFact> facts = new ArrayList<>();
        int day = 0;
        for (FactKind kind : FactKind.values()) {
            if (kind.compareTo(FactKind.LAUNCHED) <= 0 && random.nextInt(4) > 0) {
                day += random.nextInt(90);
                facts.add(word(FactEntry.milestone(kind, START.plusDays(day))));
            }
        }
        for (FactKind exit : List.of(FactKind.WITHDREW, FactKind.MOVED, FactKind.DIED)) {
            if (random.nextInt(5) == 0) {
                facts.add(word(FactEntry.milestone(exit, START.plusDays(random.nextInt(1500)))));
            }
        }
        for (int i = 0; i < random.nextInt(4); i++) {
            LocalDate on = START.plusDays(200 + 7L * random.nextInt(180) + i);
            facts.removeIf(fact -> fact.key().equals("follow-up:" + on));
            facts.add(word(FactEntry.followUp(FollowUpStatus.IN_COOPERATIVE, on)));
        }
        return facts;
    }

    private static Stage stage(List<TraineeFact> facts, String day) {
        return read(facts, day).stage();
    }

    private static StageReading read(List<TraineeFact> facts, String day) {
        return StageRules.derive(facts, Optional.of(LocalDate.of(2011, 10, 3)), HELPER, LocalDate.parse(day));
    }

    private static TraineeFact step(FactKind kind, String on) {
        return word(FactEntry.milestone(kind, LocalDate.parse(on)));
    }

    private static TraineeFact answer(FollowUpStatus status, String on) {
        return word(FactEntry.followUp(status, LocalDate.parse(on)));
    }

    private static TraineeFact word(FactEntry entry) {
        return new TraineeFact(entry, Said.now(SAID, Optional.empty()));
    }
}
