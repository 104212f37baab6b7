package jp.musubi.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.RowProblem;
import org.junit.jupiter.api.Test;

class HubRowsTest {

    private final HubRows kind = new HubRows(RowsFixture.municipalities(), RowsFixture.check(), RowsFixture.unused());

    @Test
    void readsAHubInEnglishAndJapanese() {
        HubRow english = accepted(
                "hub_id|name|municipality_code|lat|lon|state|throughput_kg_per_day",
                "HUB-1|Kamaishi hub|03211|39.276|141.886|full|40,000");
        HubRow japanese = accepted("拠点ID|拠点名|市区町村名|緯度|経度|状態", "HUB-1|釜石 物資拠点|釜石|39°16′33.6″|141°53′9.6″|満杯");

        assertThat(english.details().state()).isEqualTo(HubState.FULL);
        assertThat(english.details().perDay().kilograms()).contains(40_000L);
        assertThat(japanese.details().state()).isEqualTo(HubState.FULL);
        assertThat(japanese.details().municipality()).isEqualTo(new MunicipalityCode("03211"));
        assertThat(japanese.details().position().kilometresTo(english.details().position()))
                .isLessThan(0.01);
    }

    @Test
    void isWorkingUnlessSomebodySaysOtherwise() {
        assertThat(accepted("hub_id|name|municipality_code|lat|lon", "HUB-1|釜石|03211|39.276|141.886")
                        .details()
                        .state())
                .isEqualTo(HubState.WORKING);
    }

    @Test
    void wantsAPosition() {
        Interpretation<HubRow> read = kind.interpreter(RowsFixture.CONTEXT)
                .interpret(RowsFixture.row(kind, "hub_id|name|municipality_code|lat|lon", "HUB-1|釜石|03211||"));

        assertThat(read.listProblems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("missing");
            assertThat(problem.place().column()).isEqualTo("lat");
        });
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        Interpretation<HubRow> read = kind.interpreter(RowsFixture.CONTEXT)
                .interpret(RowsFixture.row(
                        kind,
                        "hub_id|name|municipality_code|lat|lon|state|throughput_kg_per_day",
                        "|釜石|99999|39.276|145|so-so|many"));

        assertThat(read.listProblems())
                .extracting(RowProblem::code)
                .containsExactlyInAnyOrder(
                        "missing", "municipality-unknown", "position-at-sea", "unknown-word", "not-a-whole-number");
    }

    @Test
    void keepsTheStateThatAFileDoesNotSay() {
        HubDetails known = accepted(
                        "hub_id|name|municipality_code|lat|lon|state", "HUB-1|釜石|03211|39.276|141.886|closed")
                .details();
        HubRow list =
                accepted("hub_id|name|name_en|municipality_code|lat|lon", "HUB-1|釜石|Kamaishi|03211|39.276|141.886");

        assertThat(list.onto(known).state()).isEqualTo(HubState.CLOSED);
        assertThat(list.onto(known).nameEn()).isEqualTo(Optional.of("Kamaishi"));
    }

    private HubRow accepted(String header, String cells) {
        Interpretation<HubRow> read =
                kind.interpreter(RowsFixture.CONTEXT).interpret(RowsFixture.row(kind, header, cells));
        assertThat(read.listProblems()).isEmpty();
        return ((Interpretation.Accepted<HubRow>) read).value();
    }
}
