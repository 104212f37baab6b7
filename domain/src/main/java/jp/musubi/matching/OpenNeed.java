package jp.musubi.matching;

import java.time.Instant;
import jp.musubi.common.Quantity;
import jp.musubi.place.Position;
import org.jspecify.annotations.Nullable;

/**
 * What one community still lacks of one item at the time of planning.
 *
 * @param item code of the item, compared as it stands
 * @param unit code of the unit the quantity counts
 * @param quantity 1 to {@value jp.musubi.common.Quantity#LARGEST} base units
 * @param priority 1 urgent, 2 high, 3 normal, 4 low
 * @param neededBy the latest useful arrival; null = no deadline
 * @param protectedShare which part of the community are infants or old, 0 to 1
 */
public record OpenNeed(
        NeedKey key,
        CommunityKey community,
        String item,
        String unit,
        long quantity,
        int priority,
        Position position,
        @Nullable Instant neededBy,
        double protectedShare) {

    /** A need of a community of which nobody knows who lives there. */
    public OpenNeed(
            NeedKey key,
            CommunityKey community,
            String item,
            String unit,
            long quantity,
            int priority,
            Position position,
            @Nullable Instant neededBy) {
        this(key, community, item, unit, quantity, priority, position, neededBy, 0);
    }

    public OpenNeed {
        if (quantity < 1 || quantity > Quantity.LARGEST) {
            throw new IllegalArgumentException(
                    "Need " + key + " asks for 1 to " + Quantity.LARGEST + " units, but asked for " + quantity + ".");
        }
        if (priority < 1 || priority > 4) {
            throw new IllegalArgumentException(
                    "Need " + key + " has a priority from 1 (urgent) to 4 (low), but it was " + priority + ".");
        }
        if (!(protectedShare >= 0 && protectedShare <= 1)) {
            throw new IllegalArgumentException("A share lies between 0 and 1, but that of the protected people of need "
                    + key + " was " + protectedShare + ".");
        }
    }
}
