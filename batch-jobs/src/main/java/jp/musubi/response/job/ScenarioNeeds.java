package jp.musubi.response.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import jp.musubi.response.job.ScenarioCommunities.Community;
import jp.musubi.response.job.Tohoku2011.Size;

/** Derives what communities ask for from how many people they hold. */
final class ScenarioNeeds {

    private final List<ScenarioFacts.Goods> goods;
    private final Size size;
    private final Random random;

    ScenarioNeeds(List<ScenarioFacts.Goods> goods, Size size, Random random) {
        this.goods = goods;
        this.size = size;
        this.random = random;
    }

    List<List<String>> rows(List<Community> communities) {
        // From one place in seven there is no word yet; offices ask for little.
        List<Community> heard = communities.stream()
                .filter(community -> random.nextDouble() >= 0.14)
                .toList();
        int[] shares = ScenarioNumbers.shares(
                heard.stream()
                        .map(community -> (community.kind().equals("coop_office") ? 0.3 : 1)
                                * StrictMath.pow((double) community.people(), 0.25))
                        .toList(),
                size.needs());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "need_id",
                "community_id",
                "item",
                "quantity",
                "unit",
                "priority",
                "needed_by",
                "reported_at",
                "source"));
        int number = 0;
        for (int i = 0; i < heard.size(); i++) {
            Community community = heard.get(i);
            // One visit, one word: what a community says about its items is of one time.
            Instant visit = ScenarioNumbers.between(
                    random, Tohoku2011.QUAKE.plus(Duration.ofHours(6)), Tohoku2011.START.minus(Duration.ofMinutes(20)));
            boolean assessed = random.nextDouble() < 0.4;
            for (ScenarioFacts.Goods item : pick(shares[i])) {
                number++;
                long quantity = Math.max(
                        1,
                        ScenarioNumbers.round(
                                community.people() * item.perPerson() * (0.4 + 0.9 * random.nextDouble())));
                int priority = Math.max(
                        1,
                        Math.min(
                                4,
                                item.priority() + (random.nextInt(4) == 0 ? 1 : 0) - (random.nextInt(6) == 0 ? 1 : 0)));
                rows.add(List.of(
                        "N-" + String.format(Locale.ROOT, "%05d", number),
                        community.id(),
                        item.code(),
                        Long.toString(quantity),
                        item.unit(),
                        Integer.toString(priority),
                        deadline(priority),
                        ScenarioNumbers.time(visit),
                        assessed ? "assessment" : "request"));
            }
        }
        return rows;
    }

    private List<ScenarioFacts.Goods> pick(int count) {
        return goods.stream()
                // Weighted sampling without replacement (Efraimidis and Spirakis 2006).
                .map(item -> Map.entry(item, StrictMath.log(1 - random.nextDouble()) / item.weight()))
                .sorted(Map.Entry.<ScenarioFacts.Goods, Double>comparingByValue(Comparator.reverseOrder()))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }

    private String deadline(int priority) {
        int[][] hours = {{10, 24}, {20, 60}, {48, 120}, {96, 240}};
        if (priority >= 3 && random.nextDouble() < 0.4) {
            return "";
        }
        int[] range = hours[priority - 1];
        int inHours = range[0] + random.nextInt(range[1] - range[0] + 1);
        return ScenarioNumbers.time(Tohoku2011.START.plus(Duration.ofHours(inHours)));
    }
}
