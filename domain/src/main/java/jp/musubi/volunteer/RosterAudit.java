package jp.musubi.volunteer;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.musubi.place.Position;

/**
 * Checks a roster against the rules and counts its worth anew. Written from the rules' text and sharing no code with the
 * solver, so that an error in either shows.
 */
public final class RosterAudit {

    private static final double FLAT = 1e-9;

    private final RosterProblem problem;
    private final Map<Long, RosterProblem.Candidate> people = new TreeMap<>();
    private final Map<Long, RosterProblem.OpenShift> shifts = new TreeMap<>();
    private final Map<String, List<RosterProblem.Candidate>> teams = new TreeMap<>();
    private final Set<RosterProblem.Seat> fixed;
    private final List<String> faults = new ArrayList<>();

    private RosterAudit(RosterProblem problem) {
        this.problem = problem;
        fixed = Set.copyOf(problem.fixed());
        problem.shifts().forEach(shift -> shifts.put(shift.id().value(), shift));
        for (RosterProblem.Candidate person : problem.people()) {
            people.put(person.id().value(), person);
            person.team()
                    .ifPresent(team -> teams.computeIfAbsent(team, key -> new ArrayList<>())
                            .add(person));
        }
    }

    private RosterProblem.Candidate person(RosterProblem.Seat seat) {
        RosterProblem.Candidate person = people.get(seat.person().value());
        if (person == null) {
            throw new IllegalArgumentException("The person of " + seat + " is not in the problem.");
        }
        return person;
    }

    private RosterProblem.OpenShift shift(RosterProblem.Seat seat) {
        RosterProblem.OpenShift shift = shifts.get(seat.shift().value());
        if (shift == null) {
            throw new IllegalArgumentException("The shift of " + seat + " is not in the problem.");
        }
        return shift;
    }

    /** Every rule the roster breaks, in words for developers; empty if it keeps to all and says its worth truly. */
    public static List<String> listFaults(RosterProblem problem, Roster roster) {
        RosterAudit audit = new RosterAudit(problem);
        audit.check(roster.seats());
        if (audit.faults.isEmpty()) {
            long worth = worth(problem, roster.seats());
            if (worth != roster.worth()) {
                audit.faults.add("The roster says it is worth " + roster.worth() + ", but is worth " + worth + ".");
            }
            if (roster.bound() < worth - Math.max(1e-6 * Math.abs(worth), 1e-3)) {
                audit.faults.add("The bound " + roster.bound() + " is below the worth " + worth + ".");
            }
        }
        return List.copyOf(audit.faults);
    }

    /** What a set of seats is worth by the policy; says nothing about whether it is allowed. */
    public static long worth(RosterProblem problem, List<RosterProblem.Seat> seats) {
        RosterAudit audit = new RosterAudit(problem);
        RosterPolicy policy = problem.policy();
        Map<RosterProblem.Seat, Integer> filled = new TreeMap<>();
        Set<String> newFaces = new HashSet<>();
        long worth = 0;
        for (RosterProblem.Seat seat : seats) {
            RosterProblem.Candidate person = audit.person(seat);
            RosterProblem.OpenShift shift = audit.shift(seat);
            filled.merge(new RosterProblem.Seat(new VolunteerId(0), seat.shift(), 0), 1, Integer::sum);
            worth -= Math.round(policy.kmCost() * audit.way(person, shift));
            if (shift.continuity()
                    && !person.knownTo().contains(shift.activity())
                    && newFaces.add(person.id() + " " + shift.activity())) {
                worth -= policy.newFaceCost();
            }
            if (problem.proposedBefore().contains(new RosterProblem.Ban(seat.person(), seat.shift()))) {
                worth += policy.keepValue();
            }
        }
        for (Map.Entry<RosterProblem.Seat, Integer> entry : filled.entrySet()) {
            RosterProblem.OpenShift shift = audit.shift(entry.getKey());
            int all = shift.lines().stream().mapToInt(SeatLine::seats).sum();
            long one = policy.seatValue() * List.of(8, 4, 2, 1).get(shift.priority() - 1);
            int first = Math.min(entry.getValue(), (all + 1) / 2);
            worth += entry.getValue() * one + first * (one / 2);
        }
        return worth;
    }

    private double way(RosterProblem.Candidate person, RosterProblem.OpenShift shift) {
        if (person.home().isEmpty() || shift.place().isEmpty()) {
            return person.radiusKm();
        }
        Position a = person.home().get();
        Position b = shift.place().get();
        double dLat = Math.toRadians(b.latitude() - a.latitude());
        double dLon = Math.toRadians(b.longitude() - a.longitude());
        double h = Math.pow(Math.sin(dLat / 2), 2)
                + Math.cos(Math.toRadians(a.latitude()))
                        * Math.cos(Math.toRadians(b.latitude()))
                        * Math.pow(Math.sin(dLon / 2), 2);
        return 1.3 * 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(h)));
    }

    private void check(List<RosterProblem.Seat> seats) {
        Map<Long, List<RosterProblem.Seat>> byPerson = new TreeMap<>();
        Map<Long, List<RosterProblem.Seat>> byShift = new TreeMap<>();
        for (RosterProblem.Seat seat : seats) {
            if (!people.containsKey(seat.person().value())
                    || !shifts.containsKey(seat.shift().value())) {
                faults.add("The seat " + seat + " is not in the problem.");
                return;
            }
            byPerson.computeIfAbsent(seat.person().value(), key -> new ArrayList<>())
                    .add(seat);
            byShift.computeIfAbsent(seat.shift().value(), key -> new ArrayList<>())
                    .add(seat);
            checkSeat(seat);
        }
        Set<RosterProblem.Seat> all = Set.copyOf(seats);
        if (all.size() < seats.size()) {
            faults.add("A seat is there twice.");
        }
        for (RosterProblem.Seat seat : fixed) {
            if (!all.contains(seat)) {
                faults.add("The fixed seat " + seat + " is missing.");
            }
        }
        byPerson.values().forEach(this::checkDays);
        byShift.values().forEach(this::checkShift);
        byShift.values().forEach(taken -> checkTeams(taken, byPerson));
    }

    private boolean isFixed(RosterProblem.Seat seat) {
        return fixed.contains(seat);
    }

    private void checkSeat(RosterProblem.Seat seat) {
        RosterProblem.Candidate person = person(seat);
        RosterProblem.OpenShift shift = shift(seat);
        LocalDate day = shift.time().day();
        if (person.minor() && shift.risky()) {
            faults.add("A minor works at a risk: " + seat);
        }
        if (!person.mayWork()) {
            faults.add("A minor works without consent: " + seat);
        }
        if (problem.bans().contains(new RosterProblem.Ban(seat.person(), seat.shift()))) {
            faults.add("Banned: " + seat);
        }
        SeatLine line = shift.lines().stream()
                .filter(each -> each.number() == seat.line())
                .findFirst()
                .orElse(null);
        if (line == null) {
            faults.add("There is no such line: " + seat);
        } else if (line.skill().isPresent()
                && person.skills().stream()
                        .noneMatch(held -> held.skill() == line.skill().get()
                                && held.level() >= line.level()
                                && held.validUntil()
                                        .map(last -> !day.isAfter(last))
                                        .orElse(true))) {
            faults.add("Without the skill: " + seat);
        }
        if (isFixed(seat)) {
            return;
        }
        if (way(person, shift) > person.radiusKm() + FLAT) {
            faults.add("Too far: " + seat);
        }
        Set<HalfDay> free = person.availability().days().getOrDefault(day, Set.of());
        if ((shift.time().fromMinute() < 720 && !free.contains(HalfDay.MORNING))
                || (shift.time().toMinute() > 720 && !free.contains(HalfDay.AFTERNOON))) {
            faults.add("Has no time: " + seat);
        }
    }

    private void checkDays(List<RosterProblem.Seat> own) {
        RosterProblem.Candidate person = person(own.get(0));
        TreeMap<LocalDate, ShiftTime> shiftsOf = new TreeMap<>();
        for (RosterProblem.Seat seat : own) {
            ShiftTime time = shift(seat).time();
            if (shiftsOf.put(time.day(), time) != null || person.workedOn().contains(time.day())) {
                faults.add("Two shifts on one day: " + seat);
            }
        }
        ShiftTime last = null;
        for (ShiftTime time : shiftsOf.values()) {
            if (last != null) {
                long rest = ChronoUnit.MINUTES.between(
                        last.day().atStartOfDay().plusMinutes(last.toMinute()),
                        time.day().atStartOfDay().plusMinutes(time.fromMinute()));
                if (rest < problem.policy().restMinutes()) {
                    faults.add(person.id() + " rests only " + rest + " minutes before " + time);
                }
            }
            last = time;
        }
        // Only rows of days to which this roster adds one count: what was worked is worked.
        TreeSet<LocalDate> days = new TreeSet<>(shiftsOf.keySet());
        days.addAll(person.workedOn());
        for (LocalDate first : days) {
            int length = problem.policy().maxConsecutiveDays() + 1;
            boolean all = true;
            boolean ours = false;
            for (int i = 0; i < length; i++) {
                all &= days.contains(first.plusDays(i));
                ours |= shiftsOf.containsKey(first.plusDays(i));
            }
            if (all && ours) {
                faults.add(person.id() + " works " + length + " days in a row from " + first);
            }
        }
    }

    private void checkShift(List<RosterProblem.Seat> taken) {
        RosterProblem.OpenShift shift = shift(taken.get(0));
        for (SeatLine line : shift.lines()) {
            long used =
                    taken.stream().filter(seat -> seat.line() == line.number()).count();
            if (used > line.seats()) {
                faults.add("Line " + line.number() + " of " + shift.id() + " has " + used + " people.");
            }
        }
        // What people fixed takes place however few they are.
        if (taken.stream().allMatch(this::isFixed)) {
            return;
        }
        if (taken.size() < shift.leastPeople()) {
            faults.add(shift.id() + " has only " + taken.size() + " people.");
        }
        if (shift.leaderSkill().isPresent()
                && taken.stream()
                        .map(seat -> person(seat))
                        .noneMatch(person -> person.skills().stream()
                                .anyMatch(held -> held.skill()
                                                == shift.leaderSkill().get()
                                        && held.validUntil()
                                                .map(end -> !shift.time().day().isAfter(end))
                                                .orElse(true)))) {
            faults.add(shift.id() + " has no leader.");
        }
    }

    /** On a day on which people fixed nobody of a team, those of the team who have time for its shift are all there. */
    private void checkTeams(List<RosterProblem.Seat> taken, Map<Long, List<RosterProblem.Seat>> byPerson) {
        RosterProblem.OpenShift shift = shift(taken.get(0));
        LocalDate day = shift.time().day();
        Set<String> comers = new TreeSet<>();
        Set<Long> there = new TreeSet<>();
        for (RosterProblem.Seat seat : taken) {
            there.add(seat.person().value());
            person(seat).team().ifPresent(comers::add);
        }
        for (String team : comers) {
            List<RosterProblem.Candidate> members = teams.getOrDefault(team, List.of());
            boolean touched = members.stream()
                    .flatMap(person -> byPerson.getOrDefault(person.id().value(), List.of()).stream())
                    .anyMatch(seat -> isFixed(seat) && shift(seat).time().day().equals(day));
            if (touched) {
                continue;
            }
            for (RosterProblem.Candidate member : members) {
                Set<HalfDay> free = member.availability().days().getOrDefault(day, Set.of());
                boolean hasTime = (shift.time().fromMinute() >= 720 || free.contains(HalfDay.MORNING))
                        && (shift.time().toMinute() <= 720 || free.contains(HalfDay.AFTERNOON))
                        && !member.workedOn().contains(day);
                if (hasTime && !there.contains(member.id().value())) {
                    faults.add("Team " + team + " is split on " + shift.id() + ": " + member.id() + " is missing.");
                }
            }
        }
    }
}
