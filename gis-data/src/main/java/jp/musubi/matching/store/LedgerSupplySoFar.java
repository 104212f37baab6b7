package jp.musubi.matching.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.need.Receipt;
import jp.musubi.need.Supply;
import jp.musubi.need.SupplySoFar;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What communities have got and are going to get, from the ledger: received is what came out of their
 * consignments in good condition and no posting took back; under way is what still lies in the consignments; reserved are open promises.
 */
@Component
class LedgerSupplySoFar implements SupplySoFar {

    private final JdbcClient jdbc;

    LedgerSupplySoFar(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<At, Supply> supplies(ResponseId response, Optional<CommunityId> community) {
        long only = community.map(CommunityId::value).orElse(-1L);
        Map<At, List<Receipt>> received = new HashMap<>();
        jdbc.sql("""
                        SELECT community_id, item_id, effective_at, sum(quantity) AS quantity
                        FROM (
                            SELECT c.community_id, l.item_id, p.effective_at, m.quantity
                            FROM consignment c
                            JOIN consignment_posting cp ON cp.consignment_id = c.id
                            JOIN posting p ON p.id = cp.posting_id AND p.cause = 'RECEIVED'
                            JOIN movement m ON m.posting_id = p.id
                            JOIN account a ON a.id = m.to_account_id AND a.kind = 'COMMUNITY'
                            JOIN lot l ON l.id = m.lot_id
                            WHERE c.response_id = :response AND (:only = -1 OR c.community_id = :only)
                            UNION ALL
                            SELECT c.community_id, l.item_id, p.effective_at, -m.quantity
                            FROM consignment c
                            JOIN consignment_posting cp ON cp.consignment_id = c.id
                            JOIN posting p ON p.id = cp.posting_id AND p.cause = 'RECEIVED'
                            JOIN posting r ON r.corrects = p.id AND r.cause = 'REVERSED'
                            JOIN movement m ON m.posting_id = r.id
                            JOIN account a ON a.id = m.from_account_id AND a.kind = 'COMMUNITY'
                            JOIN lot l ON l.id = m.lot_id
                            WHERE c.response_id = :response AND (:only = -1 OR c.community_id = :only)
                        ) got
                        GROUP BY community_id, item_id, effective_at
                        HAVING sum(quantity) > 0""").param("response", response.value()).param("only", only).query(row -> {
            received.computeIfAbsent(at(row), at -> new ArrayList<>())
                    .add(new Receipt(row.getTimestamp("effective_at").toInstant(), quantity(row)));
        });
        Map<At, Quantity> underWay = new HashMap<>();
        jdbc.sql("""
                        SELECT c.community_id, l.item_id, sum(b.on_hand) AS quantity
                        FROM consignment c
                        JOIN account a ON a.response_id = c.response_id AND a.kind = 'TRIP' AND a.ref_id = c.id
                        JOIN balance b ON b.account_id = a.id
                        JOIN lot l ON l.id = b.lot_id
                        WHERE c.response_id = :response AND (:only = -1 OR c.community_id = :only) AND b.on_hand > 0
                        GROUP BY c.community_id, l.item_id""").param("response", response.value()).param("only", only).query(row -> {
            underWay.put(at(row), quantity(row));
        });
        Map<At, Quantity> reserved = new HashMap<>();
        jdbc.sql("""
                        SELECT r.community_id, l.item_id, sum(r.quantity) AS quantity
                        FROM reservation r
                        JOIN lot l ON l.id = r.lot_id
                        WHERE r.response_id = :response AND r.state = 'OPEN' AND (:only = -1 OR r.community_id = :only)
                        GROUP BY r.community_id, l.item_id""").param("response", response.value()).param("only", only).query(row -> {
            reserved.put(at(row), quantity(row));
        });
        Set<At> all = new HashSet<>(received.keySet());
        all.addAll(underWay.keySet());
        all.addAll(reserved.keySet());
        Map<At, Supply> supplies = new HashMap<>();
        all.forEach(at -> supplies.put(
                at,
                new Supply(
                        received.getOrDefault(at, List.of()),
                        underWay.getOrDefault(at, Quantity.ZERO),
                        reserved.getOrDefault(at, Quantity.ZERO))));
        return supplies;
    }

    private static At at(ResultSet row) throws SQLException {
        return new At(new CommunityId(row.getLong("community_id")), new ItemId(row.getLong("item_id")));
    }

    private static Quantity quantity(ResultSet row) throws SQLException {
        return new Quantity(row.getLong("quantity"));
    }
}
