package jp.musubi.need;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.place.CommunityId;

/**
 * A request or an assessment as it comes from a file or a form, before it is stored.
 *
 * @param written the quantity as it was written, e.g. {@code 12箱}
 * @param packAssumed whether the size of that pack is only assumed
 * @param reportedAt empty if nobody said when; the time of storing counts then
 * @param reportedHow how the word came, e.g. by radio; never a person's name
 */
public record ReportedNeed(
        CommunityId community,
        ItemId item,
        NeedKind kind,
        Quantity quantity,
        String written,
        boolean packAssumed,
        Priority priority,
        Optional<Instant> neededBy,
        Optional<Instant> reportedAt,
        Optional<String> reportedHow) {

    public ReportedNeed {
        if (quantity.baseUnits() > Quantity.LARGEST || (kind == NeedKind.REQUEST && quantity.isZero())) {
            throw new IllegalArgumentException(
                    "A request asks for 1 to " + Quantity.LARGEST + ", but was " + quantity.baseUnits() + ".");
        }
    }
}
