package jp.musubi.matching.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.common.store.BulkRows;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.PlanId;
import jp.musubi.matching.SharedPlan;
import jp.musubi.matching.Sharing;
import jp.musubi.matching.store.PlanListing.Name;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What limits plans kept to, and what more would be worth. */
@Repository
@Transactional(readOnly = true)
public class PlanLimits {

    private final JdbcClient jdbc;
    private final BulkRows bulk;

    PlanLimits(JdbcClient jdbc, BulkRows bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    /**
     * How much of a limit a plan uses.
     *
     * @param municipality where its vehicles go; empty = what leaves the hub, wherever it goes
     * @param firstDay, lastDay from 0, the day of planning
     * @param most, used in the measure's unit
     * @param price what one more would gain, in the objective's unit (100 m of road); 0 if there is enough
     */
    public record Load(
            long hub,
            Name hubName,
            Name hubMunicipality,
            String hubPrefecture,
            Optional<Name> municipality,
            Sharing.Measure measure,
            int firstDay,
            int lastDay,
            double most,
            double used,
            double price) {

        /** From 0; above 1 if people decided more than the limit. */
        public double share() {
            return most > 0 ? used / most : used > 0 ? 1 : 0;
        }

        /** Whether more of it would do good. */
        public boolean isShort() {
            return price > 0;
        }
    }

    /** The limits whose lack costs most first, then the fullest. */
    public List<Load> listLoads(PlanId plan, int most) {
        return jdbc.sql("""
                        SELECT l.hub_id, h.name AS hub_ja, coalesce(h.name_en, h.name) AS hub_en, h.prefecture_code,
                               h.municipality_ja AS town_ja, h.municipality_en AS town_en,
                               m.ja AS municipality_ja, m.en AS municipality_en, l.measure, l.first_day, l.last_day,
                               l.most, l.used, l.price
                          FROM plan_limit l
                          JOIN hub_place h ON h.id = l.hub_id
                          LEFT JOIN municipality m ON m.code = l.municipality_code
                         WHERE l.plan_id = ?
                         ORDER BY CASE WHEN l.price > 0 THEN 0 ELSE 1 END, l.price * l.most DESC,
                                  CASE WHEN l.most > 0 THEN l.used / l.most ELSE 0 END DESC, l.id
                         LIMIT ?""")
                .params(plan.value(), most)
                .query((row, n) -> new Load(
                        row.getLong("hub_id"),
                        new Name(row.getString("hub_ja"), row.getString("hub_en")),
                        new Name(row.getString("town_ja"), row.getString("town_en")),
                        row.getString("prefecture_code"),
                        row.getString("municipality_ja") == null
                                ? Optional.empty()
                                : Optional.of(
                                        new Name(row.getString("municipality_ja"), row.getString("municipality_en"))),
                        Sharing.Measure.valueOf(row.getString("measure")),
                        row.getInt("first_day"),
                        row.getInt("last_day"),
                        row.getDouble("most"),
                        row.getDouble("used"),
                        row.getDouble("price")))
                .list();
    }

    public int countLoads(PlanId plan) {
        return jdbc.sql("SELECT count(*) FROM plan_limit WHERE plan_id = ?")
                .param(plan.value())
                .query(Integer.class)
                .single();
    }

    void keep(PlanId plan, List<SharedPlan.Load> loads) {
        bulk.insert(
                "plan_limit",
                "plan_id, hub_id, municipality_code, measure, first_day, last_day, most, used, price",
                loads.stream()
                        .map(load -> new @Nullable Object[] {
                            plan.value(),
                            Long.valueOf(load.limit().hub()),
                            load.limit().municipality(),
                            load.limit().measure().name(),
                            load.limit().firstDay(),
                            load.limit().lastDay(),
                            load.limit().most(),
                            load.used(),
                            load.price()
                        })
                        .toList());
    }

    /**
     * @param prefectures by community; needs elsewhere are left out
     */
    void keepPrices(PlanId plan, List<OpenNeed> needs, Map<NeedKey, Long> prices, Map<String, String> prefectures) {
        record Where(long item, String prefecture) {}
        Map<Where, Set<String>> communities = new HashMap<>();
        Map<Where, Long> most = new HashMap<>();
        for (OpenNeed need : needs) {
            String prefecture = prefectures.get(need.community().value());
            Long price = prices.get(need.key());
            if (prefecture != null && price != null) {
                Where where = new Where(Long.parseLong(need.item()), prefecture);
                communities
                        .computeIfAbsent(where, none -> new HashSet<>())
                        .add(need.community().value());
                most.merge(where, Math.max(0, price), Math::max);
            }
        }
        List<@Nullable Object[]> rows = new ArrayList<>(most.size());
        most.forEach((where, price) -> rows.add(new @Nullable Object[] {
            plan.value(),
            where.item(),
            where.prefecture(),
            communities.getOrDefault(where, Set.of()).size(),
            price
        }));
        bulk.insert("plan_price", "plan_id, item_id, prefecture_code, communities, price", rows);
    }
}
