package jp.musubi.volunteer.solver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.volunteer.Fitness;
import jp.musubi.volunteer.Roster;
import jp.musubi.volunteer.RosterAudit;
import jp.musubi.volunteer.RosterConflict;
import jp.musubi.volunteer.RosterOutcome;
import jp.musubi.volunteer.RosterPolicy;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterProblem.OpenShift;
import jp.musubi.volunteer.RosterProblem.Seat;
import jp.musubi.volunteer.RosterProgress;
import jp.musubi.volunteer.RosterSolver;
import org.springframework.stereotype.Component;

/**
 * Rosters by HiGHS, in three steps:
 *
 * <ol>
 *   <li>{@link FirstComeRoster}, so that there is always a roster;
 *   <li>the linear relaxation of {@link RosterModel}, which is almost whole: its prices prove a bound;
 *   <li>the mixed integer program of the few options that cost little at those prices, until the roster is within
 *       {@link Roster#PROVEN} of the bound. An option whose reduced worth is below the distance between bound and best
 *       roster cannot be part of a better one; once only those are left out, the program's own bound holds too.
 * </ol>
 */
@Component
final class HighsRosterSolver implements RosterSolver {

    @Override
    public String engine() {
        return "highs-roster/2";
    }

    @Override
    public RosterOutcome solve(RosterProblem problem, Duration atMost, RosterProgress progress) {
        List<RosterConflict> conflicts = Fitness.listConflicts(problem);
        if (!conflicts.isEmpty()) {
            return new RosterOutcome.Contradictory(conflicts);
        }
        return new RosterOutcome.Solved(new Search(problem, atMost, progress).best());
    }

    /** One search: every step leaves a roster and a bound. */
    private static final class Search {

        private static final double NEARLY = 1e-6;

        /** Reduced worth of options that are worth trying first: a few kilometres of way. */
        private static final double SOME = 10;

        /** Reduced worth of options that the relaxation may want once covers are added. */
        private static final double NEAR = 25;

        private static final int COVER_ROUNDS = 4;

        /** Reduced worth of options on shifts that are not settled: rather somebody from further away than an open seat. */
        private static final double WIDE = 60;

        private static final int ROUNDS = 3;

        private final RosterProblem problem;
        private final RosterProgress progress;
        private final Patience patience;
        private final Options options;
        private final List<RosterModel.Cover> covers = new ArrayList<>();
        private Roster best;

        Search(RosterProblem problem, Duration atMost, RosterProgress progress) {
            this.problem = problem;
            this.progress = progress;
            this.patience = Patience.of(atMost, this::goesOn);
            this.options = Options.of(problem);
            List<Seat> first = seats(options, FirstComeRoster.of(options));
            best = new Roster(first, RosterAudit.worth(problem, first), everySeatTaken(problem));
        }

        Roster best() {
            if (!patience.lasts()) {
                return best;
            }
            boolean[] all = new boolean[options.all().size()];
            Arrays.fill(all, true);
            RosterModel model = RosterModel.of(options, all, new boolean[all.length], List.of());
            boolean[] active = new boolean[model.linear().variables()];
            Arrays.fill(active, true);
            LinearModel.Relaxed first = model.linear().relax(active, patience).orElse(null);
            if (first == null) {
                return best;
            }
            lowerBound(first.bound());
            // Nearly all of the relaxation is whole already: keep that and settle the rest, which mostly is enough. If
            // not,
            // covers bring it nearer to whole rosters and more options are tried; then nothing is kept; and at last
            // every
            // option counts that could still be part of a better roster.
            boolean[] unsettled = new boolean[problem.shifts().size()];
            spread(first, model, unsettled);
            improve(first, model, SOME, settled(unsettled));
            if (best.isProven()) {
                return best;
            }
            LinearModel.Relaxed relaxed = tighten(first, model, active);
            Arrays.fill(unsettled, false);
            for (int round = 0; round < ROUNDS; round++) {
                spread(relaxed, model, unsettled);
                improve(relaxed, model, WIDE, settled(unsettled));
            }
            boolean[] none = new boolean[unsettled.length];
            improve(relaxed, model, SOME, none);
            improve(relaxed, model, relaxed.bound() - best.worth(), none);
            return best;
        }

        /** The relaxation with all covers that it breaks, of the options that cost little. */
        private LinearModel.Relaxed tighten(LinearModel.Relaxed first, RosterModel model, boolean[] active) {
            LinearModel.Relaxed relaxed = first;
            for (int round = 0; round < COVER_ROUNDS && !best.isProven(); round++) {
                List<RosterModel.Cover> found = model.addCovers(relaxed.values());
                if (found.isEmpty()) {
                    break;
                }
                covers.addAll(found);
                for (int o = 0; o < options.all().size(); o++) {
                    int variable = model.variableOf(o);
                    boolean near = relaxed.reducedWorth()[variable] >= (round == 0 ? -NEAR : 0)
                            || relaxed.values()[variable] > NEARLY;
                    active[variable] = near || (round > 0 && active[variable]);
                }
                Optional<LinearModel.Relaxed> next = model.linear().relax(active, patience);
                if (next.isEmpty()) {
                    break;
                }
                relaxed = next.get();
                lowerBound(relaxed.bound());
            }
            return relaxed;
        }

        private void lowerBound(double bound) {
            best = new Roster(
                    best.seats(), best.worth(), Math.max((double) best.worth(), Math.min(best.bound(), bound)));
        }

        /** Unsettles shifts with parts of people, and in later rounds those that share people with unsettled ones. */
        private void spread(LinearModel.Relaxed relaxed, RosterModel model, boolean[] unsettled) {
            Set<Integer> people = new HashSet<>();
            double[] filled = new double[unsettled.length];
            double[] led = new double[unsettled.length];
            for (int o = 0; o < options.all().size(); o++) {
                Options.Option option = options.all().get(o);
                double value = relaxed.values()[model.variableOf(o)];
                filled[option.shift()] += value * option.people().length;
                if (Arrays.stream(option.people())
                        .anyMatch(p -> Fitness.canLead(options.person(p), options.shift(option.shift())))) {
                    led[option.shift()] += value;
                }
                boolean inParts = value > NEARLY && value < 1 - NEARLY;
                if (inParts || (unsettled[option.shift()] && value > NEARLY)) {
                    Arrays.stream(option.people()).forEach(people::add);
                }
            }
            for (int s = 0; s < filled.length; s++) {
                // In parts it takes place with fewer than the least, or with a part of a leader.
                unsettled[s] |= filled[s] > NEARLY
                        && (filled[s] < options.shift(s).leastPeople() - NEARLY || led[s] < 1 - NEARLY);
            }
            for (int p : people) {
                for (int o : options.ofPerson(p)) {
                    if (relaxed.values()[model.variableOf(o)] > NEARLY) {
                        unsettled[options.all().get(o).shift()] = true;
                    }
                }
            }
        }

        private static boolean[] settled(boolean[] unsettled) {
            boolean[] settled = new boolean[unsettled.length];
            for (int s = 0; s < settled.length; s++) {
                settled[s] = !unsettled[s];
            }
            return settled;
        }

        private static boolean isNone(boolean[] settled) {
            for (boolean one : settled) {
                if (one) {
                    return false;
                }
            }
            return true;
        }

        /**
         * Solves with the options whose reduced worth is within reach, unless the best roster is proven already.
         *
         * @param within as much as bound and best roster differ, no option of a better roster is left out
         * @param settled the shifts on which what the relaxation takes as a whole stays taken
         */
        private void improve(LinearModel.Relaxed relaxed, RosterModel whole, double within, boolean[] settled) {
            if (best.isProven() || !patience.lasts()) {
                return;
            }
            boolean exact = isNone(settled) && within >= relaxed.bound() - best.worth();
            boolean[] included = new boolean[options.all().size()];
            boolean[] kept = new boolean[included.length];
            for (int o = 0; o < included.length; o++) {
                int variable = whole.variableOf(o);
                double value = relaxed.values()[variable];
                kept[o] = options.all().get(o).fixed()
                        || (settled[options.all().get(o).shift()] && value > 1 - NEARLY);
                included[o] = kept[o]
                        || value > NEARLY
                        || (!settled[options.all().get(o).shift()]
                                && relaxed.reducedWorth()[variable] >= -within - NEARLY);
            }
            RosterModel model = RosterModel.of(options, included, kept, covers);
            Optional<LinearModel.Solution> found = model.linear().solve(patience, Roster.PROVEN / 4);
            if (found.isEmpty()) {
                return;
            }
            boolean[] taken = new boolean[included.length];
            for (int o = 0; o < included.length; o++) {
                taken[o] = included[o] && found.get().values()[model.variableOf(o)] > 0.5;
            }
            List<Seat> seats = seats(options, taken);
            long worth = RosterAudit.worth(problem, seats);
            double bound =
                    exact ? Math.min(best.bound(), Math.max(found.get().bound(), (double) best.worth())) : best.bound();
            best = worth > best.worth()
                    ? new Roster(seats, worth, Math.max((double) worth, bound))
                    : new Roster(best.seats(), best.worth(), Math.max((double) best.worth(), bound));
        }

        private boolean goesOn() {
            return progress.goOn(best.worth(), best.bound());
        }

        /** Every seat taken by somebody who lives there. */
        private static double everySeatTaken(RosterProblem problem) {
            long bound = 0;
            for (OpenShift shift : problem.shifts()) {
                int first = RosterPolicy.firstSeats(shift.seats());
                bound += first * problem.policy().seatValue(shift.priority(), true)
                        + (shift.seats() - first) * problem.policy().seatValue(shift.priority(), false)
                        + shift.seats() * problem.policy().keepValue();
            }
            return (double) bound;
        }
    }

    /** The seats that taken options mean. */
    static List<Seat> seats(Options options, boolean[] taken) {
        List<Seat> seats = new ArrayList<>();
        for (int s = 0; s < options.problem().shifts().size(); s++) {
            OpenShift shift = options.shift(s);
            List<Integer> chosen =
                    options.ofShift(s).stream().filter(o -> taken[o]).toList();
            int[] people = chosen.stream()
                    .flatMapToInt(o -> Arrays.stream(options.all().get(o).people()))
                    .toArray();
            int[] lines = SeatFilling.of(shift.lines(), FirstComeRoster.masks(options, chosen));
            if (lines.length < people.length) {
                throw new IllegalStateException(
                        "Shift " + shift.id().value() + " has no seats for those who were sent.");
            }
            for (int i = 0; i < people.length; i++) {
                seats.add(new Seat(
                        options.person(people[i]).id(),
                        shift.id(),
                        shift.lines().get(lines[i]).number()));
            }
        }
        return seats;
    }
}
