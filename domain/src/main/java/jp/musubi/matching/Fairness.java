package jp.musubi.matching;

/**
 * What a policy asks for beyond equity between needs, which {@link Policy#equity} is. Each is 1 = not at all.
 *
 * @param communities how much more the first things that a community gets count than its last, over all items together, 1 to
 *     100: who got no water should not also get no blankets. A person's share of an item counts once, however many units it
 *     is
 * @param municipalities the same between municipalities, 1 to 100
 * @param protectedPeople how many times as much a unit counts where everybody is an infant or old, 1 to 10; in between by
 *     their share
 */
public record Fairness(double communities, double municipalities, double protectedPeople) {

    public static final Fairness NONE = new Fairness(1, 1, 1);

    public static final double MOST_EQUITY = 100;
    public static final double MOST_PROTECTION = 10;

    public Fairness {
        require("Equity between communities", communities, MOST_EQUITY);
        require("Equity between municipalities", municipalities, MOST_EQUITY);
        require("The weight of protected people", protectedPeople, MOST_PROTECTION);
    }

    private static void require(String what, double value, double most) {
        if (!(value >= 1 && value <= most)) {
            throw new IllegalArgumentException(
                    what + " lies between 1 and " + (long) most + ", but was " + value + ".");
        }
    }

    /** Whether what one item brings decides what another brings. */
    boolean joinsItems() {
        return communities > 1 || municipalities > 1;
    }
}
