package jp.musubi.need.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
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
    public record Word(Instant at, NeedKind kind, ItemId item, Quantity quantity, boolean derived, boolean withdrawn) {}

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
                        SELECT kind, item_id, quantity, reported_at, derived, withdrawn_at
                          FROM need WHERE response_id = :response AND community_id = :community
                         ORDER BY reported_at DESC, id DESC LIMIT :most""")
                .param("response", response.value())
                .param("community", community.value())
                .param("most", most)
                .query((row, n) -> new Word(
                        row.getObject("reported_at", OffsetDateTime.class).toInstant(),
                        NeedKind.valueOf(row.getString("kind")),
                        new ItemId(row.getLong("item_id")),
                        new Quantity(row.getLong("quantity")),
                        row.getBoolean("derived"),
                        row.getObject("withdrawn_at") != null))
                .list();
    }
}
