package jp.musubi.identity.store;

import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

@Repository
class JdbcChangeLog implements ChangeLog {

    private final JdbcTemplate jdbc;

    JdbcChangeLog(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void record(Change change) {
        recordAll(List.of(change));
    }

    @Override
    public void recordAll(List<Change> changes) {
        jdbc.batchUpdate("""
                INSERT INTO change (response_id, aggregate, aggregate_id, action, before_json, after_json,
                                    actor_id, reason, recorded_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""", changes, 500, (statement, change) -> {
            statement.setObject(1, change.response().map(ResponseId::value).orElse(null));
            statement.setString(2, change.aggregate());
            statement.setLong(3, change.aggregateId());
            statement.setString(4, change.action());
            statement.setString(5, change.beforeJson().orElse(null));
            statement.setString(6, change.afterJson().orElse(null));
            statement.setObject(7, change.actor().map(PersonId::value).orElse(null));
            statement.setString(8, change.reason().orElse(null));
            statement.setTimestamp(9, Timestamp.from(change.recordedAt()));
        });
    }

    @Override
    public List<Change> listChanges(String aggregate, long aggregateId) {
        return jdbc.query(
                """
                SELECT response_id, aggregate, aggregate_id, action, before_json, after_json, actor_id, reason,
                       recorded_at
                  FROM change WHERE aggregate = ? AND aggregate_id = ? ORDER BY id DESC""",
                (row, n) -> new Change(
                        optional(row.getObject("response_id", Long.class)).map(ResponseId::new),
                        row.getString("aggregate"),
                        row.getLong("aggregate_id"),
                        row.getString("action"),
                        optional(row.getString("before_json")),
                        optional(row.getString("after_json")),
                        optional(row.getObject("actor_id", Long.class)).map(PersonId::new),
                        optional(row.getString("reason")),
                        row.getTimestamp("recorded_at").toInstant()),
                aggregate,
                aggregateId);
    }

    private static <T> Optional<T> optional(@Nullable T value) {
        return Optional.ofNullable(value);
    }
}
