package jp.musubi.matching;

import java.time.Instant;
import java.util.Collection;
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

    Optional<PlanHead> findByNumber(ResponseId response, int number);

    /** The lines with these ids, in the order of lots, so that everybody reserves stock in the same order. */
    List<KeptLine> listLines(PlanId plan, Collection<PlanLineId> ids);

    /** All lines of a plan, in the order of lots. */
    List<KeptLine> listLines(PlanId plan);

    /**
     * Notes that somebody decided about a line: accepted it, or took that back.
     *
     * @return false if somebody else decided meanwhile; nothing is changed then
     */
    boolean noteDecision(KeptLine line, Optional<PersonId> by, Instant at);

    /** The wishes in force, the oldest first. */
    List<Wish> listWishes(ResponseId response);

    /** Adds a wish; {@code draft.id()} is ignored. A lock replaces an older one for the same lot and need. */
    Wish add(ResponseId response, Wish draft);

    /**
     * Ends a wish.
     *
     * @return false if it had ended before
     */
    boolean end(ResponseId response, WishId wish, Optional<PersonId> by, Instant at);
}
