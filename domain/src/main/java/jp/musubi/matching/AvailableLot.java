package jp.musubi.matching;

import java.time.Instant;
import jp.musubi.common.Quantity;
import jp.musubi.place.Position;
import org.jspecify.annotations.Nullable;

/**
 * What one lot has left to give at the time of planning.
 *
 * @param item code of the item, compared as it stands
 * @param unit code of the unit the quantity counts, equal to the unit of the needs it serves
 * @param quantity 0 to {@value jp.musubi.common.Quantity#LARGEST} base units
 * @param availableFrom when it can be handled first; null = already here
 * @param expiresAt when it may no longer be used; null = never
 */
public record AvailableLot(
        LotKey key,
        String item,
        String unit,
        long quantity,
        Position position,
        @Nullable Instant availableFrom,
        @Nullable Instant expiresAt) {

    public AvailableLot {
        if (quantity < 0 || quantity > Quantity.LARGEST) {
            throw new IllegalArgumentException(
                    "Lot " + key + " has from 0 to " + Quantity.LARGEST + " units, but had " + quantity + ".");
        }
    }
}
