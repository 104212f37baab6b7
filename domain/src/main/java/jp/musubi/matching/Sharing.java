package jp.musubi.matching;

import java.util.Map;

/**
 * What all items of a problem have in common: the people who need them, and the hubs that pass them on.
 *
 * @param people by community; of others nobody knows how many there are
 * @param hubs where a lot leaves from; lots elsewhere have no limit
 * @param limits what a hub can pass on in the whole plan, in kilograms; others have no limit
 * @param kilograms of one unit of an item; others weigh nothing
 */
public record Sharing(
        Map<CommunityKey, People> people,
        Map<LotKey, String> hubs,
        Map<String, Double> limits,
        Map<String, Double> kilograms) {

    public static final Sharing NOTHING = new Sharing(Map.of(), Map.of(), Map.of(), Map.of());

    /**
     * Who lives in a community.
     *
     * @param number at least 0
     * @param municipality its code
     */
    public record People(long number, String municipality) {
        public People {
            if (number < 0) {
                throw new IllegalArgumentException("Nobody counts less than 0 people, but there were " + number + ".");
            }
        }
    }

    public Sharing {
        people = Map.copyOf(people);
        hubs = Map.copyOf(hubs);
        limits = Map.copyOf(limits);
        kilograms = Map.copyOf(kilograms);
        limits.forEach((hub, limit) -> {
            if (!(limit >= 0) || limit.isInfinite()) {
                throw new IllegalArgumentException(
                        "A hub passes on 0 kg or more, but hub " + hub + " had " + limit + ".");
            }
        });
    }

    public Sharing withLimits(Map<String, Double> others) {
        return new Sharing(people, hubs, others, kilograms);
    }
}
