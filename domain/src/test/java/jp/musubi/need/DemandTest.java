package jp.musubi.need;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemId;
import jp.musubi.catalog.Sureness;
import jp.musubi.common.Quantity;
import jp.musubi.place.CommunityId;
import org.junit.jupiter.api.Test;

class DemandTest {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");
    private static final CommunityId OTSUCHI = new CommunityId(1);
    private static final ItemId BLANKET = new ItemId(2);
    private static final Optional<EstimateOutcome> LACKS_200 = estimate(200);

    @Test
    void takesTheEstimateWhileThereIsNoWord() {
        assertThat(quantities(List.of(), LACKS_200)).containsExactly(200L);
    }

    @Test
    void theNewestAssessmentReplacesTheEstimateAndOlderAssessments() {
        Need older = need(1, NeedKind.ASSESSMENT, 150, 48, false);
        Need newer = need(2, NeedKind.ASSESSMENT, 90, 5, false);

        assertThat(quantities(List.of(newer, older), LACKS_200)).containsExactly(90L);
    }

    @Test
    void anAssessmentThatNothingIsLackingReplacesTheEstimateToo() {
        assertThat(quantities(List.of(need(1, NeedKind.ASSESSMENT, 0, 5, false)), LACKS_200))
                .containsExactly(0L);
    }

    @Test
    void assessmentsThatAreWithdrawnOldOrFromTheFutureDoNotCount() {
        List<Need> invalid = List.of(
                need(1, NeedKind.ASSESSMENT, 90, 5, true),
                need(2, NeedKind.ASSESSMENT, 90, 24 * 8, false),
                need(3, NeedKind.ASSESSMENT, 90, -2, false));

        assertThat(quantities(invalid, LACKS_200)).containsExactly(200L);
    }

    @Test
    void openRequestsAddUpOnAnAssessment() {
        List<Need> needs = List.of(
                need(1, NeedKind.ASSESSMENT, 90, 5, false),
                need(2, NeedKind.REQUEST, 30, 3, false),
                need(3, NeedKind.REQUEST, 20, 2, false),
                need(4, NeedKind.REQUEST, 500, 2, true));

        assertThat(quantities(needs, LACKS_200)).containsExactlyInAnyOrder(90L, 30L, 20L);
    }

    @Test
    void anEstimateCoversOnlyWhatNobodyAskedFor() {
        assertThat(quantities(List.of(need(1, NeedKind.REQUEST, 120, 3, false)), LACKS_200))
                .containsExactlyInAnyOrder(120L, 80L);
        assertThat(quantities(List.of(need(1, NeedKind.REQUEST, 250, 3, false)), LACKS_200))
                .containsExactly(250L);
    }

    @Test
    void whatArrivedUntilNowIsNotDeductedFromAnEstimateAgain() {
        List<DemandLine> lines = Demand.of(OTSUCHI, BLANKET, List.of(), LACKS_200, NOW);
        Supply arrivedNow = new Supply(List.of(new Receipt(NOW, new Quantity(60))), Quantity.ZERO, Quantity.ZERO);

        assertThat(Netting.net(lines, arrivedNow).net()).isEqualTo(new Quantity(200));
    }

    @Test
    void wordAgesFromFreshToStale() {
        assertThat(age(23)).isEqualTo(Freshness.AgeClass.FRESH);
        assertThat(age(24)).isEqualTo(Freshness.AgeClass.AGEING);
        assertThat(age(72)).isEqualTo(Freshness.AgeClass.STALE);
        assertThat(age(-1)).isEqualTo(Freshness.AgeClass.FRESH);
        assertThat(Freshness.of(Optional.empty(), NOW).ageClass()).isEqualTo(Freshness.AgeClass.NEVER);
    }

    private static Freshness.AgeClass age(int hours) {
        return Freshness.of(NOW.minus(Duration.ofHours(hours)), NOW).ageClass();
    }

    private static List<Long> quantities(List<Need> needs, Optional<EstimateOutcome> estimate) {
        return Demand.of(OTSUCHI, BLANKET, needs, estimate, NOW).stream()
                .map(line -> line.quantity().baseUnits())
                .toList();
    }

    private static Need need(long id, NeedKind kind, long quantity, int hoursAgo, boolean withdrawn) {
        return new Need(
                new NeedId(id),
                OTSUCHI,
                BLANKET,
                kind,
                new Quantity(quantity),
                Priority.HIGH,
                Optional.empty(),
                NOW.minus(Duration.ofHours(hoursAgo)),
                false,
                withdrawn);
    }

    private static Optional<EstimateOutcome> estimate(long lacking) {
        EstimateRate rate = new EstimateRate(
                new ItemCode("BLANKET"),
                EstimateRate.Basis.SHELTERED,
                BigDecimal.valueOf(2),
                1,
                OptionalInt.empty(),
                1,
                Optional.empty(),
                Priority.HIGH,
                Duration.ofDays(1),
                Sureness.VERIFIED,
                "",
                "");
        return Optional.of(new EstimateOutcome.Estimated(
                rate,
                lacking / 2,
                false,
                new Quantity(lacking),
                Quantity.ZERO,
                new Quantity(lacking),
                Priority.HIGH,
                NOW.plus(Duration.ofDays(1))));
    }
}
