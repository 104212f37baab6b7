package jp.musubi.ledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.AccountKind;
import jp.musubi.ledger.LotId;
import jp.musubi.place.HubId;
import jp.musubi.place.Position;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What lies where: for plans, hubs and figures. */
@Component
public class StockListing {

    private final JdbcClient jdbc;

    StockListing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Units of one lot that can be planned.
     *
     * @param from the account to promise them from
     * @param position where they can be fetched
     * @param hub the hub they lie in; empty if they are announced
     * @param availableFrom when they can be handled first; empty = they are here
     */
    public record Available(
            LotId lot,
            Account.Inside from,
            ItemId item,
            Quantity free,
            Position position,
            Optional<HubId> hub,
            Optional<Instant> availableFrom,
            Optional<Instant> expiresAt) {}

    /**
     * Goods that nobody was promised, one row per lot, by lot. Of a lot that lies in several places only the place with
     * the most counts, hubs before announced: the rest waits for the next plan. Hubs that are paused or closed give
     * nothing.
     */
    public List<Available> listAvailable(ResponseId response) {
        Map<Long, Position> hubs = new HashMap<>();
        jdbc.sql("""
                        SELECT id, latitude, longitude FROM hub_place
                         WHERE response_id = ? AND state NOT IN ('PAUSED', 'CLOSED')""").param(response.value()).query(row -> {
            hubs.put(row.getLong(1), new Position(row.getDouble(2), row.getDouble(3)));
        });
        Map<LotId, Available> byLot = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT b.lot_id, a.kind, a.ref_id, b.on_hand - b.reserved AS free, l.item_id, l.hub_id,
                               l.latitude, l.longitude, l.available_from, l.expires_at
                          FROM balance b
                          JOIN account a ON a.id = b.account_id
                          JOIN lot l ON l.id = b.lot_id
                         WHERE a.response_id = ? AND a.kind IN ('HUB', 'INSPECTED', 'ANNOUNCED')
                           AND b.on_hand > b.reserved AND l.substance = 'GOODS'
                         ORDER BY b.lot_id""").param(response.value()).query(row -> {
            available(row, hubs).ifPresent(next -> byLot.merge(next.lot(), next, StockListing::better));
        });
        return List.copyOf(byLot.values());
    }

    private static Optional<Available> available(ResultSet row, Map<Long, Position> hubs) throws SQLException {
        Account.Inside from = LedgerRows.inside(row);
        boolean announced = from.kind() == AccountKind.ANNOUNCED;
        Double latitude = row.getObject("latitude", Double.class);
        Double longitude = row.getObject("longitude", Double.class);
        Long declaredHub = LedgerRows.number(row, "hub_id");
        Position position = announced
                ? latitude != null && longitude != null
                        ? new Position(latitude, longitude)
                        : declaredHub == null ? null : hubs.get(declaredHub)
                : hubs.get(from.ref());
        if (position == null) {
            return Optional.empty();
        }
        return Optional.of(new Available(
                new LotId(row.getLong("lot_id")),
                from,
                new ItemId(row.getLong("item_id")),
                new Quantity(row.getLong("free")),
                position,
                announced ? Optional.empty() : Optional.of(new HubId(from.ref())),
                announced ? LedgerRows.time(row, "available_from") : Optional.empty(),
                LedgerRows.time(row, "expires_at")));
    }

    private static Available better(Available a, Available b) {
        if (a.hub().isPresent() != b.hub().isPresent()) {
            return a.hub().isPresent() ? a : b;
        }
        return a.free().compareTo(b.free()) >= 0 ? a : b;
    }

    /**
     * How much of an item lies in a hub.
     *
     * @param soonestExpiry of what is on hand
     */
    public record InHub(
            HubId hub, ItemId item, Quantity onHand, Quantity reserved, int lots, Optional<Instant> soonestExpiry) {}

    /** Stock by hub and item, inspected or not. */
    public List<InHub> listInHubs(ResponseId response) {
        return jdbc.sql("""
                        SELECT a.ref_id, l.item_id, SUM(b.on_hand), SUM(b.reserved), COUNT(DISTINCT b.lot_id),
                               MIN(l.expires_at) AS soonest
                          FROM balance b
                          JOIN account a ON a.id = b.account_id
                          JOIN lot l ON l.id = b.lot_id
                         WHERE a.response_id = ? AND a.kind IN ('HUB', 'INSPECTED') AND b.on_hand > 0
                         GROUP BY a.ref_id, l.item_id ORDER BY a.ref_id, l.item_id""")
                .param(response.value())
                .query((row, n) -> new InHub(
                        new HubId(row.getLong(1)),
                        new ItemId(row.getLong(2)),
                        new Quantity(row.getLong(3)),
                        new Quantity(row.getLong(4)),
                        row.getInt(5),
                        LedgerRows.time(row, "soonest")))
                .list();
    }

    /** Totals of one item over a whole response, for figures that everybody may see. */
    public record ItemTotals(
            ItemId item, long given, long inHubs, long announced, long underWay, long received, long lost) {}

    /** By item: all that was given and where it is now. Given = announced + in hubs + under way + received + … + lost. */
    public List<ItemTotals> listTotals(ResponseId response) {
        return jdbc.sql("""
                        SELECT l.item_id,
                               SUM(CASE WHEN f.kind = 'DONOR' THEN m.quantity ELSE 0 END
                                 - CASE WHEN t.kind = 'DONOR' THEN m.quantity ELSE 0 END) AS given,
                               SUM(CASE WHEN t.kind IN ('HUB', 'INSPECTED') THEN m.quantity ELSE 0 END
                                 - CASE WHEN f.kind IN ('HUB', 'INSPECTED') THEN m.quantity ELSE 0 END) AS in_hubs,
                               SUM(CASE WHEN t.kind = 'ANNOUNCED' THEN m.quantity ELSE 0 END
                                 - CASE WHEN f.kind = 'ANNOUNCED' THEN m.quantity ELSE 0 END) AS announced,
                               SUM(CASE WHEN t.kind = 'TRIP' THEN m.quantity ELSE 0 END
                                 - CASE WHEN f.kind = 'TRIP' THEN m.quantity ELSE 0 END) AS under_way,
                               SUM(CASE WHEN t.kind = 'COMMUNITY' THEN m.quantity ELSE 0 END
                                 - CASE WHEN f.kind = 'COMMUNITY' AND t.kind <> 'CONSUMED' THEN m.quantity ELSE 0 END)
                                   AS received,
                               SUM(CASE WHEN t.kind = 'LOST' THEN m.quantity ELSE 0 END
                                 - CASE WHEN f.kind = 'LOST' THEN m.quantity ELSE 0 END) AS lost
                          FROM lot l
                          JOIN movement m ON m.lot_id = l.id
                          JOIN account f ON f.id = m.from_account_id
                          JOIN account t ON t.id = m.to_account_id
                         WHERE l.response_id = ?
                         GROUP BY l.item_id ORDER BY l.item_id""")
                .param(response.value())
                .query((row, n) -> new ItemTotals(
                        new ItemId(row.getLong(1)),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7)))
                .list();
    }
}
