package jp.musubi.ledger;

/** Why units are gone without having helped anybody. */
public enum LossReason {
    /** Arrived, but spoilt or broken. */
    DAMAGED(1),
    /** Sent according to the papers, but fewer arrived. */
    SHORT(2),
    /** Gone in a place or on the way. */
    LOST(3),
    /** Past its date. */
    EXPIRED(4);

    private final int number;

    LossReason(int number) {
        this.number = number;
    }

    /** Under which it is stored; never changes. */
    int number() {
        return number;
    }

    static LossReason of(long number) {
        for (LossReason reason : values()) {
            if (reason.number == number) {
                return reason;
            }
        }
        throw new IllegalArgumentException("No loss has the number " + number + ".");
    }
}
