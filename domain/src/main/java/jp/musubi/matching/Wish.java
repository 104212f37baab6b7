package jp.musubi.matching;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.identity.PersonId;
import jp.musubi.matching.PlanConstraints.Ban;
import jp.musubi.matching.PlanConstraints.Lock;

/**
 * What a person wants every next plan to keep, until it is ended.
 *
 * @param need the need of a lock or of a ban for one need
 * @param community the community of a ban for one community
 * @param quantity the quantity of a lock
 */
public record Wish(
        WishId id,
        Kind kind,
        LotKey lot,
        Optional<NeedKey> need,
        Optional<CommunityKey> community,
        Optional<Long> quantity,
        Optional<PersonId> by,
        Instant at,
        Optional<String> reason) {

    /** What is wanted. */
    public enum Kind {
        /** Exactly this quantity of this lot to this need. */
        LOCK,
        /** This lot not to this need. */
        BAN_NEED,
        /** This lot not to this community. */
        BAN_COMMUNITY,
        /** This lot to nobody. */
        HOLD
    }

    public Wish {
        if ((kind == Kind.LOCK) != quantity.isPresent()
                || (kind == Kind.LOCK || kind == Kind.BAN_NEED) != need.isPresent()
                || (kind == Kind.BAN_COMMUNITY) != community.isPresent()) {
            throw new IllegalArgumentException("A wish of kind " + kind + " has need " + need + ", community "
                    + community + ", quantity " + quantity + ".");
        }
    }

    /**
     * The constraints that the wishes make. A wish for a lot or need that is not there any more is left out: the stock
     * was sent, or the need was met, and the wish has nothing to say.
     */
    public static PlanConstraints constraints(List<Wish> wishes, Set<LotKey> lots, Set<NeedKey> needs) {
        List<Lock> locks = new ArrayList<>();
        List<Ban> bans = new ArrayList<>();
        for (Wish wish : wishes) {
            if (lots.contains(wish.lot()) && wish.need().map(needs::contains).orElse(true)) {
                switch (wish.kind()) {
                    case LOCK ->
                        locks.add(new Lock(
                                wish.lot(),
                                wish.need().orElseThrow(),
                                wish.quantity().orElseThrow()));
                    case BAN_NEED ->
                        bans.add(new Ban.ForNeed(wish.lot(), wish.need().orElseThrow()));
                    case BAN_COMMUNITY ->
                        bans.add(new Ban.ForCommunity(
                                wish.lot(), wish.community().orElseThrow()));
                    case HOLD -> bans.add(new Ban.ForAll(wish.lot()));
                }
            }
        }
        return new PlanConstraints(locks, bans);
    }
}
