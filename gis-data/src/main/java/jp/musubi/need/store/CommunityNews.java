package jp.musubi.need.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.identity.PersonId;
import jp.musubi.need.NeedId;
import jp.musubi.need.NeedKind;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is new about communities, for screens. */
@Component
public class CommunityNews {

    private final JdbcClient jdbc;

    CommunityNews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Something that was said about a community. */
    public record Word(
            NeedId need,
            Instant at,
            NeedKind kind,
            ItemId item,
            Quantity quantity,
            boolean derived,
            boolean withdrawn) {}

    /**
     * Something that somebody changed.
     *
     * @param kind {@code community}, {@code hub}, {@code rate}, {@code plan}, {@code file} or {@code stock}
     * @param id of the thing; of a need that of its community, of a plan its number, else 0
     * @param municipality code of where it is; empty if it is nowhere
     * @param by empty for an import or the machine's operator
     * @param at real time
     */
    public record Changed(String kind, long id, Optional<String> municipality, Optional<PersonId> by, Instant at) {}

    /** When each community or one of its needs last changed here, in real time. */
    public Map<CommunityId, Instant> listChanges(ResponseId response) {
        Map<CommunityId, Instant> latest = new HashMap<>();
        jdbc.sql("""
                        SELECT news.community_id, MAX(news.happened_at) AS happened_at FROM (
                            SELECT c.id AS community_id, f.received_at AS happened_at
                              FROM community c JOIN feed_file f ON f.id = c.feed_id WHERE c.response_id = :response
                            UNION ALL
                            SELECT n.community_id, f.received_at
                              FROM need n JOIN feed_file f ON f.id = n.feed_id WHERE n.response_id = :response
                            UNION ALL
                            SELECT ch.aggregate_id, ch.recorded_at
                              FROM change ch WHERE ch.response_id = :response AND ch.aggregate = 'community'
                            UNION ALL
                            SELECT n.community_id, ch.recorded_at
                              FROM change ch JOIN need n ON n.id = ch.aggregate_id
                             WHERE ch.response_id = :response AND ch.aggregate = 'need') news
                        GROUP BY news.community_id""")
                .param("response", response.value())
                .query((row, n) -> latest.put(
                        new CommunityId(row.getLong("community_id")),
                        row.getObject("happened_at", OffsetDateTime.class).toInstant()))
                .list();
        return latest;
    }

    /** What was said about one community, the newest first. */
    public List<Word> listWords(ResponseId response, CommunityId community, int most) {
        return jdbc.sql("""
                        SELECT id, kind, item_id, quantity, reported_at, derived, withdrawn_at
                          FROM need WHERE response_id = :response AND community_id = :community
                         ORDER BY reported_at DESC, id DESC LIMIT :most""")
                .param("response", response.value())
                .param("community", community.value())
                .param("most", most)
                .query((row, n) -> new Word(
                        new NeedId(row.getLong("id")),
                        row.getObject("reported_at", OffsetDateTime.class).toInstant(),
                        NeedKind.valueOf(row.getString("kind")),
                        new ItemId(row.getLong("item_id")),
                        new Quantity(row.getLong("quantity")),
                        row.getBoolean("derived"),
                        row.getObject("withdrawn_at") != null))
                .list();
    }

    /**
     * What others changed since a moment, the newest first: edits, files that came in, plans, and that stock moved.
     *
     * @param since real time
     * @param reader whose own changes are no news
     */
    public List<Changed> listChangesSince(ResponseId response, Instant since, Optional<PersonId> reader, int most) {
        List<Changed> changed = new ArrayList<>(jdbc.sql("""
                        SELECT x.kind, x.id, x.actor_id, x.happened_at, COALESCE(c.municipality_code, h.municipality_code) AS municipality_code
                          FROM (SELECT CASE ch.aggregate WHEN 'need' THEN 'community' WHEN 'estimate_rate' THEN 'rate'
                                                         ELSE ch.aggregate END AS kind,
                                       COALESCE(n.community_id, ch.aggregate_id) AS id,
                                       ch.actor_id, ch.recorded_at AS happened_at
                                  FROM change ch
                                  LEFT JOIN need n ON ch.aggregate = 'need' AND n.id = ch.aggregate_id
                                 WHERE ch.recorded_at > :since
                                   AND ((ch.response_id = :response AND ch.aggregate IN ('community', 'hub', 'need'))
                                        OR (ch.response_id IS NULL AND ch.aggregate = 'estimate_rate'))
                                UNION ALL
                                SELECT 'plan', p.number, p.made_by, p.made_at
                                  FROM plan p WHERE p.response_id = :response AND p.made_at > :since
                                UNION ALL
                                SELECT 'file', 0, NULL, f.received_at
                                  FROM feed_file f WHERE f.response_id = :response AND f.received_at > :since) x
                          LEFT JOIN community c ON x.kind = 'community' AND c.id = x.id
                          LEFT JOIN hub h ON x.kind = 'hub' AND h.id = x.id
                         WHERE x.actor_id IS NULL OR x.actor_id <> :reader
                         ORDER BY x.happened_at DESC LIMIT :most""")
                .param("response", response.value())
                .param("since", Timestamp.from(since))
                .param("reader", reader.map(PersonId::value).orElse(-1L))
                .param("most", most)
                .query((row, n) -> new Changed(
                        row.getString("kind"),
                        row.getLong("id"),
                        Optional.ofNullable(row.getString("municipality_code")),
                        Optional.ofNullable(row.getObject("actor_id", Long.class))
                                .map(PersonId::new),
                        row.getTimestamp("happened_at").toInstant()))
                .list());
        // Ids of postings grow, but for blocks handed out to several nodes: the last few thousand hold what is new.
        jdbc.sql("""
                        SELECT actor_id, recorded_at FROM posting
                         WHERE id > (SELECT MAX(id) FROM posting) - 5000 AND response_id = :response
                           AND recorded_at > :since AND (actor_id IS NULL OR actor_id <> :reader)
                         ORDER BY recorded_at DESC LIMIT 1""")
                .param("response", response.value())
                .param("since", Timestamp.from(since))
                .param("reader", reader.map(PersonId::value).orElse(-1L))
                .query((row, n) -> new Changed(
                        "stock",
                        0,
                        Optional.empty(),
                        Optional.ofNullable(row.getObject("actor_id", Long.class))
                                .map(PersonId::new),
                        row.getTimestamp("recorded_at").toInstant()))
                .optional()
                .ifPresent(changed::add);
        changed.sort(Comparator.comparing(Changed::at).reversed());
        return changed;
    }
}
