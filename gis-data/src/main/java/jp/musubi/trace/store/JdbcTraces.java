package jp.musubi.trace.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
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
import jp.musubi.ledger.Movement;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import jp.musubi.trace.Trace;
import jp.musubi.trace.TracedMovement;
import jp.musubi.trace.Traces;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcTraces implements Traces {

    /** Goods made of goods made of goods …: nobody repacks a gift more often. */
    private static final int DEEPEST = 8;

    private final JdbcClient jdbc;
    private final Responses responses;

    JdbcTraces(JdbcClient jdbc, Responses responses) {
        this.jdbc = jdbc;
        this.responses = responses;
    }

    private record Made(LotId lot, ItemId item, Quantity share) {}

    @Override
    public Trace getTrace(ResponseId response, LotId line) {
        ZoneId zone = responses.getById(response).zone();
        Map<LotId, ItemId> lots = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT id, item_id, revision FROM lot WHERE id = :line AND response_id = :response
                        UNION ALL
                        SELECT l.id, l.item_id, l.revision FROM lot f
                          JOIN lot l ON l.response_id = f.response_id AND l.source = f.source
                                    AND l.external_id = f.external_id AND l.revision > 1
                         WHERE f.id = :line AND f.response_id = :response
                         ORDER BY revision""")
                .param("line", line.value())
                .param("response", response.value())
                .query(row -> {
                    lots.put(new LotId(row.getLong(1)), new ItemId(row.getLong(2)));
                });
        if (lots.isEmpty()) {
            throw new IllegalArgumentException("There is no donation line " + line.value() + ".");
        }
        ItemId item = List.copyOf(lots.values()).get(lots.size() - 1);
        return fold(zone, item, List.copyOf(lots.keySet()), Optional.empty(), 0);
    }

    private Trace fold(ZoneId zone, ItemId item, List<LotId> lots, Optional<Quantity> share, int depth) {
        Map<Account, MunicipalityCode> municipalities = new HashMap<>();
        List<TracedMovement> movements = jdbc.sql("""
                        SELECT m.lot_id, m.quantity, p.effective_at, p.corrects,
                               f.kind AS from_kind, f.ref_id AS from_ref, t.kind AS to_kind, t.ref_id AS to_ref,
                               f.municipality_code AS from_at, t.municipality_code AS to_at
                          FROM movement m
                          JOIN posting p ON p.id = m.posting_id
                          JOIN account_place f ON f.id = m.from_account_id
                          JOIN account_place t ON t.id = m.to_account_id
                         WHERE m.lot_id IN (:lots)
                         ORDER BY p.effective_at, p.id, m.line_no""")
                .param("lots", lots.stream().map(LotId::value).toList())
                .query((row, n) -> movement(row, zone, municipalities))
                .list();
        List<Trace> madeInto = new ArrayList<>();
        if (depth < DEEPEST) {
            for (Made made : made(lots)) {
                madeInto.add(fold(zone, made.item(), List.of(made.lot()), Optional.of(made.share()), depth + 1));
            }
        }
        return Trace.of(item, movements, account -> Optional.ofNullable(municipalities.get(account)), share, madeInto);
    }

    private List<Made> made(List<LotId> lots) {
        return jdbc.sql("""
                        SELECT o.lot_id, l.item_id, SUM(o.share) FROM lot_origin o JOIN lot l ON l.id = o.lot_id
                         WHERE o.origin_lot_id IN (:lots) GROUP BY o.lot_id, l.item_id HAVING SUM(o.share) > 0
                         ORDER BY o.lot_id""")
                .param("lots", lots.stream().map(LotId::value).toList())
                .query((row, n) ->
                        new Made(new LotId(row.getLong(1)), new ItemId(row.getLong(2)), new Quantity(row.getLong(3))))
                .list();
    }

    private static TracedMovement movement(ResultSet row, ZoneId zone, Map<Account, MunicipalityCode> municipalities)
            throws SQLException {
        Account from = account(row, "from_kind", "from_ref", "from_at", municipalities);
        Account to = account(row, "to_kind", "to_ref", "to_at", municipalities);
        row.getLong("corrects");
        boolean corrects = !row.wasNull();
        return new TracedMovement(
                row.getTimestamp("effective_at").toInstant().atZone(zone).toLocalDate(),
                new Movement(new LotId(row.getLong("lot_id")), from, to, new Quantity(row.getLong("quantity"))),
                corrects);
    }

    private static Account account(
            ResultSet row, String kind, String ref, String at, Map<Account, MunicipalityCode> municipalities)
            throws SQLException {
        Account account = Account.of(AccountKind.valueOf(row.getString(kind)), row.getLong(ref));
        String municipality = row.getString(at);
        if (municipality != null) {
            municipalities.put(account, new MunicipalityCode(municipality));
        }
        return account;
    }
}
