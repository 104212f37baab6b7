package jp.musubi.ledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.ledger.AccountKind;
import jp.musubi.ledger.ConsignmentId;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.IdempotencyKey;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.ReservationId;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What waits to be sent, what is on the way and what has arrived, a page at a time. */
@Component
@Transactional(readOnly = true)
public class DispatchListing {

    /** Open promises with what a search looks at; without a search the reservations alone say enough. */
    private static final String SEARCHED_PROMISES = """
              FROM reservation r
              JOIN lot l ON l.id = r.lot_id
              JOIN community c ON c.id = r.community_id
              JOIN account a ON a.id = r.account_id
              LEFT JOIN hub h ON h.id = a.ref_id AND a.kind IN ('HUB', 'INSPECTED')
             WHERE r.response_id = :response AND r.state = 'OPEN'
            """;

    private static final String PROMISES = """
              FROM reservation r
              JOIN community c ON c.id = r.community_id
             WHERE r.response_id = :response AND r.state = 'OPEN'
            """;

    private static final String LOADS = """
              FROM consignment s
              JOIN community c ON c.id = s.community_id
              JOIN account t ON t.response_id = s.response_id AND t.kind = 'TRIP' AND t.ref_id = s.id
             WHERE s.response_id = :response
            """;

    private static final String UNDER_WAY =
            "EXISTS (SELECT 1 FROM balance b WHERE b.account_id = t.id AND b.on_hand > 0)";

    private static final String LOAD_LINES = """
            SELECT s.id, s.community_id, c.name AS community, c.municipality_code, c.municipality_ja, c.municipality_en,
                   s.sent_at, s.expected_at, l.id AS lot_id, l.source, l.external_id, l.item_id,
                   b.on_hand AS on_the_way,
                   (SELECT COALESCE(SUM(m.quantity), 0) FROM consignment_posting k
                      JOIN movement m ON m.posting_id = k.posting_id
                     WHERE k.consignment_id = s.id AND m.lot_id = l.id AND m.to_account_id = t.id) AS sent,
                   (SELECT COALESCE(SUM(m.quantity), 0) FROM consignment_posting k
                      JOIN movement m ON m.posting_id = k.posting_id
                      JOIN account x ON x.id = m.to_account_id
                     WHERE k.consignment_id = s.id AND m.lot_id = l.id AND m.from_account_id = t.id
                       AND x.kind = 'COMMUNITY') AS received
              FROM consignment s
              JOIN account t ON t.response_id = s.response_id AND t.kind = 'TRIP' AND t.ref_id = s.id
              JOIN balance b ON b.account_id = t.id
              JOIN lot l ON l.id = b.lot_id
              JOIN community_place c ON c.id = s.community_id
             WHERE s.response_id = :response AND s.id IN (:ids)
             ORDER BY s.id, l.id
            """;

    private final JdbcClient jdbc;

    DispatchListing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How much there is of everything, whatever page is shown.
     *
     * @param promises open promises
     * @param destinations pairs of a place to leave from and a community
     */
    public record Counts(long promises, long destinations, long underWay, long received) {}

    public Counts count(DispatchFilter filter) {
        MapSqlParameterSource values =
                new MapSqlParameterSource("response", filter.response().value());
        String loads = LOADS + filter.ofLoads(values);
        return jdbc.sql("SELECT COALESCE(SUM(g.n), 0), COUNT(*), (SELECT COUNT(*)" + loads + "), "
                        + "(SELECT COUNT(*)" + loads + " AND " + UNDER_WAY + ") FROM (SELECT COUNT(*) AS n"
                        + promises(filter, values) + " GROUP BY r.account_id, r.community_id) g")
                .paramSource(values)
                .query((row, n) ->
                        new Counts(row.getLong(1), row.getLong(2), row.getLong(4), row.getLong(3) - row.getLong(4)))
                .single();
    }

    private static String promises(DispatchFilter filter, MapSqlParameterSource values) {
        return (filter.words().isEmpty() ? PROMISES : SEARCHED_PROMISES) + filter.ofPromises(values);
    }

    /**
     * A place that promised goods leave from.
     *
     * @param account its stored account
     * @param name of the hub; empty for goods that are still where their givers have them
     */
    public record Start(long account, AccountKind kind, String name) {}

    /** Every place from which something waits to be sent. */
    public List<Start> listStarts(ResponseId response) {
        return jdbc.sql("""
                        SELECT a.id, a.kind, h.name FROM account a
                          LEFT JOIN hub h ON h.id = a.ref_id AND a.kind IN ('HUB', 'INSPECTED')
                         WHERE a.id IN (SELECT DISTINCT account_id FROM reservation
                                         WHERE response_id = ? AND state = 'OPEN')
                         ORDER BY CASE a.kind WHEN 'ANNOUNCED' THEN 1 ELSE 0 END, h.name, a.kind, a.id""")
                .param(response.value())
                .query((row, n) -> start(row, "id"))
                .list();
    }

    /**
     * Everything that waits to go from one place to one community.
     *
     * @param lines how many promises
     * @param mark differs as soon as any of the promises does
     * @param endsFirst when the first of the promises ends by itself
     * @param items the units of each item, the item with most lines first
     */
    public record Destination(
            Start from,
            CommunityId community,
            String communityName,
            String municipalityCode,
            String municipalityJa,
            String municipalityEn,
            long lines,
            String mark,
            Optional<Instant> endsFirst,
            List<ItemSum> items) {

        public Destination {
            items = List.copyOf(items);
        }
    }

    public record ItemSum(ItemId item, Quantity quantity) {}

    /** Destinations by hub, municipality and name; what is only announced comes last. */
    public List<Destination> listDestinations(DispatchFilter filter, int most, long from) {
        MapSqlParameterSource values = new MapSqlParameterSource(
                        "response", filter.response().value())
                .addValue("most", most)
                .addValue("first", from);
        return withItems(
                filter.response(),
                destinations(
                        "SELECT r.account_id, r.community_id, COUNT(*) AS lines, MAX(r.id) AS newest,"
                                + " SUM(r.quantity) AS units, MIN(r.expires_at) AS ends_first"
                                + promises(filter, values) + " GROUP BY r.account_id, r.community_id",
                        " OFFSET :first ROWS FETCH FIRST :most ROWS ONLY",
                        values));
    }

    /**
     * @param groups the open promises by account and community
     */
    private List<Destination> destinations(String groups, String page, MapSqlParameterSource values) {
        return jdbc.sql("SELECT g.*, a.kind, h.name, c.name AS community, c.municipality_code,"
                        + " m.ja AS municipality_ja, m.en AS municipality_en FROM (" + groups + """
                        ) g
                          JOIN account a ON a.id = g.account_id
                          LEFT JOIN hub h ON h.id = a.ref_id AND a.kind IN ('HUB', 'INSPECTED')
                          JOIN community c ON c.id = g.community_id
                          JOIN municipality m ON m.code = c.municipality_code
                         ORDER BY CASE a.kind WHEN 'ANNOUNCED' THEN 1 ELSE 0 END, h.name, c.municipality_code, c.name,
                                  g.community_id, g.account_id""" + page)
                .paramSource(values)
                .query((row, n) -> destination(row))
                .list();
    }

    /** One destination with all its promises, whatever else was searched for; empty if nothing waits there. */
    public Optional<Destination> findDestination(ResponseId response, long account, CommunityId community) {
        return withItems(
                        response,
                        destinations(
                                """
                                SELECT r.account_id, r.community_id, COUNT(*) AS lines, MAX(r.id) AS newest,
                                       SUM(r.quantity) AS units, MIN(r.expires_at) AS ends_first
                                  FROM reservation r
                                 WHERE r.response_id = :response AND r.state = 'OPEN' AND r.community_id = :community
                                   AND r.account_id = :account
                                 GROUP BY r.account_id, r.community_id""",
                                "",
                                new MapSqlParameterSource("response", response.value())
                                        .addValue("community", community.value())
                                        .addValue("account", account)))
                .stream()
                .findFirst();
    }

    private List<Destination> withItems(ResponseId response, List<Destination> destinations) {
        if (destinations.isEmpty()) {
            return destinations;
        }
        record Pair(long account, long community) {}
        Map<Pair, List<ItemSum>> sums = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT r.account_id, r.community_id, l.item_id, SUM(r.quantity) AS units
                          FROM reservation r JOIN lot l ON l.id = r.lot_id
                         WHERE r.response_id = :response AND r.state = 'OPEN' AND r.community_id IN (:communities)
                         GROUP BY r.account_id, r.community_id, l.item_id ORDER BY COUNT(*) DESC, l.item_id""")
                .param("response", response.value())
                .param(
                        "communities",
                        destinations.stream()
                                .map(each -> each.community().value())
                                .distinct()
                                .toList())
                .query(row -> {
                    sums.computeIfAbsent(new Pair(row.getLong(1), row.getLong(2)), pair -> new ArrayList<>())
                            .add(new ItemSum(new ItemId(row.getLong(3)), new Quantity(row.getLong(4))));
                });
        return destinations.stream()
                .map(each -> new Destination(
                        each.from(),
                        each.community(),
                        each.communityName(),
                        each.municipalityCode(),
                        each.municipalityJa(),
                        each.municipalityEn(),
                        each.lines(),
                        each.mark(),
                        each.endsFirst(),
                        sums.getOrDefault(
                                new Pair(each.from().account(), each.community().value()), List.of())))
                .toList();
    }

    private static Destination destination(ResultSet row) throws SQLException {
        return new Destination(
                start(row, "account_id"),
                new CommunityId(row.getLong("community_id")),
                row.getString("community"),
                row.getString("municipality_code"),
                row.getString("municipality_ja"),
                row.getString("municipality_en"),
                row.getLong("lines"),
                row.getLong("lines") + "-" + row.getLong("newest") + "-" + row.getLong("units"),
                LedgerRows.time(row, "ends_first"),
                List.of());
    }

    private static Start start(ResultSet row, String account) throws SQLException {
        return new Start(
                row.getLong(account),
                AccountKind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getString("name")).orElse(""));
    }

    /** An open promise. */
    public record OpenPromise(
            ReservationId id,
            LotId lot,
            Optional<DonationLine> named,
            ItemId item,
            Quantity quantity,
            Instant reservedAt,
            Optional<Instant> endsAt,
            Optional<Instant> goodsExpireAt) {}

    /** The promises of one destination by item. */
    public List<OpenPromise> listPromises(
            ResponseId response, long account, CommunityId community, int most, long from) {
        return jdbc.sql("""
                        SELECT r.id, r.lot_id, l.source, l.external_id, l.item_id, r.quantity, r.reserved_at, r.expires_at,
                               l.expires_at AS goods_expire_at
                          FROM reservation r JOIN lot l ON l.id = r.lot_id
                         WHERE r.response_id = ? AND r.state = 'OPEN' AND r.community_id = ? AND r.account_id = ?
                         ORDER BY l.item_id, r.id OFFSET ? ROWS FETCH FIRST ? ROWS ONLY""")
                .params(response.value(), community.value(), account, from, most)
                .query((row, n) -> new OpenPromise(
                        new ReservationId(row.getLong("id")),
                        new LotId(row.getLong("lot_id")),
                        LedgerRows.named(row),
                        new ItemId(row.getLong("item_id")),
                        new Quantity(row.getLong("quantity")),
                        row.getTimestamp("reserved_at").toInstant(),
                        LedgerRows.time(row, "expires_at"),
                        LedgerRows.time(row, "goods_expire_at")))
                .list();
    }

    /** The municipality of the community that each of these promises is for; those of the response only. */
    public Map<ReservationId, String> findMunicipalitiesOf(ResponseId response, Collection<ReservationId> promises) {
        Map<ReservationId, String> found = new TreeMap<>();
        jdbc.sql("""
                        SELECT r.id, c.municipality_code FROM reservation r JOIN community c ON c.id = r.community_id
                         WHERE r.response_id = :response AND r.id IN (:ids)""")
                .param("response", response.value())
                .param("ids", promises.stream().map(ReservationId::value).toList())
                .query(row -> {
                    found.put(new ReservationId(row.getLong(1)), row.getString(2));
                });
        return found;
    }

    /** A consignment with what is in it. */
    public record Load(
            ConsignmentId id,
            CommunityId community,
            String communityName,
            String municipalityCode,
            String municipalityJa,
            String municipalityEn,
            Instant sentAt,
            Optional<Instant> expectedAt,
            List<LoadLine> lines) {

        public Load {
            lines = List.copyOf(lines);
        }

        public boolean isUnderWay() {
            return lines.stream().anyMatch(line -> !line.onTheWay().isZero());
        }

        /** Differs as soon as anything of it arrives. */
        public String mark() {
            return String.valueOf(lines.stream()
                    .mapToLong(line -> line.onTheWay().baseUnits())
                    .sum());
        }
    }

    /**
     * One lot of a consignment.
     *
     * @param sent all that was loaded
     * @param onTheWay the part that nobody has received yet
     * @param received the part that the community took in
     */
    public record LoadLine(
            LotId lot,
            Optional<DonationLine> named,
            ItemId item,
            Quantity sent,
            Quantity onTheWay,
            Quantity received) {}

    /** Consignments that have not wholly arrived, the oldest first. */
    public List<Load> listUnderWay(DispatchFilter filter, int most, long from) {
        return loads(filter, " AND " + UNDER_WAY + " ORDER BY s.sent_at, s.id", most, from);
    }

    /** Consignments of which nothing is on the way any more, the newest first. */
    public List<Load> listReceived(DispatchFilter filter, int most, long from) {
        return loads(filter, " AND NOT " + UNDER_WAY + " ORDER BY s.sent_at DESC, s.id DESC", most, from);
    }

    public Optional<Load> findLoad(ResponseId response, ConsignmentId consignment) {
        return loads(response, List.of(consignment.value())).stream().findFirst();
    }

    private List<Load> loads(DispatchFilter filter, String order, int most, long from) {
        MapSqlParameterSource values = new MapSqlParameterSource(
                        "response", filter.response().value())
                .addValue("most", most)
                .addValue("first", from);
        return loads(
                filter.response(),
                jdbc.sql("SELECT s.id" + LOADS + filter.ofLoads(values) + order
                                + " OFFSET :first ROWS FETCH FIRST :most ROWS ONLY")
                        .paramSource(values)
                        .query(Long.class)
                        .list());
    }

    private List<Load> loads(ResponseId response, List<Long> ids) {
        Map<Long, Load> loads = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return List.of();
        }
        jdbc.sql(LOAD_LINES)
                .param("response", response.value())
                .param("ids", ids)
                .query(row -> {
                    loads.merge(row.getLong("id"), load(row), DispatchListing::together);
                });
        return ids.stream().filter(loads::containsKey).map(loads::get).toList();
    }

    private static Load load(ResultSet row) throws SQLException {
        LoadLine line = new LoadLine(
                new LotId(row.getLong("lot_id")),
                LedgerRows.named(row),
                new ItemId(row.getLong("item_id")),
                new Quantity(row.getLong("sent")),
                new Quantity(row.getLong("on_the_way")),
                new Quantity(row.getLong("received")));
        return new Load(
                new ConsignmentId(row.getLong("id")),
                new CommunityId(row.getLong("community_id")),
                row.getString("community"),
                row.getString("municipality_code"),
                row.getString("municipality_ja"),
                row.getString("municipality_en"),
                row.getTimestamp("sent_at").toInstant(),
                LedgerRows.time(row, "expected_at"),
                List.of(line));
    }

    private static Load together(Load before, Load next) {
        List<LoadLine> lines = new ArrayList<>(before.lines());
        lines.addAll(next.lines());
        return new Load(
                before.id(),
                before.community(),
                before.communityName(),
                before.municipalityCode(),
                before.municipalityJa(),
                before.municipalityEn(),
                before.sentAt(),
                before.expectedAt(),
                lines);
    }

    /** Whether something was done under this key before. */
    public boolean isPosted(IdempotencyKey key) {
        return jdbc.sql("SELECT COUNT(*) FROM posting WHERE idempotency_key = ?")
                        .param(key.value())
                        .query(Long.class)
                        .single()
                > 0;
    }
}
