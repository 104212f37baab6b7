package jp.musubi.matching;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a plan weighs one need against another, version 1. It is what a coordinator can change and a reader can check:
 * nothing else but distance, freshness and these figures decides.
 *
 * @param equity how much more the first units of a need count than its last, 1 (not at all) to 100 (almost nobody is
 *     left with nothing); 8 by default
 * @param minimumShelfLife how long goods must still be usable when they arrive, unless
 *     {@code minimumShelfLifeByItem} says otherwise for the lot's item
 * @param substitutions what may stand in for what, one unit for one unit; none by default
 * @param substitutePenaltyKm how much further than it is a substitute seems to lie, 0 to {@value #LARGEST_PENALTY_KM}
 * @param fairness equity between more than needs; none by default
 * @param limits what hubs, packs and vehicles allow; nothing is limited by default
 */
public record Policy(
        double equity,
        Duration minimumShelfLife,
        Map<String, Duration> minimumShelfLifeByItem,
        Set<Substitution> substitutions,
        int substitutePenaltyKm,
        Fairness fairness,
        HandlingLimits limits) {

    /** A policy that looks at each need by itself. */
    public Policy(
            double equity,
            Duration minimumShelfLife,
            Map<String, Duration> minimumShelfLifeByItem,
            Set<Substitution> substitutions,
            int substitutePenaltyKm) {
        this(
                equity,
                minimumShelfLife,
                minimumShelfLifeByItem,
                substitutions,
                substitutePenaltyKm,
                Fairness.NONE,
                HandlingLimits.NONE);
    }

    /** The version of the rules in this class; plans and files name it. */
    public static final int VERSION = 1;

    public static final double DEFAULT_EQUITY = 8;

    /** Into how many tiers a need's units are cut, from the first and most valuable to the last. */
    public static final int TIERS = 10;

    /** What an average unit of normal priority without hurry is worth: as much as 200 km on the road. */
    private static final double BASE_VALUE = 2000;

    /** Loading and unloading before and after the journey. */
    public static final Duration HANDLING = Duration.ofHours(1);

    /** Equity 8, any shelf life, no substitutes. */
    public static final Policy STANDARD = new Policy(DEFAULT_EQUITY, Duration.ZERO, Map.of(), Set.of(), 0);

    /** Far enough that a substitute comes only where nothing else does. */
    public static final int LARGEST_PENALTY_KM = 10_000;

    /** What a substitute costs more where nobody says otherwise. */
    public static final int DEFAULT_PENALTY_KM = 50;

    /** Units of {@code item} may be given where {@code insteadOf} is needed. */
    public record Substitution(String item, String insteadOf) {
        public Substitution {
            if (item.equals(insteadOf)) {
                throw new IllegalArgumentException("An item is no substitute for itself, but " + item + " was.");
            }
        }
    }

    public Policy {
        if (!(equity >= 1 && equity <= 100)) {
            throw new IllegalArgumentException("Equity lies between 1 and 100, but was " + equity + ".");
        }
        requireNotNegative(minimumShelfLife, "all items");
        minimumShelfLifeByItem.forEach((item, life) -> requireNotNegative(life, item));
        if (substitutePenaltyKm < 0 || substitutePenaltyKm > LARGEST_PENALTY_KM) {
            throw new IllegalArgumentException("The penalty of a substitute lies between 0 and " + LARGEST_PENALTY_KM
                    + " km, but was " + substitutePenaltyKm + ".");
        }
        minimumShelfLifeByItem = Map.copyOf(minimumShelfLifeByItem);
        substitutions = Set.copyOf(substitutions);
    }

    private static void requireNotNegative(Duration life, String item) {
        if (life.isNegative()) {
            throw new IllegalArgumentException(
                    "The minimum shelf life is never negative, but was " + life + " for " + item + ".");
        }
    }

    public Policy withEquity(double other) {
        return new Policy(
                other, minimumShelfLife, minimumShelfLifeByItem, substitutions, substitutePenaltyKm, fairness, limits);
    }

    public Policy withSubstitutes(Set<Substitution> others, int penaltyKm) {
        return new Policy(equity, minimumShelfLife, minimumShelfLifeByItem, others, penaltyKm, fairness, limits);
    }

    public Policy withFairness(Fairness other) {
        return new Policy(
                equity, minimumShelfLife, minimumShelfLifeByItem, substitutions, substitutePenaltyKm, other, limits);
    }

    public Policy withLimits(HandlingLimits other) {
        return new Policy(
                equity, minimumShelfLife, minimumShelfLifeByItem, substitutions, substitutePenaltyKm, fairness, other);
    }

    /** Whether journeys cost and are allowed the same, whatever needs are worth. */
    boolean costsAsIn(Policy other) {
        return minimumShelfLife.equals(other.minimumShelfLife)
                && minimumShelfLifeByItem.equals(other.minimumShelfLifeByItem)
                && substitutions.equals(other.substitutions)
                && substitutePenaltyKm == other.substitutePenaltyKm
                && limits.coldHours() == other.limits.coldHours();
    }

    /** Whether a lot may be on the way for {@link HandlingLimits#coldHours} only. */
    boolean spoilsOnTheWay(AvailableLot lot) {
        return lot.coldChain() && limits.coldHours() > 0;
    }

    public Duration minimumShelfLifeOf(String item) {
        return minimumShelfLifeByItem.getOrDefault(item, minimumShelfLife);
    }

    /** Whether a lot of {@code given} may serve a need of {@code needed}. */
    public boolean fits(String given, String needed) {
        return given.equals(needed)
                || (!substitutions.isEmpty() && substitutions.contains(new Substitution(given, needed)));
    }

    /** What a unit costs more because it is a substitute, in the objective's unit. */
    public int surcharge(String given, String needed) {
        return given.equals(needed) ? 0 : 10 * substitutePenaltyKm;
    }

    /** P: 8, 4, 2, 1 for the priorities 1 to 4. */
    public static double priorityWeight(int priority) {
        return switch (priority) {
            case 1 -> 8;
            case 2 -> 4;
            case 3 -> 2;
            case 4 -> 1;
            default -> throw new IllegalArgumentException("A priority lies between 1 and 4, but was " + priority + ".");
        };
    }

    /** U: 2 if needed within 12 h, 1.5 within 48 h, else 1. */
    public static double urgencyWeight(@Nullable Instant neededBy, Instant now) {
        if (neededBy == null) {
            return 1;
        }
        if (!neededBy.isAfter(now.plus(Duration.ofHours(12)))) {
            return 2;
        }
        return neededBy.isAfter(now.plus(Duration.ofDays(2))) ? 1 : 1.5;
    }

    /** P · U: what an unserved unit of this need weighs in the figure {@code weightedUnmet}. */
    public static double weight(OpenNeed need, Instant now) {
        return priorityWeight(need.priority()) * urgencyWeight(need.neededBy(), now);
    }

    /** What a unit in each of the {@value #TIERS} tiers of a need is worth, never increasing. One unit = 100 m of road. */
    public int[] tierValues(OpenNeed need, Instant now) {
        double weight = weight(need, now) * (1 + (fairness.protectedPeople() - 1) * need.protectedShare());
        int[] values = new int[TIERS];
        for (int s = 0; s < TIERS; s++) {
            values[s] = tierValue(weight, equity, s);
        }
        return values;
    }

    private static int tierValue(double weight, double equity, int tier) {
        return Math.toIntExact(Math.round(BASE_VALUE * weight * StrictMath.pow(equity, 1 - (tier + 0.5) / TIERS)));
    }

    /**
     * What the next unit of a need is worth, in the objective's unit.
     *
     * @param asked the whole quantity
     * @param served how much of it is there already, less than {@code asked}
     */
    public static int valueOfUnit(
            long asked, long served, int priority, @Nullable Instant neededBy, double equity, Instant now) {
        double weight = priorityWeight(priority) * urgencyWeight(neededBy, now);
        long[] sizes = tierSizes(asked);
        long below = 0;
        for (int tier = 0; tier < TIERS; tier++) {
            below += sizes[tier];
            if (served < below) {
                return tierValue(weight, equity, tier);
            }
        }
        throw new IllegalArgumentException("Of " + asked + " units " + served + " are served; no unit is left.");
    }

    /**
     * What serving a tier of a community or municipality adds, as a multiple of what its units are worth without any
     * equity; 0 where equity is 1.
     */
    static double tierBonus(double equity, int tier) {
        return StrictMath.pow(equity, 1 - (tier + 0.5) / TIERS) - 1;
    }

    /** What a unit counts in the coverage of its community: P · U, and what protects. One such unit is worth {@link #BASE_VALUE}. */
    double worth(OpenNeed need, Instant now) {
        return BASE_VALUE * weight(need, now) * (1 + (fairness.protectedPeople() - 1) * need.protectedShare());
    }

    /** How many units of a need of this quantity lie in each tier; they add up to the quantity. */
    public static long[] tierSizes(long quantity) {
        long[] sizes = new long[TIERS];
        long below = 0;
        for (int s = 0; s < TIERS; s++) {
            long border = (2 * quantity * (s + 1) + TIERS) / (2 * TIERS);
            sizes[s] = border - below;
            below = border;
        }
        return sizes;
    }

    /**
     * What a unit gains by being used before it spoils, in the objective's unit.
     *
     * @param hoursLeft hours from arrival to expiry; positive infinity if it never expires
     */
    public static int freshnessBonus(double hoursLeft) {
        if (hoursLeft <= 8) {
            return 150;
        }
        if (hoursLeft <= 24) {
            return 100;
        }
        return hoursLeft <= 72 ? 40 : 0;
    }
}
