package jp.musubi.matching.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanCommandTest {

    private static final String COMMUNITIES = """
            community_id,name,kind,municipality_code,lat,lon
            C1,第一小学校,shelter,04202,38.4345,141.3028
            C2,"Hall, east",shelter,04202,38.43,141.25
            """;
    private static final String NEEDS = """
            need_id,community_id,item,quantity,unit,priority,needed_by,reported_at,source
            N1,C1,blanket,10,sheet,1,2011-03-14T20:00:00+09:00,,
            N2,C2,blanket,10,sheet,4,,,
            """;
    private static final String STOCK = """
            lot_id,item,quantity,unit,lat,lon,hub_id,donor,available_from,expires_at,pack_size,cold_chain
            L1,blanket,12,sheet,38.2682,140.8694,,co-op,,,,
            """;

    @TempDir
    Path folder;

    private final Locale before = Locale.getDefault();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void english() {
        Locale.setDefault(Locale.ENGLISH);
    }

    @AfterEach
    void asBefore() {
        Locale.setDefault(before);
    }

    private void files(String communities, String needs, String stock) throws IOException {
        Files.writeString(folder.resolve("c.csv"), communities);
        Files.writeString(folder.resolve("n.csv"), needs);
        Files.writeString(folder.resolve("s.csv"), stock);
    }

    private int plan(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "--communities", path("c.csv"),
                "--needs", path("n.csv"),
                "--stock", path("s.csv"),
                "--out", path("plan.csv"),
                "--now", "2011-03-14T09:00:00+09:00"));
        words.addAll(List.of(more));
        return PlanCommand.run(
                words.toArray(new String[0]), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private JsonNode json() {
        String text = out.toString(UTF_8);
        assertThat(text.strip().lines()).hasSize(1);
        return JsonMapper.shared().readTree(text);
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name));
    }

    @Test
    void writesThePlanItsPricesAndOneLineOfFigures() throws IOException {
        files(COMMUNITIES, NEEDS, STOCK);
        assertThat(plan("--prices", path("prices.csv"), "--threads", "1")).isZero();
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(lines("plan.csv"))
                .containsExactly(
                        "lot_id,need_id,item,quantity,unit,km,arrive_at",
                        "L1,N1,blanket,10,sheet,54.697,2011-03-14T02:22:03Z",
                        "L1,N2,blanket,2,sheet,49.078,2011-03-14T02:13:37Z");
        assertThat(lines("prices.csv"))
                .hasSize(4)
                .startsWith("kind,id,price")
                .element(1)
                .asString()
                .startsWith("lot,L1,");
        JsonNode json = json();
        // Ten urgent units within 12 h, the two first tiers of a low need, and the journeys of 547 and 491.
        long values = 0;
        for (int s = 0; s < 10; s++) {
            values += Math.round(2000 * 8 * 2 * Math.pow(8, 1 - (s + 0.5) / 10));
        }
        values += Math.round(2000 * Math.pow(8, 0.95)) + Math.round(2000 * Math.pow(8, 0.85));
        assertThat(json.get("objective").asLong()).isEqualTo(10 * 547 + 2 * 491 - values);
        assertThat(json.get("lowerBound").asLong())
                .isEqualTo(json.get("objective").asLong());
        assertThat(json.get("gap").asDouble()).isZero();
        assertThat(json.get("servedUnits").asLong()).isEqualTo(12);
        assertThat(json.get("unmetUnits").asLong()).isEqualTo(8);
        // 8 of weight 1 are unmet; 10 · 16 + 10 · 1 were asked for.
        assertThat(json.get("weightedUnmet").asDouble()).isEqualTo(8 / 170.0);
        assertThat(json.get("coverage").get("min").asDouble()).isEqualTo(0.2);
        assertThat(json.get("coverage").get("median").asDouble()).isCloseTo(0.6, within(1e-12));
        assertThat(json.get("coverage").get("zeroShare").asDouble()).isZero();
        assertThat(json.properties().stream().map(Map.Entry::getKey))
                .containsExactly(
                        "objective",
                        "lowerBound",
                        "gap",
                        "servedUnits",
                        "unmetUnits",
                        "weightedUnmet",
                        "coverage",
                        "unitKm",
                        "rounds",
                        "readSeconds",
                        "solveSeconds",
                        "peakMiB");
    }

    @Test
    void leavesOutWrongRowsAndSaysWhereTheyAre() throws IOException {
        files(
                COMMUNITIES + "C1,again,shelter,,38,141\nC9,nowhere,shelter,,95,141\n",
                NEEDS + """
                        N1,C1,blanket,1,sheet,1,,,
                        N3,C7,blanket,1,sheet,1,,,
                        N4,C1,blanket,1,sheet,5,,,
                        N5,C1,blanket,1.5,sheet,1,,,
                        N6,C1,blanket,0,sheet,1,,,
                        N7,C1,blanket,1,sheet,1,2011-03-14 20:00,,
                        N8,C1,blanket,1,box,1,,,
                        """,
                STOCK + "L2,blanket,5,sheet,,,H1,,,\n");
        assertThat(plan()).isEqualTo(3);
        assertThat(json().get("servedUnits").asLong()).isEqualTo(12);
        assertThat(err.toString(UTF_8).lines().map(line -> line.replaceAll(": .*", "")))
                .containsExactly(
                        "c.csv line 4 column community_id",
                        "c.csv line 5 column lat",
                        "n.csv line 4 column need_id",
                        "n.csv line 5 column community_id",
                        "n.csv line 6 column priority",
                        "n.csv line 7 column quantity",
                        "n.csv line 8 column quantity",
                        "n.csv line 9 column needed_by",
                        "n.csv line 10 column unit",
                        "s.csv line 3 column lat",
                        "s.csv line 3 column lon",
                        "10 rows were left out.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "0",
                "1000000001",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999999999999999",
                "1e9",
                "1.5",
                "NaN",
                "Infinity",
                "ten"
            })
    void namesQuantitiesThatCannotBe(String quantity) throws IOException {
        files(
                COMMUNITIES,
                NEEDS + "N9,C1,blanket," + quantity + ",sheet,1,,,\n",
                STOCK + "L9,blanket," + quantity + ",sheet,38,141,,,,\n");
        assertThat(plan()).isEqualTo(3);
        assertThat(json().get("servedUnits").asLong()).isEqualTo(12);
        assertThat(err.toString(UTF_8).lines().toList())
                .hasSize(3)
                .first(STRING)
                .startsWith("n.csv line 4 column quantity: ")
                .contains("\"" + quantity + "\"")
                .contains("1,000,000,000");
        assertThat(err.toString(UTF_8)).contains("s.csv line 3 column quantity: ");
    }

    @Test
    void theLargestQuantitiesDoNotOverflow() throws IOException {
        StringBuilder needs = new StringBuilder("need_id,community_id,item,quantity,unit,priority,needed_by\n");
        StringBuilder stock = new StringBuilder("lot_id,item,quantity,unit,lat,lon\n");
        for (int i = 0; i < 40; i++) {
            needs.append("N%d,C1,blanket,1000000000,sheet,1,\n".formatted(i));
            stock.append("L%d,blanket,1000000000,sheet,38.3,140.9\n".formatted(i));
        }
        files(COMMUNITIES, needs.toString(), stock.toString());
        assertThat(plan()).isZero();
        assertThat(json().get("servedUnits").asLong()).isEqualTo(40_000_000_000L);
        assertThat(json().get("gap").asDouble()).isZero();
        assertThat(json().get("objective").bigIntegerValue()).isNegative();
    }

    @Test
    void aWrongPolicyIsNamedAndExplainedAndNothingIsWritten() throws IOException {
        files(COMMUNITIES, NEEDS, STOCK);
        Files.writeString(folder.resolve("p.json"), "{\"equality\": 8}");
        assertThat(plan("--policy", path("p.json"))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("p.json", "no key \"equality\"", "equity, hubDays, kilogramsPerHour");
        Files.writeString(folder.resolve("p.json"), "{\"substitutes\": \"catalogue\"}");
        assertThat(plan("--policy", path("p.json"))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("knows no catalogue");
        Files.writeString(folder.resolve("p.json"), "{\"communityEquity\": 4}");
        assertThat(plan("--policy", path("p.json"))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("does not know who lives where");
        Files.writeString(folder.resolve("p.json"), "{\"hubDays\": 1}");
        assertThat(plan("--policy", path("p.json"))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("knows no hubs, weights and packs");
        assertThat(folder.resolve("plan.csv")).doesNotExist();
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void makingAPlanAgainTakesNoFilesAndFilesTakeNoDatabase() throws IOException {
        files(COMMUNITIES, NEEDS, STOCK);
        assertThat(plan("--rerun", "3")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--communities has no meaning there");
        assertThat(plan("--data", path("data"))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--data belongs to plan --rerun NUMBER");
        assertThat(PlanCommand.run(
                        new String[] {"--rerun", "-3", "--data", path("data")},
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8)))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--rerun wants the number of a plan, e.g. 3, but was \"-3\"");
        assertThat(folder.resolve("plan.csv")).doesNotExist();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void readsJapaneseHeadersInAnyOrderFromWindows() throws IOException {
        files(COMMUNITIES, NEEDS, STOCK);
        Files.write(
                folder.resolve("n.csv"),
                "数量,単位,品目,避難所番号,優先度,要請番号\r\n10,枚,毛布,C1,1,要請1\r\n".getBytes(Charset.forName("windows-31j")));
        Files.writeString(folder.resolve("s.csv"), "\ufeff在庫番号,品目,数量,単位,緯度,経度\nL1,毛布,12,枚,38.2682,140.8694\n");
        assertThat(plan()).isZero();
        assertThat(lines("plan.csv").get(1)).startsWith("L1,要請1,毛布,10,枚,");
    }

    @Test
    void withoutLotsAndNeedsThePlanIsEmpty() throws IOException {
        files(
                "community_id,lat,lon\n",
                "need_id,community_id,item,quantity,unit,priority,needed_by\n",
                "lot_id,item,quantity,unit,lat,lon\n");
        assertThat(plan()).isZero();
        assertThat(lines("plan.csv")).containsExactly("lot_id,need_id,item,quantity,unit,km,arrive_at");
        assertThat(json().get("objective").asLong()).isZero();
        assertThat(json().get("gap").asDouble()).isZero();
        assertThat(json().get("coverage").isNull()).isTrue();
        assertThat(json().get("weightedUnmet").isNull()).isTrue();
    }

    @Test
    void followsThePolicy() throws IOException {
        files(COMMUNITIES, NEEDS, STOCK);
        Files.writeString(
                folder.resolve("p.json"),
                "{\"version\": 1, \"equity\": 1, \"minimumShelfLifeHours\": 2.5, \"substitutes\": []}");
        assertThat(plan("--policy", path("p.json"))).isZero();
        assertThat(json().get("objective").asLong()).isEqualTo(10 * 547 + 2 * 491 - 10 * 32_000 - 2 * 2000);
    }

    @Test
    void refusesPoliciesItDoesNotUnderstand() throws IOException {
        files(COMMUNITIES, NEEDS, STOCK);
        for (String policy : List.of(
                "{\"version\":1,\"equitty\":8}",
                "{\"version\":2}",
                "{\"equity\":0.5}",
                "{\"equity\":\"8\"}",
                "{\"equity\":8,\"equity\":9}",
                "[1]",
                "{",
                "{} {}")) {
            err.reset();
            Files.writeString(folder.resolve("p.json"), policy);
            assertThat(plan("--policy", path("p.json"))).as(policy).isEqualTo(2);
            assertThat(err.toString(UTF_8).strip().lines()).as(policy).hasSize(1);
        }
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(folder.resolve("plan.csv")).doesNotExist();
    }

    @Test
    void refusesWrongCalls() throws IOException {
        files(COMMUNITIES, NEEDS, STOCK);
        assertThat(plan("--travel", "roads")).isEqualTo(2);
        assertThat(plan("--travel", "crow")).isEqualTo(2);
        assertThat(plan("--threads", "0")).isEqualTo(2);
        assertThat(plan("--threads", "many")).isEqualTo(2);
        assertThat(plan("--fast")).isEqualTo(2);
        assertThat(plan("word")).isEqualTo(2);
        assertThat(plan("--prices", path("no/such/folder.csv"))).isEqualTo(2);
        assertThat(PlanCommand.run(
                        new String[] {"--needs", path("n.csv")},
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8)))
                .isEqualTo(2);
        Files.delete(folder.resolve("s.csv"));
        assertThat(plan()).isEqualTo(2);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void failsOnAFileThatIsNoTableOfItsKind() throws IOException {
        files(COMMUNITIES, "a,b\n1,2\n", STOCK);
        assertThat(plan()).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("need_id");
        assertThat(out.toString(UTF_8)).isEmpty();
    }
}
