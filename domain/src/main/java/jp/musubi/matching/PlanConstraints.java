package jp.musubi.matching;

import java.util.List;
import jp.musubi.common.Quantity;

/**
 * What people have decided and the plan must keep. A changed quantity is a lock with that quantity; a changed
 * destination is a ban on the old one and a lock on the new one.
 */
public record PlanConstraints(List<Lock> locks, List<Ban> bans) {

    public static final PlanConstraints NONE = new PlanConstraints(List.of(), List.of());

    public PlanConstraints {
        locks = List.copyOf(locks);
        bans = List.copyOf(bans);
    }

    /** Exactly this quantity of this lot goes to this need, neither more nor less; 1 to {@value Quantity#LARGEST}. */
    public record Lock(LotKey lot, NeedKey need, long quantity) {
        public Lock {
            if (quantity < 1 || quantity > Quantity.LARGEST) {
                throw new IllegalArgumentException("A lock holds 1 to " + Quantity.LARGEST + " units, but held "
                        + quantity + ". Maybe you want to forbid " + lot + " for " + need + "?");
            }
        }
    }

    /** This lot does not go there. */
    public sealed interface Ban {
        LotKey lot();

        /** Not to this need. */
        record ForNeed(LotKey lot, NeedKey need) implements Ban {}

        /** Not to any need of this community. */
        record ForCommunity(LotKey lot, CommunityKey community) implements Ban {}

        /** To nobody: the lot is held back. */
        record ForAll(LotKey lot) implements Ban {}
    }
}
