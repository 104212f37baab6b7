package jp.musubi.matching.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.common.Quantity;
import jp.musubi.matching.AvailableLot;
import jp.musubi.matching.CommunityKey;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.OpenNeed;
import jp.musubi.matching.PlanningData;
import jp.musubi.matching.PlanningInput;
import jp.musubi.matching.PlanningInput.HubTime;
import jp.musubi.matching.Policy;
import jp.musubi.matching.Sharing;
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
            @Nullable Long hub,
            boolean hubSends,
            @Nullable Position at,
            Terms terms) {}

    private record Terms(
            @Nullable Instant availableFrom, @Nullable Instant expiresAt) {}

    @Override
    @Transactional(readOnly = true)
    public PlanningInput read(ResponseId response, Instant now) {
        List<AvailableLot> lots = new ArrayList<>();
        Map<LotKey, String> hubOfLot = new HashMap<>();
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
                if (stock.hub() != null) {
                    hubOfLot.put(stock.key().key(), stock.hub().toString());
                }
            }
        }
        List<OpenNeed> needs = new ArrayList<>();
        int needsWithoutPlace = 0;
        Map<CommunityId, Place> places = places(response);
        for (CommunityNeeds community : board.listNeeds(response, now)) {
            Place place = places.get(community.community());
            for (ItemNeed item : community.items()) {
                for (NetLine line : item.net().lines()) {
                    if (line.net().isZero()) {
                        continue;
                    }
                    if (place == null || place.position() == null) {
                        needsWithoutPlace++;
                    } else {
                        needs.add(
                                openNeed(community.community(), item, line, place.position(), place.protectedShare()));
                    }
                }
            }
        }
        Map<CommunityKey, Sharing.People> people = new HashMap<>();
        places.forEach((community, place) -> {
            if (place.people() != null) {
                people.put(key(community), new Sharing.People(place.people(), place.municipality()));
            }
        });
        return new PlanningInput(
                lots,
                needs,
                lotsWithoutPlace,
                lotsInClosedHubs,
                needsWithoutPlace,
                people,
                hubOfLot,
                hubTimes(response, now),
                kilograms());
    }

    @Override
    @Transactional(readOnly = true)
    public Set<Policy.Substitution> listSubstitutions() {
        return Set.copyOf(jdbc.sql("""
                        SELECT item_id, substitute_id FROM item_substitute WHERE item_units = substitute_units""")
                .query((row, n) -> new Policy.Substitution(row.getString("substitute_id"), row.getString("item_id")))
                .list());
    }

    private static OpenNeed openNeed(
            CommunityId community, ItemNeed item, NetLine line, Position position, double protectedShare) {
        return new OpenNeed(
                new NeedKey(line.line().ref().key()),
                key(community),
                Long.toString(item.item().value()),
                BASE_UNIT,
                Math.min(line.net().baseUnits(), Quantity.LARGEST),
                line.line().priority().number(),
                position,
                line.line().neededBy().orElse(null),
                protectedShare);
    }

    private List<Stock> stock(ResponseId response) {
        return jdbc.sql("""
                        SELECT b.lot_id, a.kind, a.ref_id, b.on_hand - b.reserved AS free, l.item_id,
                               l.available_from, l.expires_at, l.latitude AS lot_lat, l.longitude AS lot_lon,
                               h.latitude AS hub_lat, h.longitude AS hub_lon, h.state, h.id AS hub_id
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
        boolean fromHub = hub == null || !announced || own == null;
        return new Stock(
                new StockKey(row.getLong("lot_id"), place, row.getLong("ref_id")),
                row.getLong("item_id"),
                row.getLong("free"),
                fromHub ? row.getObject("hub_id", Long.class) : null,
                announced || state == null || state.equals("WORKING") || state.equals("FULL"),
                fromHub && hub != null ? hub : own,
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

    private static CommunityKey key(CommunityId community) {
        return new CommunityKey(Long.toString(community.value()));
    }

    private record Place(
            @Nullable Position position,
            String municipality,
            @Nullable Long people,
            double protectedShare) {}

    private Map<CommunityId, Place> places(ResponseId response) {
        Map<CommunityId, Place> places = new HashMap<>();
        jdbc.sql("""
                        SELECT id, latitude, longitude, municipality_code, people, infants, elderly FROM community_place
                         WHERE response_id = ?""").param(response.value()).query(row -> {
            Double latitude = row.getObject("latitude", Double.class);
            Integer people = row.getObject("people", Integer.class);
            double protectedPeople = row.getInt("infants") + row.getInt("elderly");
            places.put(
                    new CommunityId(row.getLong("id")),
                    new Place(
                            latitude == null ? null : new Position(latitude, row.getDouble("longitude")),
                            row.getString("municipality_code"),
                            people == null ? null : people.longValue(),
                            people == null || people == 0 ? 0 : Math.min(1, protectedPeople / people)));
        });
        return places;
    }

    /** Hubs that know what they can pass on, less what is promised to leave them and what left in the last 24 hours. */
    private Map<String, HubTime> hubTimes(ResponseId response, Instant now) {
        Map<String, Double> taken = new HashMap<>();
        jdbc.sql("""
                        SELECT hub_id, sum(grams) / 1000.0 AS kilograms
                          FROM (SELECT a.ref_id AS hub_id, b.reserved * i.weight_g AS grams
                                  FROM account a
                                  JOIN balance b ON b.account_id = a.id
                                  JOIN lot l ON l.id = b.lot_id
                                  JOIN item i ON i.id = l.item_id
                                 WHERE a.response_id = :response AND a.kind IN ('HUB', 'INSPECTED') AND b.reserved > 0
                                UNION ALL
                                SELECT a.ref_id, m.quantity * i.weight_g
                                  FROM posting p
                                  JOIN movement m ON m.posting_id = p.id
                                  JOIN account a ON a.id = m.from_account_id AND a.kind IN ('HUB', 'INSPECTED')
                                  JOIN account t ON t.id = m.to_account_id AND t.kind = 'TRIP'
                                  JOIN lot l ON l.id = m.lot_id
                                  JOIN item i ON i.id = l.item_id
                                 WHERE p.response_id = :response AND p.effective_at > :yesterday
                                   AND p.effective_at <= :now) used
                         GROUP BY hub_id""")
                .param("response", response.value())
                .param("yesterday", Timestamp.from(now.minus(Duration.ofDays(1))))
                .param("now", Timestamp.from(now))
                .query(row -> {
                    taken.put(row.getString("hub_id"), row.getDouble("kilograms"));
                });
        Map<String, HubTime> times = new HashMap<>();
        jdbc.sql("""
                        SELECT id, throughput_kg_per_day FROM hub
                         WHERE response_id = ? AND throughput_kg_per_day IS NOT NULL""").param(response.value()).query(row -> {
            String hub = row.getString("id");
            times.put(hub, new HubTime(row.getDouble("throughput_kg_per_day"), taken.getOrDefault(hub, 0.0)));
        });
        return times;
    }

    private Map<String, Double> kilograms() {
        Map<String, Double> kilograms = new HashMap<>();
        jdbc.sql("SELECT id, weight_g FROM item WHERE weight_g > 0").query(row -> {
            kilograms.put(row.getString("id"), row.getLong("weight_g") / 1000.0);
        });
        return kilograms;
    }
}
