package jp.musubi.ledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.ledger.Account;
import jp.musubi.ledger.AccountKind;
import jp.musubi.ledger.BalanceKey;
import jp.musubi.ledger.Cause;
import jp.musubi.ledger.Lot;
import jp.musubi.ledger.LotId;
import jp.musubi.ledger.PostingId;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lots with where their units are and what happened to them. */
@Component
@Transactional(readOnly = true)
public class LotListing {

    private static final String STEPS = """
            SELECT p.id, p.cause, p.effective_at, p.corrects, w.login, m.lot_id, m.quantity, l.item_id,
                   l.source, l.external_id,
                   (SELECT MIN(r.id) FROM movement y JOIN posting r ON r.id = y.posting_id
                     WHERE y.lot_id = m.lot_id AND r.corrects = p.id AND r.cause = 'REVERSED') AS reversed_by,
                   f.kind AS from_kind, f.ref_id AS from_ref_id, f.name AS from_name, f.municipality_code AS from_at,
                   t.kind AS to_kind, t.ref_id AS to_ref_id, t.name AS to_name, t.municipality_code AS to_at
              FROM movement m
              JOIN posting p ON p.id = m.posting_id
              JOIN lot l ON l.id = m.lot_id
              JOIN account_place f ON f.id = m.from_account_id
              JOIN account_place t ON t.id = m.to_account_id
              LEFT JOIN person w ON w.id = p.actor_id
            """;

    private final JdbcClient jdbc;

    LotListing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An account with what it is called.
     *
     * @param name of the hub or community, of a consignment's destination; empty for other accounts
     * @param municipality code; empty for accounts that are nowhere
     */
    public record Place(Account account, String name, Optional<String> municipality) {}

    /** Units of a lot in an inside account. */
    public record Held(Place place, Quantity onHand, Quantity reserved) {

        public Quantity free() {
            return onHand.minus(reserved);
        }

        /** Differs as soon as anything of it moves or is promised. */
        public String mark() {
            return onHand.baseUnits() + "-" + reserved.baseUnits();
        }
    }

    /** A lot and where its units are, also places that are empty now. */
    public record LotAndPlaces(Lot lot, List<Held> places) {

        public LotAndPlaces {
            places = List.copyOf(places);
        }
    }

    public Optional<LotAndPlaces> findLot(ResponseId response, LotId id) {
        return list(response, " AND l.id = :id", new MapSqlParameterSource("id", id.value())).stream()
                .findFirst();
    }

    /**
     * Lots by id, the newest first.
     *
     * @param regions prefixes of municipality codes in which the reader may see stock; empty Optional = all
     * @param before the lowest id of the page before; empty for the first page
     * @param item 0 = all
     */
    public List<LotAndPlaces> listLots(
            ResponseId response, Optional<Set<String>> regions, Optional<LotId> before, long item, int most) {
        MapSqlParameterSource values = new MapSqlParameterSource(
                        "before", before.map(LotId::value).orElse(Long.MAX_VALUE))
                .addValue("item", item)
                .addValue("most", most);
        String seen = regions.isEmpty()
                ? ""
                : " AND EXISTS (SELECT 1 FROM balance y JOIN account_place z ON z.id = y.account_id"
                        + " WHERE y.lot_id = x.id"
                        + DispatchFilter.inRegions(regions, "z.municipality_code", values) + ")";
        return list(
                response,
                " AND l.id IN (SELECT x.id FROM lot x WHERE x.response_id = :response AND x.id < :before"
                        + " AND (:item = 0 OR x.item_id = :item)" + seen
                        + " ORDER BY x.id DESC FETCH FIRST :most ROWS ONLY)",
                values);
    }

    /** All lots of the donation line whose first lot this is, the oldest first. */
    public List<LotAndPlaces> listLotsOfLine(ResponseId response, LotId line) {
        List<LotAndPlaces> oldestFirst =
                new ArrayList<>(list(response, """
                 AND l.id IN (SELECT f.id FROM lot f WHERE f.id = :line UNION ALL
                              SELECT o.id FROM lot f
                                JOIN lot o ON o.response_id = f.response_id AND o.source = f.source
                                          AND o.external_id = f.external_id AND o.revision > 1
                               WHERE f.id = :line)""", new MapSqlParameterSource("line", line.value())));
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }

    private List<LotAndPlaces> list(ResponseId response, String where, MapSqlParameterSource values) {
        Map<LotId, LotAndPlaces> lots = new LinkedHashMap<>();
        jdbc.sql("SELECT " + LedgerRows.LOT_COLUMNS.replaceAll("(\\w+)", "l.$1") + """
                        , a.kind, a.ref_id, a.name, a.municipality_code, b.on_hand, b.reserved
                          FROM lot l
                          LEFT JOIN balance b ON b.lot_id = l.id
                          LEFT JOIN account_place a ON a.id = b.account_id
                         WHERE l.response_id = :response
                        """ + where
                        + " ORDER BY l.id DESC, a.kind, a.ref_id")
                .paramSource(values.addValue("response", response.value()))
                .query(row -> {
                    Lot lot = LedgerRows.lot(row);
                    List<Held> places = new ArrayList<>();
                    Optional.ofNullable(lots.get(lot.id())).ifPresent(before -> places.addAll(before.places()));
                    if (row.getString("kind") != null) {
                        places.add(new Held(
                                place(row, "", "name", "municipality_code"),
                                new Quantity(row.getLong("on_hand")),
                                new Quantity(row.getLong("reserved"))));
                    }
                    lots.put(lot.id(), new LotAndPlaces(lot, places));
                });
        return List.copyOf(lots.values());
    }

    /**
     * One thing that happened.
     *
     * @param login of whoever noted it; empty for jobs and the operator
     * @param corrects the posting it takes back or amends
     * @param reversedBy the posting that takes this one back
     * @param moves what moved
     */
    public record Step(
            PostingId posting,
            Cause cause,
            Instant effectiveAt,
            Optional<String> login,
            Optional<PostingId> corrects,
            Optional<PostingId> reversedBy,
            List<Move> moves) {

        public Step {
            moves = List.copyOf(moves);
        }
    }

    /** Units of a lot went from one place to another. */
    public record Move(LotId lot, String lotName, ItemId item, Quantity quantity, Place from, Place to) {}

    /** What happened to a lot, the newest first. */
    public List<Step> listSteps(LotId lot, int most) {
        return steps(STEPS + """
                         WHERE m.lot_id = :lot AND m.posting_id IN (
                               SELECT DISTINCT x.posting_id FROM movement x WHERE x.lot_id = :lot
                                ORDER BY x.posting_id DESC FETCH FIRST :most ROWS ONLY)
                         ORDER BY p.effective_at DESC, p.id DESC, m.line_no""", new MapSqlParameterSource("lot", lot.value()).addValue("most", most));
    }

    /** One posting with everything it moved, of whatever lot. */
    public Optional<Step> findStep(ResponseId response, PostingId posting) {
        return steps(
                        STEPS + " WHERE p.response_id = :response AND p.id = :posting ORDER BY m.line_no",
                        new MapSqlParameterSource("posting", posting.value()).addValue("response", response.value()))
                .stream()
                .findFirst();
    }

    /**
     * What was received, the newest first.
     *
     * @param regions prefixes of municipality codes of the communities that the reader may see; empty Optional = all
     * @param before the lowest id of the page before; empty for the first page
     */
    public List<Step> listReceipts(
            ResponseId response, Optional<Set<String>> regions, Optional<PostingId> before, int most) {
        MapSqlParameterSource values = new MapSqlParameterSource("response", response.value())
                .addValue("before", before.map(PostingId::value).orElse(Long.MAX_VALUE))
                .addValue("most", most);
        String seen = DispatchFilter.inRegions(regions, "c.municipality_code", values);
        return steps(
                STEPS + """
                         WHERE m.posting_id IN (
                               SELECT k.posting_id FROM consignment_posting k
                                 JOIN posting x ON x.id = k.posting_id
                                 JOIN consignment s ON s.id = k.consignment_id
                                 JOIN community c ON c.id = s.community_id
                                WHERE s.response_id = :response AND x.cause = 'RECEIVED' AND k.posting_id < :before"""
                        + seen + " ORDER BY k.posting_id DESC FETCH FIRST :most ROWS ONLY)"
                        + " ORDER BY p.id DESC, m.line_no",
                values);
    }

    private List<Step> steps(String sql, MapSqlParameterSource values) {
        Map<PostingId, Step> steps = new LinkedHashMap<>();
        jdbc.sql(sql).paramSource(values).query(row -> {
            PostingId id = new PostingId(row.getLong("id"));
            List<Move> moves = new ArrayList<>();
            Optional.ofNullable(steps.get(id)).ifPresent(before -> moves.addAll(before.moves()));
            LotId lot = new LotId(row.getLong("lot_id"));
            moves.add(new Move(
                    lot,
                    LedgerRows.named(row).map(named -> named.externalId()).orElse("#" + lot.value()),
                    new ItemId(row.getLong("item_id")),
                    new Quantity(row.getLong("quantity")),
                    place(row, "from_", "from_name", "from_at"),
                    place(row, "to_", "to_name", "to_at")));
            steps.put(
                    id,
                    new Step(
                            id,
                            Cause.valueOf(row.getString("cause")),
                            row.getTimestamp("effective_at").toInstant(),
                            Optional.ofNullable(row.getString("login")),
                            Optional.ofNullable(LedgerRows.number(row, "corrects"))
                                    .map(PostingId::new),
                            Optional.ofNullable(LedgerRows.number(row, "reversed_by"))
                                    .map(PostingId::new),
                            moves));
        });
        return List.copyOf(steps.values());
    }

    private static Place place(ResultSet row, String prefix, String name, String at) throws SQLException {
        return new Place(
                Account.of(AccountKind.valueOf(row.getString(prefix + "kind")), row.getLong(prefix + "ref_id")),
                Optional.ofNullable(row.getString(name)).orElse(""),
                Optional.ofNullable(row.getString(at)));
    }

    /** Where a lot's units lie in an account. */
    public Optional<Held> findHeld(ResponseId response, BalanceKey at) {
        return findLot(response, at.lot()).stream()
                .flatMap(found -> found.places().stream())
                .filter(held -> held.place().account().equals(at.account()))
                .findFirst();
    }
}
