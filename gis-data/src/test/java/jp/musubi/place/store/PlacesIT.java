package jp.musubi.place.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.inbox.ColumnMatch;
import jp.musubi.inbox.ColumnMatcher;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore.Applied;
import jp.musubi.place.Communities;
import jp.musubi.place.Communities.Edit;
import jp.musubi.place.Community;
import jp.musubi.place.CommunityDetails;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.CommunityRow;
import jp.musubi.place.Hub;
import jp.musubi.place.HubCapacity;
import jp.musubi.place.HubDetails;
import jp.musubi.place.HubRow;
import jp.musubi.place.HubState;
import jp.musubi.place.Hubs;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.People;
import jp.musubi.place.Position;
import jp.musubi.place.Prefecture;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.Responses;
import jp.musubi.response.store.TestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

@MusubiIT
class PlacesIT {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(86_400);
    private static final AtomicLong FEED = new AtomicLong();
    private static final String HEADER = "community_id|name|kind|municipality_code|lat|lon|people|capacity|contact";

    private final Responses responses;
    private final Communities communities;
    private final Hubs hubs;
    private final CommunityListing listing;
    private final HubListing hubListing;
    private final ChangeLog changes;
    private final ImportKind<CommunityRow> communityRows;
    private final ImportKind<HubRow> hubRows;
    private final TransactionTemplate transaction;
    private Response response;

    PlacesIT(
            Responses responses,
            Communities communities,
            Hubs hubs,
            CommunityListing listing,
            HubListing hubListing,
            ChangeLog changes,
            ImportKind<CommunityRow> communityRows,
            ImportKind<HubRow> hubRows,
            TransactionTemplate transaction) {
        this.responses = responses;
        this.communities = communities;
        this.hubs = hubs;
        this.listing = listing;
        this.hubListing = hubListing;
        this.changes = changes;
        this.communityRows = communityRows;
        this.hubRows = hubRows;
        this.transaction = transaction;
    }

    @BeforeEach
    void openResponse() {
        response = responses.open(TestResponse.at(NOW, "t-" + UUID.randomUUID()));
    }

    @Test
    void importsWithAndWithoutPositionsAndLeavesTheSameFileAlone() {
        String[] rows = {
            "O-1|中央公民館|shelter|03461|39.3581|141.8994|240|400|090-0000-0000",
            "O-2|安渡 在宅|home|大槌町|||35||",
            "K-1|釜石小学校|shelter|03211|39.276|141.886||300|"
        };

        assertThat(importCommunities("main", NOW, HEADER, rows)).isEqualTo(Applied.of(3, 0, 0));
        assertThat(importCommunities("main", LATER, HEADER, rows)).isEqualTo(Applied.of(0, 3, 0));

        CommunityListing.Page page = listing.list(PlaceFilter.all(response.id()), 0, 100);
        assertThat(page.lines()).extracting(CommunityListing.Line::externalId).containsExactly("K-1", "O-1", "O-2");
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.withoutPosition()).isEqualTo(1);
        assertThat(page.people()).isEqualTo(275);
        assertThat(page.withoutHeadcount()).isEqualTo(1);
        CommunityListing.Line first = page.lines().get(1);
        assertThat(first.position()).contains(new Position(39.3581, 141.8994));
        assertThat(first.place().name(Locale.JAPANESE)).isEqualTo("大槌町");
        assertThat(first.place().name(Locale.ENGLISH)).isEqualTo("Otsuchi");
        assertThat(first.reportedAt()).isEqualTo(NOW);
        assertThat(first.derived()).isFalse();
        assertThat(communities.findContact(first.id())).contains("090-0000-0000");
    }

    @Test
    void aCorrectedFileChangesOnlyWhatDiffersAndSaysSoInTheHistory() {
        importCommunities(
                "main", NOW, HEADER, "O-1|中央公民館|shelter|03461|39.3581|141.8994|240|400|a", "O-2|安渡|home|03461|||35||");

        Applied applied = importCommunities(
                "main",
                LATER,
                HEADER,
                "O-1|中央公民館|shelter|03461|39.3581|141.8994|260|400|b",
                "O-2|安渡|home|03461|||35||");

        assertThat(applied).isEqualTo(Applied.of(0, 1, 1));
        CommunityListing.Line corrected = only("中央公民館");
        assertThat(corrected.people().total()).contains(260);
        assertThat(corrected.reportedAt()).isEqualTo(LATER);
        assertThat(corrected.version()).isEqualTo(1);
        assertThat(communities.findContact(corrected.id())).contains("b");
        List<Change> history = changes.listChanges("community", corrected.id().value());
        assertThat(history).singleElement().satisfies(change -> {
            assertThat(change.action()).isEqualTo("correct");
            assertThat(change.beforeJson().orElseThrow())
                    .contains("\"people\":240")
                    .doesNotContain("contact");
            assertThat(change.afterJson().orElseThrow()).contains("\"people\":260");
        });
    }

    @Test
    void theSameFileAgainDoesNotUndoWhatAPersonCorrected() {
        String row = "O-1|中央公民館|shelter|03461|39.3581|141.8994|240|400|";
        importCommunities("main", NOW, HEADER, row);
        Community known = communities.getById(only("中央公民館").id());
        CommunityDetails counted = withPeople(known.details(), 180);

        communities.correct(known.id(), known.version(), counted, edit(LATER));

        assertThat(importCommunities("main", LATER, HEADER, row)).isEqualTo(Applied.of(0, 1, 0));
        assertThat(only("中央公民館").people().total()).contains(180);
        assertThat(only("中央公民館").reportedAt()).isEqualTo(LATER);
    }

    @Test
    void aListOfCapacitiesDoesNotTakeBackHeadcounts() {
        importCommunities("main", NOW, HEADER, "O-1|中央公民館|shelter|03461|39.3581|141.8994|240||");

        assertThat(importCommunities(
                        "main", LATER, "community_id|name|municipality_code|capacity", "O-1|中央公民館|03461|500"))
                .isEqualTo(Applied.of(0, 0, 1));

        CommunityListing.Line line = only("中央公民館");
        assertThat(line.people().total()).contains(240);
        assertThat(line.capacity()).contains(500);
        assertThat(line.position()).isPresent();
        assertThat(line.reportedAt())
                .as("the headcount is no newer than before")
                .isEqualTo(NOW);
    }

    @Test
    void eachSourceKeepsItsOwnRecordsAndTheScenarioIsMarked() {
        importCommunities("main", NOW, HEADER, "O-1|中央公民館|shelter|03461|||240||");

        assertThat(importCommunities("scenario", NOW, HEADER, "O-1|想定避難所|shelter|03461|||100||"))
                .isEqualTo(Applied.of(1, 0, 0));

        assertThat(only("中央公民館").derived()).isFalse();
        assertThat(only("想定避難所").derived()).isTrue();
    }

    @Test
    void whatIsEnteredTwiceUnderOneKeyIsThereOnce() {
        UUID key = UUID.randomUUID();
        Community first = communities.add(response.id(), key, details("公民館", "03461"), edit(NOW));
        Hub hub = hubs.add(response.id(), key, hubDetails(), edit(NOW));

        assertThat(communities
                        .add(response.id(), key, details("公民館", "03461"), edit(NOW))
                        .id())
                .isEqualTo(first.id());
        assertThat(hubs.add(response.id(), key, hubDetails(), edit(NOW)).id()).isEqualTo(hub.id());
    }

    @Test
    void twoEditorsDoNotOverwriteEachOther() {
        Community added = communities.add(response.id(), UUID.randomUUID(), details("公民館", "03461"), edit(NOW));
        communities.correct(added.id(), added.version(), withPeople(added.details(), 10), edit(NOW));

        assertThatThrownBy(() ->
                        communities.correct(added.id(), added.version(), withPeople(added.details(), 20), edit(NOW)))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(communities.getById(added.id()).details().people().total()).contains(10);
        assertThat(changes.listChanges("community", added.id().value()))
                .extracting(Change::action)
                .containsExactly("correct", "create");
    }

    @Test
    void whoCorrectsOnlyAContactIsNotOverwrittenEither() {
        Community place = communities.add(response.id(), UUID.randomUUID(), details("公民館", "03461"), edit(NOW));
        Community called = transaction.execute(status -> {
            Community corrected = communities.correct(place.id(), place.version(), place.details(), edit(NOW));
            communities.setContact(place.id(), Optional.of("090-0000-0001"));
            return corrected;
        });
        assertThatThrownBy(() -> communities.correct(place.id(), place.version(), place.details(), edit(NOW)))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(communities.getById(place.id()).version())
                .isEqualTo(Objects.requireNonNull(called).version());

        Hub hub = hubs.add(response.id(), UUID.randomUUID(), hubDetails(), edit(NOW));
        Hub corrected = hubs.correct(hub.id(), hub.version(), hub.details(), edit(NOW));
        assertThatThrownBy(() -> hubs.correct(hub.id(), hub.version(), hub.details(), edit(NOW)))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(hubs.find(hub.id()).map(Hub::version)).contains(corrected.version());
    }

    @Test
    void aClosedCommunityLeavesTheListAndComesBack() {
        Community added = communities.add(response.id(), UUID.randomUUID(), details("公民館", "03461"), edit(NOW));

        Community closed = communities.close(added.id(), added.version(), edit(LATER));
        assertThat(closed.closedAt()).contains(LATER);
        assertThat(listing.list(PlaceFilter.all(response.id()), 0, 10).total()).isZero();
        assertThat(listing.list(PlaceFilter.all(response.id()).withClosed(), 0, 10)
                        .total())
                .isEqualTo(1);

        communities.reopen(added.id(), closed.version(), edit(LATER));
        assertThat(only("公民館").closedAt()).isEmpty();
    }

    @Test
    void findsByPlaceKindBoxAndWords() {
        importCommunities(
                "main",
                NOW,
                "community_id|name|kana|kind|municipality_code|lat|lon",
                "1|中央公民館|チュウオウコウミンカン|shelter|03461|39.3581|141.8994",
                "2|釜石小学校||home|03211|39.276|141.886",
                "3|青葉区役所||facility|04101|38.269|140.870",
                "4|塩竈体育館||shelter|04203||");
        PlaceFilter all = PlaceFilter.all(response.id());

        assertThat(ids(all.in(Prefecture.IWATE))).containsExactly("2", "1");
        assertThat(ids(all.in(new MunicipalityCode("04100")))).containsExactly("3");
        assertThat(ids(all.of(Set.of(CommunityKind.HOME, CommunityKind.FACILITY))))
                .containsExactly("2", "3");
        assertThat(ids(all.within(new Bounds(39.3, 141.8, 39.4, 142.0)))).containsExactly("1");
        assertThat(listing.list(all.within(new Bounds(39.3, 141.8, 39.4, 142.0)), 0, 10)
                        .withoutPosition())
                .isEqualTo(1);
        assertThat(ids(all.matching("公民館 大槌"))).containsExactly("1");
        assertThat(ids(all.matching("ちゅうおう"))).containsExactly("1");
        assertThat(ids(all.matching("Otsuchi"))).containsExactly("1");
        assertThat(ids(all.matching("塩釜"))).containsExactly("4");
        assertThat(ids(all.matching("100%_"))).isEmpty();
        assertThat(ids(all.seenBy(Optional.of(Set.of("04203", "03"))))).containsExactly("2", "1", "4");
        assertThat(ids(all.seenBy(Optional.of(Set.of())))).isEmpty();
        assertThat(listing.list(all, 1, 2).lines())
                .extracting(CommunityListing.Line::externalId)
                .containsExactly("1", "3");
        assertThat(listing.list(all, 1, 2).total()).isEqualTo(4);
    }

    @Test
    void hubsThatShipAreImportedAndEdited() {
        ReferenceFile file = ReferenceFile.read("tohoku/hubs.csv");
        List<String> header = List.of("hub_id", "name", "name_en", "municipality_code", "lat", "lon", "state");
        String[] rows = file.rows().stream()
                .map(row -> String.join("|", header.stream().map(row::get).toList()))
                .toArray(String[]::new);

        assertThat(importRows(hubRows, "scenario", NOW, String.join("|", header), rows))
                .isEqualTo(Applied.of(rows.length, 0, 0));
        assertThat(importRows(hubRows, "scenario", NOW, String.join("|", header), rows))
                .isEqualTo(Applied.of(0, rows.length, 0));

        Hub tono = hubs.findByExternalId(response.id(), "HUB-TONO").orElseThrow();
        assertThat(tono.derived()).isTrue();
        hubs.correct(tono.id(), tono.version(), tono.details().in(HubState.FULL), edit(LATER));
        assertThat(hubListing.find(tono.id()).orElseThrow().state()).isEqualTo(HubState.FULL);
        assertThat(hubListing.find(tono.id()).orElseThrow().name(Locale.ENGLISH))
                .isEqualTo("Tono rear support base");
        assertThatThrownBy(() ->
                        hubs.correct(tono.id(), tono.version(), tono.details().in(HubState.PAUSED), edit(LATER)))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(hubs.listHubs(response.id())).hasSize(rows.length);
        assertThat(hubListing.list(PlaceFilter.all(response.id()).in(Prefecture.FUKUSHIMA)))
                .hasSize(4);
        assertThat(changes.listChanges("hub", tono.id().value()))
                .singleElement()
                .satisfies(
                        change -> assertThat(change.afterJson().orElseThrow()).contains("\"state\":\"FULL\""));
    }

    private List<String> ids(PlaceFilter filter) {
        return listing.list(filter, 0, 100).lines().stream()
                .map(CommunityListing.Line::externalId)
                .toList();
    }

    private CommunityListing.Line only(String name) {
        List<CommunityListing.Line> lines = listing.list(
                        PlaceFilter.all(response.id()).matching(name), 0, 10)
                .lines();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private Applied importCommunities(String source, Instant now, String header, String... rows) {
        return importRows(communityRows, source, now, header, rows);
    }

    private <T> Applied importRows(ImportKind<T> kind, String source, Instant now, String header, String... rows) {
        ImportContext context =
                new ImportContext(new FeedId(FEED.incrementAndGet()), response, source, Optional.empty(), now, now);
        ColumnMatch match = new ColumnMatcher(kind.columns()).match(cells(header));
        RowInterpreter<T> interpreter = kind.interpreter(context);
        List<ImportedRow<T>> accepted = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            Row row = new Row(i + 2, Optional.empty(), match, cells(rows[i]));
            Interpretation<T> read = interpreter.interpret(row);
            assertThat(read.listProblems()).isEmpty();
            accepted.add(new ImportedRow<>(
                    kind.externalId(row).orElseThrow(), row, ((Interpretation.Accepted<T>) read).value()));
        }
        Applied applied = transaction.execute(status -> kind.store().apply(context, accepted));
        assertThat(applied).isNotNull();
        return applied;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    }

    private static Edit edit(Instant at) {
        return new Edit(Optional.empty(), at, Optional.of("counted again"));
    }

    private static HubDetails hubDetails() {
        return new HubDetails(
                "遠野拠点",
                Optional.empty(),
                Optional.empty(),
                new MunicipalityCode("03208"),
                new Position(39.33, 141.53),
                false,
                HubState.WORKING,
                HubCapacity.UNKNOWN,
                Optional.empty());
    }

    private static CommunityDetails details(String name, String municipality) {
        return new CommunityDetails(
                name,
                Optional.empty(),
                CommunityKind.SHELTER,
                new MunicipalityCode(municipality),
                Optional.empty(),
                Optional.empty(),
                false,
                People.UNKNOWN,
                Optional.empty(),
                Optional.empty());
    }

    private static CommunityDetails withPeople(CommunityDetails details, int people) {
        return new CommunityDetails(
                details.name(),
                details.kana(),
                details.kind(),
                details.municipality(),
                details.address(),
                details.position(),
                details.positionDoubtful(),
                new People(Optional.of(people), Optional.empty(), Optional.empty(), Optional.empty()),
                details.capacity(),
                details.maxVehicleWidthMetres());
    }
}
