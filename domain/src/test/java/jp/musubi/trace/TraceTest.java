package jp.musubi.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.DonorId;
import jp.musubi.ledger.LossReason;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.Movement;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.place.MunicipalityCode;
import org.junit.jupiter.api.Test;

class TraceTest {

    private static final ItemId BLANKET = new ItemId(1);
    private static final LotId LOT = new LotId(7);
    private static final Account DONOR = new Account.Donor(new DonorId(3));
    private static final Account HUB = new Account.AtHub(new HubId(1));
    private static final Account TRIP = new Account.Trip(new ConsignmentId(5));
    private static final Account SCHOOL = new Account.AtCommunity(new CommunityId(1));
    private static final Account TEMPLE = new Account.AtCommunity(new CommunityId(2));
    private static final Account DAMAGED = new Account.Lost(LossReason.DAMAGED);
    private static final MunicipalityCode TONO = new MunicipalityCode("03208");
    private static final MunicipalityCode KAMAISHI = new MunicipalityCode("03211");
    private static final Map<Account, MunicipalityCode> MUNICIPALITIES =
            Map.of(HUB, TONO, TRIP, KAMAISHI, SCHOOL, KAMAISHI, TEMPLE, KAMAISHI);

    private static Optional<MunicipalityCode> municipality(Account account) {
        return Optional.ofNullable(MUNICIPALITIES.get(account));
    }

    @Test
    void saysWhereEachUnitIsAndNoFinerThanTheMunicipality() {
        Trace trace = trace(
                Optional.empty(),
                step(14, DONOR, HUB, 100),
                step(15, HUB, TRIP, 60),
                step(16, TRIP, SCHOOL, 30),
                step(16, TRIP, TEMPLE, 20),
                step(16, TRIP, DAMAGED, 4));

        assertThat(trace.given()).isEqualTo(new Quantity(100));
        assertThat(trace.now())
                .containsExactly(
                        new Whereabouts(Stage.IN_HUB, Optional.of(TONO), new Quantity(40)),
                        new Whereabouts(Stage.ON_THE_WAY, Optional.of(KAMAISHI), new Quantity(6)),
                        new Whereabouts(Stage.ARRIVED, Optional.of(KAMAISHI), new Quantity(50)),
                        new Whereabouts(Stage.DAMAGED, Optional.empty(), new Quantity(4)));
        assertThat(trace.steps())
                .extracting(
                        step -> step.day().getDayOfMonth(),
                        step -> step.reached().stage(),
                        step -> step.reached().quantity().baseUnits())
                .containsExactly(
                        tuple(14, Stage.IN_HUB, 100L),
                        tuple(15, Stage.ON_THE_WAY, 60L),
                        tuple(16, Stage.ARRIVED, 50L),
                        tuple(16, Stage.DAMAGED, 4L));
    }

    @Test
    void countsOnlyWhatWasReallyGivenAfterACorrection() {
        Trace trace = trace(
                Optional.empty(),
                step(14, DONOR, HUB, 100),
                new TracedMovement(LocalDate.of(2011, 3, 15), movement(HUB, DONOR, 30), true));

        assertThat(trace.given()).isEqualTo(new Quantity(70));
        assertThat(trace.now()).containsExactly(new Whereabouts(Stage.IN_HUB, Optional.of(TONO), new Quantity(70)));
    }

    @Test
    void splitsASharedLotExactly() {
        Trace trace = trace(
                Optional.of(new Quantity(5)),
                step(14, new Account.Supplier(), HUB, 7),
                step(15, HUB, TRIP, 4),
                step(16, TRIP, SCHOOL, 3));

        assertThat(trace.now().stream().map(at -> at.quantity().baseUnits())).containsExactly(2L, 1L, 2L);
    }

    private static Trace trace(Optional<Quantity> share, TracedMovement... movements) {
        return Trace.of(BLANKET, List.of(movements), TraceTest::municipality, share, List.of());
    }

    private static TracedMovement step(int day, Account from, Account to, long quantity) {
        return new TracedMovement(LocalDate.of(2011, 3, day), movement(from, to, quantity), false);
    }

    private static Movement movement(Account from, Account to, long quantity) {
        return new Movement(LOT, from, to, new Quantity(quantity));
    }
}
