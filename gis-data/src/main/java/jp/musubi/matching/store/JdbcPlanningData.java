package jp.musubi.matching.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
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
import jp.musubi.matching.PlanningInput.Capacity;
import jp.musubi.matching.Policy;
import jp.musubi.matching.Sharing;
import jp.musubi.matching.Sharing.Measure;
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
            @Nullable Instant availableFrom, @Nullable Instant expiresAt, long packSize, boolean coldChain) {}

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
                        stock.terms().expiresAt(),
                        stock.terms().packSize(),
                        stock.terms().coldChain()));
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
        Map<CommunityKey, String> municipalities = new HashMap<>();
        places.forEach((community, place) -> {
            municipalities.put(key(community), place.municipality());
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
                capacities(response, now),
                bulks(),
                municipalities);
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
                               l.available_from, l.expires_at, l.pack_size, l.cold_chain,
                               l.latitude AS lot_lat, l.longitude AS lot_lon,
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
                new Terms(
                        instant(row, "available_from"),
                        instant(row, "expires_at"),
                        row.getLong("pack_size"),
                        row.getBoolean("cold_chain")));
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

    private record Way(long hub, String municipality) {}

    /** What a hub sends to one municipality. */
    private record Sent(Way way, double kilograms, double cubicMetres, double lines) {
        Map<Measure, Double> byMeasure() {
            return Map.of(Measure.KILOGRAMS, kilograms, Measure.CUBIC_METRES, cubicMetres, Measure.LINES, lines);
        }
    }

    /** Hubs and their vehicles that know what they can pass on, with what is promised and what left in the last 24 hours. */
    private List<Capacity> capacities(ResponseId response, Instant now) {
        Map<Long, Map<Measure, Double>> ofHub = new HashMap<>();
        Map<Way, Map<Measure, Double>> ofWay = new HashMap<>();
        for (Sent sent : sent(response, now)) {
            Map<Measure, Double> all = ofHub.computeIfAbsent(sent.way().hub(), hub -> new EnumMap<>(Measure.class));
            sent.byMeasure().forEach((measure, amount) -> all.merge(measure, amount, Double::sum));
            ofWay.put(sent.way(), sent.byMeasure());
        }
        List<Capacity> capacities = new ArrayList<>();
        jdbc.sql("""
                        SELECT id, throughput_kg_per_day, throughput_m3_per_day, throughput_lines_per_day,
                               handling_hours_per_day
                          FROM hub
                         WHERE response_id = ?
                         ORDER BY id""").param(response.value()).query(row -> {
            Map<Measure, Double> perDay = new EnumMap<>(Measure.class);
            put(perDay, Measure.KILOGRAMS, row, "throughput_kg_per_day");
            put(perDay, Measure.CUBIC_METRES, row, "throughput_m3_per_day");
            put(perDay, Measure.LINES, row, "throughput_lines_per_day");
            put(perDay, Measure.HOURS, row, "handling_hours_per_day");
            if (!perDay.isEmpty()) {
                long hub = row.getLong("id");
                capacities.add(new Capacity(Long.toString(hub), null, perDay, ofHub.getOrDefault(hub, Map.of())));
            }
        });
        jdbc.sql("""
                        SELECT r.hub_id, r.municipality_code, r.kg_per_day, r.m3_per_day
                          FROM hub_route r
                          JOIN hub h ON h.id = r.hub_id
                         WHERE h.response_id = ?
                         ORDER BY r.hub_id, r.municipality_code""").param(response.value()).query(row -> {
            Map<Measure, Double> perDay = new EnumMap<>(Measure.class);
            put(perDay, Measure.KILOGRAMS, row, "kg_per_day");
            put(perDay, Measure.CUBIC_METRES, row, "m3_per_day");
            Way way = new Way(row.getLong("hub_id"), row.getString("municipality_code"));
            capacities.add(new Capacity(
                    Long.toString(way.hub()), way.municipality(), perDay, ofWay.getOrDefault(way, Map.of())));
        });
        return capacities;
    }

    private static void put(Map<Measure, Double> perDay, Measure measure, ResultSet row, String column)
            throws SQLException {
        double amount = row.getDouble(column);
        if (!row.wasNull()) {
            perDay.put(measure, amount);
        }
    }

    private List<Sent> sent(ResponseId response, Instant now) {
        return jdbc.sql("""
                        SELECT a.ref_id AS hub_id, c.municipality_code,
                               sum(r.quantity * coalesce(i.weight_g, 0)) / 1000.0 AS kilograms,
                               sum(r.quantity * coalesce(i.volume_cm3, 0)) / 1000000.0 AS cubic_metres,
                               count(*) AS lines
                          FROM reservation r
                          JOIN account a ON a.id = r.account_id AND a.kind IN ('HUB', 'INSPECTED')
                          JOIN community c ON c.id = r.community_id
                          JOIN lot l ON l.id = r.lot_id
                          JOIN item i ON i.id = l.item_id
                          LEFT JOIN posting p ON p.id = r.posting_id
                         WHERE r.response_id = :response
                           AND (r.state = 'OPEN'
                                OR r.state = 'SENT' AND p.effective_at > :yesterday AND p.effective_at <= :now)
                         GROUP BY a.ref_id, c.municipality_code""")
                .param("response", response.value())
                .param("yesterday", Timestamp.from(now.minus(Duration.ofDays(1))))
                .param("now", Timestamp.from(now))
                .query((row, n) -> new Sent(
                        new Way(row.getLong("hub_id"), row.getString("municipality_code")),
                        row.getDouble("kilograms"),
                        row.getDouble("cubic_metres"),
                        row.getDouble("lines")))
                .list();
    }

    /** Of items whose weight or volume the catalogue knows. */
    private Map<String, Sharing.Bulk> bulks() {
        Map<String, Sharing.Bulk> bulks = new HashMap<>();
        jdbc.sql("SELECT id, weight_g, volume_cm3 FROM item WHERE weight_g > 0 OR volume_cm3 > 0")
                .query(row -> {
                    bulks.put(
                            row.getString("id"),
                            new Sharing.Bulk(row.getLong("weight_g") / 1e3, row.getLong("volume_cm3") / 1e6, 0));
                });
        return bulks;
    }
}
