package jp.musubi.matching;

import java.util.Optional;

/**
 * A line of a kept plan, as decisions need it.
 *
 * @param reservation the ledger's reservation if the line was accepted
 * @param version grows with every decision, so that two people notice each other
 */
public record KeptLine(
        PlanLineId id,
        PlanId plan,
        LotKey lot,
        NeedKey need,
        CommunityKey community,
        long quantity,
        Optional<Long> reservation,
        int version) {}
