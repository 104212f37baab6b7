package jp.musubi.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import jp.musubi.common.Quantity;
import jp.musubi.place.CommunityId;

/**
 * Units of a lot that somebody wants to promise to a community.
 *
 * @param from where to take them; empty = wherever the lot has free units, from hubs first
 * @param needKey the need they are for, as the plan calls it
 * @param planLine the accepted plan line, by its id
 * @param expiresAt when the promise ends by itself; empty = never
 */
public record Promise(
        LotId lot,
        Optional<Account.Inside> from,
        Quantity quantity,
        CommunityId community,
        Optional<String> needKey,
        OptionalLong planLine,
        Optional<Instant> expiresAt) {

    /** How long a promise of an accepted plan holds, by the response's clock, if nobody sends it. */
    public static final Duration LASTS = Duration.ofDays(3);
}
