package jp.musubi.inbox.store;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.common.FileStore;
import jp.musubi.common.store.ContentCipher;
import jp.musubi.identity.PersonId;
import jp.musubi.inbox.CellPlace;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.FeedState;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.store.FeedFile.Counts;
import jp.musubi.inbox.store.FeedFile.Message;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The list of files that came in, for the job that reads them and the pages that show them. */
@Repository
public class FeedFiles {

    /** How long a node may be silent before another may take its files over. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final String COLUMNS = """
            SELECT id, response_id, kind, source, name, content_hash, size_bytes, received_at, actor_id, state,
                   stop_requested, started_at, finished_at, bytes_read, rows_read, rows_created, rows_unchanged,
                   rows_corrected, rows_rejected, header, message_code, message_ja, message_en
              FROM feed_file""";

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final ContentCipher cipher;
    private final FileStore store;
    private final Clock clock;
    private final Duration retention;

    FeedFiles(
            JdbcClient jdbc,
            JdbcTemplate template,
            ContentCipher cipher,
            FileStore store,
            Clock clock,
            @Value("${musubi.inbox.retention:P90D}") Duration retention) {
        this.jdbc = jdbc;
        this.template = template;
        this.cipher = cipher;
        this.store = store;
        this.clock = clock;
        this.retention = retention;
    }

    public Optional<FeedFile> find(FeedId id) {
        return jdbc.sql(COLUMNS + " WHERE id = ?")
                .param(id.value())
                .query(FeedFiles::file)
                .optional();
    }

    /**
     * @throws IllegalArgumentException if there is no such file
     */
    public FeedFile get(FeedId id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("There is no file " + id.value() + "."));
    }

    /** The files of a response, the newest first. */
    public List<FeedFile> list(ResponseId response, int most) {
        return jdbc.sql(COLUMNS + " WHERE response_id = ? ORDER BY id DESC LIMIT ?")
                .params(response.value(), most)
                .query(FeedFiles::file)
                .list();
    }

    /** Sources that files of a response named so far. */
    public List<String> listSources(ResponseId response) {
        return jdbc.sql("SELECT DISTINCT source FROM feed_file WHERE response_id = ? ORDER BY source")
                .param(response.value())
                .query(String.class)
                .list();
    }

    /**
     * Files that wait or were cut off, in the order they came, and that {@code node} may read: nobody's, its own from a
     * former life, and those of a node whose lease has run out.
     */
    public List<FeedId> listUnfinished(String node) {
        return jdbc.sql("""
                        SELECT id FROM feed_file
                         WHERE state IN ('WAITING', 'RUNNING')
                           AND (node IS NULL OR node = ? OR lease_until < ?)
                         ORDER BY id""")
                .params(node, Timestamp.from(clock.instant()))
                .query((row, n) -> new FeedId(row.getLong(1)))
                .list();
    }

    /** Takes a file for reading; false if another node reads it or it is settled. */
    @Transactional
    public boolean claim(FeedId id, String node) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        UPDATE feed_file
                           SET state = 'RUNNING', node = ?, lease_until = ?, finished_at = NULL,
                               started_at = COALESCE(started_at, ?)
                         WHERE id = ? AND state IN ('WAITING', 'RUNNING')
                           AND (node IS NULL OR node = ? OR lease_until < ?)""")
                        .params(
                                node,
                                Timestamp.from(now.plus(LEASE)),
                                Timestamp.from(now),
                                id.value(),
                                node,
                                Timestamp.from(now))
                        .update()
                == 1;
    }

    /** Notes what was found out from the header. */
    @Transactional
    public void describe(FeedId id, String kind, List<String> header) {
        jdbc.sql("UPDATE feed_file SET kind = ?, header = ? WHERE id = ?")
                .params(kind, Netstrings.join(header), id.value())
                .update();
    }

    /** Adds a chunk's counts, in the chunk's transaction. */
    public void progress(FeedId id, long bytesRead, Counts chunk) {
        jdbc.sql("""
                        UPDATE feed_file
                           SET bytes_read = ?, rows_read = rows_read + ?, rows_created = rows_created + ?,
                               rows_unchanged = rows_unchanged + ?, rows_corrected = rows_corrected + ?,
                               rows_rejected = rows_rejected + ?, lease_until = ?
                         WHERE id = ?""")
                .params(
                        bytesRead,
                        chunk.read(),
                        chunk.created(),
                        chunk.unchanged(),
                        chunk.corrected(),
                        chunk.rejected(),
                        Timestamp.from(clock.instant().plus(LEASE)),
                        id.value())
                .update();
    }

    public boolean isStopRequested(FeedId id) {
        return jdbc.sql("SELECT stop_requested FROM feed_file WHERE id = ?")
                .param(id.value())
                .query(Boolean.class)
                .single();
    }

    /** Asks the reader to stop after its chunk; a waiting file stops at once. False if the file is settled already. */
    @Transactional
    public boolean requestStop(FeedId id) {
        return jdbc.sql("""
                        UPDATE feed_file
                           SET stop_requested = TRUE, state = CASE state WHEN 'WAITING' THEN 'STOPPED' ELSE state END
                         WHERE id = ? AND state IN ('WAITING', 'RUNNING')""").param(id.value()).update() == 1;
    }

    /** Puts a stopped or failed file back in the queue. False if it is neither. */
    @Transactional
    public boolean requeue(FeedId id) {
        return jdbc.sql("""
                        UPDATE feed_file
                           SET stop_requested = FALSE, state = 'WAITING', node = NULL, message_code = NULL,
                               message_ja = NULL, message_en = NULL
                         WHERE id = ? AND state IN ('STOPPED', 'FAILED')""").param(id.value()).update() == 1;
    }

    /** Ends the reading of a file. */
    @Transactional
    public void settle(FeedId id, FeedState state, Optional<Message> message) {
        jdbc.sql("""
                        UPDATE feed_file
                           SET state = ?, stop_requested = FALSE, node = NULL, lease_until = NULL, finished_at = ?,
                               bytes_read = CASE WHEN ? = 'DONE' THEN size_bytes ELSE bytes_read END,
                               message_code = ?, message_ja = ?, message_en = ?
                         WHERE id = ?""")
                .param(state.name())
                .param(Timestamp.from(clock.instant()))
                .param(state.name())
                .param(message.map(Message::code).orElse(null))
                .param(message.map(m -> m.text().ja()).orElse(null))
                .param(message.map(m -> m.text().en()).orElse(null))
                .param(id.value())
                .update();
    }

    /** Keeps rejected rows, in the chunk's transaction; {@link RejectedRow#id()} is ignored. */
    public void reject(FeedId feed, List<RejectedRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<Long> ids = insertRows(feed, rows);
        List<Object[]> problems = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            int position = 0;
            for (RowProblem problem : rows.get(i).problems()) {
                problems.add(new Object[] {
                    ids.get(i),
                    position++,
                    problem.code(),
                    shortened(problem.place().column()),
                    problem.expected().ja(),
                    problem.expected().en(),
                    problem.remedy().ja(),
                    problem.remedy().en()
                });
            }
        }
        template.batchUpdate("""
                INSERT INTO feed_problem (rejected_row_id, position, code, column_name, expected_ja, expected_en,
                                          remedy_ja, remedy_en)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""", problems);
    }

    private List<Long> insertRows(FeedId feed, List<RejectedRow> rows) {
        List<Long> ids = template.execute((java.sql.Connection connection) -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO feed_rejected_row (feed_id, sheet, line, cells_sealed) VALUES (?, ?, ?, ?)",
                    Statement.RETURN_GENERATED_KEYS)) {
                for (RejectedRow row : rows) {
                    insert.setLong(1, feed.value());
                    insert.setString(2, row.sheet());
                    insert.setLong(3, row.line());
                    insert.setString(4, sealed(row));
                    insert.addBatch();
                }
                insert.executeBatch();
                List<Long> made = new ArrayList<>();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    while (keys.next()) {
                        made.add(keys.getLong(1));
                    }
                }
                return made;
            }
        });
        if (ids == null || ids.size() != rows.size()) {
            throw new IllegalStateException("Of " + rows.size() + " rejected rows not all were kept.");
        }
        return ids;
    }

    /** Cells and the problems' values, sealed together. */
    private String sealed(RejectedRow row) {
        List<String> values = row.problems().stream().map(RowProblem::value).toList();
        return cipher.seal(Netstrings.join(List.of(Netstrings.join(row.cells()), Netstrings.join(values))));
    }

    /** Rejected rows in the order of the file, after the row with the id {@code after} (0 = from the start). */
    public List<RejectedRow> listRejected(FeedId feed, long after, int most) {
        record Sealed(long id, String sheet, long line, List<String> cells, List<String> values) {}
        List<Sealed> rows = jdbc.sql("""
                        SELECT id, sheet, line, cells_sealed FROM feed_rejected_row
                         WHERE feed_id = ? AND id > ? ORDER BY id LIMIT ?""")
                .params(feed.value(), after, most)
                .query((row, n) -> {
                    List<String> parts = Netstrings.split(cipher.unseal(row.getString(4)));
                    return new Sealed(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            Netstrings.split(parts.get(0)),
                            Netstrings.split(parts.get(1)));
                })
                .list();
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, Sealed> byId = new LinkedHashMap<>();
        rows.forEach(row -> byId.put(row.id(), row));
        Map<Long, List<RowProblem>> problems = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT p.rejected_row_id, p.position, p.code, p.column_name, p.expected_ja, p.expected_en,
                               p.remedy_ja, p.remedy_en
                          FROM feed_problem p JOIN feed_rejected_row r ON r.id = p.rejected_row_id
                         WHERE r.feed_id = ? AND r.id BETWEEN ? AND ?
                         ORDER BY p.rejected_row_id, p.position""")
                .params(
                        feed.value(),
                        rows.get(0).id(),
                        rows.get(rows.size() - 1).id())
                .query(row -> {
                    Sealed owner = byId.get(row.getLong(1));
                    if (owner != null) {
                        problems.computeIfAbsent(owner.id(), id -> new ArrayList<>())
                                .add(new RowProblem(
                                        row.getString(3),
                                        new CellPlace(
                                                Optional.of(owner.sheet()).filter(s -> !s.isEmpty()),
                                                owner.line(),
                                                row.getString(4)),
                                        owner.values().get(row.getInt(2)),
                                        BilingualText.of(row.getString(5), row.getString(6)),
                                        BilingualText.of(row.getString(7), row.getString(8))));
                    }
                });
        return rows.stream()
                .map(row -> new RejectedRow(
                        row.id(),
                        row.sheet(),
                        row.line(),
                        row.cells(),
                        problems.getOrDefault(row.id(), Collections.emptyList())))
                .toList();
    }

    /** How often each problem occurs in a file, the most frequent first. */
    public List<ProblemCount> countProblems(FeedId feed) {
        return jdbc.sql("""
                        SELECT p.code, p.column_name, count(*)
                          FROM feed_problem p JOIN feed_rejected_row r ON r.id = p.rejected_row_id
                         WHERE r.feed_id = ?
                         GROUP BY p.code, p.column_name ORDER BY count(*) DESC, p.code, p.column_name LIMIT 50""")
                .param(feed.value())
                .query((row, n) -> new ProblemCount(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    /** One problem of one column and how many rows have it. */
    public record ProblemCount(String code, String column, long rows) {}

    /**
     * Deletes raw content and rejected rows of settled files whose retention has ended; what was counted stays. Content
     * that was kept and then not entered, after a crash or for a delivery that had come before, goes at the same age.
     *
     * @return how many files lost their content
     */
    public int endRetention() throws IOException {
        Timestamp now = Timestamp.from(clock.instant());
        String ended = "(SELECT id FROM feed_file WHERE retain_until < ? AND state IN ('STOPPED', 'DONE', 'FAILED'))";
        jdbc.sql("DELETE FROM feed_problem WHERE rejected_row_id IN"
                        + " (SELECT id FROM feed_rejected_row WHERE feed_id IN " + ended + ")")
                .param(now)
                .update();
        jdbc.sql("DELETE FROM feed_rejected_row WHERE feed_id IN " + ended)
                .param(now)
                .update();
        List<String> contents = jdbc.sql("""
                        SELECT s.content_hash FROM stored_file s
                         WHERE s.deleted_at IS NULL AND NOT s.for_good
                           AND NOT EXISTS (SELECT 1 FROM feed_file f
                                            WHERE f.content_hash = s.content_hash
                                              AND (f.retain_until >= ? OR f.state IN ('WAITING', 'RUNNING')))
                           AND (s.stored_at < ?
                                OR EXISTS (SELECT 1 FROM feed_file f WHERE f.content_hash = s.content_hash))""")
                .params(now, Timestamp.from(clock.instant().minus(retention)))
                .query(String.class)
                .list();
        for (String content : contents) {
            store.forget(content);
        }
        return contents.size();
    }

    private static FeedFile file(ResultSet row, int n) throws SQLException {
        return new FeedFile(
                new FeedId(row.getLong("id")),
                new ResponseId(row.getLong("response_id")),
                Optional.ofNullable(row.getString("kind")),
                row.getString("source"),
                row.getString("name"),
                row.getString("content_hash"),
                row.getLong("size_bytes"),
                row.getTimestamp("received_at").toInstant(),
                optional(row.getObject("actor_id", Long.class)).map(PersonId::new),
                FeedState.valueOf(row.getString("state")),
                row.getBoolean("stop_requested"),
                optional(row.getTimestamp("started_at")).map(Timestamp::toInstant),
                optional(row.getTimestamp("finished_at")).map(Timestamp::toInstant),
                row.getLong("bytes_read"),
                new Counts(
                        row.getLong("rows_read"),
                        row.getLong("rows_created"),
                        row.getLong("rows_unchanged"),
                        row.getLong("rows_corrected"),
                        row.getLong("rows_rejected")),
                optional(row.getString("header")).map(Netstrings::split).orElse(List.of()),
                optional(row.getString("message_code"))
                        .map(code ->
                                new Message(code, BilingualText.of(text(row, "message_ja"), text(row, "message_en")))));
    }

    private static String text(ResultSet row, String column) {
        try {
            return Optional.ofNullable(row.getString(column)).orElse("");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read " + column + ".", e);
        }
    }

    private static String shortened(String column) {
        return column.length() <= 255 ? column : column.substring(0, 255);
    }

    private static <T> Optional<T> optional(@Nullable T value) {
        return Optional.ofNullable(value);
    }
}
