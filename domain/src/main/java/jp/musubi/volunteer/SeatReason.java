package jp.musubi.volunteer;

import java.util.Optional;

/**
 * Why somebody has a seat.
 *
 * @param km the way by road
 * @param worth what the roster gains by this person there, were the seat else empty
 * @param others how many others are free that day and could take it
 * @param nextBest the one of them with the shortest way, by id; empty if there is nobody
 * @param nextBestKm that way
 * @param fixed whether people decided it
 */
public record SeatReason(
        double km, long worth, int others, Optional<Long> nextBest, double nextBestKm, boolean fixed) {}
