package jp.musubi.volunteer.solver;

import static jp.musubi.volunteer.solver.SmallRoster.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.volunteer.HeldSkill;
import jp.musubi.volunteer.OpenSeatCause;
import jp.musubi.volunteer.Roster;
import jp.musubi.volunteer.RosterOutcome;
import jp.musubi.volunteer.RosterPolicy;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterProblem.Candidate;
import jp.musubi.volunteer.RosterProblem.OpenShift;
import jp.musubi.volunteer.RosterProblem.Seat;
import jp.musubi.volunteer.RosterProgress;
import jp.musubi.volunteer.RosterReasons;
import jp.musubi.volunteer.SeatLine;
import jp.musubi.volunteer.SeatReason;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.WantedHelp;
import org.junit.jupiter.api.Test;

/** What a roster says of itself, against rosters with something changed. */
class RosterReasonsTest {

    private final HighsRosterSolver solver = new HighsRosterSolver();

    @Test
    void countsAWholeShiftForWhoeverKeepsItFromFallingAway() {
        RosterProblem problem = problem(
                List.of(
                        person(1, List.of(HeldSkill.of(Skill.LEADING))),
                        person(2, List.of()),
                        person(3, List.of()),
                        person(4, List.of())),
                List.of(led(3, 2)));
        Roster roster = solve(problem);
        var reasons = RosterReasons.of(problem, roster).seats();
        assertThat(reasons).hasSize(3);
        reasons.forEach((seat, reason) -> {
            if (seat.person().value() == 1) {
                assertThat(reason.keeps()).isEqualTo(SeatReason.Keeps.LEADER);
                assertThat(reason.worth()).isEqualTo(roster.worth());
                // Somebody else is free, but cannot lead.
                assertThat(reason.others()).isZero();
            } else {
                assertThat(reason.keeps()).isNull();
                assertThat(reason.others()).isEqualTo(1);
            }
        });
    }

    @Test
    void saysThatWithoutOneThereWouldBeTooFew() {
        RosterProblem problem =
                problem(List.of(person(1, List.of()), person(2, List.of())), List.of(shift(1, 3, 2, Optional.empty())));
        Roster roster = solve(problem);
        assertThat(RosterReasons.of(problem, roster).seats().values())
                .hasSize(2)
                .allSatisfy(reason -> {
                    assertThat(reason.keeps()).isEqualTo(SeatReason.Keeps.LEAST_PEOPLE);
                    assertThat(reason.worth()).isEqualTo(roster.worth());
                });
    }

    @Test
    void asksForTheLeaderWhomEverybodyWaitsFor() {
        RosterProblem problem = problem(List.of(person(1, List.of()), person(2, List.of())), List.of(led(4, 2)));
        Roster roster = solve(problem);
        assertThat(roster.seats()).isEmpty();
        assertThat(RosterReasons.of(problem, roster).listOpen())
                .extracting(RosterReasons.OpenSeats::cause)
                .containsExactly(new OpenSeatCause.NoLeader(2));
        assertThat(wanted(problem, roster)).singleElement().satisfies(help -> {
            assertThat(help.skill()).contains(Skill.LEADING);
            assertThat(help.people()).isEqualTo(1);
            assertThat(help.seats()).isEqualTo(3);
            assertThat(solve(with(problem, help, 50)).seats()).hasSize(3);
        });
    }

    @Test
    void asksForNobodyMoreThanWouldHaveASeat() {
        int asked = 0;
        for (int seed = 0; seed < 60; seed++) {
            RosterProblem problem = SmallRoster.small(new Random(seed));
            Roster roster = solve(problem);
            for (WantedHelp help : wanted(problem, roster)) {
                long gained = solve(with(problem, help, 50)).worth() - roster.worth();
                // A seat of the lowest priority, less what a new face costs where the same people should come.
                long least = help.seats() > help.people()
                        ? 0
                        : help.people()
                                * (problem.policy().seatValue(4, false)
                                        - problem.policy().newFaceCost());
                assertThat(gained).as("seed %d: %s", seed, help).isGreaterThanOrEqualTo(least);
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(50);
    }

    @Test
    void isWorthThreeTimesAsMuchAtThreeTimesTheValues() {
        for (int seed = 0; seed < 40; seed++) {
            RosterProblem problem = SmallRoster.small(new Random(seed));
            RosterPolicy policy = problem.policy();
            RosterProblem scaled = new RosterProblem(
                    new RosterPolicy(
                            policy.version(),
                            policy.maxConsecutiveDays(),
                            policy.restMinutes(),
                            3 * policy.seatValue(),
                            3 * policy.kmCost(),
                            3 * policy.newFaceCost(),
                            3 * policy.keepValue()),
                    problem.people(),
                    problem.shifts(),
                    problem.fixed(),
                    problem.bans(),
                    problem.proposedBefore());
            int seats = problem.shifts().stream().mapToInt(OpenShift::seats).sum();
            // Ways are rounded for each person and shift.
            assertThat((double) solve(scaled).worth())
                    .isCloseTo(3.0 * solve(problem).worth(), within(2.0 * seats + 1));
        }
    }

    @Test
    void isWorthTheSameWhenALineOfSeatsIsWrittenAsTwo() {
        int split = 0;
        for (int seed = 0; seed < 60; seed++) {
            RosterProblem problem = SmallRoster.small(new Random(seed));
            List<OpenShift> shifts =
                    problem.shifts().stream().map(RosterReasonsTest::split).toList();
            RosterProblem other = new RosterProblem(
                    problem.policy(), problem.people(), shifts, List.of(), problem.bans(), problem.proposedBefore());
            RosterProblem free = new RosterProblem(
                    problem.policy(),
                    problem.people(),
                    problem.shifts(),
                    List.of(),
                    problem.bans(),
                    problem.proposedBefore());
            Roster roster = solve(other);
            assertThat(jp.musubi.volunteer.RosterAudit.listFaults(other, roster))
                    .isEmpty();
            assertThat(roster.worth()).isEqualTo(solve(free).worth());
            split += shifts.equals(problem.shifts()) ? 0 : 1;
        }
        assertThat(split).isGreaterThan(20);
    }

    private static OpenShift split(OpenShift shift) {
        List<SeatLine> lines = new ArrayList<>();
        for (SeatLine line : shift.lines()) {
            int first = (line.seats() + 1) / 2;
            lines.add(new SeatLine(lines.size() + 1, line.skill(), line.level(), first));
            if (line.seats() > first) {
                lines.add(new SeatLine(lines.size() + 1, line.skill(), line.level(), line.seats() - first));
            }
        }
        return new OpenShift(
                shift.id(),
                shift.activity(),
                shift.time(),
                shift.priority(),
                shift.risky(),
                shift.continuity(),
                shift.place(),
                lines,
                shift.leastPeople(),
                shift.leaderSkill());
    }

    private static List<WantedHelp> wanted(RosterProblem problem, Roster roster) {
        List<RosterReasons.OpenSeats> open = RosterReasons.of(problem, roster).listOpen();
        return WantedHelp.of(problem.shifts().stream()
                .map(shift -> new WantedHelp.OpenWork(
                        shift.id(),
                        Long.toString(shift.id().value()),
                        shift.time().day(),
                        shift.priority(),
                        (int) roster.seats().stream()
                                .filter(seat -> seat.shift().equals(shift.id()))
                                .count(),
                        shift.leastPeople(),
                        shift.leaderSkill(),
                        open.stream()
                                .filter(each -> each.shift().equals(shift.id()))
                                .map(each -> new WantedHelp.OpenLine(
                                        line(shift, each.line()), each.count(), Optional.of(each.cause())))
                                .toList()))
                .toList());
    }

    private static SeatLine line(OpenShift shift, int number) {
        return shift.lines().stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow();
    }

    /** The problem with those who are wanted: adults who live there and have time all the days. */
    private static RosterProblem with(RosterProblem problem, WantedHelp help, long firstId) {
        OpenShift shift = problem.shifts().stream()
                .filter(each -> each.id().equals(help.shifts().get(0)))
                .findFirst()
                .orElseThrow();
        List<Candidate> people = new ArrayList<>(problem.people());
        for (int i = 0; i < help.people(); i++) {
            people.add(new Candidate(
                    new VolunteerId(firstId + i),
                    Optional.empty(),
                    help.skill().stream()
                            .map(skill -> new HeldSkill(skill, help.level(), Optional.empty()))
                            .collect(Collectors.toList()),
                    shift.place(),
                    300,
                    false,
                    true,
                    SmallRoster.allDays(),
                    Set.of(),
                    Set.of()));
        }
        return new RosterProblem(
                problem.policy(), people, problem.shifts(), problem.fixed(), problem.bans(), problem.proposedBefore());
    }

    private static RosterProblem problem(List<Candidate> people, List<OpenShift> shifts) {
        return new RosterProblem(RosterPolicy.STANDARD, people, shifts, List.<Seat>of(), Set.of(), Set.of());
    }

    private static Candidate person(long id, List<HeldSkill> skills) {
        return SmallRoster.person(id, Optional.empty(), skills, 0.1, SmallRoster.allDays(), 100);
    }

    private static OpenShift led(int seats, int least) {
        return shift(1, seats, least, Optional.of(Skill.LEADING));
    }

    private static OpenShift shift(long id, int seats, int least, Optional<Skill> leader) {
        OpenShift shift = SmallRoster.shift(id, DAY, 540, 900, 1, List.of(SmallRoster.any(seats)));
        return new OpenShift(
                shift.id(),
                shift.activity(),
                shift.time(),
                shift.priority(),
                false,
                false,
                shift.place(),
                shift.lines(),
                least,
                leader);
    }

    private Roster solve(RosterProblem problem) {
        return ((RosterOutcome.Solved) solver.solve(problem, Duration.ofMinutes(1), RosterProgress.UNWATCHED)).roster();
    }
}
