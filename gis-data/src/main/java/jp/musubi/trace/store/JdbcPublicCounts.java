package jp.musubi.trace.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.musubi.catalog.ItemGroup;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.ItemNeed;
import jp.musubi.need.NeedBoard;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.response.ResponseId;
import jp.musubi.trace.PublicCounts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Counts for the public page: a fold over movements, and the same netted needs as on every other screen. */
@Repository
public class JdbcPublicCounts {

    /** Where goods lie before they travel. */
    private static final List<String> STORES = List.of("ANNOUNCED", "HUB", "INSPECTED");

    private final JdbcClient jdbc;
    private final NeedBoard needs;

    JdbcPublicCounts(JdbcClient jdbc, NeedBoard needs) {
        this.jdbc = jdbc;
        this.needs = needs;
    }

    private record Kind(ItemGroup group, String unit) {}

    private record Place(String municipality, boolean derived) {}

    /** Adds up what is given, sent, received and needed. */
    private static final class Sum {
        private long given;
        private long sent;
        private long received;
        private long needed;
    }

    /** @param now the response's own time */
    @Transactional(readOnly = true)
    public PublicCounts read(ResponseId response, Instant now) {
        Map<Long, Kind> items = items();
        Map<Kind, Sum> goods = new LinkedHashMap<>();
        boolean derived = flows(response, items, goods);
        Map<Long, Place> places = places(response);
        Map<String, long[]> wants = new TreeMap<>();
        for (CommunityNeeds community : needs.listNeeds(response, now)) {
            Place place = places.get(community.community().value());
            if (place == null) {
                continue;
            }
            derived |= place.derived();
            for (ItemNeed item : community.items()) {
                Kind kind = items.get(item.item().value());
                if (kind == null || item.net().gross().baseUnits() == 0) {
                    continue;
                }
                long lacking = item.net().net().baseUnits();
                goods.computeIfAbsent(kind, key -> new Sum()).needed += lacking;
                long[] metAndLacking = wants.computeIfAbsent(place.municipality(), code -> new long[2]);
                metAndLacking[lacking == 0 ? 0 : 1]++;
            }
        }
        return new PublicCounts(
                goods.entrySet().stream()
                        .map(entry -> new PublicCounts.Goods(
                                entry.getKey().group(),
                                entry.getKey().unit(),
                                Math.max(0, entry.getValue().given),
                                Math.max(0, entry.getValue().sent),
                                Math.max(0, entry.getValue().received),
                                entry.getValue().needed))
                        .toList(),
                wants.entrySet().stream()
                        .map(entry -> new PublicCounts.Wants(
                                new MunicipalityCode(entry.getKey()), entry.getValue()[0], entry.getValue()[1]))
                        .toList(),
                derived);
    }

    /** Goods only: money and hours are no one's parcel. */
    private Map<Long, Kind> items() {
        Map<Long, Kind> items = new HashMap<>();
        Map<String, ItemGroup> groups = Arrays.stream(ItemGroup.values())
                .filter(ItemGroup::isGoods)
                .collect(Collectors.toMap(ItemGroup::code, group -> group));
        jdbc.sql("SELECT id, lower(item_group) AS item_group, base_unit FROM item")
                .query(row -> {
                    ItemGroup group = groups.get(row.getString("item_group"));
                    if (group != null) {
                        items.put(row.getLong("id"), new Kind(group, row.getString("base_unit")));
                    }
                });
        return items;
    }

    private boolean flows(ResponseId response, Map<Long, Kind> items, Map<Kind, Sum> goods) {
        boolean[] derived = new boolean[1];
        jdbc.sql("""
                        SELECT l.item_id, a.kind AS from_kind, b.kind AS to_kind, sum(m.quantity) AS quantity,
                               max(CASE WHEN l.derived THEN 1 ELSE 0 END) AS derived
                          FROM movement m
                          JOIN lot l ON l.id = m.lot_id
                          JOIN account a ON a.id = m.from_account_id
                          JOIN account b ON b.id = m.to_account_id
                         WHERE l.response_id = ? AND l.substance = 'GOODS'
                         GROUP BY l.item_id, a.kind, b.kind""").param(response.value()).query(row -> {
            Kind kind = items.get(row.getLong("item_id"));
            if (kind == null) {
                return;
            }
            derived[0] |= row.getInt("derived") == 1;
            Sum sum = goods.computeIfAbsent(kind, key -> new Sum());
            String from = row.getString("from_kind");
            String to = row.getString("to_kind");
            long quantity = row.getLong("quantity");
            if (from.equals("DONOR")) {
                sum.given += quantity;
            } else if (to.equals("DONOR")) {
                sum.given -= quantity;
            }
            if (to.equals("TRIP")) {
                sum.sent += quantity;
            } else if (from.equals("TRIP") && STORES.contains(to)) {
                sum.sent -= quantity;
            }
            if (to.equals("COMMUNITY")) {
                sum.received += quantity;
            } else if (from.equals("COMMUNITY") && (to.equals("TRIP") || STORES.contains(to))) {
                sum.received -= quantity;
            }
        });
        return derived[0];
    }

    /** A city's wards count as their city. */
    private Map<Long, Place> places(ResponseId response) {
        Map<Long, Place> places = new HashMap<>();
        jdbc.sql("""
                        SELECT c.id, coalesce(m.parent_code, m.code) AS municipality, c.derived
                          FROM community c JOIN municipality m ON m.code = c.municipality_code
                         WHERE c.response_id = ?""").param(response.value()).query(row -> {
            places.put(row.getLong("id"), new Place(row.getString("municipality"), row.getBoolean("derived")));
        });
        return places;
    }
}
