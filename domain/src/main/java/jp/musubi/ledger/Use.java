package jp.musubi.ledger;

/** How units came to their end. */
public enum Use {
    /** Eaten, handed out, spent or worked. */
    USED(1),
    /** Made into other lots: purchase, kit, repack. */
    CONVERTED(2);

    private final int number;

    Use(int number) {
        this.number = number;
    }

    /** Under which it is stored; never changes. */
    int number() {
        return number;
    }

    static Use of(long number) {
        for (Use use : values()) {
            if (use.number == number) {
                return use;
            }
        }
        throw new IllegalArgumentException("No use has the number " + number + ".");
    }
}
