package jp.musubi.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import jp.musubi.common.Quantity;
import jp.musubi.place.HubId;
import jp.musubi.place.Position;

/**
 * What planning must know about a lot. Never changes; a corrected line becomes a new lot.
 *
 * @param hub the hub it comes to, or lies in
 * @param position where it lies; empty = where the hub is, or nowhere (money, hours)
 * @param availableFrom when it can leave, possibly later than now; empty = at once
 * @param expiresAt empty = it keeps
 * @param packSize base units in one closed pack
 */
public record LotTerms(
        Optional<HubId> hub,
        Optional<Position> position,
        Optional<Instant> availableFrom,
        Optional<Instant> expiresAt,
        Optional<Quantity> packSize,
        boolean coldChain) {

    /** Nothing special, for money and hours. */
    public static final LotTerms NONE = new LotTerms(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    public LotTerms {
        availableFrom = availableFrom.map(time -> time.truncatedTo(ChronoUnit.MICROS));
        expiresAt = expiresAt.map(time -> time.truncatedTo(ChronoUnit.MICROS));
        if (packSize.isPresent() && packSize.get().isZero()) {
            throw new IllegalArgumentException("A pack holds at least one base unit.");
        }
    }

    /** Whether it lies ready in a hub at the given time. */
    public boolean isInHubAt(Instant now) {
        return hub.isPresent()
                && (availableFrom.isEmpty() || !availableFrom.get().isAfter(now));
    }
}
