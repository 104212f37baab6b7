package jp.musubi.giving.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.store.SealedJson;
import jp.musubi.giving.WantedList.Lack;
import jp.musubi.giving.WantedList.Left;
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
                        SELECT s.item_id, c.prefecture_code, s.community_id, s.asked, s.unmet, s.priority, s.needed_by,
                               s.cause_json
                          FROM plan_shortfall s
                          JOIN community_place c ON c.id = s.community_id
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
        return jdbc.sql("""
                        SELECT item_id, free, to_come, first_expiry FROM (
                            SELECT l.item_id,
                                   sum(b.on_hand - b.reserved) - coalesce(max(p.proposed), 0) AS free,
                                   sum(CASE WHEN a.kind = 'ANNOUNCED' THEN b.on_hand - b.reserved ELSE 0 END) AS to_come,
                                   min(l.expires_at) AS first_expiry
                              FROM account a
                              JOIN balance b ON b.account_id = a.id AND b.on_hand > b.reserved
                              JOIN lot l ON l.id = b.lot_id AND l.substance = 'GOODS'
                              LEFT JOIN (SELECT n.item_id, sum(n.quantity) AS proposed
                                           FROM plan_line n
                                          WHERE n.plan_id = :plan
                                            AND NOT EXISTS (SELECT 1 FROM reservation r
                                                             WHERE r.plan_line_id = n.id AND r.state IN ('OPEN', 'SENT'))
                                          GROUP BY n.item_id) p ON p.item_id = l.item_id
                             WHERE a.response_id = :response AND a.kind IN ('ANNOUNCED', 'HUB', 'INSPECTED')
                             GROUP BY l.item_id) stock
                         WHERE free > 0""")
                .param("plan", plan.value())
                .param("response", response.value())
                .query((row, n) -> new Left(
                        new ItemId(row.getLong("item_id")),
                        row.getLong("free"),
                        Math.min(row.getLong("free"), row.getLong("to_come")),
                        instant(row, "first_expiry")))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
