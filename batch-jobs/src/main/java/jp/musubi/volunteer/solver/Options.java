package jp.musubi.volunteer.solver;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jp.musubi.volunteer.Fitness;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterProblem.Ban;
import jp.musubi.volunteer.RosterProblem.Candidate;
import jp.musubi.volunteer.RosterProblem.OpenShift;
import jp.musubi.volunteer.RosterProblem.Seat;
import jp.musubi.volunteer.SeatLine;
import jp.musubi.volunteer.VolunteerId;

/**
 * Everything that could be decided: one person, or those of a team who have time, on one shift. Rules about one option
 * alone are settled here, so that the model has only those that couple options.
 */
final class Options {

    /**
     * One person or a team on one shift.
     *
     * @param people by index
     * @param lines for each of them the lines they can fill, as bits; one bit if people fixed the line
     * @param shift by index
     * @param cost of the ways, less what staying is worth
     * @param fixed whether people decided it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Option(int[] people, int[] lines, int shift, long cost, boolean fixed) {}

    private final RosterProblem problem;
    private final List<Candidate> people;
    private final List<OpenShift> shifts;
    private final List<Option> all = new ArrayList<>();
    private final List<List<Integer>> ofPerson = new ArrayList<>();
    private final List<List<Integer>> ofShift = new ArrayList<>();

    private Options(RosterProblem problem) {
        this.problem = problem;
        this.people = problem.people();
        this.shifts = problem.shifts();
        people.forEach(person -> ofPerson.add(new ArrayList<>()));
        shifts.forEach(shift -> ofShift.add(new ArrayList<>()));
    }

    /** @param problem without contradictions among what is fixed */
    static Options of(RosterProblem problem) {
        Options options = new Options(problem);
        options.collect();
        return options;
    }

    List<Option> all() {
        return all;
    }

    /** Options of a person, by index. */
    List<Integer> ofPerson(int person) {
        return ofPerson.get(person);
    }

    List<Integer> ofShift(int shift) {
        return ofShift.get(shift);
    }

    RosterProblem problem() {
        return problem;
    }

    Candidate person(int index) {
        return people.get(index);
    }

    OpenShift shift(int index) {
        return shifts.get(index);
    }

    private void collect() {
        Map<VolunteerId, Integer> indexOf = new HashMap<>();
        Map<String, List<Integer>> teams = new LinkedHashMap<>();
        for (int p = 0; p < people.size(); p++) {
            int index = p;
            indexOf.put(people.get(p).id(), p);
            people.get(p)
                    .team()
                    .ifPresent(team -> teams.computeIfAbsent(team, key -> new ArrayList<>())
                            .add(index));
        }
        Map<Long, Integer> shiftOf = new HashMap<>();
        for (int s = 0; s < shifts.size(); s++) {
            shiftOf.put(shifts.get(s).id().value(), s);
        }
        Map<Integer, Set<LocalDate>> fixedDays = new HashMap<>();
        Set<String> touched = new HashSet<>();
        for (Seat seat : problem.fixed().stream().sorted().toList()) {
            int p = indexOf.getOrDefault(seat.person(), -1);
            int s = shiftOf.getOrDefault(seat.shift().value(), -1);
            LocalDate day = shifts.get(s).time().day();
            fixedDays.computeIfAbsent(p, key -> new HashSet<>()).add(day);
            people.get(p).team().ifPresent(team -> touched.add(team + " " + day));
            add(new Option(
                    new int[] {p},
                    new int[] {1 << lineIndex(shifts.get(s), seat.line())},
                    s,
                    cost(people.get(p), shifts.get(s)),
                    true));
        }
        Map<LocalDate, List<Integer>> shiftsOn = new TreeMap<>();
        for (int s = 0; s < shifts.size(); s++) {
            shiftsOn.computeIfAbsent(shifts.get(s).time().day(), key -> new ArrayList<>())
                    .add(s);
        }
        Fitness fitness = Fitness.of(problem);
        shiftsOn.forEach((day, today) -> {
            for (int p = 0; p < people.size(); p++) {
                Candidate person = people.get(p);
                boolean alone = person.team().isEmpty()
                        || touched.contains(person.team().get() + " " + day);
                if (alone
                        && person.availability().days().containsKey(day)
                        && !fixedDays.getOrDefault(p, Set.of()).contains(day)) {
                    for (int s : today) {
                        together(List.of(p), s, fitness);
                    }
                }
            }
            teams.forEach((team, members) -> {
                if (!touched.contains(team + " " + day)) {
                    for (int s : today) {
                        OpenShift shift = shifts.get(s);
                        together(
                                members.stream()
                                        .filter(p -> people.get(p)
                                                        .availability()
                                                        .isFree(shift.time())
                                                && !people.get(p).workedOn().contains(day))
                                        .toList(),
                                s,
                                fitness);
                    }
                }
            });
        });
    }

    /** Adds the option if all of them may come and there is something to do for each. */
    private void together(List<Integer> members, int s, Fitness fitness) {
        OpenShift shift = shifts.get(s);
        if (members.isEmpty() || members.size() > shift.seats()) {
            return;
        }
        int[] lines = new int[members.size()];
        long cost = 0;
        for (int i = 0; i < lines.length; i++) {
            Candidate person = people.get(members.get(i));
            lines[i] = linesOf(person, shift);
            if (lines[i] == 0 || fitness.obstacle(person, shift).isPresent()) {
                return;
            }
            cost += cost(person, shift);
        }
        add(new Option(members.stream().mapToInt(Integer::intValue).toArray(), lines, s, cost, false));
    }

    private void add(Option option) {
        int number = all.size();
        all.add(option);
        Arrays.stream(option.people()).forEach(p -> ofPerson.get(p).add(number));
        ofShift.get(option.shift()).add(number);
    }

    private long cost(Candidate person, OpenShift shift) {
        long way = problem.policy().wayCost(Fitness.kilometres(person, shift));
        boolean stays = problem.proposedBefore().contains(new Ban(person.id(), shift.id()));
        return stays ? way - problem.policy().keepValue() : way;
    }

    private static int linesOf(Candidate person, OpenShift shift) {
        int lines = 0;
        for (int i = 0; i < shift.lines().size(); i++) {
            if (Fitness.canDo(person, shift.lines().get(i), shift)) {
                lines |= 1 << i;
            }
        }
        return lines;
    }

    private static int lineIndex(OpenShift shift, int number) {
        List<SeatLine> lines = shift.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).number() == number) {
                return i;
            }
        }
        throw new IllegalArgumentException("Shift " + shift.id().value() + " has no line " + number + ".");
    }
}
