package jp.musubi.matching.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.musubi.ledger.ReservationId;
import jp.musubi.matching.LineReason;
import jp.musubi.matching.LotKey;
import jp.musubi.matching.NeedKey;
import jp.musubi.matching.PlanId;
import jp.musubi.matching.Shortfall;
import jp.musubi.matching.StockKey;
import jp.musubi.matching.Wish;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What the pages of a plan show. */
@Repository
@Transactional(readOnly = true)
public class PlanListing {

    private static final String STATE = """
            CASE WHEN EXISTS (SELECT 1 FROM reservation r WHERE r.plan_line_id = l.id AND r.state = 'SENT') THEN 'SENT'
                 WHEN EXISTS (SELECT 1 FROM reservation r WHERE r.plan_line_id = l.id AND r.state = 'OPEN')
                     THEN 'ACCEPTED'
                 ELSE 'PROPOSED' END
            """;

    private static final String LINES = """
            SELECT l.id, l.version, l.lot_id, l.place, l.place_ref, l.need_key, l.community_id, l.item_id, l.need_item_id,
                   l.quantity, l.km, l.arrive_at, l.locked, l.gain, l.next_best_json, l.decided_at, d.login AS decided_by,
                   %s AS state,
                   c.name AS community, c.derived, c.municipality_ja, c.municipality_en, c.prefecture_code,
                   c.latitude, c.longitude,
                   i.ja AS item_ja, i.en AS item_en, u.ja AS unit_ja, u.en AS unit_en, n.ja AS need_ja, n.en AS need_en,
                   t.external_id AS lot_name, t.expires_at,
                   h.name AS hub, coalesce(h.name_en, h.name) AS hub_en,
                   CASE WHEN l.place = 'ANNOUNCED' THEN coalesce(t.latitude, h.latitude) ELSE h.latitude END AS from_lat,
                   CASE WHEN l.place = 'ANNOUNCED' THEN coalesce(t.longitude, h.longitude) ELSE h.longitude END
                       AS from_lon
              FROM plan_line l
              JOIN community_place c ON c.id = l.community_id
              JOIN item i ON i.id = l.item_id
              JOIN unit_of_measure u ON u.code = i.base_unit
              LEFT JOIN item n ON n.id = l.need_item_id AND n.id <> l.item_id
              JOIN lot t ON t.id = l.lot_id
              LEFT JOIN hub_place h ON h.id = CASE WHEN l.place = 'ANNOUNCED' THEN t.hub_id ELSE l.place_ref END
              LEFT JOIN person d ON d.id = l.decided_by
            """.formatted(STATE);

    private static final String ORDER = " ORDER BY l.place_in_plan";
    private static final String SHORTFALL_ORDER = " ORDER BY l.priority, l.needed_by, l.unmet DESC, l.id";

    /** A line is found by what it brings and by what it is needed as. */
    private static final String LINE_ITEM = "(l.item_id = :item OR l.need_item_id = :item)";

    private static final String SHORTFALL_ITEM = "l.item_id = :item";

    private static final String WISHES = """
            SELECT w.id, w.kind, w.lot_key, w.need_key, w.community_id, w.quantity, w.made_at, w.reason,
                   d.login, t.external_id AS lot_name, i.ja AS item_ja, i.en AS item_en
              FROM plan_wish w
              JOIN lot t ON t.id = CAST(substring(w.lot_key FROM 1 FOR position('@' IN w.lot_key) - 1) AS bigint)
              JOIN item i ON i.id = t.item_id
              LEFT JOIN person d ON d.id = w.made_by
             WHERE w.response_id = :response AND w.ended_at IS NULL
            """;

    private static final Pattern STORED_NEED = Pattern.compile("(?:request|assessment)-(\\d{1,18})");
    private static final Pattern ESTIMATE = Pattern.compile("estimate-(\\d{1,18})-\\d{1,18}");

    private final JdbcClient jdbc;

    PlanListing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which lines to show.
     *
     * @param item 0 = all
     * @param region prefix of the community's municipality code; empty = all
     * @param community 0 = all
     */
    public record Filter(long item, String region, long community) {
        public static final Filter ALL = new Filter(0, "", 0);
    }

    /** Where a line stands. */
    public enum State {
        PROPOSED,
        ACCEPTED,
        SENT
    }

    /** A name in both languages. */
    public record Name(String ja, String en) {
        public String in(Locale locale) {
            return locale.getLanguage().equals("en") ? en : ja;
        }
    }

    /**
     * A line with the names people know.
     *
     * @param neededItem what it is needed as
     * @param insteadOf what it stands in for; empty if it is what was asked for
     * @param lotName how its sender calls the lot
     * @param hub where it leaves from; empty = from its giver
     * @param gain what the plan would lose without the line, in the objective's unit
     * @param nextBest what would come instead; empty if nothing can
     */
    public record LineRow(
            long id,
            int version,
            long lot,
            String lotKey,
            String needKey,
            long community,
            String communityName,
            boolean derived,
            Name municipality,
            long itemId,
            Name item,
            Name unit,
            long neededItem,
            Optional<Name> insteadOf,
            String lotName,
            Optional<Name> hub,
            long quantity,
            double km,
            Instant arriveAt,
            Optional<Instant> expiresAt,
            boolean locked,
            State state,
            Optional<String> decidedBy,
            Optional<Instant> decidedAt,
            long gain,
            Optional<LineReason.NextBest> nextBest) {}

    /** A need that the plan cannot meet in full. */
    public record ShortfallRow(
            String needKey,
            long community,
            String communityName,
            boolean derived,
            Name municipality,
            long itemId,
            Name item,
            Name unit,
            int priority,
            Optional<Instant> neededBy,
            long asked,
            long unmet,
            Shortfall.Cause cause) {

        /** Whether the need is a computed one. */
        public boolean isEstimate() {
            return needKey.startsWith("estimate-");
        }

        public int percentMet() {
            return (int) (100 * (asked - unmet) / asked);
        }
    }

    /** What a community gets of an item in one plan and in another. */
    public record ChangeRow(
            long community, String communityName, Name municipality, Name item, Name unit, long before, long after) {
        public long difference() {
            return after - before;
        }
    }

    /** An item that the plan moves or lacks, for the filter. */
    public record ItemChoice(long id, Name name) {}

    public int countLines(PlanId plan, Filter filter) {
        return filter.equals(Filter.ALL)
                ? jdbc.sql("SELECT line_count FROM plan WHERE id = ?")
                        .param(plan.value())
                        .query(Integer.class)
                        .single()
                : bind("SELECT count(*) FROM plan_line l" + conditions(filter, LINE_ITEM), plan, filter)
                        .query(Integer.class)
                        .single();
    }

    /** A page of lines: by municipality, community, then item. */
    public List<LineRow> listLines(PlanId plan, Filter filter, int offset, int limit) {
        // The page is cut before anything but its order is looked at.
        return listLines(
                plan,
                filter.equals(Filter.ALL)
                        ? jdbc.sql("""
                                        SELECT id FROM plan_line
                                         WHERE plan_id = ? AND place_in_plan > ? AND place_in_plan <= ?""")
                                .params(plan.value(), offset, (long) offset + limit)
                                .query(Long.class)
                                .list()
                        : cut(
                                "SELECT l.id FROM plan_line l" + conditions(filter, LINE_ITEM) + ORDER,
                                plan,
                                filter,
                                offset,
                                limit));
    }

    private List<Long> cut(String sql, PlanId plan, Filter filter, int offset, int limit) {
        return bind(sql + " LIMIT :limit OFFSET :offset", plan, filter)
                .param("limit", limit)
                .param("offset", offset)
                .query(Long.class)
                .list();
    }

    /** Lines by their ids, in the order of pages. */
    public List<LineRow> listLines(PlanId plan, Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(LINES + " WHERE l.plan_id = :plan AND l.id IN (:ids)" + ORDER)
                        .param("plan", plan.value())
                        .param("ids", ids)
                        .query(PlanListing::line)
                        .list();
    }

    /**
     * What changes when anybody decides about a plan's lines, and when stock moves.
     *
     * @param decisions how often anybody decided
     * @param posting the newest posting; 0 if there is none
     * @param promise the newest promise; 0 if there is none
     */
    public record Mark(long decisions, long posting, long promise) {}

    public Mark mark(PlanId plan) {
        return jdbc.sql("""
                        SELECT p.decisions,
                               coalesce((SELECT id FROM posting WHERE response_id = p.response_id
                                          ORDER BY id DESC LIMIT 1), 0) AS posting,
                               coalesce((SELECT id FROM reservation WHERE response_id = p.response_id
                                          ORDER BY id DESC LIMIT 1), 0) AS promise
                          FROM plan p WHERE p.id = ?""")
                .param(plan.value())
                .query((row, n) -> new Mark(row.getLong("decisions"), row.getLong("posting"), row.getLong("promise")))
                .single();
    }

    public Optional<LineRow> findLine(PlanId plan, long line) {
        return jdbc.sql(LINES + " WHERE l.plan_id = :plan AND l.id = :line")
                .param("plan", plan.value())
                .param("line", line)
                .query(PlanListing::line)
                .optional();
    }

    public int countShortfalls(PlanId plan, Filter filter) {
        return bind("SELECT count(*) FROM plan_shortfall l" + conditions(filter, SHORTFALL_ITEM), plan, filter)
                .query(Integer.class)
                .single();
    }

    /** A page of shortfalls: the most urgent and largest first. */
    public List<ShortfallRow> listShortfalls(PlanId plan, Filter filter, int offset, int limit) {
        List<Long> ids = cut(
                "SELECT l.id FROM plan_shortfall l" + conditions(filter, SHORTFALL_ITEM) + SHORTFALL_ORDER,
                plan,
                filter,
                offset,
                limit);
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        SELECT l.need_key, l.community_id, l.item_id, l.priority, l.needed_by, l.asked, l.unmet,
                               l.cause_json, c.name AS community, c.derived, c.municipality_ja, c.municipality_en,
                               i.ja AS item_ja, i.en AS item_en, u.ja AS unit_ja, u.en AS unit_en
                          FROM plan_shortfall l
                          JOIN community_place c ON c.id = l.community_id
                          JOIN item i ON i.id = l.item_id
                          JOIN unit_of_measure u ON u.code = i.base_unit
                         WHERE l.id IN (:ids)
                        """ + SHORTFALL_ORDER)
                .param("ids", ids)
                .query((row, n) -> new ShortfallRow(
                        row.getString("need_key"),
                        row.getLong("community_id"),
                        row.getString("community"),
                        row.getBoolean("derived"),
                        name(row, "municipality"),
                        row.getLong("item_id"),
                        name(row, "item"),
                        name(row, "unit"),
                        row.getInt("priority"),
                        Optional.ofNullable(instant(row, "needed_by")),
                        row.getLong("asked"),
                        row.getLong("unmet"),
                        JdbcPlans.CAUSE.read(row.getString("cause_json"))))
                .list();
    }

    /**
     * What differs between two plans.
     *
     * @param rows the largest differences, the largest losses first
     * @param all how many there are
     */
    public record Changes(List<ChangeRow> rows, int all) {}

    /** Who gets another quantity of what in the second plan; the largest differences, losses first. */
    public Changes listChanges(PlanId before, PlanId after, int limit) {
        record Changed(long community, long item, long before, long after, int all) {}
        List<Changed> changed = jdbc.sql("""
                        SELECT s.community_id, s.item_id, s.before_quantity, s.after_quantity, count(*) OVER () AS changes
                          FROM (SELECT community_id, item_id,
                                       sum(CASE WHEN plan_id = :before THEN quantity ELSE 0 END) AS before_quantity,
                                       sum(CASE WHEN plan_id = :after THEN quantity ELSE 0 END) AS after_quantity
                                  FROM plan_line WHERE plan_id IN (:before, :after)
                                 GROUP BY community_id, item_id) s
                         WHERE s.before_quantity <> s.after_quantity
                         ORDER BY abs(s.after_quantity - s.before_quantity) DESC, s.community_id, s.item_id
                         LIMIT :limit""")
                .param("before", before.value())
                .param("after", after.value())
                .param("limit", limit)
                .query((row, n) -> new Changed(
                        row.getLong("community_id"),
                        row.getLong("item_id"),
                        row.getLong("before_quantity"),
                        row.getLong("after_quantity"),
                        row.getInt("changes")))
                .list();
        if (changed.isEmpty()) {
            return new Changes(List.of(), 0);
        }
        // Names only of what is shown.
        record Place(String name, Name municipality) {}
        Map<Long, Place> places = new HashMap<>();
        jdbc.sql("SELECT id, name, municipality_ja, municipality_en FROM community_place WHERE id IN (:ids)")
                .param(
                        "ids",
                        changed.stream().map(Changed::community).distinct().toList())
                .query(row -> {
                    places.put(row.getLong("id"), new Place(row.getString("name"), name(row, "municipality")));
                });
        record Thing(Name item, Name unit) {}
        Map<Long, Thing> things = new HashMap<>();
        jdbc.sql("""
                        SELECT i.id, i.ja AS item_ja, i.en AS item_en, u.ja AS unit_ja, u.en AS unit_en
                          FROM item i JOIN unit_of_measure u ON u.code = i.base_unit
                         WHERE i.id IN (:ids)""")
                .param("ids", changed.stream().map(Changed::item).distinct().toList())
                .query(row -> {
                    things.put(row.getLong("id"), new Thing(name(row, "item"), name(row, "unit")));
                });
        Place gone = new Place("–", new Name("", ""));
        Thing unknown = new Thing(new Name("–", "–"), new Name("", ""));
        return new Changes(
                changed.stream()
                        .map(change -> {
                            Place place = places.getOrDefault(change.community(), gone);
                            Thing thing = things.getOrDefault(change.item(), unknown);
                            return new ChangeRow(
                                    change.community(),
                                    place.name(),
                                    place.municipality(),
                                    thing.item(),
                                    thing.unit(),
                                    change.before(),
                                    change.after());
                        })
                        .sorted(Comparator.comparingLong(ChangeRow::difference))
                        .toList(),
                changed.get(0).all());
    }

    public List<ItemChoice> listItems(PlanId plan) {
        return jdbc.sql("""
                        SELECT i.id, i.ja AS item_ja, i.en AS item_en
                          FROM plan_item p JOIN item i ON i.id = p.item_id
                         WHERE p.plan_id = ? ORDER BY i.place_in_list""")
                .param(plan.value())
                .query((row, n) -> new ItemChoice(row.getLong("id"), name(row, "item")))
                .list();
    }

    /** Where these lots lie, as people call it: the hub, or nothing for a lot still with its giver. */
    public Map<LotKey, Name> listHubs(Collection<LotKey> lots) {
        Map<LotKey, Name> hubs = new HashMap<>();
        Map<Long, List<LotKey>> byHub = new HashMap<>();
        for (LotKey lot : lots) {
            StockKey stock = StockKey.of(lot);
            if (!stock.place().equals("ANNOUNCED")) {
                byHub.computeIfAbsent(stock.placeRef(), hub -> new ArrayList<>())
                        .add(lot);
            }
        }
        if (!byHub.isEmpty()) {
            jdbc.sql("SELECT id, name, coalesce(name_en, name) AS name_en FROM hub WHERE id IN (:ids)")
                    .param("ids", byHub.keySet())
                    .query(row -> {
                        Name name = new Name(row.getString("name"), row.getString("name_en"));
                        byHub.getOrDefault(row.getLong("id"), List.of()).forEach(lot -> hubs.put(lot, name));
                    });
        }
        return hubs;
    }

    /**
     * A wish in force with the names people know.
     *
     * @param community where it is about; empty for a lot that is held back, or if the place is not there any more
     */
    public record WishRow(
            long id,
            Wish.Kind kind,
            String lotKey,
            Name item,
            String lotName,
            Optional<Name> hub,
            Optional<NeedKey> need,
            Optional<String> community,
            Optional<Long> quantity,
            Optional<String> by,
            Instant at,
            Optional<String> reason) {}

    private record StoredWish(WishRow row, long communityId) {}

    public int countWishes(ResponseId response) {
        return jdbc.sql("SELECT count(*) FROM plan_wish WHERE response_id = ? AND ended_at IS NULL")
                .param(response.value())
                .query(Integer.class)
                .single();
    }

    /** The newest wishes in force, the oldest of them first. */
    public List<WishRow> listWishes(ResponseId response, int most) {
        return named(jdbc.sql(WISHES + " ORDER BY w.id DESC LIMIT :most")
                .param("response", response.value())
                .param("most", most)
                .query(PlanListing::wish)
                .list());
    }

    /** The wishes in force about one lot, the oldest first. */
    public List<WishRow> listWishes(ResponseId response, LotKey lot) {
        return named(jdbc.sql(WISHES + " AND w.lot_key = :lot")
                .param("response", response.value())
                .param("lot", lot.value())
                .query(PlanListing::wish)
                .list());
    }

    private static StoredWish wish(ResultSet row, int n) throws SQLException {
        return new StoredWish(
                new WishRow(
                        row.getLong("id"),
                        Wish.Kind.valueOf(row.getString("kind")),
                        row.getString("lot_key"),
                        name(row, "item"),
                        Optional.ofNullable(row.getString("lot_name")).orElse(""),
                        Optional.empty(),
                        Optional.ofNullable(row.getString("need_key")).map(NeedKey::new),
                        Optional.empty(),
                        Optional.ofNullable(row.getObject("quantity", Long.class)),
                        Optional.ofNullable(row.getString("login")),
                        row.getTimestamp("made_at").toInstant(),
                        Optional.ofNullable(row.getString("reason"))),
                row.getLong("community_id"));
    }

    /** The oldest first. */
    private List<WishRow> named(List<StoredWish> stored) {
        Map<LotKey, Name> hubs = listHubs(
                stored.stream().map(wish -> new LotKey(wish.row().lotKey())).toList());
        Map<NeedKey, String> places = listPlaces(
                stored.stream().flatMap(wish -> wish.row().need().stream()).toList());
        Map<Long, String> communities = names(
                "SELECT id, name FROM community WHERE id IN (:ids)",
                stored.stream().map(StoredWish::communityId).toList());
        return stored.stream()
                .sorted(Comparator.comparingLong(wish -> wish.row().id()))
                .map(wish -> new WishRow(
                        wish.row().id(),
                        wish.row().kind(),
                        wish.row().lotKey(),
                        wish.row().item(),
                        wish.row().lotName(),
                        Optional.ofNullable(hubs.get(new LotKey(wish.row().lotKey()))),
                        wish.row().need(),
                        wish.row()
                                .need()
                                .map(places::get)
                                .or(() -> Optional.ofNullable(communities.get(wish.communityId()))),
                        wish.row().quantity(),
                        wish.row().by(),
                        wish.row().at(),
                        wish.row().reason()))
                .toList();
    }

    /** Whether a plan knows a need: it serves it, or says why not. */
    public boolean knowsNeed(PlanId plan, NeedKey need) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM plan_line WHERE plan_id = ? AND need_key = ?)
                            OR EXISTS (SELECT 1 FROM plan_shortfall WHERE plan_id = ? AND need_key = ?)""")
                .params(plan.value(), need.value(), plan.value(), need.value())
                .query(Boolean.class)
                .single();
    }

    /** Where these needs are. */
    public Map<NeedKey, String> listPlaces(Collection<NeedKey> needs) {
        Map<NeedKey, Long> stored = new HashMap<>();
        Map<NeedKey, Long> estimated = new HashMap<>();
        for (NeedKey need : needs) {
            Matcher ofNeed = STORED_NEED.matcher(need.value());
            Matcher ofCommunity = ESTIMATE.matcher(need.value());
            if (ofNeed.matches()) {
                stored.put(need, Long.valueOf(ofNeed.group(1)));
            } else if (ofCommunity.matches()) {
                estimated.put(need, Long.valueOf(ofCommunity.group(1)));
            }
        }
        Map<NeedKey, String> places = new HashMap<>();
        Map<Long, String> byNeed = names(
                "SELECT n.id, c.name FROM need n JOIN community c ON c.id = n.community_id WHERE n.id IN (:ids)",
                stored.values());
        Map<Long, String> byCommunity = names("SELECT id, name FROM community WHERE id IN (:ids)", estimated.values());
        stored.forEach((need, id) -> places.put(need, byNeed.getOrDefault(id, need.value())));
        estimated.forEach((need, id) -> places.put(need, byCommunity.getOrDefault(id, need.value())));
        return places;
    }

    private Map<Long, String> names(String sql, Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql(sql).param("ids", ids).query(row -> {
                names.put(row.getLong(1), row.getString(2));
            });
        }
        return names;
    }

    /** What these lots are. */
    public Map<LotKey, Name> listItems(Collection<LotKey> lots) {
        Map<LotKey, Name> items = new HashMap<>();
        Map<Long, List<LotKey>> byLot = new HashMap<>();
        for (LotKey lot : lots) {
            byLot.computeIfAbsent(StockKey.of(lot).lot(), id -> new ArrayList<>())
                    .add(lot);
        }
        if (!byLot.isEmpty()) {
            jdbc.sql("SELECT l.id, i.ja AS item_ja, i.en AS item_en FROM lot l JOIN item i ON i.id = l.item_id"
                            + " WHERE l.id IN (:ids)")
                    .param("ids", byLot.keySet())
                    .query(row -> {
                        Name name = name(row, "item");
                        byLot.getOrDefault(row.getLong("id"), List.of()).forEach(lot -> items.put(lot, name));
                    });
        }
        return items;
    }

    /** The promises of a plan's lines that can still be taken back: line id → reservations. */
    public Map<Long, List<ReservationId>> listOpenPromises(PlanId plan) {
        Map<Long, List<ReservationId>> promises = new HashMap<>();
        jdbc.sql("""
                        SELECT r.id, r.plan_line_id FROM reservation r JOIN plan_line l ON l.id = r.plan_line_id
                         WHERE l.plan_id = ? AND r.state = 'OPEN' ORDER BY r.id""").param(plan.value()).query(row -> {
            promises.computeIfAbsent(row.getLong("plan_line_id"), line -> new ArrayList<>())
                    .add(new ReservationId(row.getLong("id")));
        });
        return promises;
    }

    /** Only what is asked for: databases look at every row for what is not. */
    private static String conditions(Filter filter, String item) {
        return " WHERE l.plan_id = :plan"
                + (filter.item() == 0 ? "" : " AND " + item)
                + (filter.region().isEmpty()
                        ? ""
                        : " AND l.community_id IN (SELECT id FROM community WHERE municipality_code LIKE :region)")
                + (filter.community() == 0 ? "" : " AND l.community_id = :community");
    }

    private JdbcClient.StatementSpec bind(String sql, PlanId plan, Filter filter) {
        JdbcClient.StatementSpec bound = jdbc.sql(sql).param("plan", plan.value());
        if (filter.item() != 0) {
            bound = bound.param("item", filter.item());
        }
        if (!filter.region().isEmpty()) {
            bound = bound.param("region", filter.region() + "%");
        }
        return filter.community() == 0 ? bound : bound.param("community", filter.community());
    }

    private static LineRow line(ResultSet row, int n) throws SQLException {
        @Nullable String hub = row.getString("hub");
        return new LineRow(
                row.getLong("id"),
                row.getInt("version"),
                row.getLong("lot_id"),
                row.getLong("lot_id") + "@" + row.getString("place") + "-" + row.getLong("place_ref"),
                row.getString("need_key"),
                row.getLong("community_id"),
                row.getString("community"),
                row.getBoolean("derived"),
                name(row, "municipality"),
                row.getLong("item_id"),
                name(row, "item"),
                name(row, "unit"),
                row.getLong("need_item_id"),
                row.getString("need_ja") == null ? Optional.empty() : Optional.of(name(row, "need")),
                Optional.ofNullable(row.getString("lot_name")).orElse(""),
                hub == null ? Optional.empty() : Optional.of(new Name(hub, row.getString("hub_en"))),
                row.getLong("quantity"),
                row.getDouble("km"),
                row.getTimestamp("arrive_at").toInstant(),
                Optional.ofNullable(instant(row, "expires_at")),
                row.getBoolean("locked"),
                State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("decided_by")),
                Optional.ofNullable(instant(row, "decided_at")),
                row.getLong("gain"),
                Optional.ofNullable(row.getString("next_best_json")).map(JdbcPlans.NEXT_BEST::read));
    }

    private static Name name(ResultSet row, String of) throws SQLException {
        return new Name(row.getString(of + "_ja"), row.getString(of + "_en"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
