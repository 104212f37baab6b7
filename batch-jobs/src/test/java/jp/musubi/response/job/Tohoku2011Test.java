package jp.musubi.response.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.response.job.Tohoku2011.ScenarioFile;
import jp.musubi.response.job.Tohoku2011.Size;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Tohoku2011Test {

    private static final CSVFormat WITH_HEADER =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    @TempDir
    Path folder;

    private Map<String, List<CSVRecord>> files = Map.of();

    @BeforeEach
    void write() throws IOException {
        files = read(Tohoku2011.write(Size.DEMO, folder, (lat, lon) -> 0));
    }

    @Test
    void hasTheSizesItSays() throws IOException {
        assertThat(rows("communities")).hasSize(400);
        assertThat(rows("needs")).hasSize(3_000);
        assertThat(rows("donations")).hasSize(5_000);
        assertThat(rows("volunteers")).hasSize(300);
        assertThat(rows("shifts")).hasSize(120);

        Map<String, List<CSVRecord>> large =
                read(Tohoku2011.write(Size.LARGE, Files.createDirectory(folder.resolve("large")), (lat, lon) -> 0));

        assertThat(large.get("communities")).hasSize(2_000);
        assertThat(large.get("needs")).hasSize(20_000);
        assertThat(large.get("donations")).hasSize(100_000);
        assertThat(large.get("volunteers")).hasSize(5_000);
        assertThat(large.get("shifts")).hasSize(800);
    }

    @Test
    void isTheSameEveryTime() throws IOException {
        Path again = Files.createDirectory(folder.resolve("again"));
        Tohoku2011.write(Size.DEMO, again, (lat, lon) -> 0);

        for (String kind : List.of(
                "hubs",
                "communities",
                "needs",
                "donations",
                "volunteers",
                "shifts",
                "cohorts",
                "trainees",
                "attendance")) {
            assertThat(again.resolve(kind + ".csv")).hasSameBinaryContentAs(folder.resolve(kind + ".csv"));
        }
    }

    @Test
    void putsNobodyIntoTheSea() throws IOException {
        // Sea and land in stripes of about 1 km.
        Path striped = Files.createDirectory(folder.resolve("striped"));
        Map<String, List<CSVRecord>> written =
                read(Tohoku2011.write(Size.DEMO, striped, (lat, lon) -> isStripe(lon) ? 0 : 500));

        assertThat(written.getOrDefault("communities", List.of()))
                .hasSize(400)
                .allSatisfy(row ->
                        assertThat(isStripe(Double.parseDouble(row.get("lon")))).isTrue());
    }

    private static boolean isStripe(double lon) {
        return Math.floorMod((long) Math.floor(lon * 80), 2) == 0;
    }

    @Test
    void namesEverybodyAsDerived() {
        assertThat(rows("communities"))
                .allSatisfy(row -> assertThat(row.get("name")).contains("想定"));
        assertThat(rows("donations"))
                .allSatisfy(row -> assertThat(row.get("donor")).contains("想定"));
        assertThat(rows("communities"))
                .allSatisfy(row -> assertThat(row.get("contact")).isEmpty());
        assertThat(rows("volunteers"))
                .allSatisfy(row -> assertThat(row.get("name")).contains("想定"));
        assertThat(rows("shifts"))
                .allSatisfy(row -> assertThat(row.get("title")).contains("想定"));
        assertThat(rows("cohorts"))
                .allSatisfy(row -> assertThat(row.get("title")).contains("想定"));
        assertThat(rows("trainees"))
                .allSatisfy(row -> assertThat(row.get("name")).contains("想定"));
    }

    @Test
    void beginsWithTheFirstCourseAndItsSixteenPeople() {
        assertThat(rows("cohorts"))
                .hasSize(9)
                .filteredOn(row -> row.get("municipality").equals("04212"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("starts_on")).isEqualTo("2011-10-03"));
        assertThat(rows("trainees"))
                .filteredOn(row -> row.get("cohort_id").equals("TOME-1"))
                .hasSize(16);
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryIdIsThereOnce() {
        Set<String> communities = ids("communities", "community_id");
        Set<String> hubs = ids("hubs", "hub_id");

        assertThat(communities).hasSize(400);
        assertThat(ids("needs", "need_id")).hasSize(3_000);
        assertThat(ids("donations", "lot_id")).hasSize(5_000);
        assertThat(communities).containsAll(ids("needs", "community_id"));
        assertThat(rows("donations"))
                .allSatisfy(row -> assertThat(row.get("hub_id")).matches(id -> id.isEmpty() || hubs.contains(id)));
    }

    @Test
    void needsAreOpenAndGiftsAreNotYetExpired() {
        assertThat(rows("needs")).allSatisfy(row -> {
            assertThat(Long.parseLong(row.get("quantity"))).isBetween(1L, 1_000_000_000L);
            assertThat(Integer.parseInt(row.get("priority"))).isBetween(1, 4);
            assertThat(instant(row.get("reported_at"))).isBefore(Tohoku2011.START);
            if (!row.get("needed_by").isEmpty()) {
                assertThat(instant(row.get("needed_by"))).isAfter(Tohoku2011.START);
            }
        });
        assertThat(rows("donations")).allSatisfy(row -> {
            assertThat(Long.parseLong(row.get("quantity"))).isBetween(1L, 1_000_000_000L);
            if (!row.get("expires_at").isEmpty()) {
                assertThat(instant(row.get("expires_at")))
                        .isAfter(instant(row.get("available_from")))
                        .isAfter(Tohoku2011.START);
            }
        });
    }

    @Test
    void someGiftsAreStillOnTheirWayAndSomeExpireSoonAndSomeMustBeCool() {
        Instant tomorrow = Tohoku2011.START.plusSeconds(86_400);

        assertThat(rows("donations"))
                .anySatisfy(
                        row -> assertThat(instant(row.get("available_from"))).isAfter(tomorrow))
                .anySatisfy(row -> {
                    assertThat(row.get("expires_at")).isNotEmpty();
                    assertThat(instant(row.get("expires_at"))).isBefore(tomorrow);
                });
        assertThat(rows("communities"))
                .anySatisfy(row -> assertThat(row.get("people")).isEmpty());
    }

    @Test
    void moreHousesDestroyedMeansMorePeopleInShelters() {
        Map<String, Long> people = rows("communities").stream()
                .filter(row -> !row.get("people").isEmpty())
                .collect(Collectors.groupingBy(
                        row -> row.get("municipality_code"),
                        Collectors.summingLong(row -> Long.parseLong(row.get("people")))));

        // 石巻 19,065 houses, 大槌 3,677, 久慈 65.
        assertThat(people.get("04202")).isGreaterThan(people.get("03461"));
        assertThat(people.get("03461")).isGreaterThan(people.get("03207"));
        // The zone around the nuclear plant was not surveyed: 0 destroyed houses say nothing about its people.
        assertThat(people).doesNotContainKeys("07543", "07547");
    }

    @Test
    void sharesAddUp() {
        assertThat(ScenarioNumbers.shares(List.of(1.0, 1.0, 1.0), 10)).containsExactly(4, 3, 3);
        assertThat(ScenarioNumbers.shares(List.of(0.0, 5.0), 3)).containsExactly(1, 2);
    }

    private List<CSVRecord> rows(String kind) {
        return files.getOrDefault(kind, List.of());
    }

    private Set<String> ids(String kind, String column) {
        return rows(kind).stream().map(row -> row.get(column)).collect(Collectors.toSet());
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static Map<String, List<CSVRecord>> read(List<ScenarioFile> written) {
        return written.stream().collect(Collectors.toMap(ScenarioFile::kind, file -> {
            try (Reader reader = Files.newBufferedReader(file.path())) {
                return WITH_HEADER.parse(reader).getRecords();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }
}
