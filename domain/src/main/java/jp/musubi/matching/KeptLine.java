package jp.musubi.matching;

/**
 * A line of a kept plan, as decisions need it.
 *
 * @param accepted whether the ledger holds a promise for it, or has sent it
 * @param version grows with every decision, so that two people notice each other
 */
public record KeptLine(
        PlanLineId id,
        PlanId plan,
        StockKey lot,
        NeedKey need,
        CommunityKey community,
        long quantity,
        boolean accepted,
        int version) {}
