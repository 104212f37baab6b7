package jp.musubi.volunteer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import jp.musubi.volunteer.Fitness.FixedDays;
import jp.musubi.volunteer.RosterProblem.Ban;
import jp.musubi.volunteer.RosterProblem.Candidate;
import jp.musubi.volunteer.RosterProblem.OpenShift;
import jp.musubi.volunteer.RosterProblem.Seat;
import org.jspecify.annotations.Nullable;

/** Why a roster is as it is: for each seat who else could have it, for each open seat one main cause. */
public final class RosterReasons {

    private final RosterProblem problem;
    private final Fitness fitness;
    private final Map<VolunteerId, Candidate> people = new LinkedHashMap<>();
    private final Map<ShiftId, OpenShift> shifts = new LinkedHashMap<>();
    private final Map<ShiftId, List<Seat>> seatsOf = new HashMap<>();
    private final Set<String> atWork = new HashSet<>();
    private final Set<Seat> fixed;
    private final Set<String> fixedAtWork = new HashSet<>();
    private final FixedDays days;

    private RosterReasons(RosterProblem problem, Roster roster) {
        this.problem = problem;
        this.fitness = Fitness.of(problem);
        this.days = new FixedDays(problem.policy());
        this.fixed = Set.copyOf(problem.fixed());
        problem.people().forEach(person -> people.put(person.id(), person));
        problem.shifts().forEach(shift -> shifts.put(shift.id(), shift));
        for (Seat seat : roster.seats()) {
            OpenShift shift = shift(seat.shift());
            seatsOf.computeIfAbsent(seat.shift(), key -> new ArrayList<>()).add(seat);
            atWork.add(onDay(seat.person(), shift));
            if (fixed.contains(seat)) {
                fixedAtWork.add(onDay(seat.person(), shift));
            }
            days.add(person(seat.person()), shift.time());
        }
    }

    public static RosterReasons of(RosterProblem problem, Roster roster) {
        return new RosterReasons(problem, roster);
    }

    private Candidate person(VolunteerId id) {
        return Optional.ofNullable(people.get(id))
                .orElseThrow(() -> new IllegalArgumentException("There is no volunteer " + id.value() + "."));
    }

    private OpenShift shift(ShiftId id) {
        return Optional.ofNullable(shifts.get(id))
                .orElseThrow(() -> new IllegalArgumentException("There is no shift " + id.value() + "."));
    }

    private static String onDay(VolunteerId person, OpenShift shift) {
        return person.value() + " " + shift.time().day();
    }

    /** A reason for each seat of the roster. */
    public Map<Seat, SeatReason> seats() {
        Map<Seat, SeatReason> reasons = new LinkedHashMap<>();
        for (OpenShift shift : problem.shifts()) {
            List<Seat> taken = seatsOf.getOrDefault(shift.id(), List.of());
            if (taken.isEmpty()) {
                continue;
            }
            List<Candidate> free = problem.people().stream()
                    .filter(person -> fitness.obstacle(person, shift).isEmpty()
                            && !atWork.contains(onDay(person.id(), shift))
                            && person.team().isEmpty()
                            && days.isRestedFor(person, shift.time()))
                    .toList();
            for (Seat seat : taken) {
                SeatLine line = line(shift, seat.line());
                double km = Fitness.kilometres(person(seat.person()), shift);
                SeatReason.@Nullable Keeps keeps = keeps(seat, taken, shift);
                List<Candidate> others = free.stream()
                        .filter(other -> Fitness.canDo(other, line, shift)
                                && (keeps != SeatReason.Keeps.LEADER || Fitness.canLead(other, shift)))
                        .toList();
                Optional<Candidate> next = others.stream()
                        .min(Comparator.<Candidate>comparingDouble(other -> Fitness.kilometres(other, shift))
                                .thenComparing(Candidate::id));
                reasons.put(
                        seat,
                        new SeatReason(
                                km,
                                worth(taken, shift) - (keeps == null ? worth(without(taken, seat), shift) : 0),
                                others.size(),
                                next.map(other -> other.id().value()),
                                next.map(other -> Fitness.kilometres(other, shift))
                                        .orElse(0.0),
                                fixed.contains(seat),
                                keeps));
            }
        }
        return reasons;
    }

    /** What the shift would lack without that person. What people fixed takes place however few they are. */
    private SeatReason.@Nullable Keeps keeps(Seat seat, List<Seat> taken, OpenShift shift) {
        List<Seat> rest = without(taken, seat);
        if (fixed.containsAll(rest)) {
            return null;
        }
        if (rest.stream().noneMatch(other -> Fitness.canLead(person(other.person()), shift))) {
            return SeatReason.Keeps.LEADER;
        }
        return rest.size() < shift.leastPeople() ? SeatReason.Keeps.LEAST_PEOPLE : null;
    }

    private static List<Seat> without(List<Seat> taken, Seat seat) {
        return taken.stream().filter(other -> !other.equals(seat)).toList();
    }

    /** What these seats of one shift bring by the policy, less the ways; new faces and staying count with the activity. */
    private long worth(List<Seat> taken, OpenShift shift) {
        RosterPolicy policy = problem.policy();
        int early = Math.min(taken.size(), RosterPolicy.firstSeats(shift.seats()));
        long ways = taken.stream()
                .mapToLong(seat -> policy.wayCost(Fitness.kilometres(person(seat.person()), shift)))
                .sum();
        return early * policy.seatValue(shift.priority(), true)
                + (taken.size() - early) * policy.seatValue(shift.priority(), false)
                - ways;
    }

    /** Open seats of one line and why. */
    public record OpenSeats(ShiftId shift, int line, int count, OpenSeatCause cause) {}

    /** Every line with open seats, in the order of the shifts. */
    public List<OpenSeats> listOpen() {
        List<OpenSeats> open = new ArrayList<>();
        for (OpenShift shift : problem.shifts()) {
            List<Seat> taken = seatsOf.getOrDefault(shift.id(), List.of());
            for (SeatLine line : shift.lines()) {
                int used = (int) taken.stream()
                        .filter(seat -> seat.line() == line.number())
                        .count();
                if (used < line.seats()) {
                    open.add(new OpenSeats(shift.id(), line.number(), line.seats() - used, cause(shift, line, taken)));
                }
            }
        }
        return open;
    }

    private OpenSeatCause cause(OpenShift shift, SeatLine line, List<Seat> taken) {
        if (taken.isEmpty()) {
            Optional<OpenSeatCause> whole = whyItCannotTakePlace(shift);
            if (whole.isPresent()) {
                return whole.get();
            }
        }
        Set<VolunteerId> there = new HashSet<>();
        taken.forEach(seat -> there.add(seat.person()));
        List<Candidate> all = problem.people().stream()
                .filter(person -> !there.contains(person.id()))
                .toList();
        List<Candidate> able = only(all, person -> Fitness.canDo(person, line, shift));
        if (able.isEmpty()) {
            return new OpenSeatCause.NobodyWithSkill((int) all.stream()
                    .filter(person -> person.skills().stream()
                            .anyMatch(held -> Optional.of(held.skill()).equals(line.skill())))
                    .count());
        }
        List<Candidate> allowed = only(able, person -> Fitness.mayBeThere(person, shift));
        if (allowed.isEmpty()) {
            return new OpenSeatCause.MinorsOnly(able.size());
        }
        List<Candidate> near = only(allowed, person -> Fitness.isInReach(person, shift));
        if (near.isEmpty()) {
            double missing = allowed.stream()
                    .mapToDouble(person -> Fitness.kilometres(person, shift) - person.radiusKm())
                    .min()
                    .orElse(0);
            return new OpenSeatCause.TooFar(allowed.size(), missing);
        }
        List<Candidate> free = only(near, person -> person.availability().isFree(shift.time()));
        if (free.isEmpty()) {
            return new OpenSeatCause.NotAvailable(near.size());
        }
        List<Candidate> wanted = only(free, person -> !problem.bans().contains(new Ban(person.id(), shift.id())));
        if (wanted.isEmpty()) {
            return new OpenSeatCause.Banned(free.size());
        }
        List<Candidate> movable = only(
                wanted,
                person -> !person.workedOn().contains(shift.time().day())
                        && !fixedAtWork.contains(onDay(person.id(), shift)));
        if (movable.isEmpty()) {
            return new OpenSeatCause.AlreadyAtWork(wanted.size());
        }
        List<Candidate> idle = only(movable, person -> !atWork.contains(onDay(person.id(), shift)));
        if (idle.isEmpty()) {
            return new OpenSeatCause.OthersNeedThemMore(movable.size());
        }
        List<Candidate> rested = only(idle, person -> days.isRestedFor(person, shift.time()));
        if (rested.isEmpty()) {
            return new OpenSeatCause.NeedsRest(idle.size());
        }
        List<Candidate> single = only(rested, person -> person.team().isEmpty());
        if (taken.isEmpty()
                && !single.isEmpty()
                && single.stream().noneMatch(person -> Fitness.canLead(person, shift))) {
            return new OpenSeatCause.NoLeader(single.size());
        }
        if (!single.isEmpty() && taken.size() + single.size() < shift.leastPeople()) {
            return new OpenSeatCause.TooFewPeople(taken.size() + single.size(), shift.leastPeople());
        }
        return single.isEmpty()
                ? new OpenSeatCause.TeamWouldBeSplit(rested.size())
                : new OpenSeatCause.OthersNeedThemMore(rested.size());
    }

    /** What holds for the shift as a whole, whatever the line: those who could come have no leader or are too few. */
    private Optional<OpenSeatCause> whyItCannotTakePlace(OpenShift shift) {
        List<Candidate> could = problem.people().stream()
                .filter(person -> fitness.obstacle(person, shift).isEmpty()
                        && !fixedAtWork.contains(onDay(person.id(), shift))
                        && shift.lines().stream().anyMatch(line -> Fitness.canDo(person, line, shift)))
                .toList();
        if (could.isEmpty()) {
            return Optional.empty();
        }
        if (could.stream().noneMatch(person -> Fitness.canLead(person, shift))) {
            return Optional.of(new OpenSeatCause.NoLeader(could.size()));
        }
        return could.size() < shift.leastPeople()
                ? Optional.of(new OpenSeatCause.TooFewPeople(could.size(), shift.leastPeople()))
                : Optional.empty();
    }

    private static List<Candidate> only(List<Candidate> of, Predicate<Candidate> which) {
        return of.stream().filter(which).toList();
    }

    private static SeatLine line(OpenShift shift, int number) {
        return shift.lines().stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no line " + number + "."));
    }
}
