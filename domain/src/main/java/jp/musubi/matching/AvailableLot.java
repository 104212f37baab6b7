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
 * @param packSize units in a closed pack, 0 or 1 = loose
 * @param coldChain whether it must be kept cold all the way
 */
public record AvailableLot(
        LotKey key,
        String item,
        String unit,
        long quantity,
        Position position,
        @Nullable Instant availableFrom,
        @Nullable Instant expiresAt,
        long packSize,
        boolean coldChain) {

    /** A loose lot that may get warm. */
    public AvailableLot(
            LotKey key,
            String item,
            String unit,
            long quantity,
            Position position,
            @Nullable Instant availableFrom,
            @Nullable Instant expiresAt) {
        this(key, item, unit, quantity, position, availableFrom, expiresAt, 0, false);
    }

    public AvailableLot {
        if (quantity < 0 || quantity > Quantity.LARGEST) {
            throw new IllegalArgumentException(
                    "Lot " + key + " has from 0 to " + Quantity.LARGEST + " units, but had " + quantity + ".");
        }
        if (packSize < 0) {
            throw new IllegalArgumentException(
                    "A pack of lot " + key + " holds 0 units (loose) or more, but held " + packSize + ".");
        }
    }

    public AvailableLot withQuantity(long other) {
        return new AvailableLot(key, item, unit, other, position, availableFrom, expiresAt, packSize, coldChain);
    }
}
