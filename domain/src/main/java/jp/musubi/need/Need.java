package jp.musubi.need;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.place.CommunityId;

/**
 * Something a community lacks, as somebody said it.
 *
 * @param quantity in the item's base unit; only an assessment may say 0, "nothing is lacking"
 * @param neededBy empty if there is no deadline
 * @param reportedAt when the word was given; what arrived later counts against it
 * @param derived made by a rule and reported by nobody
 * @param withdrawn taken back; it does not count any more
 */
public record Need(
        NeedId id,
        CommunityId community,
        ItemId item,
        NeedKind kind,
        Quantity quantity,
        Priority priority,
        Optional<Instant> neededBy,
        Instant reportedAt,
        boolean derived,
        boolean withdrawn) {

    public Need {
        if (quantity.baseUnits() > Quantity.LARGEST) {
            throw new IllegalArgumentException("Need " + id.value() + " asks for " + quantity.baseUnits()
                    + ", more than " + Quantity.LARGEST + ". Maybe the unit is wrong?");
        }
        if (kind == NeedKind.REQUEST && quantity.isZero()) {
            throw new IllegalArgumentException("Request " + id.value() + " asks for nothing.");
        }
    }
}
