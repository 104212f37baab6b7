package jp.musubi.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What it is worth to serve communities and municipalities evenly. Each is a group of needs with a coverage of its own: the
 * worth of what its needs get, of the worth of all that they ask ({@link Policy#worth}; of an item asked for many times a
 * person each unit counts less, so that a person's share of an item counts once). The first tenth of a group's coverage adds
 * most.
 */
final class SharedValue {

    private final double[] worthOfUnit;
    private final int[][] groupsOfNeed;
    private final double[] tierSize;
    private final double[][] bonus;

    /**
     * @param needs in their final order
     */
    SharedValue(PlanningProblem problem, List<OpenNeed> needs) {
        Fairness fairness = problem.policy().fairness();
        Map<Object, Integer> numbers = new LinkedHashMap<>();
        List<Double> equities = new ArrayList<>();
        worthOfUnit = new double[needs.size()];
        groupsOfNeed = new int[needs.size()][];
        for (int i = 0; i < worthOfUnit.length; i++) {
            OpenNeed need = needs.get(i);
            Sharing.People people = problem.sharing().people().get(need.community());
            worthOfUnit[i] = worthOfUnit(problem, need, people);
            List<Integer> groups = new ArrayList<>(2);
            if (fairness.communities() > 1) {
                groups.add(number(need.community(), fairness.communities(), numbers, equities));
            }
            if (fairness.municipalities() > 1 && people != null) {
                groups.add(number(people.municipality(), fairness.municipalities(), numbers, equities));
            }
            groupsOfNeed[i] = groups.stream().mapToInt(Integer::intValue).toArray();
        }
        tierSize = new double[numbers.size()];
        for (int i = 0; i < worthOfUnit.length; i++) {
            for (int group : groupsOfNeed[i]) {
                tierSize[group] += worthOfUnit[i] * needs.get(i).quantity() / Policy.TIERS;
            }
        }
        bonus = new double[tierSize.length][Policy.TIERS];
        for (int group = 0; group < bonus.length; group++) {
            double equity = equities.get(group);
            Arrays.setAll(bonus[group], tier -> Policy.tierBonus(equity, tier));
        }
    }

    /**
     * What a unit counts in its community's coverage.
     *
     * @param people of the community; null if nobody has counted them
     */
    static double worthOfUnit(PlanningProblem problem, OpenNeed need, Sharing.@Nullable People people) {
        double share =
                people == null || people.number() == 0 ? 1 : Math.min(1, (double) people.number() / need.quantity());
        return share * problem.policy().worth(need, problem.now());
    }

    private static int number(Object key, double equity, Map<Object, Integer> numbers, List<Double> equities) {
        return numbers.computeIfAbsent(key, unknown -> {
            equities.add(equity);
            return equities.size() - 1;
        });
    }

    int groups() {
        return tierSize.length;
    }

    /** The groups whose coverage a need raises. */
    int[] groupsOf(int need) {
        return groupsOfNeed[need];
    }

    /** What one unit adds to the coverage of a need's groups. */
    double worthOfUnit(int need) {
        return worthOfUnit[need];
    }

    double tierSize(int group) {
        return tierSize[group];
    }

    /** What each unit of worth in a tier adds. */
    double bonus(int group, int tier) {
        return bonus[group][tier];
    }

    /** What it adds that a group's coverage has risen so far. */
    double of(int group, double covered) {
        double value = 0;
        double left = covered;
        for (int tier = 0; tier < Policy.TIERS && left > 0; tier++) {
            double part = Math.min(left, tierSize[group]);
            value += part * bonus[group][tier];
            left -= part;
        }
        return value;
    }

    /** What the next unit of worth adds. */
    double next(int group, double covered) {
        int tier = (int) (covered / tierSize[group] + 1e-9);
        return tier < Policy.TIERS ? bonus[group][tier] : 0;
    }

    /** The most that a group can gain if coverage costs so much for each unit of worth. */
    double mostAt(int group, double price) {
        double most = 0;
        for (int tier = 0; tier < Policy.TIERS; tier++) {
            most += tierSize[group] * Math.max(0, bonus[group][tier] - price);
        }
        return most;
    }
}
