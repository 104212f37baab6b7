package jp.musubi.volunteer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody has a seat.
 *
 * @param km the way by road
 * @param worth what the roster gains by this person there, were the seat else empty; with everybody else on the shift if it
 *     takes place by this person only
 * @param others how many others are free that day and could take it
 * @param nextBest the one of them with the shortest way, by id; empty if there is nobody
 * @param nextBestKm that way
 * @param fixed whether people decided it
 * @param keeps what the shift would lack without this person, so that it would not take place; null = nothing
 */
public record SeatReason(
        double km,
        long worth,
        int others,
        Optional<Long> nextBest,
        double nextBestKm,
        boolean fixed,
        @Nullable Keeps keeps) {

    /** What a shift needs to take place. */
    public enum Keeps {
        LEAST_PEOPLE,
        LEADER
    }
}
