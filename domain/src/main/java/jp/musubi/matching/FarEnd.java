package jp.musubi.matching;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each community gets in a plan, beside what it would get if coverage were levelled ({@link Planner#levelling()}):
 * how far the tiers of a policy are from the far end of equity, and for whom. Levelling knows no limits of what items
 * share.
 *
 * @param communities those that need something, in the order of their keys
 */
public record FarEnd(List<Community> communities) {

    /**
     * A community's coverage, all its needs together: the worth of what they get, of the worth of all they ask, 0 to 1. A
     * person's share of an item counts once, however many units it is ({@link Policy#worth}).
     *
     * @param people how many live there; −1 if nobody has counted them
     * @param planned by the plan
     * @param levelled at the far end
     */
    public record Community(CommunityKey key, long people, double planned, double levelled) {

        /** What it would get more at the far end; negative if less. */
        public double difference() {
            return levelled - planned;
        }
    }

    public FarEnd {
        communities = List.copyOf(communities);
    }

    /**
     * @param lines the plan for the problem
     * @param people by community, where somebody has counted them
     * @throws IllegalArgumentException if the constraints contradict each other
     */
    public static FarEnd of(
            PlanningProblem problem,
            List<PlanLine> lines,
            Map<CommunityKey, Sharing.People> people,
            int threads,
            PlanProgress progress) {
        PlanOutcome outcome =
                Planner.withThreads(threads).watchedBy(progress).levelling().plan(problem);
        if (!(outcome instanceof PlanOutcome.Planned levelled)) {
            throw new IllegalArgumentException("There is no far end of a plan that cannot be: " + outcome);
        }
        Map<NeedKey, Long> planned = WhatIf.served(lines);
        Map<NeedKey, Long> level = WhatIf.served(levelled.plan().lines());
        Map<CommunityKey, double[]> worths = new TreeMap<>();
        for (OpenNeed need : problem.needs()) {
            double worth = SharedValue.worthOfUnit(problem, need, people.get(need.community()));
            double[] sums = worths.computeIfAbsent(need.community(), key -> new double[3]);
            sums[0] += worth * need.quantity();
            sums[1] += worth * planned.getOrDefault(need.key(), 0L);
            sums[2] += worth * level.getOrDefault(need.key(), 0L);
        }
        return new FarEnd(worths.entrySet().stream()
                .map(entry -> {
                    Sharing.People counted = people.get(entry.getKey());
                    double[] sums = entry.getValue();
                    return new Community(
                            entry.getKey(),
                            counted == null ? -1 : counted.number(),
                            Math.min(1, sums[1] / sums[0]),
                            Math.min(1, sums[2] / sums[0]));
                })
                .toList());
    }

    /**
     * The coverage of all communities of each municipality, each counted by its people.
     *
     * @param name its code
     * @param communities how many need something and know how many people they are
     */
    public record Municipality(String name, int communities, long people, double planned, double levelled) {}

    /**
     * By municipality, the least covered first; communities whose people nobody has counted are left out.
     *
     * @param people as given to {@link #of}
     */
    public List<Municipality> listMunicipalities(Map<CommunityKey, Sharing.People> people) {
        Map<String, Municipality> sums = new TreeMap<>();
        for (Community community : communities) {
            Sharing.People counted = people.get(community.key());
            if (counted != null && counted.number() > 0) {
                sums.merge(
                        counted.municipality(),
                        new Municipality(
                                counted.municipality(),
                                1,
                                counted.number(),
                                counted.number() * community.planned(),
                                counted.number() * community.levelled()),
                        (one, other) -> new Municipality(
                                one.name(),
                                one.communities() + other.communities(),
                                one.people() + other.people(),
                                one.planned() + other.planned(),
                                one.levelled() + other.levelled()));
            }
        }
        return sums.values().stream()
                .map(sum -> new Municipality(
                        sum.name(),
                        sum.communities(),
                        sum.people(),
                        sum.planned() / sum.people(),
                        sum.levelled() / sum.people()))
                .sorted(Comparator.comparingDouble(Municipality::planned).thenComparing(Municipality::name))
                .toList();
    }
}
