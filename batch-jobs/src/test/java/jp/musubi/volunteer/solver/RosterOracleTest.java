package jp.musubi.volunteer.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import jp.musubi.volunteer.Availability;
import jp.musubi.volunteer.Roster;
import jp.musubi.volunteer.RosterAudit;
import jp.musubi.volunteer.RosterConflict;
import jp.musubi.volunteer.RosterOutcome;
import jp.musubi.volunteer.RosterPolicy;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterProblem.Candidate;
import jp.musubi.volunteer.RosterProblem.OpenShift;
import jp.musubi.volunteer.RosterProblem.Seat;
import jp.musubi.volunteer.RosterProgress;
import jp.musubi.volunteer.RosterReasons;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.VolunteerId;
import org.junit.jupiter.api.Test;

/** The solver against all ways to fill the seats of small problems, judged by {@link RosterAudit}. */
class RosterOracleTest {

    private static final int PROBLEMS = 300;

    private final HighsRosterSolver solver = new HighsRosterSolver();

    @Test
    void findsTheBestOfAllRosters() {
        int filled = 0;
        for (int seed = 0; seed < PROBLEMS; seed++) {
            RosterProblem problem = SmallRoster.small(new Random(seed));
            Roster best = solve(problem);
            assertThat(RosterAudit.listFaults(problem, best))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(best.isProven()).as("seed %d", seed).isTrue();
            long oracle = Exhaustive.best(problem);
            assertThat((double) best.worth())
                    .as("seed %d", seed)
                    .isCloseTo((double) oracle, within(Roster.PROVEN * Math.abs(best.bound()) + 1e-3));
            assertThat(best.bound()).as("seed %d", seed).isGreaterThanOrEqualTo((double) oracle - 1e-3);
            filled += best.seats().size();
        }
        assertThat(filled).isGreaterThan(PROBLEMS);
    }

    @Test
    void explainsEverySeatOnce() {
        for (int seed = 0; seed < 60; seed++) {
            RosterProblem problem = SmallRoster.small(new Random(seed));
            Roster roster = solve(problem);
            RosterReasons reasons = RosterReasons.of(problem, roster);
            assertThat(reasons.seats().keySet()).containsExactlyInAnyOrderElementsOf(roster.seats());
            int open = reasons.listOpen().stream()
                    .mapToInt(RosterReasons.OpenSeats::count)
                    .sum();
            int seats = problem.shifts().stream().mapToInt(OpenShift::seats).sum();
            assertThat(open + roster.seats().size()).isEqualTo(seats);
        }
    }

    @Test
    void doesNotDependOnTheOrderOfPeopleAndShifts() {
        for (int seed = 0; seed < 40; seed++) {
            RosterProblem problem = SmallRoster.small(new Random(seed));
            List<Candidate> people = new ArrayList<>(problem.people());
            List<OpenShift> shifts = new ArrayList<>(problem.shifts());
            Collections.shuffle(people, new Random(seed));
            Collections.shuffle(shifts, new Random(seed));
            RosterProblem other = new RosterProblem(
                    problem.policy(), people, shifts, problem.fixed(), problem.bans(), problem.proposedBefore());
            assertThat((double) solve(other).worth())
                    .isCloseTo(
                            (double) solve(problem).worth(),
                            within(2 * Roster.PROVEN * Math.abs(solve(problem).bound()) + 1));
        }
    }

    @Test
    void givesTheSameRosterForTheSameProblem() {
        RosterProblem problem = GeneratedRoster.of(300, 60, 7, 3);
        assertThat(solve(problem)).isEqualTo(solve(problem));
    }

    @Test
    void gainsNothingFromSomebodyWithoutTime() {
        for (int seed = 0; seed < 40; seed++) {
            RosterProblem problem = SmallRoster.small(new Random(seed));
            List<Candidate> people = new ArrayList<>(problem.people());
            people.add(new Candidate(
                    new VolunteerId(99),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    10,
                    false,
                    true,
                    Availability.NONE,
                    Set.of(),
                    Set.of()));
            RosterProblem more = new RosterProblem(
                    problem.policy(),
                    people,
                    problem.shifts(),
                    problem.fixed(),
                    problem.bans(),
                    problem.proposedBefore());
            assertThat(solve(more).worth()).isEqualTo(solve(problem).worth());
        }
    }

    @Test
    void keepsToEveryRuleInALargerProblem() {
        for (int seed = 1; seed <= 3; seed++) {
            RosterProblem problem = GeneratedRoster.of(400, 80, 10, seed);
            Roster roster = solve(problem);
            assertThat(RosterAudit.listFaults(problem, roster)).isEmpty();
            assertThat(roster.gap()).isLessThanOrEqualTo(Roster.PROVEN);
            List<Seat> firstCome =
                    HighsRosterSolver.seats(Options.of(problem), FirstComeRoster.of(Options.of(problem)));
            assertThat(RosterAudit.listFaults(
                            problem,
                            new Roster(firstCome, RosterAudit.worth(problem, firstCome), Double.POSITIVE_INFINITY)))
                    .isEmpty();
            assertThat(roster.worth()).isGreaterThan(RosterAudit.worth(problem, firstCome));
        }
    }

    @Test
    void stopsWithTheBestSoFar() {
        RosterProblem problem = GeneratedRoster.of(400, 80, 10, 1);
        RosterOutcome outcome = solver.solve(problem, Duration.ofMinutes(1), (worth, bound) -> false);
        Roster roster = ((RosterOutcome.Solved) outcome).roster();
        assertThat(RosterAudit.listFaults(problem, roster)).isEmpty();
        assertThat(roster.seats()).isNotEmpty();
        assertThat(roster.gap()).isPositive();
    }

    @Test
    void namesDecisionsThatContradictEachOther() {
        Candidate person = SmallRoster.person(1, Optional.empty(), List.of(), 0.1, SmallRoster.allDays(), 100);
        OpenShift first = SmallRoster.shift(1, SmallRoster.DAY, 540, 900, 1, List.of(SmallRoster.any(2)));
        OpenShift second = SmallRoster.shift(2, SmallRoster.DAY, 540, 900, 1, List.of(SmallRoster.any(2)));
        OpenShift skilled = SmallRoster.shift(
                3, SmallRoster.DAY.plusDays(1), 540, 900, 1, List.of(SmallRoster.line(Skill.CARE, 1)));
        RosterProblem problem = new RosterProblem(
                RosterPolicy.STANDARD,
                List.of(person),
                List.of(first, second, skilled),
                List.of(SmallRoster.seat(1, 1), SmallRoster.seat(1, 2), SmallRoster.seat(1, 3)),
                Set.of(),
                Set.of());
        RosterOutcome outcome = solver.solve(problem, Duration.ofMinutes(1), RosterProgress.UNWATCHED);
        assertThat(((RosterOutcome.Contradictory) outcome).conflicts())
                .extracting(RosterConflict::kind)
                .containsExactlyInAnyOrder(RosterConflict.Kind.TWO_SHIFTS, RosterConflict.Kind.NO_SKILL);
    }

    private Roster solve(RosterProblem problem) {
        return ((RosterOutcome.Solved) solver.solve(problem, Duration.ofMinutes(1), RosterProgress.UNWATCHED)).roster();
    }

    /** Every way to put each person on each day somewhere or nowhere. */
    private static final class Exhaustive {

        private final RosterProblem problem;
        private final List<List<Optional<Seat>>> choices = new ArrayList<>();
        private long best;

        private Exhaustive(RosterProblem problem) {
            this.problem = problem;
            this.best = RosterAudit.worth(problem, problem.fixed());
            Set<LocalDate> days = new HashSet<>();
            problem.shifts().forEach(shift -> days.add(shift.time().day()));
            Set<Seat> fixed = Set.copyOf(problem.fixed());
            for (Candidate person : problem.people()) {
                for (LocalDate day : days.stream().sorted().toList()) {
                    List<Optional<Seat>> here = new ArrayList<>();
                    List<Seat> all = problem.shifts().stream()
                            .filter(shift -> shift.time().day().equals(day))
                            .flatMap(shift -> shift.lines().stream()
                                    .map(line -> new Seat(person.id(), shift.id(), line.number())))
                            .toList();
                    List<Seat> must = all.stream().filter(fixed::contains).toList();
                    if (must.isEmpty()) {
                        here.add(Optional.empty());
                        all.stream().filter(this::couldBe).forEach(seat -> here.add(Optional.of(seat)));
                    } else {
                        here.add(Optional.of(must.get(0)));
                    }
                    if (here.size() > 1 || here.get(0).isPresent()) {
                        choices.add(here);
                    }
                }
            }
        }

        /** Leaves out what is wrong whatever the others do, by asking the audit about that seat alone. */
        private boolean couldBe(Seat seat) {
            RosterProblem alone = new RosterProblem(
                    problem.policy(), problem.people(), problem.shifts(), List.of(), problem.bans(), Set.of());
            return RosterAudit.listFaults(alone, new Roster(List.of(seat), 0, Double.POSITIVE_INFINITY)).stream()
                    .noneMatch(fault -> fault.startsWith("A minor")
                            || fault.startsWith("Banned")
                            || fault.startsWith("Without")
                            || fault.startsWith("Too far")
                            || fault.startsWith("Has no time")
                            || fault.startsWith("Two shifts"));
        }

        static long best(RosterProblem problem) {
            Exhaustive all = new Exhaustive(problem);
            all.choose(0, new ArrayList<>());
            return all.best;
        }

        private void choose(int at, List<Seat> seats) {
            if (at == choices.size()) {
                long worth = RosterAudit.worth(problem, seats);
                if (worth > best
                        && RosterAudit.listFaults(problem, new Roster(seats, worth, Double.POSITIVE_INFINITY))
                                .isEmpty()) {
                    best = worth;
                }
                return;
            }
            for (Optional<Seat> choice : choices.get(at)) {
                choice.ifPresent(seats::add);
                choose(at + 1, seats);
                choice.ifPresent(seat -> seats.remove(seats.size() - 1));
            }
        }
    }
}
