package jp.musubi.need;

import jp.musubi.common.Quantity;

/**
 * A line of demand and what already counts against it; {@code net} is what is still to be found.
 *
 * @param received that arrived since the word was given
 */
public record NetLine(DemandLine line, Quantity received, Quantity underWay, Quantity reserved, Quantity net) {}
