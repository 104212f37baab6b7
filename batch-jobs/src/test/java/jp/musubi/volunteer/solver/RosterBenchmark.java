package jp.musubi.volunteer.solver;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jp.musubi.volunteer.Roster;
import jp.musubi.volunteer.RosterAudit;
import jp.musubi.volunteer.RosterOutcome;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterProgress;
import jp.musubi.volunteer.SeatLine;

/** {@code ./musubi bench roster}: the solver against the rule "first come, first served, nearest first". */
final class RosterBenchmark {

    private RosterBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        List<String> known = List.of("--people", "--shifts", "--days", "--seed", "--runs");
        long[] values = {5000, 800, 14, 7, 3};
        for (int i = 0; i < arguments.length; i += 2) {
            int option = known.indexOf(arguments[i]);
            if (option < 0 || i + 1 == arguments.length || !arguments[i + 1].matches("\\d{1,6}")) {
                err.println("bench roster [--people N] [--shifts N] [--days N] [--seed N] [--runs N], but there was \""
                        + arguments[i] + "\".");
                return 2;
            }
            values[option] = Math.max(1, Long.parseLong(arguments[i + 1]));
        }
        RosterProblem problem = GeneratedRoster.of((int) values[0], (int) values[1], (int) values[2], values[3]);
        Options options = Options.of(problem);
        int seats = problem.shifts().stream()
                .mapToInt(shift -> SeatLine.total(shift.lines()))
                .sum();
        long start = System.nanoTime();
        boolean[] first = FirstComeRoster.of(options);
        double firstSeconds = secondsSince(start);
        List<RosterProblem.Seat> firstSeats = HighsRosterSolver.seats(options, first);
        out.printf(
                Locale.ROOT,
                "%d processors, Java %s, seed %d: %,d volunteers, %,d shifts, %d days, %,d seats, %,d options%n%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                values[3],
                values[0],
                values[1],
                values[2],
                seats,
                options.all().size());
        out.println("| | seconds: median (fastest) | seats filled | worth | gap |");
        out.println("|---|---|---|---|---|");
        out.printf(
                Locale.ROOT,
                "| first come, nearest first | %.2f | %,d (%.1f %%) | %,d | |%n",
                firstSeconds,
                firstSeats.size(),
                100.0 * firstSeats.size() / seats,
                RosterAudit.worth(problem, firstSeats));
        List<Double> seconds = new ArrayList<>();
        List<Double> worked = new ArrayList<>();
        Roster roster = null;
        for (int run = 0; run < values[4]; run++) {
            start = System.nanoTime();
            long workedBefore = processorNanos();
            roster = ((RosterOutcome.Solved)
                            new HighsRosterSolver().solve(problem, Duration.ofMinutes(2), RosterProgress.UNWATCHED))
                    .roster();
            seconds.add(secondsSince(start));
            worked.add((processorNanos() - workedBefore) / 1e9);
        }
        if (roster == null) {
            return 1;
        }
        out.printf(
                Locale.ROOT,
                "| Musubi | %s; processor time %s | %,d (%.1f %%) | %,d | %.4f %% |%n",
                middle(seconds),
                middle(worked),
                roster.seats().size(),
                100.0 * roster.seats().size() / seats,
                roster.worth(),
                100 * roster.gap());
        List<String> faults = RosterAudit.listFaults(problem, roster);
        faults.stream().limit(5).forEach(err::println);
        return faults.isEmpty() && roster.isProven() ? 0 : 1;
    }

    /** What this process has worked; other things that the machine does are not in it. */
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static String middle(List<Double> seconds) {
        double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "%.1f (%.1f)", sorted[sorted.length / 2], sorted[0]);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
