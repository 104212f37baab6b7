package jp.musubi.matching.store;

import java.util.List;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.need.Deliveries;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads deliveries out of the postings of a community's consignments. */
@Component
class LedgerDeliveries implements Deliveries {

    private final JdbcClient jdbc;

    LedgerDeliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Delivery> listDeliveries(ResponseId response, CommunityId community, int most) {
        return jdbc.sql("""
                        SELECT d.posting_id, d.effective_at, d.step, d.item_id, SUM(d.quantity) AS quantity FROM (
                            SELECT p.id AS posting_id, p.effective_at, l.item_id, m.quantity,
                                   CASE WHEN p.cause = 'SENT' THEN 'SENT'
                                        WHEN a.kind = 'COMMUNITY' THEN 'RECEIVED'
                                        WHEN a.kind = 'LOST' THEN 'LOST'
                                        ELSE 'RETURNED' END AS step
                              FROM consignment c
                              JOIN consignment_posting cp ON cp.consignment_id = c.id
                              JOIN posting p ON p.id = cp.posting_id AND p.cause IN ('SENT', 'RECEIVED')
                              JOIN movement m ON m.posting_id = p.id
                              JOIN account a ON a.id = m.to_account_id
                              JOIN lot l ON l.id = m.lot_id
                             WHERE c.response_id = :response AND c.community_id = :community
                               AND NOT EXISTS (SELECT 1 FROM posting r
                                                WHERE r.corrects = p.id AND r.cause = 'REVERSED')) d
                        GROUP BY d.posting_id, d.effective_at, d.step, d.item_id
                        ORDER BY d.effective_at DESC, d.posting_id DESC, d.item_id LIMIT :most""")
                .param("response", response.value())
                .param("community", community.value())
                .param("most", most)
                .query((row, n) -> new Delivery(
                        row.getTimestamp("effective_at").toInstant(),
                        Step.valueOf(row.getString("step")),
                        new ItemId(row.getLong("item_id")),
                        new Quantity(row.getLong("quantity"))))
                .list();
    }
}
