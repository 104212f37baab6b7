package jp.musubi.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowProblem;
import jp.musubi.place.CommunityRow.Field;
import org.junit.jupiter.api.Test;

class CommunityRowsTest {

    private static final String OWN =
            "community_id|name|kind|municipality_code|lat|lon|people|children|infants|elderly|"
                    + "capacity|max_vehicle_width_m|contact";

    private final CommunityRows kind =
            new CommunityRows(RowsFixture.municipalities(), RowsFixture.check(), RowsFixture.unused());

    @Test
    void readsItsOwnFormat() {
        Row row = row(OWN, "O-1|大槌町中央公民館|shelter|034614|39.3581|141.8994|240|30|8|95|400|2.3|090-0000-0000");

        CommunityRow read = accepted(row);
        CommunityDetails details = read.details();
        assertThat(kind.externalId(row)).contains("O-1");
        assertThat(details.name()).isEqualTo("大槌町中央公民館");
        assertThat(details.kind()).isEqualTo(CommunityKind.SHELTER);
        assertThat(details.municipality()).isEqualTo(new MunicipalityCode("03461"));
        assertThat(details.position()).contains(new Position(39.3581, 141.8994));
        assertThat(details.positionDoubtful()).isFalse();
        assertThat(details.people())
                .isEqualTo(new People(Optional.of(240), Optional.of(30), Optional.of(8), Optional.of(95)));
        assertThat(details.capacity()).contains(400);
        assertThat(details.maxVehicleWidthMetres()).contains(2.3);
        assertThat(read.contact()).contains("090-0000-0000");
    }

    @Test
    void readsJapaneseAndHxlHeaders() {
        CommunityRow japanese = accepted(row("コミュニティID|名称|種別|市区町村名|緯度|経度|避難者数", "O-1|中央公民館|在宅|大槌|39.36|141.9|12"));
        CommunityRow hxl = accepted(row(
                "#meta+id|#loc+name|#loc+type|#adm2+name|#geo+lat|#geo+lon|#affected|#affected+infants",
                "O-1|中央公民館|home|Otsuchi|39.36|141.9|12|3"));

        assertThat(japanese.details().kind()).isEqualTo(CommunityKind.HOME);
        assertThat(japanese.details().people().total()).contains(12);
        assertThat(hxl.details().municipality()).isEqualTo(new MunicipalityCode("03461"));
        assertThat(hxl.details().people())
                .isEqualTo(new People(Optional.of(12), Optional.empty(), Optional.of(3), Optional.empty()));
    }

    @Test
    void readsTheMunicipalOpenDataListAsItComes() {
        String header = "全国地方公共団体コード|ID|地方公共団体名|名称|名称_カナ|名称_英字|所在地_全国地方公共団体コード|町字ID|所在地_連結表記|所在地_都道府県|"
                + "所在地_市区町村|緯度|経度|電話番号|災害種別_洪水|災害種別_津波|指定避難所との重複|想定収容人数|備考";
        Row designated = row(
                header,
                "034614|0000000001|岩手県大槌町|中央公民館|チュウオウコウミンカン|||0001|岩手県上閉伊郡大槌町小鎚|岩手県|大槌町|39.3581|"
                        + "141.8994|0193-00-0000||1|1|約300人|");
        Row evacuationOnly = row(header, "034614|0000000002|岩手県大槌町|城山公園|シロヤマコウエン|||0001|岩手県上閉伊郡大槌町小鎚|岩手県|大槌町|||||1|||");

        CommunityRow shelter = accepted(designated);
        assertThat(kind.externalId(designated)).contains("03461:1");
        assertThat(shelter.details().kind()).isEqualTo(CommunityKind.SHELTER);
        assertThat(shelter.details().kana()).contains("チュウオウコウミンカン");
        assertThat(shelter.details().address()).contains("岩手県上閉伊郡大槌町小鎚");
        assertThat(shelter.details().capacity()).contains(300);
        assertThat(shelter.details().people()).isEqualTo(People.UNKNOWN);
        assertThat(accepted(evacuationOnly).details().kind()).isEqualTo(CommunityKind.UNDESIGNATED_SHELTER);
        assertThat(accepted(evacuationOnly).details().position()).isEmpty();
    }

    @Test
    void readsAPrefecturesListWhoseCodeIsThePrefectures() {
        CommunityRow read = accepted(row(
                "都道府県コード又は市区町村コード|NO|都道府県名|市区町村名|名称|住所|緯度|経度|想定収容人数",
                "060003|17|山形県|金山町|中央公民館|山形県最上郡金山町金山|38.88|140.34|200"));

        assertThat(read.details().municipality()).isEqualTo(new MunicipalityCode("06361"));
    }

    @Test
    void readsTheGeospatialInformationAuthoritysColumnsAsTheyCome() {
        Row row = row(
                "NO|共通ID|都道府県名及び市町村名|施設・場所名|住所|洪水|崖崩れ、土石流及び地滑り|高潮|地震|津波|大規模な火事|内水氾濫|火山現象|" + "指定避難所との住所同一|緯度|経度|備考",
                "1|E0346100000001|岩手県上閉伊郡大槌町|安渡小学校|岩手県上閉伊郡大槌町安渡|||||1||||1|39.3533|141.9222|");

        CommunityRow read = accepted(row);
        assertThat(kind.externalId(row)).contains("E0346100000001");
        assertThat(read.details().kind()).isEqualTo(CommunityKind.SHELTER);
        assertThat(read.details().municipality()).isEqualTo(new MunicipalityCode("03461"));
        assertThat(read.details().position()).contains(new Position(39.3533, 141.9222));
    }

    @Test
    void findsTheMunicipalityInAnAddress() {
        assertThat(accepted(row("名称|住所", "中央公民館|宮城県本吉郡志津川町塩入")).details().municipality())
                .isEqualTo(new MunicipalityCode("04606"));
    }

    @Test
    void givesFilesWithoutIdsANaturalKey() {
        String header = "名称|市区町村名|住所";

        assertThat(kind.externalId(row(header, "中央　公民館|大槌町|小鎚１")))
                .isEqualTo(kind.externalId(row(header, "中央公民館 | 大槌町 | 小鎚 1")))
                .isNotEqualTo(kind.externalId(row(header, "中央公民館|大槌町|小鎚２")))
                .isNotEqualTo(kind.externalId(row(header, "中央公民館|釜石市|小鎚１")));
        assertThat(kind.externalId(row(header, "|大槌町|小鎚"))).isEmpty();
        assertThat(kind.externalId(row(header, "館|大槌町|" + "長い住所".repeat(100))))
                .hasValueSatisfying(key -> assertThat(key).hasSize(200));
    }

    @Test
    void saysEverythingThatIsWrongWithARowAtOnce() {
        List<RowProblem> problems = problems(row(OWN, "O-1||tent|金山町|141.9|39.36|10|30|||-5|23|"));

        assertThat(problems)
                .extracting(RowProblem::code)
                .containsExactlyInAnyOrder(
                        "missing",
                        "unknown-word",
                        "municipality-ambiguous",
                        "position-swapped",
                        "part-larger-than-total",
                        "out-of-range",
                        "out-of-range");
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.remedy().ja()).isNotBlank();
            assertThat(problem.remedy().en()).isNotBlank();
        });
    }

    @Test
    void suggestsTheMunicipalityThatWasMeant() {
        assertThat(problems(row("名称|市区町村名", "公民館|大追町"))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("municipality-unknown");
            assertThat(problem.place().column()).isEqualTo("市区町村名");
            assertThat(problem.remedy().ja()).contains("岩手県大槌町(03461)");
            assertThat(problem.remedy().en()).contains("Otsuchi, Iwate (03461)");
        });
        assertThat(problems(row("名称|市区町村コード", "公民館|034610")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("municipality-check-digit"));
        assertThat(problems(row("名称|市区町村名|住所", "公民館||")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("municipality-missing"));
    }

    @Test
    void marksAPositionFarFromItsMunicipality() {
        assertThat(accepted(row(OWN, "O-1|公民館|shelter|03461|37.05|140.89||||||||"))
                        .details()
                        .positionDoubtful())
                .isTrue();
    }

    @Test
    void aListWithoutHeadcountsDoesNotTakeThemBack() {
        CommunityDetails known = accepted(row(OWN, "O-1|旧名|home|03461|39.36|141.90|240|30|||400|2.3|"))
                .details();
        CommunityRow list = accepted(row("community_id|name|municipality_code|capacity", "O-1|新名|03461|"));

        assertThat(list.stated()).containsExactly(Field.CAPACITY);
        CommunityDetails now = list.onto(known);
        assertThat(now.name()).isEqualTo("新名");
        assertThat(now.capacity()).isEmpty();
        assertThat(now.kind()).isEqualTo(CommunityKind.HOME);
        assertThat(now.people()).isEqualTo(known.people());
        assertThat(now.position()).isEqualTo(known.position());
        assertThat(now.maxVehicleWidthMetres()).isEqualTo(known.maxVehicleWidthMetres());
    }

    @Test
    void equalContentHasEqualText() {
        String cells = "O-1|公民館|shelter|%s|39.36|141.90|%s|||||||";

        assertThat(accepted(row(OWN, cells.formatted("03461", "240"))).contentText())
                .isEqualTo(accepted(row(OWN, cells.formatted("大槌町", " 240 "))).contentText())
                .isNotEqualTo(
                        accepted(row(OWN, cells.formatted("03461", "241"))).contentText());
    }

    private Row row(String header, String cells) {
        return RowsFixture.row(kind, header, cells);
    }

    private CommunityRow accepted(Row row) {
        Interpretation<CommunityRow> read =
                kind.interpreter(RowsFixture.CONTEXT).interpret(row);
        assertThat(read.listProblems()).isEmpty();
        return ((Interpretation.Accepted<CommunityRow>) read).value();
    }

    private List<RowProblem> problems(Row row) {
        return kind.interpreter(RowsFixture.CONTEXT).interpret(row).listProblems();
    }
}
