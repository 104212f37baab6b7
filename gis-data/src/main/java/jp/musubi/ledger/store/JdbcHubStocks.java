package jp.musubi.ledger.store;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jp.musubi.place.HubId;
import jp.musubi.place.HubStocks;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the lots in hubs from the balances. A lot lies there since it became available, else since it was entered. */
@Component
class JdbcHubStocks implements HubStocks {

    private final JdbcClient jdbc;

    JdbcHubStocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<HubId, HubStock> listStocks(ResponseId response) {
        Map<HubId, HubStock> stocks = new HashMap<>();
        jdbc.sql("""
                        SELECT a.ref_id AS hub_id, COUNT(*) AS lots,
                               SUM(CASE WHEN b.on_hand > b.reserved THEN 1 ELSE 0 END) AS idle,
                               MIN(CASE WHEN b.on_hand > b.reserved
                                        THEN COALESCE(l.available_from, p.effective_at) END) AS idle_since
                          FROM account a
                          JOIN balance b ON b.account_id = a.id AND b.on_hand > 0
                          JOIN lot l ON l.id = b.lot_id
                          JOIN posting p ON p.id = l.posting_id
                         WHERE a.response_id = :response AND a.kind IN ('HUB', 'INSPECTED')
                         GROUP BY a.ref_id""")
                .param("response", response.value())
                .query((row, n) -> stocks.put(
                        new HubId(row.getLong("hub_id")),
                        new HubStock(
                                row.getInt("lots"),
                                row.getInt("idle"),
                                Optional.ofNullable(row.getObject("idle_since", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant))))
                .list();
        return stocks;
    }
}
