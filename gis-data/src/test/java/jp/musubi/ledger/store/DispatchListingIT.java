package jp.musubi.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.catalog.Catalogue;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.ledger.AccountKind;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.ReceiptLine;
import jp.musubi.ledger.ReservationId;
import jp.musubi.ledger.Stock;
import jp.musubi.ledger.store.DispatchListing.Counts;
import jp.musubi.ledger.store.DispatchListing.Destination;
import jp.musubi.ledger.store.DispatchListing.ItemSum;
import jp.musubi.ledger.store.DispatchListing.LoadLine;
import jp.musubi.place.CommunityId;
import jp.musubi.response.Responses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@MusubiIT
class DispatchListingIT {

    private final DispatchListing listing;
    private final Stock stock;
    private final Catalogue catalogue;
    private final Responses responses;
    private final JdbcClient jdbc;
    private LedgerScene scene;

    DispatchListingIT(DispatchListing listing, Stock stock, Catalogue catalogue, Responses responses, JdbcClient jdbc) {
        this.listing = listing;
        this.stock = stock;
        this.catalogue = catalogue;
        this.responses = responses;
        this.jdbc = jdbc;
        this.scene = new LedgerScene(responses, jdbc);
    }

    @BeforeEach
    void freshScene() {
        scene = new LedgerScene(responses, jdbc);
    }

    @Test
    void groupsWhatWaitsByDestinationAndCountsEverything() {
        LotId lot = register("L-1", 300);
        LotId other = register("L-2", 50);
        reserve("a", lot, 100, scene.school);
        reserve("b", other, 50, scene.school);
        reserve("c", lot, 20, scene.temple);

        List<Destination> found = listing.listDestinations(all(), 10, 0);

        assertThat(found)
                .extracting(Destination::communityName, Destination::lines, Destination::municipalityJa)
                .containsExactly(tuple("C1", 2L, "釜石市"), tuple("C2", 1L, "大槌町"));
        assertThat(found.get(0).from().name()).isEqualTo("遠野");
        assertThat(found.get(0).from().kind()).isEqualTo(AccountKind.HUB);
        assertThat(found.get(0).items()).containsExactly(new ItemSum(scene.blanket, new Quantity(150)));
        assertThat(listing.count(all())).isEqualTo(new Counts(3, 2, 0, 0));
        assertThat(listing.listPromises(scene.response, found.get(0).from().account(), scene.school, 10, 0))
                .extracting(promise -> promise.quantity().baseUnits())
                .containsExactly(100L, 50L);
        assertThat(listing.listStarts(scene.response))
                .extracting(DispatchListing.Start::name)
                .containsExactly("遠野");
    }

    @Test
    void everyRowIsOnExactlyOnePage() {
        LotId lot = register("L-1", 1000);
        Set<CommunityId> expected = new HashSet<>();
        for (int i = 0; i < 23; i++) {
            CommunityId community = community("P" + i);
            expected.add(community);
            reserve("p" + i, lot, 1, community);
        }

        List<CommunityId> paged = new ArrayList<>();
        for (int from = 0; from < 30; from += 5) {
            List<Destination> page = listing.listDestinations(all(), 5, from);
            assertThat(page).hasSizeLessThanOrEqualTo(5);
            page.forEach(each -> paged.add(each.community()));
        }

        assertThat(paged).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
        assertThat(listing.count(all())).isEqualTo(new Counts(23, 23, 0, 0));
    }

    @Test
    void findsByPlaceItemAndLotWithinTheReadersRegions() {
        LotId lot = register("L-1", 300);
        LotId other = register("M_2", 50);
        reserve("a", lot, 100, scene.school);
        reserve("b", other, 50, scene.temple);
        searchable(scene.school, "小学校");
        searchable(scene.temple, "お寺");

        assertThat(names("小学校")).containsExactly("C1");
        assertThat(names("M_")).containsExactly("C2");
        assertThat(names("M%")).isEmpty();
        assertThat(names("毛布")).containsExactly("C1", "C2");
        assertThat(names("もうふ お寺")).containsExactly("C2");
        assertThat(names("水")).isEmpty();
        assertThat(listing.count(searching("お寺"))).isEqualTo(new Counts(1, 1, 0, 0));
        DispatchFilter kamaishi =
                new DispatchFilter(scene.response, Optional.of(Set.of("03211")), Optional.empty(), List.of());
        assertThat(listing.count(kamaishi)).isEqualTo(new Counts(1, 1, 0, 0));
        assertThat(listing.count(
                        new DispatchFilter(scene.response, Optional.of(Set.of()), Optional.empty(), List.of())))
                .isEqualTo(new Counts(0, 0, 0, 0));
    }

    @Test
    void followsLoadsFromUnderWayToReceived() {
        LotId lot = register("L-1", 300);
        ReservationId promise = reserve("a", lot, 50, scene.school);
        ConsignmentId sent = stock.send(
                        scene.deed("send"), List.of(new Stock.SendLine(promise, new Quantity(50))), Optional.empty())
                .get();
        stock.receive(scene.deed("receive"), sent, List.of(ReceiptLine.good(lot, new Quantity(30))))
                .get();

        assertThat(listing.listUnderWay(all(), 10, 0)).singleElement().satisfies(load -> {
            assertThat(load.lines())
                    .containsExactly(new LoadLine(
                            lot,
                            Optional.of(new DonationLine("test", "L-1")),
                            scene.blanket,
                            new Quantity(50),
                            new Quantity(20),
                            new Quantity(30)));
            assertThat(load.mark()).isEqualTo("20");
        });
        assertThat(listing.count(all())).isEqualTo(new Counts(0, 0, 1, 0));
        assertThat(listing.count(searching("L-1"))).isEqualTo(new Counts(0, 0, 1, 0));
        assertThat(listing.count(searching("L-2"))).isEqualTo(new Counts(0, 0, 0, 0));

        stock.receive(scene.deed("rest"), sent, List.of(ReceiptLine.good(lot, new Quantity(20))))
                .get();

        assertThat(listing.listUnderWay(all(), 10, 0)).isEmpty();
        assertThat(listing.listReceived(all(), 10, 0))
                .extracting(load -> load.lines().get(0).received().baseUnits())
                .containsExactly(50L);
        assertThat(listing.count(all())).isEqualTo(new Counts(0, 0, 0, 1));
    }

    @Test
    void aMarkTellsThatAnythingChanged() {
        LotId lot = register("L-1", 300);
        ReservationId promise = reserve("a", lot, 50, scene.school);
        long hub = listing.listStarts(scene.response).get(0).account();
        String before = mark(hub);
        assertThat(mark(hub)).isEqualTo(before);

        reserve("b", lot, 1, scene.school);
        String more = mark(hub);
        stock.send(scene.deed("send"), List.of(new Stock.SendLine(promise, new Quantity(10))), Optional.empty())
                .get();

        assertThat(Set.of(before, more, mark(hub))).hasSize(3);
    }

    private String mark(long account) {
        return listing.findDestination(scene.response, account, scene.school)
                .orElseThrow()
                .mark();
    }

    private List<String> names(String typed) {
        return listing.listDestinations(searching(typed), 10, 0).stream()
                .map(Destination::communityName)
                .toList();
    }

    private DispatchFilter all() {
        return searching("");
    }

    private DispatchFilter searching(String typed) {
        return new DispatchFilter(
                scene.response, Optional.empty(), Optional.empty(), DispatchFilter.words(typed, catalogue.current()));
    }

    private void searchable(CommunityId community, String name) {
        String key = DispatchFilter.words(name, catalogue.current()).get(0).place();
        jdbc.sql("UPDATE community SET search_key = ? WHERE id = ?")
                .params(key, community.value())
                .update();
    }

    private CommunityId community(String externalId) {
        jdbc.sql("""
                        INSERT INTO community (response_id, source, external_id, derived, kind, name, municipality_code,
                                               point_doubtful, search_key, reported_at, feed_sheet, version)
                        VALUES (?, 'test', ?, TRUE, 'SHELTER', '同じ名前', '03211', FALSE, '', CURRENT_TIMESTAMP, '', 0)""").params(scene.response.value(), externalId).update();
        return new CommunityId(jdbc.sql("SELECT id FROM community WHERE response_id = ? AND external_id = ?")
                .params(scene.response.value(), externalId)
                .query(Long.class)
                .single());
    }

    private LotId register(String externalId, long quantity) {
        return stock.register(scene.deed(externalId), scene.blankets(externalId, quantity))
                .get();
    }

    private ReservationId reserve(String key, LotId lot, long quantity, CommunityId community) {
        return stock.reserve(scene.deed(key), List.of(scene.promise(lot, quantity, community)))
                .get()
                .get(0)
                .get(0);
    }
}
