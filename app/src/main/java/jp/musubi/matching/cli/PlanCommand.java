package jp.musubi.matching.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.cli.CommandLine;
import jp.musubi.common.cli.Options;
import jp.musubi.common.cli.WrongCall;
import jp.musubi.inbox.CellPlace;
import jp.musubi.matching.Coverage;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanFigures;
import jp.musubi.matching.PlanLine;
import jp.musubi.matching.PlanOutcome;
import jp.musubi.matching.Planner;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Policy;
import jp.musubi.matching.Prices;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code plan}: the best plan for three files, with its proof. It needs no database and no server, and starts nothing;
 * but {@code plan --rerun NUMBER} makes a plan of an installation again ({@link RerunCommand}).
 *
 * <p>Standard output holds one line of JSON and nothing else; rows that are wrong are listed on standard error.
 */
public final class PlanCommand {

    public static final List<String> OPTIONS = List.of(
            "--communities=",
            "--needs=",
            "--stock=",
            "--out=",
            "--policy=",
            "--now=",
            "--travel=",
            "--prices=",
            "--threads=",
            "--rerun=",
            "--data=",
            "--db=",
            "--response=");

    /** What belongs to {@code --rerun} and to nothing else. */
    private static final List<String> OF_RERUN = List.of("--data", "--db", "--response");

    private static final int MOST_THREADS = 256;

    private PlanCommand() {}

    /** Runs the command with the words after {@code plan} and returns its exit code (DESIGN section 8). */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            Options options = Options.parse(arguments, OPTIONS);
            return options.value("--rerun").isPresent() ? rerun(options, out) : run(options, out, err);
        } catch (WrongCall e) {
            err.println(e.getMessage());
            return CommandLine.WRONG_CALL;
        }
    }

    private static int rerun(Options options, PrintStream out) {
        for (String option : OPTIONS) {
            String name = option.substring(0, option.length() - 1);
            if (!name.equals("--rerun")
                    && !OF_RERUN.contains(name)
                    && options.value(name).isPresent()) {
                throw new WrongCall("plan --rerun NUMBER makes a kept plan again from what it was made from; " + name
                        + " has no meaning there.");
            }
        }
        if (!options.words().isEmpty()) {
            throw new WrongCall("plan takes options only, but there was \""
                    + options.words().get(0) + "\".");
        }
        return new RerunCommand(out).run(options);
    }

    private static int run(Options options, PrintStream out, PrintStream err) {
        for (String name : OF_RERUN) {
            if (options.value(name).isPresent()) {
                throw new WrongCall(name + " belongs to plan --rerun NUMBER. A plan from files has no database.");
            }
        }
        if (!options.words().isEmpty()) {
            throw new WrongCall("plan takes options only, but there was \""
                    + options.words().get(0) + "\".");
        }
        Path communities = file(options, "--communities");
        Path needs = file(options, "--needs");
        Path stock = file(options, "--stock");
        Path target = target(options, "--out")
                .orElseThrow(() -> new WrongCall("plan needs --out FILE, where the plan goes."));
        Optional<Path> prices = target(options, "--prices");
        Policy policy = options.value("--policy")
                .map(path -> PolicyFile.read(Path.of(path)))
                .orElse(Policy.STANDARD);
        Instant now = options.value("--now").map(PlanCommand::instant).orElseGet(Instant::now);
        checkTravel(options.value("--travel").orElse("great-circle"));
        int threads = options.value("--threads")
                .map(PlanCommand::threads)
                .orElse(Runtime.getRuntime().availableProcessors());
        try {
            long started = System.nanoTime();
            PlanFiles files = PlanFiles.read(communities, needs, stock);
            double readSeconds = (System.nanoTime() - started) / 1e9;
            report(files, err);

            started = System.nanoTime();
            PlanningProblem problem = PlanningProblem.of(now, files.lots(), files.needs(), policy);
            PlanOutcome outcome = Planner.withThreads(threads).plan(problem);
            double solveSeconds = (System.nanoTime() - started) / 1e9;
            if (!(outcome instanceof PlanOutcome.Planned planned)) {
                throw new IllegalStateException("A plan without constraints has none to contradict: " + outcome);
            }
            write(target, csv -> writeLines(csv, planned.plan()));
            if (prices.isPresent()) {
                write(prices.get(), csv -> writePrices(csv, planned.plan().prices()));
            }
            out.println(json(planned.plan().figures(), readSeconds, solveSeconds));
            out.flush();
            return files.rowsLeftOut() == 0 ? CommandLine.DONE : CommandLine.ROWS_REJECTED;
        } catch (IOException e) {
            err.println(why(e));
            return CommandLine.FAILED;
        }
    }

    private static Path file(Options options, String name) {
        Path path = options.value(name)
                .map(Path::of)
                .orElseThrow(() -> new WrongCall("plan needs --communities FILE, --needs FILE, --stock FILE and"
                        + " --out FILE, but " + name + " is missing."));
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new WrongCall(name + ": there is no readable file " + path + ".");
        }
        return path;
    }

    private static Optional<Path> target(Options options, String name) {
        Optional<Path> path = options.value(name).map(Path::of);
        path.ifPresent(target -> {
            Path folder = target.toAbsolutePath().getParent();
            if (Files.isDirectory(target) || folder == null || !Files.isDirectory(folder)) {
                throw new WrongCall(name + ": " + target + " is no place for a file. Maybe its folder does not exist?");
            }
        });
        return path;
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new WrongCall("--now is an ISO 8601 time with its offset, e.g. 2011-03-14T09:00:00+09:00, but was \""
                    + text + "\".");
        }
    }

    private static void checkTravel(String travel) {
        if (travel.equals("roads")) {
            throw new WrongCall(
                    "--travel roads needs a road network, and none is loaded. Maybe --travel great-circle?");
        }
        if (!travel.equals("great-circle")) {
            throw new WrongCall("--travel is great-circle or roads, but was \"" + travel + "\".");
        }
    }

    private static int threads(String text) {
        if (text.matches("\\d{1,3}")) {
            int threads = Integer.parseInt(text);
            if (threads >= 1 && threads <= MOST_THREADS) {
                return threads;
            }
        }
        throw new WrongCall("--threads is a whole number from 1 to " + MOST_THREADS + ", but was \"" + text + "\".");
    }

    /** What went wrong with a file, in words. */
    static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "There is no file " + e.getMessage() + ".";
        }
        if (e instanceof AccessDeniedException) {
            return "No permission for " + e.getMessage() + ".";
        }
        return String.valueOf(e.getMessage());
    }

    private static void report(PlanFiles files, PrintStream err) {
        Locale locale = Locale.getDefault().getLanguage().equals("ja") ? Locale.JAPANESE : Locale.ENGLISH;
        boolean japanese = locale.equals(Locale.JAPANESE);
        for (PlanFiles.Wrong wrong : files.wrong()) {
            CellPlace place = wrong.problem().place();
            String sheet = place.sheet().map(name -> " " + name).orElse("");
            String column = place.column().isEmpty() ? "" : (japanese ? " 列 " : " column ") + place.column();
            String line = japanese ? place.line() + "行目" : "line " + place.line();
            String value = wrong.problem().value().isEmpty()
                    ? ""
                    : " \"" + wrong.problem().value() + "\"";
            err.println(wrong.file() + sheet + " " + line + column + ": "
                    + wrong.problem().code() + value + (japanese ? "。必要なもの: " : "; expected: ")
                    + wrong.problem().expected().in(locale) + (japanese ? "。" : ". ")
                    + wrong.problem().remedy().in(locale));
        }
        if (files.rowsLeftOut() > 0) {
            err.println(
                    japanese
                            ? files.rowsLeftOut() + "行を除いて計画しました。"
                            : files.rowsLeftOut() + (files.rowsLeftOut() == 1 ? " row was" : " rows were")
                                    + " left out.");
        }
    }

    /** Writes records of a CSV. */
    @FunctionalInterface
    private interface Content {
        void write(CSVPrinter csv) throws IOException;
    }

    /** Writes beside the target and then puts it in place, so that nobody ever reads half a file. */
    private static void write(Path target, Content content) throws IOException {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            print(target, content);
            return;
        }
        Path folder = target.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, "." + target.getFileName(), ".part");
        try {
            print(part, content);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void print(Path file, Content content) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            content.write(csv);
        }
    }

    private static void writeLines(CSVPrinter csv, Plan plan) throws IOException {
        csv.printRecord("lot_id", "need_id", "item", "quantity", "unit", "km", "arrive_at");
        for (PlanLine line : plan.lines()) {
            csv.printRecord(
                    line.lot(),
                    line.need(),
                    line.item(),
                    line.quantity(),
                    line.unit(),
                    String.format(Locale.ROOT, "%.3f", line.km()),
                    line.arrival().plusMillis(500).truncatedTo(ChronoUnit.SECONDS));
        }
    }

    private static void writePrices(CSVPrinter csv, Prices prices) throws IOException {
        csv.printRecord("kind", "id", "price");
        for (Map.Entry<LotKey, Long> lot : prices.lots().entrySet()) {
            csv.printRecord("lot", lot.getKey(), lot.getValue());
        }
        for (Map.Entry<NeedKey, Long> need : prices.needs().entrySet()) {
            csv.printRecord("need", need.getKey(), need.getValue());
        }
    }

    private static String json(PlanFigures figures, double readSeconds, double solveSeconds) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode json = mapper.createObjectNode();
        json.put("objective", figures.objective());
        json.put("lowerBound", figures.lowerBound());
        json.put("gap", figures.gap());
        json.put("servedUnits", figures.servedUnits());
        json.put("unmetUnits", figures.unmetUnits());
        json.put("weightedUnmet", figures.weightedUnmet());
        Coverage coverage = figures.coverage();
        if (coverage == null) {
            json.putNull("coverage");
        } else {
            ObjectNode part = json.putObject("coverage");
            part.put("min", coverage.min());
            part.put("p10", coverage.p10());
            part.put("p25", coverage.p25());
            part.put("median", coverage.median());
            part.put("gini", coverage.gini());
            part.put("zeroShare", coverage.zeroShare());
        }
        json.put("unitKm", figures.unitKm());
        json.put("rounds", figures.rounds());
        json.put("readSeconds", rounded(readSeconds));
        json.put("solveSeconds", rounded(solveSeconds));
        json.put("peakMiB", peakMebibytes());
        return mapper.writeValueAsString(json);
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    /** The most memory this process had resident; where the system does not say, the most the Java heap held. */
    private static long peakMebibytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Not Linux: said below.
        }
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            bytes += pool.getPeakUsage().getUsed();
        }
        return bytes >> 20;
    }
}
