package jp.musubi.need;

import java.time.Instant;
import jp.musubi.common.Quantity;

/** What can be said about a community's need of an item before anybody asked. */
public sealed interface EstimateOutcome {

    EstimateRate rate();

    /**
     * The community lacks something, or has enough ({@code lacking} is 0).
     *
     * @param persons how many people of the rate's basis there are
     * @param byShare their number follows from all people, because nobody counted them
     * @param target what they should have for the days to provide for
     * @param left what is left of what arrived, if it was used at the rate
     * @param lacking target − left, never negative
     * @param neededBy when they run out, or as long as they can wait with nothing
     */
    record Estimated(
            EstimateRate rate,
            long persons,
            boolean byShare,
            Quantity target,
            Quantity left,
            Quantity lacking,
            Priority priority,
            Instant neededBy)
            implements EstimateOutcome {}

    /** Nobody said how many people there are, so there is no estimate. */
    record HeadcountUnknown(EstimateRate rate) implements EstimateOutcome {}

    /** The rate is not about such people, e.g. blankets for people at home. */
    record NotMeant(EstimateRate rate) implements EstimateOutcome {}
}
