package jp.musubi.volunteer.solver;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.musubi.ledger.ActivityId;
import jp.musubi.volunteer.Fitness;
import jp.musubi.volunteer.RosterPolicy;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterProblem.Candidate;
import jp.musubi.volunteer.RosterProblem.OpenShift;
import jp.musubi.volunteer.ShiftTime;

/**
 * The mixed integer program of a roster. One binary for each option, and
 *
 * <ol>
 *   <li>for each person and day at most one option;
 *   <li>for each shift the seats, by Hall's theorem: of people who fit only into a set of lines there are at most as many
 *       as those lines have seats (this keeps one variable where a person fits several lines);
 *   <li>what the seats bring: the first half of a shift brings more, so it fills first by itself;
 *   <li>for shifts with a least number of people or a leader a binary "takes place";
 *   <li>for activities with continuity a variable "this person is new here" above all options of that person there;
 *   <li>for rest: no two options too close, no more days in a row than allowed.
 * </ol>
 */
final class RosterModel {

    private static final int NONE = -1;
    private static final double NEARLY = 1e-6;

    /** By how much a row must be broken to be worth adding. */
    private static final double BROKEN = 1e-3;

    private final Options options;
    private final RosterProblem problem;
    private final boolean[] included;
    private final boolean[] kept;
    private final LinearModel model = new LinearModel();
    private final int[] variableOf;
    private final Set<List<Integer>> dayRows = new HashSet<>();

    private RosterModel(Options options, boolean[] included, boolean[] kept) {
        this.options = options;
        this.problem = options.problem();
        this.included = included;
        this.kept = kept;
        this.variableOf = new int[included.length];
    }

    /**
     * @param included the options that may be taken; those that people fixed must be among them
     * @param kept the options of these that are taken for sure
     * @param covers what is known of whole rosters besides
     */
    static RosterModel of(Options options, boolean[] included, boolean[] kept, List<Cover> covers) {
        RosterModel model = new RosterModel(options, included, kept);
        model.build();
        covers.forEach(model::add);
        return model;
    }

    /** Of these options at most so many are taken, which follows from the others being whole. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Cover(int[] options, int most) {}

    private void add(Cover cover) {
        atMost(Arrays.stream(cover.options()).filter(o -> included[o]).boxed().toList(), cover.most());
    }

    LinearModel linear() {
        return model;
    }

    /** The variable of an option; −1 if it is not included. */
    int variableOf(int option) {
        return variableOf[option];
    }

    private void build() {
        for (int o = 0; o < included.length; o++) {
            Options.Option option = options.all().get(o);
            variableOf[o] =
                    included[o] ? model.variable(option.fixed() || kept[o] ? 1 : 0, 1, true, -option.cost()) : -1;
        }
        for (int p = 0; p < problem.people().size(); p++) {
            days(p);
        }
        for (int s = 0; s < problem.shifts().size(); s++) {
            seats(s);
        }
        continuity();
    }

    private List<Integer> ofPerson(int p) {
        return options.ofPerson(p).stream().filter(o -> included[o]).toList();
    }

    private List<Integer> ofShift(int s) {
        return options.ofShift(s).stream().filter(o -> included[o]).toList();
    }

    /** A row over options that sums to at most {@code most}; left out where it says nothing. */
    private void atMost(List<Integer> chosen, int most) {
        if (chosen.size() > most) {
            model.row(Double.NEGATIVE_INFINITY, most);
            chosen.forEach(o -> model.term(variableOf[o], 1));
        }
    }

    private ShiftTime timeOf(int option) {
        return options.shift(options.all().get(option).shift()).time();
    }

    private void days(int p) {
        TreeMap<LocalDate, List<Integer>> byDay = new TreeMap<>();
        for (int o : ofPerson(p)) {
            byDay.computeIfAbsent(timeOf(o).day(), key -> new ArrayList<>()).add(o);
        }
        // People of one team often have the same options: the same row once.
        byDay.forEach((day, today) -> {
            if (options.person(p).team().isEmpty() || dayRows.add(today)) {
                atMost(today, 1);
            }
            List<Integer> tomorrow = byDay.getOrDefault(day.plusDays(1), List.of());
            rest(today, tomorrow);
        });
        rowsOfDays(options.person(p), byDay);
    }

    /** Whoever ends late today does not begin early tomorrow: one row for each end that matters. */
    private void rest(List<Integer> today, List<Integer> tomorrow) {
        Set<Integer> ends = new TreeSet<>();
        today.forEach(o -> ends.add(timeOf(o).toMinute()));
        for (int end : ends) {
            List<Integer> tooEarly = tomorrow.stream()
                    .filter(o -> ShiftTime.DAY_MINUTES - end + timeOf(o).fromMinute()
                            < problem.policy().restMinutes())
                    .toList();
            if (!tooEarly.isEmpty()) {
                List<Integer> both = new ArrayList<>(tooEarly);
                today.stream().filter(o -> timeOf(o).toMinute() >= end).forEach(both::add);
                atMost(both, 1);
            }
        }
    }

    private void rowsOfDays(Candidate person, Map<LocalDate, List<Integer>> byDay) {
        int most = problem.policy().maxConsecutiveDays();
        TreeSet<LocalDate> days = new TreeSet<>(byDay.keySet());
        days.addAll(person.workedOn());
        for (LocalDate first : days) {
            List<Integer> chosen = new ArrayList<>();
            int worked = 0;
            boolean all = true;
            for (int i = 0; i <= most && all; i++) {
                LocalDate day = first.plusDays(i);
                if (person.workedOn().contains(day)) {
                    worked++;
                } else if (byDay.containsKey(day)) {
                    chosen.addAll(byDay.getOrDefault(day, List.of()));
                } else {
                    all = false;
                }
            }
            if (all && !chosen.isEmpty()) {
                atMost(chosen, most - worked);
            }
        }
    }

    private void seats(int s) {
        OpenShift shift = options.shift(s);
        List<Integer> chosen = ofShift(s);
        if (chosen.isEmpty()) {
            return;
        }
        int held = takesPlace(shift, chosen);
        hall(shift, chosen, held);
        int first = RosterPolicy.firstSeats(shift.seats());
        int early = model.variable(0, first, false, problem.policy().seatValue(shift.priority(), true));
        int late =
                model.variable(0, shift.seats() - first, false, problem.policy().seatValue(shift.priority(), false));
        model.row(0, 0);
        model.term(early, -1);
        model.term(late, -1);
        for (int o : chosen) {
            model.term(variableOf[o], options.all().get(o).people().length);
        }
        if (held != NONE) {
            int sure = Math.min(first, (int)
                    chosen.stream().filter(o -> options.all().get(o).fixed()).count());
            model.row(Double.NEGATIVE_INFINITY, sure);
            model.term(early, 1);
            model.term(held, sure - first);
        }
    }

    /**
     * For every set of lines that people ask for: whoever fits only into it has at most its seats, and nobody comes to a
     * shift that does not take place.
     */
    private void hall(OpenShift shift, List<Integer> chosen, int held) {
        for (int union : unions(chosen)) {
            int capacity = capacity(shift, union);
            model.row(Double.NEGATIVE_INFINITY, capacity);
            int sure = 0;
            for (int o : chosen) {
                int inside = inside(o, union);
                if (inside > 0) {
                    model.term(variableOf[o], inside);
                    sure += options.all().get(o).fixed() ? inside : 0;
                }
            }
            if (held != NONE) {
                // c − f seats if it takes place: Σ ≤ f + (c − f)·held.
                model.lastRowAtMost(sure);
                model.term(held, sure - capacity);
            }
        }
    }

    /** How many of an option's people fit only into these lines. */
    private int inside(int o, int union) {
        return (int) Arrays.stream(options.all().get(o).lines())
                .filter(mask -> (mask & ~union) == 0)
                .count();
    }

    /** Every set of lines that somebody asks for, alone or with others. */
    private Set<Integer> unions(List<Integer> chosen) {
        Set<Integer> unions = new TreeSet<>();
        for (int o : chosen) {
            for (int mask : options.all().get(o).lines()) {
                Set<Integer> more = new TreeSet<>(Set.of(mask));
                unions.forEach(union -> more.add(union | mask));
                unions.addAll(more);
            }
        }
        return unions;
    }

    private static int capacity(OpenShift shift, int union) {
        int capacity = 0;
        for (int l = 0; l < shift.lines().size(); l++) {
            capacity += (union >> l & 1) * shift.lines().get(l).seats();
        }
        return capacity;
    }

    /**
     * Finds and adds what whole teams cannot do together although parts of them could: of options that need more seats
     * than there are at least one is not taken (cover inequalities, with every option added that needs as many as the
     * largest).
     *
     * @param values of the relaxation; they break each of the rows
     */
    List<Cover> addCovers(double[] values) {
        List<Cover> found = new ArrayList<>();
        for (int s = 0; s < problem.shifts().size(); s++) {
            List<Integer> chosen = ofShift(s);
            boolean inParts =
                    chosen.stream().anyMatch(o -> values[variableOf[o]] > NEARLY && values[variableOf[o]] < 1 - NEARLY);
            if (inParts) {
                for (int union : unions(chosen)) {
                    findCover(values, chosen, union, capacity(options.shift(s), union))
                            .ifPresent(found::add);
                }
            }
        }
        found.forEach(this::add);
        return found;
    }

    private Optional<Cover> findCover(double[] values, List<Integer> chosen, int union, int capacity) {
        // Those that are nearly taken and need much first.
        List<Integer> likely = chosen.stream()
                .filter(o -> values[variableOf[o]] > NEARLY && inside(o, union) > 0)
                .sorted(Comparator.<Integer>comparingDouble(o -> (1 - values[variableOf[o]]) / inside(o, union))
                        .thenComparing(o -> o))
                .toList();
        List<Integer> cover = new ArrayList<>();
        int needed = 0;
        for (int o : likely) {
            if (needed <= capacity) {
                cover.add(o);
                needed += inside(o, union);
            }
        }
        // What the cover does not need goes again, the least taken first.
        for (int i = cover.size() - 1; i >= 0; i--) {
            if (needed - inside(cover.get(i), union) > capacity) {
                needed -= inside(cover.remove(i), union);
            }
        }
        int largest = cover.stream().mapToInt(o -> inside(o, union)).max().orElse(0);
        Set<Integer> all = new TreeSet<>(cover);
        chosen.stream().filter(o -> inside(o, union) >= largest).forEach(all::add);
        double sum = all.stream().mapToDouble(o -> values[variableOf[o]]).sum();
        return needed <= capacity || sum <= cover.size() - 1 + BROKEN
                ? Optional.empty()
                : Optional.of(new Cover(all.stream().mapToInt(o -> o).toArray(), cover.size() - 1));
    }

    /** The variable that says whether the shift takes place; {@link #NONE} if nothing can keep it from that. */
    private int takesPlace(OpenShift shift, List<Integer> chosen) {
        int fixed = 0;
        boolean led = shift.leaderSkill().isEmpty();
        List<Integer> free = new ArrayList<>();
        for (int o : chosen) {
            Options.Option option = options.all().get(o);
            if (option.fixed()) {
                fixed++;
                led |= Fitness.canLead(options.person(option.people()[0]), shift);
            } else {
                free.add(o);
            }
        }
        boolean enough = fixed >= Math.max(1, shift.leastPeople()) || shift.leastPeople() == 1;
        if (free.isEmpty() || (enough && led)) {
            return NONE;
        }
        int held = model.variable(0, 1, true, 0);
        model.row(-fixed, Double.POSITIVE_INFINITY);
        model.term(held, -shift.leastPeople());
        free.forEach(o -> model.term(variableOf[o], options.all().get(o).people().length));
        if (!led) {
            model.row(0, Double.POSITIVE_INFINITY);
            model.term(held, -1);
            for (int o : free) {
                if (Arrays.stream(options.all().get(o).people())
                        .anyMatch(p -> Fitness.canLead(options.person(p), shift))) {
                    model.term(variableOf[o], 1);
                }
            }
        }
        return held;
    }

    private void continuity() {
        for (int p = 0; p < problem.people().size(); p++) {
            Map<ActivityId, List<Integer>> there = new HashMap<>();
            for (int o : ofPerson(p)) {
                OpenShift shift = options.shift(options.all().get(o).shift());
                if (shift.continuity() && !options.person(p).knownTo().contains(shift.activity())) {
                    there.computeIfAbsent(shift.activity(), key -> new ArrayList<>())
                            .add(o);
                }
            }
            new TreeMap<>(there).forEach((activity, chosen) -> {
                long cost = -problem.policy().newFaceCost();
                if (chosen.size() == 1) {
                    model.addWorth(variableOf[chosen.get(0)], cost);
                    return;
                }
                int newFace = model.variable(0, 1, false, cost);
                for (List<Integer> oneDay : byDay(chosen)) {
                    model.row(Double.NEGATIVE_INFINITY, 0);
                    model.term(newFace, -1);
                    oneDay.forEach(o -> model.term(variableOf[o], 1));
                }
            });
        }
    }

    /** Of one day a person takes at most one, so that one row holds for all of them. */
    private List<List<Integer>> byDay(List<Integer> chosen) {
        TreeMap<LocalDate, List<Integer>> days = new TreeMap<>();
        chosen.forEach(o ->
                days.computeIfAbsent(timeOf(o).day(), key -> new ArrayList<>()).add(o));
        return List.copyOf(days.values());
    }
}
