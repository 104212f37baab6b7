package jp.musubi.matching.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import jp.musubi.common.FileStore;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.Closures;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.GreatCircleTravel;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.Plan;
import jp.musubi.matching.PlanConstraints;
import jp.musubi.matching.PlanInputs.Input;
import jp.musubi.matching.PlanInputs.Kept;
import jp.musubi.matching.PlanInputs.Start;
import jp.musubi.matching.PlanOutcome;
import jp.musubi.matching.Planner;
import jp.musubi.matching.PlanningProblem;
import jp.musubi.matching.Policy;
import jp.musubi.matching.Sharing;
import jp.musubi.matching.TravelTimes;
import jp.musubi.place.Position;
import org.junit.jupiter.api.Test;

class PlanInputFilesTest {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00.123456789Z");

    private static final List<AvailableLot> LOTS = List.of(
            new AvailableLot(
                    new LotKey("2@HUB-1"), "7", "base", 1_000_000_000, new Position(39.1 / 3, 141.1), null, null),
            new AvailableLot(
                    new LotKey("1@HUB-1"),
                    "8",
                    "base",
                    0,
                    new Position(38, 141),
                    NOW.plus(Duration.ofNanos(1)),
                    NOW.plus(Duration.ofDays(9)),
                    24,
                    true));
    private static final List<OpenNeed> NEEDS = List.of(
            new OpenNeed(
                    new NeedKey("R-\"5\"\t"), new CommunityKey("c"), "7", "base", 3, 1, new Position(38.5, 141), null),
            new OpenNeed(
                    new NeedKey("R-4"),
                    new CommunityKey("d"),
                    "7",
                    "base",
                    1_000_000_000,
                    4,
                    new Position(38.6, 141),
                    NOW.plus(Duration.ofHours(30))));
    private static final PlanConstraints CONSTRAINTS = new PlanConstraints(
            List.of(new PlanConstraints.Lock(LOTS.get(0).key(), NEEDS.get(0).key(), 2)),
            List.of(
                    new PlanConstraints.Ban.ForAll(LOTS.get(1).key()),
                    new PlanConstraints.Ban.ForNeed(
                            LOTS.get(1).key(), NEEDS.get(0).key()),
                    new PlanConstraints.Ban.ForCommunity(LOTS.get(0).key(), new CommunityKey("e"))));
    private static final Policy POLICY = new Policy(
            3, Duration.ofHours(2), Map.of("7", Duration.ofHours(1)), Set.of(new Policy.Substitution("8", "7")), 40);
    private static final Sharing SHARING = new Sharing(
            Map.of(new CommunityKey("c"), new Sharing.People(120, "03211")),
            Map.of(new LotKey("2@HUB-1"), "1"),
            List.of(
                    Sharing.Limit.ofKilograms("1", 1500.5),
                    new Sharing.Limit("1", "03211", Sharing.Measure.CUBIC_METRES, 1, 2, 12)),
            Map.of("7", new Sharing.Bulk(0.525, 0.001, 0.0021)),
            Map.of(new CommunityKey("c"), "03211"));
    private static final Plan BEFORE = ((PlanOutcome.Planned)
                    Planner.withThreads(1).plan(problem(LOTS, NEEDS, POLICY, PlanConstraints.NONE)))
            .plan();
    private static final Optional<Start> START =
            Optional.of(new Start(new Kept("0".repeat(64), "f".repeat(64)), BEFORE));

    private final FilesInMemory files = new FilesInMemory();
    private final PlanInputFiles inputs = new PlanInputFiles(files);

    @Test
    void givesBackExactlyWhatWasKept() throws IOException {
        Input input = new Input(problem(LOTS, NEEDS, POLICY, CONSTRAINTS), START);
        Input back = inputs.open(inputs.keep(input));
        assertThat(back.start()).isEqualTo(START);
        assertThat(back.problem().now()).isEqualTo(NOW);
        assertThat(back.problem().policy()).isEqualTo(POLICY);
        assertThat(back.problem().sharing()).isEqualTo(SHARING);
        assertThat(back.problem().lots()).containsExactlyInAnyOrderElementsOf(LOTS);
        assertThat(back.problem().needs()).containsExactlyInAnyOrderElementsOf(NEEDS);
        assertThat(back.problem().constraints().locks()).isEqualTo(CONSTRAINTS.locks());
        assertThat(back.problem().constraints().bans()).containsExactlyInAnyOrderElementsOf(CONSTRAINTS.bans());
        assertThat(Planner.withThreads(1).plan(back.problem()))
                .isInstanceOf(PlanOutcome.Planned.class)
                .isEqualTo(Planner.withThreads(1).plan(input.problem()));
        assertThat(files.forGood).hasSize(1);
        assertThat(BEFORE.lines()).isNotEmpty();
    }

    @Test
    void theOrderOfRowsDoesNotMatterAndEverythingElseDoes() throws IOException {
        Input input = new Input(problem(LOTS, NEEDS, POLICY, CONSTRAINTS), START);
        Kept kept = inputs.keep(input);
        List<AvailableLot> lots = new ArrayList<>(LOTS);
        List<OpenNeed> needs = new ArrayList<>(NEEDS);
        List<PlanConstraints.Ban> bans = new ArrayList<>(CONSTRAINTS.bans());
        Collections.reverse(lots);
        Collections.reverse(needs);
        Collections.reverse(bans);
        assertThat(inputs.keep(
                        new Input(problem(lots, needs, POLICY, new PlanConstraints(CONSTRAINTS.locks(), bans)), START)))
                .isEqualTo(kept);

        PlanningProblem problem = input.problem();
        Set<String> hashes = new HashSet<>(Set.of(kept.hash()));
        for (Input other : List.of(
                new Input(problem, Optional.empty()),
                new Input(problem.withPolicy(POLICY.withEquity(4)), START),
                new Input(problem.withSharing(SHARING.withLimits(List.of())), START),
                new Input(problem.withSharing(Sharing.NOTHING), START),
                new Input(problem.withConstraints(PlanConstraints.NONE), START),
                new Input(problem(LOTS.subList(0, 1), NEEDS, POLICY, PlanConstraints.NONE), START),
                new Input(problem(LOTS, NEEDS.subList(0, 1), POLICY, PlanConstraints.NONE), START))) {
            assertThat(hashes.add(inputs.keep(other).hash())).isTrue();
        }
    }

    /** The hash that a plan shows does not depend on machine, Java or day: whoever has the text can compute it. */
    @Test
    void theHashIsTheTextsOwn() throws IOException {
        Kept kept = inputs.keep(
                new Input(problem(List.of(), List.of(), Policy.STANDARD, PlanConstraints.NONE), Optional.empty()));
        try (InputStream text = new GZIPInputStream(files.open(kept.file()))) {
            assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("""
                    {"format":"musubi-plan-input/2","now":"2011-03-14T00:00:00.123456789Z","policy":"{\\"version\\":1,\
                    \\"equity\\":8.0,\\"minimumShelfLifeHours\\":0.0,\\"minimumShelfLifeHoursByItem\\":{},\
                    \\"substitutes\\":[],\\"substitutePenaltyKm\\":0,\\"communityEquity\\":1.0,\\"municipalityEquity\\":1.0,\
                    \\"protectedPeople\\":1.0,\\"hubDays\\":0,\\"kilogramsPerHour\\":250.0,\\"wholePacks\\":false,\
                    \\"leastShipmentKg\\":0.0,\\"coldHours\\":0.0}","travel":"great-circle","lots":[],"needs":[],\
                    "locks":[],"bans":[]}""");
        }
    }

    @Test
    void noticesAnInputThatIsNotTheKeptOne() throws IOException {
        Kept kept = inputs.keep(new Input(problem(LOTS, NEEDS, POLICY, CONSTRAINTS), START));
        Kept other = inputs.keep(new Input(problem(LOTS, NEEDS, POLICY, CONSTRAINTS), Optional.empty()));
        assertThatThrownBy(() -> inputs.open(new Kept(kept.hash(), other.file())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(kept.hash());
        assertThatThrownBy(() -> inputs.open(new Kept(kept.hash(), "gone"))).isInstanceOf(NoSuchFileException.class);
        ByteArrayOutputStream nonsense = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(nonsense)) {
            out.write("{\"format\":\"another/2\"}".getBytes(StandardCharsets.UTF_8));
        }
        files.contents.put("nonsense", nonsense.toByteArray());
        assertThatThrownBy(() -> inputs.open(new Kept(kept.hash(), "nonsense")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another/2");
    }

    @Test
    void refusesWhatItCannotWriteDown() {
        TravelTimes other = (from, to) -> Optional.empty();
        PlanningProblem problem =
                new PlanningProblem(NOW, List.of(), List.of(), POLICY, PlanConstraints.NONE, other, Closures.NONE);
        assertThatThrownBy(() -> inputs.keep(new Input(problem, Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PlanningProblem problem(
            List<AvailableLot> lots, List<OpenNeed> needs, Policy policy, PlanConstraints constraints) {
        return new PlanningProblem(NOW, lots, needs, policy, constraints, new GreatCircleTravel(), Closures.NONE)
                .withSharing(policy.equals(POLICY) ? SHARING : Sharing.NOTHING);
    }

    private static final class FilesInMemory implements FileStore {
        private final Map<String, byte[]> contents = new HashMap<>();
        private final Set<String> forGood = new HashSet<>();

        @Override
        public StoredFile keep(InputStream content, String mediaType) throws IOException {
            byte[] bytes = content.readAllBytes();
            String name = "file-" + Arrays.hashCode(bytes);
            contents.put(name, bytes);
            return new StoredFile(contents.size(), name, bytes.length, mediaType);
        }

        @Override
        public StoredFile keepForGood(InputStream content, String mediaType) throws IOException {
            StoredFile kept = keep(content, mediaType);
            forGood.add(kept.contentHash());
            return kept;
        }

        @Override
        public InputStream open(String contentHash) throws IOException {
            byte[] bytes = contents.get(contentHash);
            if (bytes == null) {
                throw new NoSuchFileException(contentHash);
            }
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void forget(String contentHash) {
            contents.remove(contentHash);
        }
    }
}
