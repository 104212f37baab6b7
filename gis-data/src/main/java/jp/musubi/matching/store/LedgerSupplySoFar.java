package jp.musubi.matching.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
 * consignments in good condition and no posting took back; under way is what still lies in the consignments; reserved
 * are open promises. What a plan sends in place of another item counts as that item.
 */
@Component
class LedgerSupplySoFar implements SupplySoFar {

    private final JdbcClient jdbc;

    LedgerSupplySoFar(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A lot that travels in a consignment. */
    private record Travelling(long consignment, long lot) {}

    /** So much of it was meant to stand in for another item. */
    private static final class StandIn {
        private final long item;
        private long left;

        private StandIn(long item, long left) {
            this.item = item;
            this.left = left;
        }
    }

    @Override
    public Map<At, Supply> supplies(ResponseId response, Optional<CommunityId> community) {
        long only = community.map(CommunityId::value).orElse(-1L);
        Map<Travelling, List<StandIn>> standIns = standIns(response, only);
        Map<At, Map<Instant, Long>> receivedAt = new HashMap<>();
        jdbc.sql("""
                        SELECT consignment_id, community_id, lot_id, item_id, effective_at, sum(quantity) AS quantity
                        FROM (
                            SELECT c.id AS consignment_id, c.community_id, m.lot_id, l.item_id, p.effective_at, m.quantity
                            FROM consignment c
                            JOIN consignment_posting cp ON cp.consignment_id = c.id
                            JOIN posting p ON p.id = cp.posting_id AND p.cause = 'RECEIVED'
                            JOIN movement m ON m.posting_id = p.id
                            JOIN account a ON a.id = m.to_account_id AND a.kind = 'COMMUNITY'
                            JOIN lot l ON l.id = m.lot_id
                            WHERE c.response_id = :response AND (:only = -1 OR c.community_id = :only)
                            UNION ALL
                            SELECT c.id AS consignment_id, c.community_id, m.lot_id, l.item_id, p.effective_at, -m.quantity
                            FROM consignment c
                            JOIN consignment_posting cp ON cp.consignment_id = c.id
                            JOIN posting p ON p.id = cp.posting_id AND p.cause = 'RECEIVED'
                            JOIN posting r ON r.corrects = p.id AND r.cause = 'REVERSED'
                            JOIN movement m ON m.posting_id = r.id
                            JOIN account a ON a.id = m.from_account_id AND a.kind = 'COMMUNITY'
                            JOIN lot l ON l.id = m.lot_id
                            WHERE c.response_id = :response AND (:only = -1 OR c.community_id = :only)
                        ) got
                        GROUP BY consignment_id, community_id, lot_id, item_id, effective_at
                        HAVING sum(quantity) > 0
                        ORDER BY effective_at, lot_id""").param("response", response.value()).param("only", only).query(row -> {
            Instant at = row.getTimestamp("effective_at").toInstant();
            shareOut(
                    row,
                    standIns,
                    (place, quantity) -> receivedAt
                            .computeIfAbsent(place, key -> new TreeMap<>())
                            .merge(at, quantity, Math::addExact));
        });
        Map<At, List<Receipt>> received = new HashMap<>();
        receivedAt.forEach((place, times) ->
                times.forEach((at, quantity) -> received.computeIfAbsent(place, key -> new ArrayList<>())
                        .add(new Receipt(at, new Quantity(quantity)))));
        Map<At, Quantity> underWay = new HashMap<>();
        jdbc.sql("""
                        SELECT c.id AS consignment_id, c.community_id, b.lot_id, l.item_id, b.on_hand AS quantity
                        FROM consignment c
                        JOIN account a ON a.response_id = c.response_id AND a.kind = 'TRIP' AND a.ref_id = c.id
                        JOIN balance b ON b.account_id = a.id
                        JOIN lot l ON l.id = b.lot_id
                        WHERE c.response_id = :response AND (:only = -1 OR c.community_id = :only) AND b.on_hand > 0
                        ORDER BY b.lot_id""").param("response", response.value()).param("only", only).query(row -> {
            shareOut(row, standIns, (place, quantity) -> underWay.merge(place, new Quantity(quantity), Quantity::plus));
        });
        Map<At, Quantity> reserved = new HashMap<>();
        jdbc.sql("""
                        SELECT r.community_id, coalesce(p.need_item_id, l.item_id) AS item_id,
                               sum(r.quantity) AS quantity
                        FROM reservation r
                        JOIN lot l ON l.id = r.lot_id
                        LEFT JOIN plan_line p ON p.id = r.plan_line_id
                        WHERE r.response_id = :response AND r.state = 'OPEN' AND (:only = -1 OR r.community_id = :only)
                        GROUP BY r.community_id, coalesce(p.need_item_id, l.item_id)""").param("response", response.value()).param("only", only).query(row -> {
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

    /** What was sent to stand in for something, as its promises said. */
    private Map<Travelling, List<StandIn>> standIns(ResponseId response, long only) {
        Map<Travelling, List<StandIn>> standIns = new HashMap<>();
        jdbc.sql("""
                        SELECT cp.consignment_id, r.lot_id, p.need_item_id, sum(r.quantity) AS quantity
                        FROM plan_line p
                        JOIN reservation r ON r.plan_line_id = p.id AND r.state = 'SENT'
                        JOIN consignment_posting cp ON cp.posting_id = r.posting_id
                        WHERE r.response_id = :response AND p.need_item_id <> p.item_id
                          AND (:only = -1 OR r.community_id = :only)
                        GROUP BY cp.consignment_id, r.lot_id, p.need_item_id
                        ORDER BY p.need_item_id""").param("response", response.value()).param("only", only).query(row -> {
            standIns.computeIfAbsent(travelling(row), key -> new ArrayList<>())
                    .add(new StandIn(row.getLong("need_item_id"), row.getLong("quantity")));
        });
        return standIns;
    }

    private interface Share {
        void add(At place, long quantity);
    }

    /** What arrives first counts as what it stands in for; the rest as what it is. */
    private static void shareOut(ResultSet row, Map<Travelling, List<StandIn>> standIns, Share share)
            throws SQLException {
        CommunityId community = new CommunityId(row.getLong("community_id"));
        long left = row.getLong("quantity");
        for (StandIn standIn : standIns.getOrDefault(travelling(row), List.of())) {
            long part = Math.min(left, standIn.left);
            if (part > 0) {
                share.add(new At(community, new ItemId(standIn.item)), part);
                standIn.left -= part;
                left -= part;
            }
        }
        if (left > 0) {
            share.add(at(row), left);
        }
    }

    private static Travelling travelling(ResultSet row) throws SQLException {
        return new Travelling(row.getLong("consignment_id"), row.getLong("lot_id"));
    }

    private static At at(ResultSet row) throws SQLException {
        return new At(new CommunityId(row.getLong("community_id")), new ItemId(row.getLong("item_id")));
    }

    private static Quantity quantity(ResultSet row) throws SQLException {
        return new Quantity(row.getLong("quantity"));
    }
}
