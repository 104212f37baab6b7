package jp.musubi.need;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.Sureness;

/**
 * How much of an item people need: {@code quantity} base units for every {@code perPeople} people of the basis, once or
 * in every {@code perDays} days.
 *
 * @param perDays empty for what is needed once, e.g. a blanket
 * @param coverDays for how many days to provide; 1 for what is needed once
 * @param shareOfPeople share of all people that belongs to the basis, used where their own count is unknown; empty if the
 *     basis is everybody
 * @param priority while there is less than a day's worth left
 * @param deadline how long a community with nothing can wait
 * @param sureness of the rate; what is unconfirmed is shown so
 * @param sourceJa where the rate comes from
 */
public record EstimateRate(
        ItemCode item,
        Basis basis,
        BigDecimal quantity,
        long perPeople,
        OptionalInt perDays,
        int coverDays,
        Optional<BigDecimal> shareOfPeople,
        Priority priority,
        Duration deadline,
        Sureness sureness,
        String sourceJa,
        String sourceEn) {

    /** Whose number counts. */
    public enum Basis {
        /** Everybody, in shelters and at home. */
        PEOPLE,
        /** Everybody who sleeps in a shelter. */
        SHELTERED,
        INFANTS,
        CHILDREN,
        ELDERLY
    }

    public EstimateRate {
        if (quantity.signum() <= 0 || perPeople < 1 || coverDays < 1) {
            throw new IllegalArgumentException("The rate of " + item + " needs positive numbers.");
        }
        if (perDays.isPresent() && perDays.getAsInt() < 1) {
            throw new IllegalArgumentException("The rate of " + item + " needs at least one day.");
        }
        shareOfPeople.ifPresent(share -> {
            if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
                throw new IllegalArgumentException(
                        "The share of people of " + item + " lies between 0 and 1, but was " + share + ".");
            }
        });
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("The deadline of " + item + " lies in the future.");
        }
    }

    /** Used up day by day, unlike a blanket. */
    public boolean isUsedUp() {
        return perDays.isPresent();
    }

    public String source(Locale locale) {
        return locale.getLanguage().equals("en") ? sourceEn : sourceJa;
    }
}
