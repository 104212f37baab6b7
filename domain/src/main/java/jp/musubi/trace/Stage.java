package jp.musubi.trace;

import jp.musubi.ledger.Account;
import jp.musubi.ledger.LossReason;
import jp.musubi.ledger.Use;

/** How far a gift has come, as its giver is told. */
public enum Stage {
    /** Promised; still with the giver or on its way to a hub. */
    ANNOUNCED,
    IN_HUB,
    ON_THE_WAY,
    /** Arrived in a community. */
    ARRIVED,
    /** Handed out, spent or worked. */
    USED,
    /** Money or time that waits for its use. */
    SET_ASIDE,
    /** Paid for something that is traced on as goods, or made into something else. */
    MADE_INTO,
    DAMAGED,
    LOST,
    EXPIRED;

    static Stage of(Account account) {
        return switch (account.kind()) {
            case DONOR, SUPPLIER -> throw new IllegalArgumentException("What is with " + account + " is not given.");
            case PAYEE -> MADE_INTO;
            case CONSUMED ->
                account instanceof Account.Consumed consumed && consumed.use() == Use.CONVERTED ? MADE_INTO : USED;
            case LOST -> account instanceof Account.Lost lost ? of(lost.reason()) : LOST;
            case ANNOUNCED -> ANNOUNCED;
            case HUB, INSPECTED -> IN_HUB;
            case TRIP -> ON_THE_WAY;
            case COMMUNITY -> ARRIVED;
            case FUND, PROJECT, ACTIVITY -> SET_ASIDE;
        };
    }

    private static Stage of(LossReason reason) {
        return switch (reason) {
            case DAMAGED -> DAMAGED;
            case SHORT, LOST -> LOST;
            case EXPIRED -> EXPIRED;
        };
    }
}
