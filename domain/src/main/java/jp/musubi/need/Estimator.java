package jp.musubi.need;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import jp.musubi.common.Quantity;
import jp.musubi.need.EstimateOutcome.Estimated;
import jp.musubi.need.EstimateOutcome.HeadcountUnknown;
import jp.musubi.need.EstimateOutcome.NotMeant;

/**
 * Estimates what a community of its size lacks, from the number of its people and what has arrived so far.
 *
 * <p>They should have enough for the rate's days. What arrived is used up at the rate, day by day; what is left of it
 * counts. A community that had nothing for long does not need yesterday's meals, but it needs the next ones sooner.
 */
public final class Estimator {

    private static final double HOURS_A_DAY = 24;

    private Estimator() {}

    /**
     * @param received all that arrived of this item, in any order; what arrives after {@code now} is ignored
     */
    public static EstimateOutcome estimate(
            Headcount headcount, EstimateRate rate, List<Receipt> received, Instant now) {
        if (rate.basis() == EstimateRate.Basis.SHELTERED && !headcount.sheltered()) {
            return new NotMeant(rate);
        }
        OptionalLong counted = counted(headcount, rate.basis());
        boolean byShare = counted.isEmpty();
        if (byShare && (headcount.people().isEmpty() || rate.shareOfPeople().isEmpty())) {
            return new HeadcountUnknown(rate);
        }
        BigDecimal persons = byShare
                ? BigDecimal.valueOf(headcount.people().getAsLong())
                        .multiply(rate.shareOfPeople().orElseThrow())
                : BigDecimal.valueOf(counted.getAsLong());
        BigDecimal perPeriod = persons.multiply(rate.quantity());
        BigDecimal wanted = rate.perDays().isPresent()
                ? perPeriod
                        .multiply(BigDecimal.valueOf(rate.coverDays()))
                        .divide(
                                BigDecimal.valueOf(rate.perPeople())
                                        .multiply(BigDecimal.valueOf(
                                                rate.perDays().getAsInt())),
                                0,
                                RoundingMode.CEILING)
                : perPeriod.divide(BigDecimal.valueOf(rate.perPeople()), 0, RoundingMode.CEILING);
        Quantity target =
                new Quantity(wanted.min(BigDecimal.valueOf(Quantity.LARGEST)).longValueExact());
        double perDay = rate.perDays().isPresent()
                ? perPeriod.doubleValue() / rate.perPeople() / rate.perDays().getAsInt()
                : 0;
        double left = left(received, perDay, now);
        Quantity leftUnits = new Quantity((long) Math.floor(Math.min(left, Quantity.LARGEST)));
        Quantity lacking = leftUnits.compareTo(target) >= 0 ? Quantity.ZERO : target.minus(leftUnits);
        double daysLeft = perDay > 0 ? left / perDay : 0;
        return new Estimated(
                rate,
                persons.setScale(0, RoundingMode.CEILING).longValueExact(),
                byShare,
                target,
                leftUnits,
                lacking,
                priority(rate, leftUnits, target, daysLeft),
                neededBy(rate, daysLeft, now));
    }

    /** What is left of the receipts now, if people used {@code perDay} a day from the first arrival on. */
    private static double left(List<Receipt> received, double perDay, Instant now) {
        double left = 0;
        Instant at = Instant.MIN;
        for (Receipt receipt : new Supply(received, Quantity.ZERO, Quantity.ZERO).received()) {
            if (receipt.at().isAfter(now)) {
                break;
            }
            left = used(left, perDay, at, receipt.at()) + receipt.quantity().baseUnits();
            at = receipt.at();
        }
        return used(left, perDay, at, now);
    }

    private static double used(double left, double perDay, Instant from, Instant to) {
        if (left == 0) {
            return 0;
        }
        double days = Duration.between(from, to).toMinutes() / 60.0 / HOURS_A_DAY;
        return Math.max(0, left - perDay * days);
    }

    private static Priority priority(EstimateRate rate, Quantity left, Quantity target, double daysLeft) {
        boolean pressing = rate.isUsedUp() ? daysLeft < 1 : left.baseUnits() * 2 < target.baseUnits();
        return pressing
                ? rate.priority()
                : Priority.of(Math.min(Priority.LOW.number(), rate.priority().number() + 1));
    }

    private static Instant neededBy(EstimateRate rate, double daysLeft, Instant now) {
        Duration lasts = Duration.ofMinutes((long) (Math.min(daysLeft, 3650) * HOURS_A_DAY * 60));
        return now.plus(lasts.compareTo(rate.deadline()) > 0 ? lasts : rate.deadline());
    }

    private static OptionalLong counted(Headcount headcount, EstimateRate.Basis basis) {
        return switch (basis) {
            case PEOPLE, SHELTERED -> headcount.people();
            case INFANTS -> headcount.infants();
            case CHILDREN -> headcount.children();
            case ELDERLY -> headcount.elderly();
        };
    }
}
