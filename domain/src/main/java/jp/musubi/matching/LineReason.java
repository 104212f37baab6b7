package jp.musubi.matching;

import java.util.Optional;

/**
 * Why a line is in the plan.
 *
 * @param gain what the plan would lose without this line if nothing took its place, in the objective's unit (100 m of
 *     road for one unit); may be negative for a line that a person decided
 * @param nextBest what would come instead; empty if nothing can
 */
public record LineReason(LotKey lot, NeedKey need, long gain, boolean locked, Optional<NextBest> nextBest) {

    /**
     * What comes nearest to this line.
     *
     * <p>The difference is what each unit would cost more, in the objective's unit, with everything else rearranged for
     * the best; 0 if it is just as good, negative if it would be better and only a person's decision is in the way.
     */
    public sealed interface NextBest {
        long difference();

        /** The need would be served from another lot. Lots that differ in nothing count as one. */
        record OtherLot(LotKey lot, double km, long difference) implements NextBest {}

        /** No other lot can serve the need, and the lot would go to another need. */
        record OtherNeed(NeedKey need, double km, long difference) implements NextBest {}

        /** No other lot can serve the need, and the lot would stay where it is. */
        record Unused(long difference) implements NextBest {}
    }
}
