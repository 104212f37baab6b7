package jp.musubi.place.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.inbox.FeedInbox;
import jp.musubi.inbox.FeedInbox.Delivery;
import jp.musubi.inbox.FeedState;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.job.ImportJobs;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.inbox.store.FeedFile.Counts;
import jp.musubi.inbox.store.FeedFiles;
import jp.musubi.inbox.store.RejectedRow;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.People;
import jp.musubi.place.Prefecture;
import jp.musubi.place.store.CommunityListing;
import jp.musubi.place.store.HubListing;
import jp.musubi.place.store.PlaceFilter;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists as authorities publish them go in unchanged, without anybody saying what they are. */
@MusubiIT
class ShelterListsIT {

    private static final Charset CP932 = Charset.forName("windows-31j");

    private final FeedInbox inbox;
    private final FeedFiles files;
    private final ImportJobs jobs;
    private final Responses responses;
    private final CommunityListing communities;
    private final HubListing hubs;
    private ResponseId response = new ResponseId(0);

    ShelterListsIT(
            FeedInbox inbox,
            FeedFiles files,
            ImportJobs jobs,
            Responses responses,
            CommunityListing communities,
            HubListing hubs) {
        this.inbox = inbox;
        this.files = files;
        this.jobs = jobs;
        this.responses = responses;
        this.communities = communities;
        this.hubs = hubs;
    }

    @BeforeEach
    void anotherResponse() {
        response = responses
                .open(TestResponse.at(Instant.parse("2011-03-14T00:00:00Z"), "t-" + UUID.randomUUID()))
                .id();
    }

    @Test
    void takesTheMunicipalOpenDataListInItsEncoding() throws IOException {
        String list = """
                都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,住所,方書,緯度,経度,電話番号,災害種別_洪水,災害種別_津波,指定避難所との重複,想定収容人数,URL,備考\r
                034614,1,岩手県,大槌町,中央公民館,チュウオウコウミンカン,岩手県上閉伊郡大槌町小鎚,,39.3607,141.9041,0193-00-0000,1,,1,"1,200",,高台\r
                034614,2,岩手県,大槌町,髙台の広場,タカダイノヒロバ,岩手県上閉伊郡大槌町安渡,,,,,,1,,,,\r
                034614,3,岩手県,大槌町,吉里吉里小学校,キリキリショウガッコウ,岩手県上閉伊郡大槌町吉里吉里,,141.9331,39.3757,,,,1,300,,\r
                032115,4,岩手県,釜石市,沖の浮島,オキノウキシマ,岩手県釜石市,,39.25,142.30,,,,1,,,\r
                """;

        FeedFile first = imported("hinanjo.csv", list.getBytes(CP932));
        FeedFile again = imported("hinanjo-resaved.csv", ("\ufeff" + list).getBytes(StandardCharsets.UTF_8));

        assertThat(first.state()).isEqualTo(FeedState.DONE);
        assertThat(first.kind()).contains("communities");
        assertThat(first.counts()).isEqualTo(new Counts(4, 2, 0, 0, 2));
        assertThat(again.counts()).isEqualTo(new Counts(4, 0, 2, 0, 2));
        assertThat(files.listRejected(first.id(), 0, 10))
                .flatExtracting(RejectedRow::problems)
                .extracting(RowProblem::code)
                .containsExactly("position-swapped", "position-at-sea");
        CommunityListing.Page page = communities.list(PlaceFilter.all(response), 0, 10);
        assertThat(page.lines())
                .extracting(
                        CommunityListing.Line::name,
                        CommunityListing.Line::kind,
                        line -> line.capacity().orElse(-1))
                .containsExactlyInAnyOrder(
                        tuple("中央公民館", CommunityKind.SHELTER, 1200),
                        tuple("髙台の広場", CommunityKind.UNDESIGNATED_SHELTER, -1));
        assertThat(page.lines()).allSatisfy(line -> assertThat(line.people()).isEqualTo(People.UNKNOWN));
        assertThat(page.withoutPosition()).isEqualTo(1);
    }

    @Test
    void takesTheGeospatialInformationAuthoritysList() throws IOException {
        String list = """
                NO,共通ID,都道府県名及び市町村名,施設・場所名,住所,洪水,崖崩れ、土石流及び地滑り,高潮,地震,津波,大規模な火事,内水氾濫,火山現象,指定避難所との住所同一,緯度,経度,備考
                1,E0636100000001,山形県金山町,中央公民館,山形県最上郡金山町大字金山,1,,,1,,,,,1,38.8826,140.3390,
                2,E0744500000001,福島県金山町,中央公民館,福島県大沼郡金山町大字川口,1,,,1,,,,,,37.4560,139.5270,
                """;

        FeedFile file = imported("06.csv", ("\ufeff" + list).getBytes(StandardCharsets.UTF_8));

        assertThat(file.kind()).contains("communities");
        assertThat(file.counts()).isEqualTo(new Counts(2, 2, 0, 0, 0));
        assertThat(communities
                        .list(PlaceFilter.all(response).in(Prefecture.YAMAGATA), 0, 10)
                        .lines())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.externalId()).isEqualTo("E0636100000001");
                    assertThat(line.kind()).isEqualTo(CommunityKind.SHELTER);
                });
        assertThat(communities
                        .list(PlaceFilter.all(response).in(Prefecture.FUKUSHIMA), 0, 10)
                        .lines())
                .singleElement()
                .satisfies(line -> assertThat(line.kind()).isEqualTo(CommunityKind.UNDESIGNATED_SHELTER));
    }

    /** The header of 指定緊急避難場所一覧 in 自治体標準オープンデータセット; the rows are invented. */
    @Test
    void takesTheStandardOpenDataListAlsoAfterASpreadsheetSavedIt() throws IOException {
        String header = "全国地方公共団体コード,ID,名称,名称_カナ,名称_英字,所在地_全国地方公共団体コード,町字ID,所在地_連結表記,所在地_都道府県,"
                + "所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),緯度,経度,標高,電話番号,内線番号,連絡先メールアドレス,"
                + "連絡先FormURL,連絡先備考（その他、SNSなど）,郵便番号,市区町村コード,地方公共団体名,災害種別_洪水,"
                + "災害種別_崖崩れ、土石流及び地滑り,災害種別_高潮,災害種別_地震,災害種別_津波,災害種別_大規模な火事,災害種別_内水氾濫,"
                + "災害種別_火山現象,指定避難所との重複,想定収容人数,対象となる町会・自治会,URL,画像,画像_ライセンス,備考";
        List<String> rows = List.of(
                standardRow("0000000001", "架空第一小学校", "岩手県釜石市架空町1-1", "39.2760", "141.8790", "1", "\"１，２００\""),
                standardRow("", "架空公園", "岩手県釜石市架空町2-1", "39.2700", "141.8800", "", ""),
                standardRow("", "架空公園", "岩手県釜石市架空町9-9", "３９．２６５０", "１４１．８７００", "", "80"),
                standardRow("0000000002", "架空公民館", "岩手県釜石市架空町3-1", "39.2800", "141.8810", "1", "300"),
                standardRow("", "架空公園", "岩手県釜石市架空町２－１", "39.2701", "141.8801", "", ""));
        String list = header + "\r\n" + String.join("\r\n", rows) + "\r\n,,,,,,\r\n";
        String resaved = list.replace("032115", "32115")
                .replace("0000000001", "1")
                .replace("0000000002", "2")
                .replace("３９．２６５０", "39.265")
                .replace("１４１．８７００", "141.87");

        FeedFile first = imported("032115_evacuation_space.csv", list.getBytes(CP932));
        FeedFile again = imported("resaved.csv", ("\ufeff" + resaved).getBytes(StandardCharsets.UTF_8));
        FeedFile corrected =
                imported("corrected.csv", resaved.replace(",300,", ",350,").getBytes(StandardCharsets.UTF_8));

        assertThat(first.counts()).isEqualTo(new Counts(5, 4, 0, 0, 1));
        assertThat(files.listRejected(first.id(), 0, 10))
                .flatExtracting(RejectedRow::problems)
                .extracting(RowProblem::code)
                .containsExactly("duplicate");
        assertThat(again.counts()).isEqualTo(new Counts(5, 0, 4, 0, 1));
        assertThat(corrected.counts()).isEqualTo(new Counts(5, 0, 3, 1, 1));
        assertThat(communities.list(PlaceFilter.all(response), 0, 10).lines())
                .extracting(
                        CommunityListing.Line::name,
                        CommunityListing.Line::kind,
                        line -> line.capacity().orElse(-1))
                .containsExactlyInAnyOrder(
                        tuple("架空第一小学校", CommunityKind.SHELTER, 1200),
                        tuple("架空公園", CommunityKind.UNDESIGNATED_SHELTER, -1),
                        tuple("架空公園", CommunityKind.UNDESIGNATED_SHELTER, 80),
                        tuple("架空公民館", CommunityKind.SHELTER, 350));
    }

    private static String standardRow(
            String id, String name, String address, String latitude, String longitude, String both, String capacity) {
        return "032115," + id + "," + name + ",,,032115,," + address + ",岩手県,釜石市,,,," + latitude + "," + longitude
                + ",,,,,,,,032115,釜石市,1,,,1,1,,,," + both + "," + capacity + ",,,,,";
    }

    /** GSI's files of one municipality name it in the address only; the rows are invented. */
    @Test
    void takesTheGeospatialInformationAuthoritysFilesOfOneMunicipality() throws IOException {
        String places = """
                NO,共通ID,施設・場所名,住所,洪水,崖崩れ、土石流及び地滑り,高潮,地震,津波,大規模な火事,内水氾濫,火山現象,指定避難所との住所同一,緯度,経度,備考
                1,E0321100009001,架空第一小学校,岩手県釜石市架空町1-1,1,,,1,1,,,,1,39.2760,141.8790,
                """;
        String shelters = """
                NO,共通ID,都道府県名及び市町村名,施設・場所名,住所,指定緊急避難場所との住所同一,その他市町村長が必要と認める事項,受入対象者,緯度,経度,備考
                1,S0321100009002,岩手県釜石市,架空公民館,岩手県釜石市架空町3-1,1,,,39.2800,141.8810,
                """;

        assertThat(imported("03211_2.csv", places.getBytes(CP932)).counts()).isEqualTo(new Counts(1, 1, 0, 0, 0));
        assertThat(imported("03211_1.csv", shelters.getBytes(CP932)).counts()).isEqualTo(new Counts(1, 1, 0, 0, 0));
        assertThat(communities.list(PlaceFilter.all(response), 0, 10).lines())
                .extracting(CommunityListing.Line::externalId, CommunityListing.Line::kind)
                .containsExactlyInAnyOrder(
                        tuple("E0321100009001", CommunityKind.SHELTER), tuple("S0321100009002", CommunityKind.SHELTER));
    }

    @Test
    void takesTheHubsThatShip() throws IOException {
        try (InputStream hubsThatShip =
                Objects.requireNonNull(getClass().getResourceAsStream("/reference/tohoku/hubs.csv"))) {
            FeedFile file = imported("hubs.csv", hubsThatShip.readAllBytes());

            assertThat(file.kind()).contains("hubs");
            assertThat(file.counts().rejected()).isZero();
            assertThat(hubs.list(PlaceFilter.all(response)))
                    .hasSize(Math.toIntExact(file.counts().created()))
                    .noneMatch(HubListing.Line::positionDoubtful);
        }
    }

    @Test
    void takesAWholeRegionsListAndOnlyWhatDiffersTheSecondTime() throws IOException {
        StringBuilder list = new StringBuilder("community_id,name,kind,municipality_code,lat,lon,people\n");
        for (int i = 0; i < 5_000; i++) {
            list.append("C-%d,避難所 %d,shelter,03461,39.36,141.90,%d\n".formatted(i, i, i % 500));
        }

        assertThat(imported("all.csv", list.toString().getBytes(StandardCharsets.UTF_8))
                        .counts())
                .isEqualTo(new Counts(5_000, 5_000, 0, 0, 0));
        String corrected = list.toString().replace("C-4000,避難所 4000", "C-4000,体育館");
        assertThat(imported("all-2.csv", corrected.getBytes(StandardCharsets.UTF_8))
                        .counts())
                .isEqualTo(new Counts(5_000, 0, 4_999, 1, 0));
        assertThat(communities
                        .list(PlaceFilter.all(response).matching("体育館"), 0, 10)
                        .total())
                .isEqualTo(1);
    }

    private FeedFile imported(String name, byte[] content) throws IOException {
        Delivery delivery = new Delivery(
                response, Optional.empty(), "main", name, UUID.randomUUID().toString(), Optional.empty());
        return jobs.submit(inbox.receive(delivery, new ByteArrayInputStream(content)))
                .join();
    }
}
