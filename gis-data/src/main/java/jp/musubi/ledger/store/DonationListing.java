package jp.musubi.ledger.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.catalog.NameKey;
import jp.musubi.common.Quantity;
import jp.musubi.ledger.DonationLine;
import jp.musubi.ledger.LotId;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Donation lines as people look for them. */
@Component
public class DonationListing {

    private final JdbcClient jdbc;

    DonationListing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A donation line.
     *
     * @param line its first lot
     * @param donor the giver's name; personal data
     * @param given all that the line says was given
     * @param tracked whether a tracking code is in force
     */
    public record Line(
            LotId line,
            Optional<DonationLine> named,
            ItemId item,
            Optional<String> donor,
            Quantity given,
            Instant registeredAt,
            boolean derived,
            boolean tracked) {}

    /**
     * Lines whose id begins with the text or whose giver's name contains it, the newest first.
     *
     * @param before the lowest id of the page before; empty for the first page
     */
    public List<Line> listLines(ResponseId response, String text, Optional<LotId> before, int most) {
        String key = NameKey.of(text);
        return list(
                """
                 AND l.id < :before AND (:text = '' OR l.external_id LIKE :begins OR d.name_key LIKE :contains)
                 ORDER BY l.id DESC FETCH FIRST :most ROWS ONLY""",
                new MapSqlParameterSource("response", response.value())
                        .addValue("before", before.map(LotId::value).orElse(Long.MAX_VALUE))
                        .addValue("text", text)
                        .addValue("begins", escaped(text) + "%")
                        .addValue("contains", key.isEmpty() ? " " : "%" + escaped(key) + "%")
                        .addValue("most", most));
    }

    public Optional<Line> findLine(ResponseId response, LotId line) {
        return list(
                        " AND l.id = :line",
                        new MapSqlParameterSource("response", response.value()).addValue("line", line.value()))
                .stream()
                .findFirst();
    }

    /** What a line says was given stands in the movements of its first lot and of the later ones. */
    private List<Line> list(String where, MapSqlParameterSource values) {
        return jdbc.sql("""
                        SELECT l.id, l.source, l.external_id, l.item_id, l.derived, d.name, p.effective_at,
                               COALESCE((SELECT SUM(CASE WHEN f.kind = 'DONOR' THEN m.quantity ELSE 0 END
                                                  - CASE WHEN t.kind = 'DONOR' THEN m.quantity ELSE 0 END)
                                           FROM movement m
                                           JOIN account f ON f.id = m.from_account_id
                                           JOIN account t ON t.id = m.to_account_id
                                          WHERE m.lot_id = l.id), 0)
                             + COALESCE((SELECT SUM(CASE WHEN f.kind = 'DONOR' THEN m.quantity ELSE 0 END
                                                  - CASE WHEN t.kind = 'DONOR' THEN m.quantity ELSE 0 END)
                                           FROM lot r
                                           JOIN movement m ON m.lot_id = r.id
                                           JOIN account f ON f.id = m.from_account_id
                                           JOIN account t ON t.id = m.to_account_id
                                          WHERE r.response_id = l.response_id AND r.source = l.source
                                            AND r.external_id = l.external_id AND r.revision > 1), 0) AS given,
                               (SELECT COUNT(*) FROM tracking_link k
                                 WHERE k.line_id = l.id AND k.revoked_at IS NULL) AS links
                          FROM lot l
                          JOIN posting p ON p.id = l.posting_id
                          LEFT JOIN donor_detail d ON d.donor_id = l.donor_id
                         WHERE l.response_id = :response AND l.revision = 1 AND p.cause <> 'CONVERTED'
                        """ + where)
                .paramSource(values)
                .query((row, n) -> new Line(
                        new LotId(row.getLong("id")),
                        LedgerRows.named(row),
                        new ItemId(row.getLong("item_id")),
                        Optional.ofNullable(row.getString("name")),
                        new Quantity(row.getLong("given")),
                        row.getTimestamp("effective_at").toInstant(),
                        row.getBoolean("derived"),
                        row.getLong("links") > 0))
                .list();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
