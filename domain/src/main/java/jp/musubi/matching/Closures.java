package jp.musubi.matching;

import jp.musubi.place.Position;

/**
 * Port: what nothing can leave, reach or pass at the time of planning: a hub that is closed, a community cut off.
 * Implementations are safe for use by many threads and answer the same throughout one plan.
 */
@FunctionalInterface
public interface Closures {

    /** Nothing is closed. */
    Closures NONE = (from, to) -> false;

    /** Whether goods cannot go from one place to another although travel times know a way. */
    boolean block(Position from, Position to);
}
