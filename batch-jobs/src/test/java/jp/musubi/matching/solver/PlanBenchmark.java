package jp.musubi.matching.solver;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanOutcome;
import jp.musubi.matching.PlanReasons;
import jp.musubi.matching.Planner;
import jp.musubi.matching.PlanningProblem;

/**
 * {@code bench plan}: our planner and OR-Tools' min-cost flow on the same problems, with the same arcs, one after the
 * other in the same process, several times. It prints a table for docs/benchmarks.md.
 *
 * <p>Ours counts everything from the problem to the plan with its proof (merging, pricing all pairs, prices); reasons for
 * every line and shortfall are timed apart. Theirs counts the solve alone and, beside it, building the network with all
 * possible pairs.
 */
public final class PlanBenchmark {

    /** Above this many arcs OR-Tools is not asked: it holds all of them in memory. */
    private static final long MOST_ARCS_FOR_THE_RIVAL = 40_000_000;

    private record Size(int lots, int needs, int items) {}

    private static final List<Size> SIZES =
            List.of(new Size(5_000, 3_000, 60), new Size(10_000, 2_000, 50), new Size(100_000, 10_000, 50));

    private PlanBenchmark() {}

    /** Sizes of its own with {@code --lots N --needs N --items N}; {@code --seed S}, {@code --runs N}. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        List<String> known = List.of("--lots", "--needs", "--items", "--seed", "--runs");
        long[] values = {0, 0, 50, 7, 5};
        for (int i = 0; i < arguments.length; i += 2) {
            int option = known.indexOf(arguments[i]);
            if (option < 0 || i + 1 == arguments.length || !arguments[i + 1].matches("\\d{1,8}")) {
                err.println("bench plan [--lots N --needs N --items N] [--seed N] [--runs N], but there was \""
                        + arguments[i] + "\".");
                return 2;
            }
            values[option] = Long.parseLong(arguments[i + 1]);
        }
        List<Size> sizes = values[0] == 0 && values[1] == 0
                ? SIZES
                : List.of(new Size((int) values[0], (int) values[1], Math.max(1, (int) values[2])));
        int runs = Math.max(1, (int) values[4]);
        out.printf(
                Locale.ROOT,
                "%d processors, Java %s, seed %d, %d runs: median (fastest), seconds%n%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                values[3],
                runs);
        out.println(
                "| lots × needs × items | arcs | Musubi, all threads | Musubi, 1 thread | its processor time | reasons |"
                        + " OR-Tools solve | OR-Tools build | objective equal | rounds | peak MiB before / after OR-Tools |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        for (Size size : sizes) {
            measure(size, values[3], runs, out);
        }
        return 0;
    }

    private static void measure(Size size, long seed, int runs, PrintStream out) {
        PlanningProblem problem = GeneratedProblem.of(size.lots, size.needs, size.items, seed);
        List<Double> parallel = new ArrayList<>();
        List<Double> single = new ArrayList<>();
        List<Double> worked = new ArrayList<>();
        List<Double> reasons = new ArrayList<>();
        Plan plan = plan(Planner.withThreads(1), problem);
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            plan = plan(Planner.withThreads(Runtime.getRuntime().availableProcessors()), problem);
            parallel.add(secondsSince(start));
            start = System.nanoTime();
            long workedBefore = processorNanos();
            plan = plan(Planner.withThreads(1), problem);
            worked.add((processorNanos() - workedBefore) / 1e9);
            single.add(secondsSince(start));
            start = System.nanoTime();
            PlanReasons why = PlanReasons.of(problem, plan);
            int told = why.listLines().size() + why.listShortfalls().size();
            reasons.add(told == 0 ? 0 : secondsSince(start));
        }
        long before = peakMebibytes();
        List<Double> build = new ArrayList<>();
        List<Double> rival = new ArrayList<>();
        String equal = "not asked";
        String arcs = "-";
        if ((long) size.lots * size.needs / size.items <= MOST_ARCS_FOR_THE_RIVAL) {
            for (int run = 0; run < runs; run++) {
                long start = System.nanoTime();
                OrToolsPlan network = OrToolsPlan.build(problem);
                build.add(secondsSince(start));
                start = System.nanoTime();
                long objective = network.solve();
                rival.add(secondsSince(start));
                arcs = String.format(Locale.ROOT, "%,d", network.arcs());
                equal = plan.figures().objective().longValueExact() == objective
                        ? "yes, " + objective
                        : "NO: " + plan.figures().objective() + " and " + objective;
            }
        }
        out.printf(
                Locale.ROOT,
                "| %,d × %,d × %d | %s | %s | %s | %s | %s | %s | %s | %s | %d | %d / %d |%n",
                size.lots,
                size.needs,
                size.items,
                arcs,
                middle(parallel),
                middle(single),
                middle(worked),
                middle(reasons),
                middle(rival),
                middle(build),
                equal,
                plan.figures().rounds(),
                before,
                peakMebibytes());
    }

    private static Plan plan(Planner planner, PlanningProblem problem) {
        Plan plan = ((PlanOutcome.Planned) planner.plan(problem)).plan();
        if (!plan.figures().certified()) {
            throw new IllegalStateException(
                    "The plan has a gap of " + plan.figures().gap() + ".");
        }
        return plan;
    }

    /** What this process has worked; other things that the machine does are not in it. */
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static String middle(List<Double> seconds) {
        if (seconds.isEmpty()) {
            return "-";
        }
        double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "%.2f (%.2f)", sorted[sorted.length / 2], sorted[0]);
    }

    /** The most memory this process had resident so far; −1 where the system does not say. */
    private static long peakMebibytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        } catch (IOException e) {
            return -1;
        }
        return -1;
    }
}
