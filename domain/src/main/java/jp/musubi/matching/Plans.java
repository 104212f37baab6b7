package jp.musubi.matching;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/** Port: the plans that were made, what was decided about their lines, and the wishes for the next one. */
public interface Plans {

    /** Keeps a plan under the next number of its response. */
    PlanHead keep(PlanDraft draft);

    /** All plans of a response, the newest first. */
    List<PlanHead> listPlans(ResponseId response);

    /** The numbers of all plans of a response, the newest first. */
    List<Integer> listNumbers(ResponseId response);

    Optional<PlanHead> findNewest(ResponseId response);

    Optional<PlanHead> findByNumber(ResponseId response, int number);

    /** What a plan decided, in the order of {@link Plan#lines()} and equal to them. */
    List<PlanLine> listLines(PlanId plan);

    /**
     * All lines of a plan, in the order of lots, so that everybody reserves stock in the same order. Until the transaction
     * ends nobody else decides about them.
     */
    List<KeptLine> lockLines(PlanId plan);

    /** Notes that somebody decided about lines that are locked: accepted them, or took that back. */
    void noteDecisions(List<KeptLine> lines, Optional<PersonId> by, Instant at);

    /** The wishes in force, the oldest first. */
    List<Wish> listWishes(ResponseId response);

    /** Until the transaction ends nobody else adds wishes. */
    void lockWishes(ResponseId response);

    /** Adds a wish; {@code draft.id()} is ignored. A lock replaces an older one for the same lot and need. */
    Wish add(ResponseId response, Wish draft);

    /**
     * Ends a wish.
     *
     * @return false if it had ended before
     */
    boolean end(ResponseId response, WishId wish, Optional<PersonId> by, Instant at);
}
