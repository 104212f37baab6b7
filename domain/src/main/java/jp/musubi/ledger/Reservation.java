package jp.musubi.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import jp.musubi.common.Quantity;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;

/**
 * Units of a lot that are promised to a community.
 *
 * @param at the lot and the account in which the units wait
 * @param needKey the need they are for, as the plan calls it
 * @param planLine the accepted plan line, by its id
 * @param expiresAt when the promise ends by itself; empty = never
 */
public record Reservation(
        ReservationId id,
        ResponseId response,
        BalanceKey at,
        Quantity quantity,
        CommunityId community,
        Optional<String> needKey,
        OptionalLong planLine,
        Optional<Instant> expiresAt,
        ReservationState state) {

    public boolean isOpen() {
        return state == ReservationState.OPEN;
    }
}
