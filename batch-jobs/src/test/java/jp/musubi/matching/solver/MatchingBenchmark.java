package jp.musubi.matching.solver;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.matching.Fairness;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanOutcome;
import jp.musubi.matching.PlanProgress;
import jp.musubi.matching.PlanReasons;
import jp.musubi.matching.PlanStart;
import jp.musubi.matching.Planner;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.SharedPlanner;

/**
 * {@code bench matching}: our planner, OR-Tools' min-cost flow and three greedy rules on the same problems, with the same
 * arcs, one after the other in the same process, several times. It prints tables for docs/benchmarks.md.
 *
 * <p>Ours counts everything from the problem to the plan with its proof (merging, pricing all pairs, prices). OR-Tools
 * counts the solve alone; building its network of exactly the possible pairs stands in a line of its own. The greedy
 * rules count everything.
 */
public final class MatchingBenchmark {

    /** Above this many pairs of equal items OR-Tools is not asked: it holds an arc for each in memory. */
    private static final long MOST_PAIRS_FOR_THE_RIVAL = 40_000_000;

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(k?)x(\\d{1,5})(k?)");

    private record Size(int lots, int needs) {

        static Size of(Matcher text) {
            return new Size(number(text.group(1), text.group(2)), number(text.group(3), text.group(4)));
        }

        private static int number(String digits, String thousands) {
            return Integer.parseInt(digits) * (thousands.isEmpty() ? 1 : 1000);
        }
    }

    private MatchingBenchmark() {}

    /** {@code --size 10kx2k}, {@code --items N}, {@code --seed N}, {@code --runs N}. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        List<Size> sizes = List.of(new Size(10_000, 2_000), new Size(100_000, 10_000));
        List<String> known = List.of("--items", "--seed", "--runs");
        long[] values = {50, 7, 3};
        for (int i = 0; i < arguments.length; i += 2) {
            int option = known.indexOf(arguments[i]);
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            Matcher size = SIZE.matcher(value);
            if (arguments[i].equals("--size") && size.matches()) {
                sizes = List.of(Size.of(size));
            } else if (option >= 0 && value.matches("\\d{1,8}")) {
                values[option] = Long.parseLong(value);
            } else {
                err.println(
                        "bench matching [--size LOTSxNEEDS, e.g. 10kx2k] [--items N] [--seed N] [--runs N], but there"
                                + " was \""
                                + String.join(" ", List.of(arguments).subList(i, Math.min(i + 2, arguments.length)))
                                + "\".");
                return 2;
            }
        }
        int items = Math.max(1, (int) values[0]);
        int runs = Math.max(1, (int) values[2]);
        out.printf(
                Locale.ROOT,
                "%d processors, Java %s, %d items, seed %d, median of %d runs.%n"
                        + "Memory is the most that the whole process had resident meanwhile, with the problem and Java itself.%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                items,
                values[1],
                runs);
        for (Size size : sizes) {
            compare(GeneratedProblem.of(size.lots, size.needs, items, values[1]), runs, out);
        }
        return 0;
    }

    /** What one side needed. */
    private record Cost(double seconds, double processorSeconds, long peakMebibytes) {

        /** The middle of each figure. */
        static Cost median(List<Cost> costs) {
            int middle = costs.size() / 2;
            return new Cost(
                    costs.stream().map(Cost::seconds).sorted().toList().get(middle),
                    costs.stream().map(Cost::processorSeconds).sorted().toList().get(middle),
                    costs.stream().map(Cost::peakMebibytes).sorted().toList().get(middle));
        }
    }

    private record Timed<T>(T result, Cost cost) {}

    /** What one side drew up. */
    private record Side(String name, List<PlanLine> lines, Cost cost) {}

    private static void compare(PlanningProblem problem, int runs, PrintStream out) {
        int all = Runtime.getRuntime().availableProcessors();
        plan(problem, 1); // compiled from here on
        double calibration = calibrate();

        List<Side> sides = new ArrayList<>();
        Timed<Plan> parallel = median(runs, () -> plan(problem, all));
        Plan best = parallel.result();
        sides.add(new Side("Musubi, " + all + " threads", best.lines(), parallel.cost()));
        sides.add(new Side(
                "Musubi, 1 thread",
                best.lines(),
                median(runs, () -> plan(problem, 1)).cost()));
        Timed<Integer> reasons = median(runs, () -> {
            PlanReasons why = PlanReasons.of(problem, best);
            return why.listLines().size() + why.listShortfalls().size();
        });
        for (GreedyRule rule : GreedyRule.values()) {
            Timed<List<PlanLine>> timed = median(runs, () -> rule.plan(problem));
            sides.add(new Side(rule.title(), timed.result(), timed.cost()));
        }
        String arcs = "not counted";
        Cost building = null;
        if (pairsOfEqualItems(problem) <= MOST_PAIRS_FOR_THE_RIVAL) {
            List<Cost> builds = new ArrayList<>();
            List<Cost> solves = new ArrayList<>();
            List<PlanLine> lines = List.of();
            for (int run = 0; run < runs; run++) {
                Timed<OrToolsPlan> built = timed(() -> OrToolsPlan.build(problem));
                builds.add(built.cost());
                Timed<Long> solved = timed(() -> built.result().solve());
                solves.add(solved.cost());
                lines = built.result().lines();
                arcs = String.format(Locale.ROOT, "%,d", built.result().arcs());
            }
            building = Cost.median(builds);
            sides.add(new Side("OR-Tools min-cost flow", lines, Cost.median(solves)));
        }

        out.printf(
                Locale.ROOT,
                "%n%,d lots × %,d needs, %s arcs, calibration solve %.2f s%n%n",
                problem.lots().size(),
                problem.needs().size(),
                arcs,
                calibration);
        out.println("| | time | × calibration | processor time | peak memory | objective | to the best | weighted unmet"
                + " | unit-km | coverage p10 | left with nothing |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        long optimum = best.figures().objective().longValueExact();
        for (Side side : sides) {
            Carried carried = Carried.of(problem, side.lines());
            out.printf(
                    Locale.ROOT,
                    "| %s | %.2f s | %.2f | %.2f s | %,d MiB | %,d | %s | %.2f %% | %,.0f | %.1f %% | %.2f %% |%n",
                    side.name(),
                    side.cost().seconds(),
                    side.cost().seconds() / calibration,
                    side.cost().processorSeconds(),
                    side.cost().peakMebibytes(),
                    carried.objective(),
                    carried.objective() == optimum
                            ? "equal"
                            : String.format(
                                    Locale.ROOT,
                                    "+%.2f %%",
                                    100.0 * (carried.objective() - optimum) / Math.abs((double) optimum)),
                    100 * carried.weightedUnmet(),
                    carried.unitKm(),
                    100 * carried.coverageP10(),
                    100 * carried.zeroShare());
        }
        out.printf(
                Locale.ROOT,
                "%nMusubi's reasons for all lines and shortfalls: %.2f s (%.2f s of processor time); rounds: %d; proven: %s.%n",
                reasons.cost().seconds(),
                reasons.cost().processorSeconds(),
                best.figures().rounds(),
                best.figures().certified() ? "yes" : "NO, gap " + best.figures().gap());
        if (building != null) {
            out.printf(
                    Locale.ROOT,
                    "Building the network of OR-Tools: %.2f s (%.2f s of processor time).%n",
                    building.seconds(),
                    building.processorSeconds());
        }
        planAgain(problem, best, runs, out);
        planShared(problem, out);
    }

    private static void planAgain(PlanningProblem problem, Plan before, int runs, PrintStream out) {
        PlanningProblem later = GeneratedProblem.later(problem, 1);
        Timed<Plan> cold = median(runs, () -> plan(later, 1));
        Timed<PlanStart> start = median(runs, () -> PlanStart.of(problem, before));
        Timed<Plan> warm = median(runs, () -> plan(Planner.withThreads(1).startingFrom(start.result()), later));
        out.printf(
                Locale.ROOT,
                "%nPlanned again after one in a hundred lots and needs changed, 1 thread, processor time: %.2f s from nothing,"
                        + " %.2f s from the plan before (%.0f %%); objective %s. Looking at the plan before for that took"
                        + " %.2f s.%n",
                cold.cost().processorSeconds(),
                warm.cost().processorSeconds(),
                100 * warm.cost().processorSeconds() / cold.cost().processorSeconds(),
                cold.result()
                                .figures()
                                .objective()
                                .equals(warm.result().figures().objective())
                        ? "equal"
                        : "NOT EQUAL",
                start.cost().processorSeconds());
    }

    /** What items share is planned in rounds; each line says what joins them. */
    private static void planShared(PlanningProblem problem, PrintStream out) {
        PlanningProblem shared = GeneratedProblem.shared(problem, 1);
        PlanningProblem free = shared.withSharing(shared.sharing().withLimits(List.of()));
        Fairness even = new Fairness(8, 1, 1);
        out.printf("%n| what items share | time | processor time | rounds | gap |%n|---|---|---|---|---|%n");
        Map<String, PlanningProblem> all = new LinkedHashMap<>();
        all.put("40 hubs pass on half of what is asked", shared);
        all.put("evenness 8 between communities", free.withPolicy(free.policy().withFairness(even)));
        all.put("both", shared.withPolicy(shared.policy().withFairness(even)));
        all.forEach((name, each) -> {
            int threads = Runtime.getRuntime().availableProcessors();
            Timed<PlanOutcome> timed =
                    timed(() -> new SharedPlanner(new GlopPrograms(), threads, PlanProgress.UNWATCHED).plan(each));
            Plan plan = ((PlanOutcome.Shared) timed.result()).plan().plan();
            out.printf(
                    Locale.ROOT,
                    "| %s | %.2f s | %.2f s | %d | %.4f %% |%n",
                    name,
                    timed.cost().seconds(),
                    timed.cost().processorSeconds(),
                    plan.figures().rounds(),
                    100 * plan.figures().gap());
        });
    }

    /** The rival's solve of a small problem that never changes: how fast this machine is just now, whatever we change. */
    private static double calibrate() {
        PlanningProblem fixed = GeneratedProblem.of(4_000, 1_500, 20, 1);
        return median(3, () -> {
                    OrToolsPlan network = OrToolsPlan.build(fixed);
                    return network.solve();
                })
                .cost()
                .seconds();
    }

    private static long pairsOfEqualItems(PlanningProblem problem) {
        List<String> items =
                problem.needs().stream().map(need -> need.item()).distinct().toList();
        return (long) problem.lots().size() * problem.needs().size() / Math.max(1, items.size());
    }

    private static Plan plan(PlanningProblem problem, int threads) {
        return plan(Planner.withThreads(threads), problem);
    }

    private static Plan plan(Planner planner, PlanningProblem problem) {
        Plan plan = ((PlanOutcome.Planned) planner.plan(problem)).plan();
        if (!plan.figures().certified()) {
            throw new IllegalStateException(
                    "The plan has a gap of " + plan.figures().gap() + ".");
        }
        return plan;
    }

    private static <T> Timed<T> median(int runs, Supplier<T> work) {
        List<Timed<T>> all = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            all.add(timed(work));
        }
        return new Timed<>(
                all.get(runs - 1).result(),
                Cost.median(all.stream().map(Timed::cost).toList()));
    }

    private static <T> Timed<T> timed(Supplier<T> work) {
        forgetPeak();
        long worked = processorNanos();
        long start = System.nanoTime();
        T result = work.get();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Timed<>(result, new Cost(seconds, (processorNanos() - worked) / 1e9, peakMebibytes()));
    }

    /** What this process has worked; other things that the machine does are not in it. */
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** Gives back what nobody needs any more and lets Linux count the peak from here on (proc(5), clear_refs). */
    private static void forgetPeak() {
        System.gc();
        try {
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        } catch (IOException e) {
            // Not Linux: the peak is −1 then.
        }
    }

    /** The most memory this process had resident since {@link #forgetPeak}; −1 where the system does not say. */
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
