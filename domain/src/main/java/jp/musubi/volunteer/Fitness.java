package jp.musubi.volunteer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.volunteer.RosterProblem.Ban;
import jp.musubi.volunteer.RosterProblem.Candidate;
import jp.musubi.volunteer.RosterProblem.OpenShift;
import jp.musubi.volunteer.RosterProblem.Seat;

/** Which person fits which shift, each rule one function. What depends on other seats is not asked here. */
public final class Fitness {

    private final Set<Ban> bans;

    private Fitness(Set<Ban> bans) {
        this.bans = bans;
    }

    public static Fitness of(RosterProblem problem) {
        return new Fitness(problem.bans());
    }

    /** Why somebody cannot be put on a shift at all. */
    public enum Obstacle {
        MINOR,
        TOO_FAR,
        NOT_FREE,
        AT_WORK,
        BANNED
    }

    /** The first thing that keeps a person from a shift, whatever the seat; empty if nothing does. */
    public Optional<Obstacle> obstacle(Candidate person, OpenShift shift) {
        if (!mayBeThere(person, shift)) {
            return Optional.of(Obstacle.MINOR);
        }
        if (!isInReach(person, shift)) {
            return Optional.of(Obstacle.TOO_FAR);
        }
        if (!person.availability().isFree(shift.time())) {
            return Optional.of(Obstacle.NOT_FREE);
        }
        if (person.workedOn().contains(shift.time().day())) {
            return Optional.of(Obstacle.AT_WORK);
        }
        return bans.contains(new Ban(person.id(), shift.id())) ? Optional.of(Obstacle.BANNED) : Optional.empty();
    }

    /** Minors need consent and never work at a risk. */
    public static boolean mayBeThere(Candidate person, OpenShift shift) {
        return person.mayWork() && !(person.minor() && shift.risky());
    }

    public static boolean isInReach(Candidate person, OpenShift shift) {
        return kilometres(person, shift) <= person.radiusKm();
    }

    /** By road; the radius where home or place is not known. */
    public static double kilometres(Candidate person, OpenShift shift) {
        if (person.home().isEmpty() || shift.place().isEmpty()) {
            return person.radiusKm();
        }
        return RosterPolicy.DETOUR
                * person.home().get().kilometresTo(shift.place().get());
    }

    /** Whether the person can do what the seat asks for, with a licence that is good on the day. */
    public static boolean canDo(Candidate person, SeatLine line, OpenShift shift) {
        return line.skill().isEmpty() || has(person, line.skill().get(), line.level(), shift);
    }

    public static boolean canLead(Candidate person, OpenShift shift) {
        return shift.leaderSkill().isEmpty() || has(person, shift.leaderSkill().get(), 1, shift);
    }

    static boolean has(Candidate person, Skill skill, int level, OpenShift shift) {
        for (HeldSkill held : person.skills()) {
            if (held.skill() == skill
                    && held.level() >= level
                    && held.isValidOn(shift.time().day())) {
                return true;
            }
        }
        return false;
    }

    /**
     * What of the fixed seats cannot be kept, with the first reason of each. People may send somebody further than the
     * radius, at a time nobody promised, or without the team; they may not break rest, skill, licence and protection.
     */
    public static List<RosterConflict> listConflicts(RosterProblem problem) {
        Map<VolunteerId, Candidate> people = new HashMap<>();
        problem.people().forEach(person -> people.put(person.id(), person));
        Map<ShiftId, OpenShift> shifts = new HashMap<>();
        problem.shifts().forEach(shift -> shifts.put(shift.id(), shift));
        Map<Ban, Integer> taken = new HashMap<>();
        Map<String, Integer> onLine = new HashMap<>();
        FixedDays days = new FixedDays(problem.policy());
        Set<RosterConflict> conflicts = new LinkedHashSet<>();
        for (Seat seat : problem.fixed().stream().sorted().toList()) {
            Candidate person = people.get(seat.person());
            OpenShift shift = shifts.get(seat.shift());
            SeatLine line = shift == null
                    ? null
                    : shift.lines().stream()
                            .filter(each -> each.number() == seat.line())
                            .findFirst()
                            .orElse(null);
            if (person == null || shift == null || line == null) {
                conflicts.add(new RosterConflict(RosterConflict.Kind.UNKNOWN, seat));
            } else if (problem.bans().contains(new Ban(seat.person(), seat.shift()))) {
                conflicts.add(new RosterConflict(RosterConflict.Kind.BANNED, seat));
            } else if (!mayBeThere(person, shift)) {
                conflicts.add(new RosterConflict(RosterConflict.Kind.MINOR, seat));
            } else if (!canDo(person, line, shift)) {
                conflicts.add(new RosterConflict(RosterConflict.Kind.NO_SKILL, seat));
            } else if (taken.merge(new Ban(seat.person(), seat.shift()), 1, Integer::sum) > 1
                    || person.workedOn().contains(shift.time().day())
                    || !days.isFreeOn(person, shift.time())) {
                conflicts.add(new RosterConflict(RosterConflict.Kind.TWO_SHIFTS, seat));
            } else if (!days.isRestedFor(person, shift.time())) {
                conflicts.add(new RosterConflict(RosterConflict.Kind.NO_REST, seat));
            } else if (onLine.merge(seat.shift().value() + "/" + seat.line(), 1, Integer::sum) > line.seats()) {
                conflicts.add(new RosterConflict(RosterConflict.Kind.NO_SEAT, seat));
            } else {
                days.add(person, shift.time());
            }
        }
        return List.copyOf(conflicts);
    }

    /** Days on which people work, and whether another shift leaves them enough rest. */
    public static final class FixedDays {

        private final RosterPolicy policy;
        private final Map<VolunteerId, Map<Long, ShiftTime>> shifts = new HashMap<>();

        public FixedDays(RosterPolicy policy) {
            this.policy = policy;
        }

        public void add(Candidate person, ShiftTime time) {
            shifts.computeIfAbsent(person.id(), key -> new HashMap<>())
                    .put(time.day().toEpochDay(), time);
        }

        public boolean isFreeOn(Candidate person, ShiftTime time) {
            return !shifts.getOrDefault(person.id(), Map.of())
                    .containsKey(time.day().toEpochDay());
        }

        /** Whether the shift leaves enough hours to the ones before and after it, and makes no row of days too long. */
        public boolean isRestedFor(Candidate person, ShiftTime time) {
            Map<Long, ShiftTime> own = shifts.getOrDefault(person.id(), Map.of());
            long day = time.day().toEpochDay();
            ShiftTime before = own.get(day - 1);
            ShiftTime after = own.get(day + 1);
            if ((before != null && before.restBefore(time) < policy.restMinutes())
                    || (after != null && time.restBefore(after) < policy.restMinutes())) {
                return false;
            }
            Set<Long> days = new HashSet<>(own.keySet());
            person.workedOn().forEach(worked -> days.add(worked.toEpochDay()));
            int row = 1;
            for (long d = day - 1; days.contains(d); d--) {
                row++;
            }
            for (long d = day + 1; days.contains(d); d++) {
                row++;
            }
            return row <= policy.maxConsecutiveDays();
        }
    }
}
