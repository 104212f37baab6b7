package jp.musubi.response.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.response.job.Tohoku2011.Size;

/** Derives gifts from what is asked for: where they lie, from when and until when. */
final class ScenarioGifts {

    private final List<ScenarioFacts.Goods> goods;
    private final List<ScenarioFacts.Hub> hubs;
    private final List<ScenarioFacts.Town> towns;
    private final Size size;
    private final Random random;

    ScenarioGifts(
            List<ScenarioFacts.Goods> goods,
            List<ScenarioFacts.Hub> hubs,
            List<ScenarioFacts.Town> towns,
            Size size,
            Random random) {
        this.goods = goods;
        this.hubs = hubs;
        this.towns = towns;
        this.size = size;
        this.random = random;
    }

    List<List<String>> rows(List<List<String>> needs) {
        Map<String, Long> asked = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        needs.stream().skip(1).forEach(row -> {
            asked.merge(row.get(2), Long.valueOf(row.get(3)), Long::sum);
            lines.merge(row.get(2), 1, Integer::sum);
        });
        int[] shares = ScenarioNumbers.shares(
                goods.stream()
                        .map(item -> lines.getOrDefault(item.code(), 1) * StrictMath.sqrt(item.supply()))
                        .toList(),
                size.lots());
        List<String> prefectures = ReferenceFile.readFrom("/scenario/prefectures.csv").rows().stream()
                .map(row -> row.get("name_ja"))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "lot_id",
                "item",
                "quantity",
                "unit",
                "lat",
                "lon",
                "hub_id",
                "donor",
                "available_from",
                "expires_at",
                "pack_size",
                "cold_chain"));
        int number = 0;
        for (int i = 0; i < goods.size(); i++) {
            ScenarioFacts.Goods item = goods.get(i);
            double[] weights = new double[shares[i]];
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                weights[k] = StrictMath.exp(random.nextGaussian());
                sum += weights[k];
            }
            double total = item.supply() * (double) asked.getOrDefault(item.code(), 100L);
            for (double weight : weights) {
                number++;
                rows.add(donation(number, item, Math.max(1, ScenarioNumbers.round(total * weight / sum)), prefectures));
            }
        }
        return rows;
    }

    private List<String> donation(int number, ScenarioFacts.Goods item, long wanted, List<String> prefectures) {
        boolean boxed = item.box() > 1 && wanted >= item.box() * 2;
        long quantity = boxed ? wanted / item.box() * item.box() : wanted;
        Instant available = random.nextDouble() < 0.6
                ? ScenarioNumbers.between(random, Tohoku2011.START.minus(Duration.ofHours(48)), Tohoku2011.START)
                : ScenarioNumbers.between(
                        random, Tohoku2011.START.plus(Duration.ofHours(1)), Tohoku2011.START.plus(Duration.ofDays(5)));
        String expires = "";
        if (item.shelfLifeDays().isPresent()) {
            double left = 0.3 + 0.65 * random.nextDouble();
            Instant from = available.isAfter(Tohoku2011.START) ? available : Tohoku2011.START;
            expires = ScenarioNumbers.time(from.plus(Duration.ofMinutes(
                    Math.max(180, Math.round(item.shelfLifeDays().getAsInt() * 24 * 60 * left)))));
        }
        String donor = prefectures.get(random.nextInt(prefectures.size())) + " 想定寄付者 "
                + (1 + random.nextInt(size.lots() / 10));
        boolean atHub = random.nextDouble() < 0.88;
        ScenarioFacts.Hub hub = pickHub();
        ScenarioFacts.Town town = towns.get(random.nextInt(towns.size()));
        return List.of(
                "L-" + String.format(Locale.ROOT, "%06d", number),
                item.code(),
                Long.toString(quantity),
                item.unit(),
                ScenarioNumbers.degrees(atHub ? hub.lat() : town.lat()),
                ScenarioNumbers.degrees(atHub ? hub.lon() : town.lon()),
                atHub ? hub.id() : "",
                donor,
                ScenarioNumbers.time(available),
                expires,
                boxed ? Long.toString(item.box()) : "",
                item.coldChain() ? "true" : "false");
    }

    private ScenarioFacts.Hub pickHub() {
        double at = random.nextDouble()
                * hubs.stream().mapToDouble(ScenarioFacts.Hub::weight).sum();
        for (ScenarioFacts.Hub hub : hubs) {
            at -= hub.weight();
            if (at < 0) {
                return hub;
            }
        }
        return hubs.get(hubs.size() - 1);
    }
}
