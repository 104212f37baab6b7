package jp.musubi.giving.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.store.SealedJson;
import jp.musubi.giving.WantedList.Lack;
import jp.musubi.giving.WantedList.Left;
import jp.musubi.giving.WantedList.Price;
import jp.musubi.matching.PlanId;
import jp.musubi.matching.Shortfall;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What a kept plan could not do, and the stock it has no use for. */
@Repository
@Transactional(readOnly = true)
public class WantedData {

    private static final SealedJson<Shortfall.Cause> CAUSE = new SealedJson<>(Shortfall.Cause.class);

    private final JdbcClient jdbc;

    WantedData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<Lack> listLacks(PlanId plan) {
        return jdbc.sql("""
                        SELECT s.item_id, m.prefecture_code, s.community_id, s.asked, s.unmet, s.priority, s.needed_by,
                               s.cause_json
                          FROM plan_shortfall s
                          JOIN community c ON c.id = s.community_id
                          JOIN municipality m ON m.code = c.municipality_code
                         WHERE s.plan_id = ?""")
                .param(plan.value())
                .query((row, n) -> new Lack(
                        new ItemId(row.getLong("item_id")),
                        row.getString("prefecture_code"),
                        row.getLong("community_id"),
                        row.getLong("asked"),
                        row.getLong("unmet"),
                        row.getInt("priority"),
                        instant(row, "needed_by"),
                        CAUSE.read(row.getString("cause_json"))))
                .list();
    }

    /** Free stock of each item, less what the plan's lines that are still only proposed will take. */
    public List<Left> listLeft(ResponseId response, PlanId plan) {
        Map<Long, Long> proposed = new HashMap<>();
        // Promises are fewer than lines, so they are taken off the sum instead of being looked for at every line.
        jdbc.sql("""
                        SELECT item_id, sum(quantity) AS quantity
                          FROM (SELECT n.item_id, n.quantity FROM plan_line n WHERE n.plan_id = :plan
                                UNION ALL
                                SELECT n.item_id, -n.quantity
                                  FROM (SELECT DISTINCT r.plan_line_id FROM reservation r
                                         WHERE r.response_id = :response AND r.state IN ('OPEN', 'SENT')) promised
                                  JOIN plan_line n ON n.id = promised.plan_line_id AND n.plan_id = :plan) lines
                         GROUP BY item_id""")
                .param("plan", plan.value())
                .param("response", response.value())
                .query(row -> {
                    proposed.put(row.getLong("item_id"), row.getLong("quantity"));
                });
        return jdbc
                .sql("""
                        SELECT l.item_id, sum(b.on_hand - b.reserved) AS free,
                               sum(CASE WHEN a.kind = 'ANNOUNCED' THEN b.on_hand - b.reserved ELSE 0 END) AS to_come,
                               min(l.expires_at) AS first_expiry
                          FROM account a
                          JOIN balance b ON b.account_id = a.id AND b.on_hand > b.reserved
                          JOIN lot l ON l.id = b.lot_id AND l.substance = 'GOODS'
                         WHERE a.response_id = ? AND a.kind IN ('ANNOUNCED', 'HUB', 'INSPECTED')
                         GROUP BY l.item_id ORDER BY l.item_id""")
                .param(response.value())
                .query((row, n) -> {
                    long free = row.getLong("free") - proposed.getOrDefault(row.getLong("item_id"), 0L);
                    return new Left(
                            new ItemId(row.getLong("item_id")),
                            free,
                            Math.min(free, row.getLong("to_come")),
                            instant(row, "first_expiry"));
                })
                .list()
                .stream()
                .filter(left -> left.quantity() > 0)
                .toList();
    }

    /** What more would be worth, by item and prefecture; empty for plans from before prices were kept. */
    public List<Price> listPrices(PlanId plan) {
        return jdbc.sql("SELECT item_id, prefecture_code, communities, price FROM plan_price WHERE plan_id = ?")
                .param(plan.value())
                .query((row, n) -> new Price(
                        new ItemId(row.getLong("item_id")),
                        row.getString("prefecture_code"),
                        row.getInt("communities"),
                        row.getLong("price")))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
