package jp.musubi.need;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.Sureness;
import jp.musubi.common.Quantity;
import jp.musubi.need.EstimateOutcome.Estimated;
import jp.musubi.need.EstimateRate.Basis;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EstimatorTest {

    private static final Instant NOW = Instant.parse("2011-03-14T00:00:00Z");
    private static final EstimateRate FOOD = rate("FOOD", Basis.PEOPLE, "3.6", 1, 1, 3, null);
    private static final EstimateRate BLANKET = rate("BLANKET", Basis.SHELTERED, "2", 1, 0, 1, null);
    private static final EstimateRate TOILET = rate("TOILET-TEMPORARY", Basis.SHELTERED, "1", 50, 0, 1, null);
    private static final EstimateRate NAPPY = rate("NAPPY-CHILD", Basis.INFANTS, "10", 1, 1, 3, "0.02");

    @Test
    void mealsAreEvacueesTimesOnePointTwoTimesThreeADay() {
        assertThat(estimate(people(500), FOOD).lacking()).isEqualTo(q(500 * 12 * 3 * 3 / 10));
    }

    @Test
    void blanketsAreTwoForEachEvacueeAndToiletsOneForFiftyPeopleBegun() {
        assertThat(estimate(people(301), BLANKET).lacking()).isEqualTo(q(602));
        assertThat(estimate(people(301), TOILET).lacking()).isEqualTo(q(7));
    }

    @Test
    void countsInfantsWhereSomebodyCountedThemAndElseTakesTheirShareAndSaysSo() {
        Headcount counted = new Headcount(
                OptionalLong.of(500),
                OptionalLong.empty(),
                OptionalLong.of(4),
                OptionalLong.empty(),
                true,
                Optional.of(NOW));

        assertThat(estimate(counted, NAPPY)).returns(q(120), Estimated::lacking).returns(false, Estimated::byShare);
        assertThat(estimate(people(500), NAPPY))
                .returns(q(300), Estimated::lacking)
                .returns(10L, Estimated::persons)
                .returns(true, Estimated::byShare);
    }

    @Test
    void makesNoEstimateWithoutAHeadcount() {
        assertThat(Estimator.estimate(Headcount.unknown(true), FOOD, List.of(), NOW))
                .isEqualTo(new EstimateOutcome.HeadcountUnknown(FOOD));
        assertThat(Estimator.estimate(Headcount.unknown(true), NAPPY, List.of(), NOW))
                .isEqualTo(new EstimateOutcome.HeadcountUnknown(NAPPY));
    }

    @Test
    void sendsNoShelterBlanketsToPeopleAtHome() {
        Headcount atHome = new Headcount(
                OptionalLong.of(100),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                false,
                Optional.of(NOW));

        assertThat(Estimator.estimate(atHome, BLANKET, List.of(), NOW))
                .isEqualTo(new EstimateOutcome.NotMeant(BLANKET));
    }

    @Test
    void countsWhatIsLeftOfWhatArrivedAndNotYesterdaysMeals() {
        // 100 people use 360 meals a day: of 720 that came a day ago 360 are left, of 360 that came two days ago none.
        List<Receipt> dayAgo = List.of(new Receipt(NOW.minus(Duration.ofDays(1)), q(720)));
        List<Receipt> twoDaysAgo = List.of(new Receipt(NOW.minus(Duration.ofDays(2)), q(360)));

        assertThat(estimate(people(100), FOOD, dayAgo))
                .returns(q(360), Estimated::left)
                .returns(q(720), Estimated::lacking)
                .returns(NOW.plus(Duration.ofDays(1)), Estimated::neededBy);
        assertThat(estimate(people(100), FOOD, twoDaysAgo))
                .returns(q(0), Estimated::left)
                .returns(q(1080), Estimated::lacking)
                .returns(Priority.URGENT, Estimated::priority)
                .returns(NOW.plus(Duration.ofHours(12)), Estimated::neededBy);
    }

    @Test
    void blanketsAreNotUsedUp() {
        List<Receipt> monthAgo = List.of(new Receipt(NOW.minus(Duration.ofDays(30)), q(150)));

        assertThat(estimate(people(100), BLANKET, monthAgo))
                .returns(q(50), Estimated::lacking)
                .returns(Priority.HIGH, Estimated::priority);
    }

    @Property
    void morePeopleNeverLackLessAndMoreReceiptsNeverLackMore(
            @ForAll @IntRange(max = 100_000) int people,
            @ForAll @IntRange(max = 10_000) int more,
            @ForAll @IntRange(max = 200) int hoursAgo,
            @ForAll @IntRange(max = 1_000_000) int received) {
        List<Receipt> receipts = List.of(new Receipt(NOW.minus(Duration.ofHours(hoursAgo)), q(received)));

        Estimated few = estimate(people(people), FOOD, receipts);
        Estimated many = estimate(people(people + more), FOOD, receipts);
        Estimated nothing = estimate(people(people), FOOD);

        assertThat(many.lacking()).isGreaterThanOrEqualTo(few.lacking());
        assertThat(few.lacking()).isLessThanOrEqualTo(nothing.lacking());
        assertThat(few.neededBy()).isAfterOrEqualTo(nothing.neededBy());
        assertThat(few.left()).isLessThanOrEqualTo(q(received));
    }

    private static Estimated estimate(Headcount headcount, EstimateRate rate) {
        return estimate(headcount, rate, List.of());
    }

    private static Estimated estimate(Headcount headcount, EstimateRate rate, List<Receipt> received) {
        return (Estimated) Estimator.estimate(headcount, rate, received, NOW);
    }

    private static Headcount people(long people) {
        return new Headcount(
                OptionalLong.of(people),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                true,
                Optional.of(NOW));
    }

    private static EstimateRate rate(
            String item,
            Basis basis,
            String quantity,
            long perPeople,
            int perDays,
            int coverDays,
            @Nullable String share) {
        return new EstimateRate(
                new ItemCode(item),
                basis,
                new BigDecimal(quantity),
                perPeople,
                perDays == 0 ? OptionalInt.empty() : OptionalInt.of(perDays),
                coverDays,
                Optional.ofNullable(share).map(BigDecimal::new),
                Priority.URGENT,
                Duration.ofHours(12),
                Sureness.VERIFIED,
                "",
                "");
    }

    private static Quantity q(long units) {
        return new Quantity(units);
    }
}
