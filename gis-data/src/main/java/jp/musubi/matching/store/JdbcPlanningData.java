package jp.musubi.matching.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.common.Quantity;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.PlanningData;
import jp.musubi.matching.PlanningInput;
import jp.musubi.matching.Policy;
import jp.musubi.matching.StockKey;
import jp.musubi.need.CommunityNeeds;
import jp.musubi.need.ItemNeed;
import jp.musubi.need.NeedBoard;
import jp.musubi.need.NetLine;
import jp.musubi.place.CommunityId;
import jp.musubi.place.Position;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Free stock from the ledger's balances, open needs from the board that every screen shows. */
@Repository
class JdbcPlanningData implements PlanningData {

    /** Ledger and needs count an item in its base unit, so all units of an item are equal. */
    static final String BASE_UNIT = "base";

    private final JdbcClient jdbc;
    private final NeedBoard board;

    JdbcPlanningData(JdbcClient jdbc, NeedBoard board) {
        this.jdbc = jdbc;
        this.board = board;
    }

    private record Stock(
            StockKey key,
            long item,
            long free,
            boolean hubSends,
            @Nullable Position at,
            Terms terms) {}

    private record Terms(
            @Nullable Instant availableFrom, @Nullable Instant expiresAt) {}

    @Override
    @Transactional(readOnly = true)
    public PlanningInput read(ResponseId response, Instant now) {
        List<AvailableLot> lots = new ArrayList<>();
        int lotsWithoutPlace = 0;
        int lotsInClosedHubs = 0;
        for (Stock stock : stock(response)) {
            if (!stock.hubSends()) {
                lotsInClosedHubs++;
            } else if (stock.at() == null) {
                lotsWithoutPlace++;
            } else {
                lots.add(new AvailableLot(
                        stock.key().key(),
                        Long.toString(stock.item()),
                        BASE_UNIT,
                        stock.free(),
                        stock.at(),
                        stock.terms().availableFrom(),
                        stock.terms().expiresAt()));
            }
        }
        List<OpenNeed> needs = new ArrayList<>();
        int needsWithoutPlace = 0;
        Map<CommunityId, Position> places = communityPositions(response);
        for (CommunityNeeds community : board.listNeeds(response, now)) {
            Position place = places.get(community.community());
            for (ItemNeed item : community.items()) {
                for (NetLine line : item.net().lines()) {
                    if (line.net().isZero()) {
                        continue;
                    }
                    if (place == null) {
                        needsWithoutPlace++;
                    } else {
                        needs.add(openNeed(community.community(), item, line, place));
                    }
                }
            }
        }
        return new PlanningInput(lots, needs, lotsWithoutPlace, lotsInClosedHubs, needsWithoutPlace);
    }

    @Override
    @Transactional(readOnly = true)
    public Set<Policy.Substitution> listSubstitutions() {
        return Set.copyOf(jdbc.sql("""
                        SELECT item_id, substitute_id FROM item_substitute WHERE item_units = substitute_units""")
                .query((row, n) -> new Policy.Substitution(row.getString("substitute_id"), row.getString("item_id")))
                .list());
    }

    private static OpenNeed openNeed(CommunityId community, ItemNeed item, NetLine line, Position place) {
        return new OpenNeed(
                new NeedKey(line.line().ref().key()),
                new CommunityKey(Long.toString(community.value())),
                Long.toString(item.item().value()),
                BASE_UNIT,
                Math.min(line.net().baseUnits(), Quantity.LARGEST),
                line.line().priority().number(),
                place,
                line.line().neededBy().orElse(null));
    }

    private List<Stock> stock(ResponseId response) {
        return jdbc.sql("""
                        SELECT b.lot_id, a.kind, a.ref_id, b.on_hand - b.reserved AS free, l.item_id,
                               l.available_from, l.expires_at, l.latitude AS lot_lat, l.longitude AS lot_lon,
                               h.latitude AS hub_lat, h.longitude AS hub_lon, h.state
                          FROM account a
                          JOIN balance b ON b.account_id = a.id
                          JOIN lot l ON l.id = b.lot_id
                          LEFT JOIN hub_place h
                            ON h.id = CASE WHEN a.kind = 'ANNOUNCED' THEN l.hub_id ELSE a.ref_id END
                         WHERE a.response_id = ? AND a.kind IN ('ANNOUNCED', 'HUB', 'INSPECTED')
                           AND l.substance = 'GOODS' AND b.on_hand > b.reserved
                         ORDER BY b.lot_id, a.id""")
                .param(response.value())
                .query(JdbcPlanningData::stock)
                .list();
    }

    private static Stock stock(ResultSet row, int n) throws SQLException {
        String place = row.getString("kind");
        @Nullable String state = row.getString("state");
        boolean announced = place.equals("ANNOUNCED");
        Position own = position(row, "lot");
        Position hub = position(row, "hub");
        return new Stock(
                new StockKey(row.getLong("lot_id"), place, row.getLong("ref_id")),
                row.getLong("item_id"),
                row.getLong("free"),
                announced || state == null || state.equals("WORKING") || state.equals("FULL"),
                hub == null || (announced && own != null) ? own : hub,
                new Terms(instant(row, "available_from"), instant(row, "expires_at")));
    }

    private static @Nullable Position position(ResultSet row, String of) throws SQLException {
        Double latitude = row.getObject(of + "_lat", Double.class);
        Double longitude = row.getObject(of + "_lon", Double.class);
        return latitude == null || longitude == null ? null : new Position(latitude, longitude);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private Map<CommunityId, Position> communityPositions(ResponseId response) {
        Map<CommunityId, Position> places = new HashMap<>();
        jdbc.sql("""
                        SELECT id, latitude, longitude FROM community_place
                         WHERE response_id = ? AND latitude IS NOT NULL""").param(response.value()).query(row -> {
            places.put(
                    new CommunityId(row.getLong("id")),
                    new Position(row.getDouble("latitude"), row.getDouble("longitude")));
        });
        return places;
    }
}
