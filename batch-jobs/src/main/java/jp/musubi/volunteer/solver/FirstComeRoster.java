package jp.musubi.volunteer.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import jp.musubi.volunteer.Fitness;
import jp.musubi.volunteer.Fitness.FixedDays;
import jp.musubi.volunteer.RosterProblem.Candidate;
import jp.musubi.volunteer.RosterProblem.OpenShift;

/**
 * How rosters are made today: in the order in which people registered each takes, day by day, the nearest open seat that
 * fits. Shifts that stay too small or without a leader fall away. Something to start from and to be measured against.
 */
final class FirstComeRoster {

    private final Options options;
    private final boolean[] taken;
    private final List<List<Integer>> chosenOf = new ArrayList<>();
    private final FixedDays days;

    private FirstComeRoster(Options options) {
        this.options = options;
        this.taken = new boolean[options.all().size()];
        this.days = new FixedDays(options.problem().policy());
        options.problem().shifts().forEach(shift -> chosenOf.add(new ArrayList<>()));
    }

    /** Which options are taken. */
    static boolean[] of(Options options) {
        FirstComeRoster roster = new FirstComeRoster(options);
        roster.fill();
        return roster.taken;
    }

    private void fill() {
        List<Options.Option> all = options.all();
        for (int o = 0; o < all.size(); o++) {
            if (all.get(o).fixed()) {
                take(o);
            }
        }
        for (int p = 0; p < options.problem().people().size(); p++) {
            List<Integer> nearestFirst = options.ofPerson(p).stream()
                    .filter(o -> !all.get(o).fixed())
                    .sorted(Comparator.<Integer, Long>comparing(
                                    o -> options.shift(all.get(o).shift())
                                            .time()
                                            .day()
                                            .toEpochDay())
                            .thenComparing(o -> all.get(o).cost() / all.get(o).people().length)
                            .thenComparing(o -> o))
                    .toList();
            for (int o : nearestFirst) {
                if (!taken[o] && fits(o)) {
                    take(o);
                }
            }
        }
        for (int s = 0; s < chosenOf.size(); s++) {
            if (!takesPlace(s)) {
                chosenOf.get(s).stream().filter(o -> !all.get(o).fixed()).forEach(o -> taken[o] = false);
            }
        }
    }

    private boolean fits(int o) {
        Options.Option option = options.all().get(o);
        OpenShift shift = options.shift(option.shift());
        for (int p : option.people()) {
            Candidate person = options.person(p);
            if (!days.isFreeOn(person, shift.time()) || !days.isRestedFor(person, shift.time())) {
                return false;
            }
        }
        List<Integer> with = new ArrayList<>(chosenOf.get(option.shift()));
        with.add(o);
        return SeatFilling.isPossible(shift.lines(), masks(options, with));
    }

    private void take(int o) {
        Options.Option option = options.all().get(o);
        taken[o] = true;
        chosenOf.get(option.shift()).add(o);
        for (int p : option.people()) {
            days.add(options.person(p), options.shift(option.shift()).time());
        }
    }

    private boolean takesPlace(int s) {
        OpenShift shift = options.shift(s);
        int people = 0;
        boolean led = false;
        for (int o : chosenOf.get(s)) {
            for (int p : options.all().get(o).people()) {
                people++;
                led |= Fitness.canLead(options.person(p), shift);
            }
        }
        return people >= shift.leastPeople() && led;
    }

    static int[] masks(Options options, List<Integer> chosen) {
        return chosen.stream()
                .flatMapToInt(o -> Arrays.stream(options.all().get(o).lines()))
                .toArray();
    }
}
