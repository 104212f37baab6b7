package jp.musubi.ledger;

import java.util.Set;
import jp.musubi.common.BilingualText;
import jp.musubi.common.Quantity;
import jp.musubi.place.CommunityId;

/** Why the ledger does not allow something. */
public sealed interface Rejection {

    /** Stable, for programs: lower case words joined by hyphens. */
    String code();

    /** For people, in whole sentences. */
    BilingualText message();

    /** More is asked than is free: the rest is promised to others or not there. */
    record NotEnoughFree(BalanceKey at, Quantity asked, Quantity free) implements Rejection {
        @Override
        public String code() {
            return "not-enough-free";
        }

        @Override
        public BilingualText message() {
            return BilingualText.of(
                    "ロット" + at.lot().value() + "の引き当てられる残りは" + free.baseUnits() + "で、" + asked.baseUnits() + "には足りません。",
                    "Lot " + at.lot().value() + " has " + free.baseUnits() + " left to promise, not "
                            + asked.baseUnits() + ".");
        }
    }

    /** Units of this kind do not go from the one account to the other. */
    record NoSuchWay(Substance substance, Account from, Account to) implements Rejection {
        @Override
        public String code() {
            return "no-such-way";
        }

        @Override
        public BilingualText message() {
            return BilingualText.of(
                    from.kind() + "から" + to.kind() + "へは移せません(" + substance + ")。",
                    substance + " cannot go from " + from.kind() + " to " + to.kind() + ".");
        }
    }

    /** The promise was sent, cancelled or has expired meanwhile. */
    record NotOpen(ReservationId reservation, ReservationState state) implements Rejection {
        @Override
        public String code() {
            return "reservation-not-open";
        }

        @Override
        public BilingualText message() {
            return BilingualText.of(
                    switch (state) {
                        case OPEN -> "引き当て" + reservation.value() + "は有効です。";
                        case SENT -> "引き当て" + reservation.value() + "はすでに発送されています。";
                        case CANCELLED -> "引き当て" + reservation.value() + "は取り消されています。";
                        case EXPIRED -> "引き当て" + reservation.value() + "は期限が切れています。";
                    },
                    switch (state) {
                        case OPEN -> "Promise " + reservation.value() + " is open.";
                        case SENT -> "Promise " + reservation.value() + " has already been sent.";
                        case CANCELLED -> "Promise " + reservation.value() + " was cancelled.";
                        case EXPIRED -> "Promise " + reservation.value() + " has expired.";
                    });
        }
    }

    /** What travels together goes to one community. */
    record SeveralDestinations(Set<CommunityId> communities) implements Rejection {
        public SeveralDestinations {
            communities = Set.copyOf(communities);
        }

        @Override
        public String code() {
            return "several-destinations";
        }

        @Override
        public BilingualText message() {
            return BilingualText.of(
                    "一つの便の届け先は一か所です。届け先ごとに分けてください。", "One consignment goes to one community. Send one for each.");
        }
    }

    /** A quantity of nothing, or more than a promise or a line holds. */
    record WrongQuantity(Quantity asked, Quantity most) implements Rejection {
        @Override
        public String code() {
            return "wrong-quantity";
        }

        @Override
        public BilingualText message() {
            return BilingualText.of(
                    "数量は1から" + most.baseUnits() + "までですが、" + asked.baseUnits() + "でした。",
                    "A quantity from 1 to " + most.baseUnits() + " is possible, but it was " + asked.baseUnits() + ".");
        }
    }

    /** The posting was taken back before. */
    record AlreadyReversed(PostingId posting) implements Rejection {
        @Override
        public String code() {
            return "already-reversed";
        }

        @Override
        public BilingualText message() {
            return BilingualText.of(
                    "記帳" + posting.value() + "はすでに取り消されています。",
                    "Posting " + posting.value() + " has already been taken back.");
        }
    }

    /** A conversion cannot be taken back movement by movement. */
    record NotReversible(PostingId posting, Cause cause) implements Rejection {
        @Override
        public String code() {
            return "not-reversible";
        }

        @Override
        public BilingualText message() {
            return BilingualText.of(
                    "この種類の記帳(" + cause + ")は取り消せません。正しい内容を新しく記帳してください。",
                    "A posting of this kind (" + cause + ") cannot be taken back. Post what is right instead.");
        }
    }

    /** The lot belongs to another response or does not exist. */
    record NoSuchLot(LotId lot) implements Rejection {
        @Override
        public String code() {
            return "no-such-lot";
        }

        @Override
        public BilingualText message() {
            return BilingualText.of("ロット" + lot.value() + "はありません。", "There is no lot " + lot.value() + ".");
        }
    }

    /** A line cannot shrink below what is already promised or gone. */
    record BelowPromised(LotId line, Quantity asked, Quantity bound) implements Rejection {
        @Override
        public String code() {
            return "below-promised";
        }

        @Override
        public BilingualText message() {
            return BilingualText.of(
                    bound.baseUnits() + "はすでに引き当てまたは発送されているため、" + asked.baseUnits() + "には減らせません。",
                    bound.baseUnits() + " are already promised or sent, so the line cannot shrink to "
                            + asked.baseUnits() + ".");
        }
    }

    /** A line cannot become another item or another giver's while units of it are promised or gone. */
    record BoundToOther(LotId line, Quantity bound) implements Rejection {
        @Override
        public String code() {
            return "already-promised";
        }

        @Override
        public BilingualText message() {
            return BilingualText.of(
                    bound.baseUnits() + "はすでに引き当てまたは発送されているため、品目と寄付者は変えられません。新しい行として登録してください。",
                    bound.baseUnits() + " are already promised or sent, so item and donor cannot change. "
                            + "Send it as a new line.");
        }
    }
}
