package jp.musubi.identity.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the audit page reads: the change history and the sign-ins of the whole installation, the newest first. */
@Repository
public class AuditList {

    private final JdbcClient jdbc;

    AuditList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which changes to show; an empty part shows all.
     *
     * @param login who made the change
     * @param aggregate kind of thing
     * @param from real time, inclusive
     * @param until real time, exclusive
     */
    public record Filter(
            Optional<String> login,
            Optional<String> aggregate,
            Optional<Long> aggregateId,
            Optional<Long> response,
            Optional<Instant> from,
            Optional<Instant> until) {}

    /**
     * One line of the history.
     *
     * @param login empty for the operator's command and for jobs
     * @param name what the changed thing is called now, empty if it is of another feature
     */
    public record ChangeLine(
            long id,
            Instant recordedAt,
            Optional<String> login,
            Optional<String> responseCode,
            String aggregate,
            long aggregateId,
            String name,
            String action,
            Optional<String> beforeJson,
            Optional<String> afterJson,
            Optional<String> reason) {}

    /** One link: who may sign in by it, why it exists, and what became of it. */
    public record SignInLine(
            Instant issuedAt,
            String login,
            long person,
            String purpose,
            Instant expiresAt,
            Optional<Instant> usedAt,
            Optional<Instant> revokedAt) {}

    /** One page of a list and how long the whole is. */
    public record Page<T>(List<T> lines, long total, int number, int size) {

        public int pages() {
            return (int) Math.max(1, (total + size - 1) / size);
        }

        public boolean isFirst() {
            return number <= 1;
        }

        public boolean isLast() {
            return number >= pages();
        }
    }

    /** @param page from 1 */
    public Page<ChangeLine> listChanges(Filter filter, int page, int size) {
        StringBuilder where = new StringBuilder(" WHERE 1 = 1");
        List<Object> parameters = new ArrayList<>();
        filter.login().ifPresent(login -> add(where, parameters, " AND p.login = ?", login));
        filter.aggregate().ifPresent(aggregate -> add(where, parameters, " AND c.aggregate = ?", aggregate));
        filter.aggregateId().ifPresent(id -> add(where, parameters, " AND c.aggregate_id = ?", id));
        filter.response().ifPresent(id -> add(where, parameters, " AND c.response_id = ?", id));
        filter.from().ifPresent(from -> add(where, parameters, " AND c.recorded_at >= ?", Timestamp.from(from)));
        filter.until().ifPresent(until -> add(where, parameters, " AND c.recorded_at < ?", Timestamp.from(until)));
        long total = jdbc.sql("SELECT count(*) FROM change c LEFT JOIN person p ON p.id = c.actor_id" + where)
                .params(parameters)
                .query(Long.class)
                .single();
        List<Object> withPage = new ArrayList<>(parameters);
        withPage.add(size);
        withPage.add((long) (page - 1) * size);
        List<ChangeLine> lines = jdbc.sql("""
                        SELECT c.id, c.recorded_at, p.login, r.code AS response_code, c.aggregate, c.aggregate_id,
                               c.action, c.before_json, c.after_json, c.reason,
                               CASE c.aggregate
                                 WHEN 'person' THEN (SELECT x.login FROM person x WHERE x.id = c.aggregate_id)
                                 WHEN 'organisation'
                                   THEN (SELECT x.name_ja FROM organisation x WHERE x.id = c.aggregate_id)
                                 WHEN 'response' THEN (SELECT x.code FROM response x WHERE x.id = c.aggregate_id)
                               END AS name
                          FROM change c
                          LEFT JOIN person p ON p.id = c.actor_id
                          LEFT JOIN response r ON r.id = c.response_id""" + where + " ORDER BY c.id DESC LIMIT ? OFFSET ?")
                .params(withPage)
                .query((row, n) -> new ChangeLine(
                        row.getLong("id"),
                        row.getTimestamp("recorded_at").toInstant(),
                        Optional.ofNullable(row.getString("login")),
                        Optional.ofNullable(row.getString("response_code")),
                        row.getString("aggregate"),
                        row.getLong("aggregate_id"),
                        Optional.ofNullable(row.getString("name")).orElse(""),
                        row.getString("action"),
                        Optional.ofNullable(row.getString("before_json")),
                        Optional.ofNullable(row.getString("after_json")),
                        Optional.ofNullable(row.getString("reason"))))
                .list();
        return new Page<>(lines, total, page, size);
    }

    /** The kinds of things that were ever changed, for the filter. */
    public List<String> listAggregates() {
        return jdbc.sql("SELECT DISTINCT aggregate FROM change ORDER BY aggregate")
                .query(String.class)
                .list();
    }

    /** @param page from 1 */
    public Page<SignInLine> listSignIns(Optional<String> login, int page, int size) {
        String where = login.isPresent() ? " WHERE p.login = ?" : "";
        List<Object> parameters = new ArrayList<>();
        login.ifPresent(parameters::add);
        String from = " FROM sign_in_link l JOIN person p ON p.id = l.person_id";
        long total = jdbc.sql("SELECT count(*)" + from + where)
                .params(parameters)
                .query(Long.class)
                .single();
        parameters.add(size);
        parameters.add((long) (page - 1) * size);
        List<SignInLine> lines = jdbc.sql("""
                        SELECT l.issued_at, l.purpose, l.expires_at, l.used_at, l.revoked_at, p.login, p.id""" + from + where
                        + " ORDER BY coalesce(l.used_at, l.issued_at) DESC, l.token_hash LIMIT ? OFFSET ?")
                .params(parameters)
                .query((row, n) -> new SignInLine(
                        row.getTimestamp("issued_at").toInstant(),
                        row.getString("login"),
                        row.getLong("id"),
                        row.getString("purpose"),
                        row.getTimestamp("expires_at").toInstant(),
                        Optional.ofNullable(row.getTimestamp("used_at")).map(Timestamp::toInstant),
                        Optional.ofNullable(row.getTimestamp("revoked_at")).map(Timestamp::toInstant)))
                .list();
        return new Page<>(lines, total, page, size);
    }

    private static void add(StringBuilder where, List<Object> parameters, String condition, Object value) {
        where.append(condition);
        parameters.add(value);
    }
}
