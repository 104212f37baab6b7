package jp.musubi.matching;

/** Why constraints cannot all be kept. {@link #code()} is stable; the figures are in base units. */
public sealed interface ConstraintConflict {

    String code();

    /** A constraint names a lot that is not in the problem. */
    record UnknownLot(LotKey lot) implements ConstraintConflict {
        @Override
        public String code() {
            return "unknown-lot";
        }
    }

    /** A constraint names a need that is not in the problem. */
    record UnknownNeed(NeedKey need) implements ConstraintConflict {
        @Override
        public String code() {
            return "unknown-need";
        }
    }

    /** Two locks name the same lot and need. */
    record LockedTwice(LotKey lot, NeedKey need) implements ConstraintConflict {
        @Override
        public String code() {
            return "locked-twice";
        }
    }

    /** The same lot and need are locked and forbidden. */
    record LockedAndForbidden(LotKey lot, NeedKey need) implements ConstraintConflict {
        @Override
        public String code() {
            return "locked-and-forbidden";
        }
    }

    /** The locks on a lot add up to more than it has. */
    record MoreThanTheLotHas(LotKey lot, long locked, long available) implements ConstraintConflict {
        @Override
        public String code() {
            return "more-than-the-lot-has";
        }
    }

    /** The locks on a need add up to more than it asks for. */
    record MoreThanTheNeedAsks(NeedKey need, long locked, long asked) implements ConstraintConflict {
        @Override
        public String code() {
            return "more-than-the-need-asks";
        }
    }

    /** A lock joins a lot and a need that cannot be joined. */
    record Impossible(LotKey lot, NeedKey need, Pairing.Obstacle obstacle) implements ConstraintConflict {
        @Override
        public String code() {
            return "impossible-pair";
        }
    }
}
