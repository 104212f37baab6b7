package jp.musubi.response.job;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The scenario {@code tohoku-2011}: files of communities, hubs, needs, gifts, volunteers, shifts and early courses, derived from the facts of damage by the
 * rules in docs/decisions/0010, 0028 and 0035. The same size always gives the same files. They go through the same import as
 * everybody's files, and every name in them says 想定 (derived).
 */
public final class Tohoku2011 {

    /** The moment at which the scenario begins. */
    public static final Instant START = Instant.parse("2011-03-14T00:00:00Z");

    /** The earthquake. */
    static final Instant QUAKE = Instant.parse("2011-03-11T05:46:18Z");

    static final long SEED = 20110311;

    /** How many rows of each kind. */
    public enum Size {
        DEMO(400, 3_000, 5_000, 300, 120),
        LARGE(2_000, 20_000, 100_000, 5_000, 800);

        private final int communities;
        private final int needs;
        private final int lots;
        private final int volunteers;
        private final int shifts;

        Size(int communities, int needs, int lots, int volunteers, int shifts) {
            this.communities = communities;
            this.needs = needs;
            this.lots = lots;
            this.volunteers = volunteers;
            this.shifts = shifts;
        }

        public int communities() {
            return communities;
        }

        public int needs() {
            return needs;
        }

        public int lots() {
            return lots;
        }

        public int volunteers() {
            return volunteers;
        }

        public int shifts() {
            return shifts;
        }
    }

    /**
     * One file of the scenario.
     *
     * @param kind what {@code import} calls it
     */
    public record ScenarioFile(String kind, Path path) {}

    /** Tells how far a point is from land. */
    @FunctionalInterface
    public interface Land {
        /** Metres to the nearest land, 0 on land. */
        double metresToLand(double latitude, double longitude);
    }

    private static final CSVFormat CSV = CSVFormat.RFC4180;

    private Tohoku2011() {}

    /** Writes the files into the folder, in the order in which they have to be imported. */
    public static List<ScenarioFile> write(Size size, Path folder, Land land) throws IOException {
        // One stream of random numbers: the order of the steps is part of the rule.
        Random random = new Random(SEED + size.lots());
        List<ScenarioFacts.Town> towns = ScenarioFacts.towns();
        List<ScenarioFacts.Goods> goods = ScenarioFacts.goods();
        ScenarioCommunities derivation = new ScenarioCommunities(towns, size, land, random);
        List<ScenarioCommunities.Community> communities = derivation.derive();
        List<List<String>> needs = new ScenarioNeeds(goods, size, random).rows(communities);
        ScenarioGifts gifts = new ScenarioGifts(goods, ScenarioFacts.hubs(), towns, size, random);
        List<ScenarioFile> files = new ArrayList<>();
        files.add(file(folder, "hubs", ScenarioFacts.hubRows()));
        files.add(file(folder, "communities", derivation.rows(communities)));
        files.add(file(folder, "needs", needs));
        files.add(file(folder, "donations", gifts.rows(needs)));
        ScenarioVolunteers volunteers = new ScenarioVolunteers(towns, ScenarioFacts.hubs(), size);
        files.add(file(folder, "volunteers", volunteers.volunteers()));
        files.add(file(folder, "shifts", volunteers.shifts(communities)));
        ScenarioTraining training = new ScenarioTraining();
        files.add(file(folder, "cohorts", training.cohorts()));
        files.add(file(folder, "sessions", training.sessions()));
        files.add(file(folder, "trainees", training.trainees()));
        files.add(file(folder, "attendance", training.attendance()));
        files.add(file(folder, "certificates", training.certificates()));
        files.add(file(folder, "follow-ups", training.followUps()));
        return files;
    }

    private static ScenarioFile file(Path folder, String kind, List<List<String>> rows) throws IOException {
        Path path = folder.resolve(kind + ".csv");
        try (Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
                CSVPrinter printer = new CSVPrinter(out, CSV)) {
            printer.printRecords(rows);
        }
        return new ScenarioFile(kind, path);
    }
}
