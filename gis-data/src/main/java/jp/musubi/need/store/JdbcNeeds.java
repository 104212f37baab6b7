package jp.musubi.need.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.musubi.catalog.ItemId;
import jp.musubi.common.Quantity;
import jp.musubi.common.store.BulkRows;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.PersonId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.RowStore;
import jp.musubi.need.Need;
import jp.musubi.need.NeedId;
import jp.musubi.need.NeedKind;
import jp.musubi.need.Needs;
import jp.musubi.need.Priority;
import jp.musubi.need.ReportedNeed;
import jp.musubi.place.CommunityId;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Requests and assessments in the database. */
@Component
class JdbcNeeds implements RowStore<ReportedNeed>, Needs {

    /** The source of what people type in here. */
    private static final String OWN_SOURCE = "musubi";

    private static final int BATCH = 500;

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final BulkRows bulk;
    private final ChangeLog changes;
    private final Clock clock;

    private record Stored(String externalId, long id, String contentHash, Summary summary) {}

    /** What the history says about a need; it holds no personal data. */
    private record Summary(
            long community,
            long item,
            NeedKind kind,
            long quantity,
            int priority,
            @Nullable Instant neededBy) {

        static Summary of(ReportedNeed need) {
            return new Summary(
                    need.community().value(),
                    need.item().value(),
                    need.kind(),
                    need.quantity().baseUnits(),
                    need.priority().number(),
                    need.neededBy().orElse(null));
        }

        String json() {
            return "{\"community\":" + community + ",\"item\":" + item + ",\"kind\":\"" + kind + "\",\"quantity\":"
                    + quantity + ",\"priority\":" + priority + ",\"neededBy\":"
                    + (neededBy == null ? "null" : "\"" + neededBy + "\"") + "}";
        }
    }

    private record Correction(Stored stored, ReportedNeed need, String contentHash) {}

    private record Creation(ImportedRow<ReportedNeed> row, String contentHash) {}

    JdbcNeeds(JdbcTemplate jdbc, JdbcClient client, BulkRows bulk, ChangeLog changes, Clock clock) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.client = client;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public Applied apply(ImportContext context, List<ImportedRow<ReportedNeed>> rows) {
        if (rows.isEmpty()) {
            return Applied.of(0, 0, 0);
        }
        Map<String, Stored> stored = stored(
                context.responseId(),
                context.source(),
                rows.stream().map(ImportedRow::externalId).toList());
        List<Creation> created = new ArrayList<>();
        List<Correction> corrected = new ArrayList<>();
        int unchanged = 0;
        for (ImportedRow<ReportedNeed> row : rows) {
            String hash = contentHash(row.value());
            Stored known = stored.get(row.externalId());
            if (known == null) {
                created.add(new Creation(row, hash));
            } else if (known.contentHash().equals(hash)) {
                unchanged++;
            } else {
                corrected.add(new Correction(known, row.value(), hash));
            }
        }
        create(context, created);
        correct(context, corrected);
        return Applied.of(created.size(), unchanged, corrected.size());
    }

    private Map<String, Stored> stored(ResponseId response, String source, List<String> externalIds) {
        Map<String, Stored> stored = new HashMap<>();
        bulk.find(
                "external_id, id, content_hash, community_id, item_id, kind, quantity, priority, needed_by",
                "need",
                new TreeMap<>(Map.of("response_id", response.value(), "source", source)),
                "external_id",
                externalIds,
                "id",
                row -> {
                    Stored need = new Stored(
                            row.getString("external_id"),
                            row.getLong("id"),
                            Optional.ofNullable(row.getString("content_hash")).orElse(""),
                            new Summary(
                                    row.getLong("community_id"),
                                    row.getLong("item_id"),
                                    NeedKind.valueOf(row.getString("kind")),
                                    row.getLong("quantity"),
                                    row.getInt("priority"),
                                    instant(row, "needed_by")));
                    stored.put(need.externalId(), need);
                });
        return stored;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        @Nullable Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static final String INSERT = """
            INSERT INTO need (response_id, source, external_id, derived, community_id, item_id, kind, quantity, written,
                pack_assumed, priority, needed_by, reported_at, reported_how, feed_id, feed_sheet, feed_line,
                content_hash, version)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)""";

    private void create(ImportContext context, List<Creation> created) {
        jdbc.batchUpdate(INSERT, created, BATCH, (statement, creation) -> {
            statement.setLong(1, context.responseId().value());
            statement.setString(2, context.source());
            statement.setString(3, creation.row().externalId());
            statement.setBoolean(4, context.isDerived());
            set(statement, 5, creation.row().value(), context.now());
            statement.setLong(15, context.feed().value());
            statement.setString(16, sheet(creation.row()));
            statement.setLong(17, creation.row().line());
            statement.setString(18, creation.contentHash());
        });
    }

    private void correct(ImportContext context, List<Correction> corrected) {
        jdbc.batchUpdate("""
                UPDATE need SET community_id = ?, item_id = ?, kind = ?, quantity = ?, written = ?, pack_assumed = ?,
                    priority = ?, needed_by = ?, reported_at = ?, reported_how = ?, content_hash = ?,
                    version = version + 1
                WHERE id = ?""", corrected, BATCH, (statement, correction) -> {
            set(statement, 1, correction.need(), context.now());
            statement.setString(11, correction.contentHash());
            statement.setLong(12, correction.stored().id());
        });
        Instant recordedAt = clock.instant();
        changes.recordAll(corrected.stream()
                .map(correction -> new Change(
                        Optional.of(context.responseId()),
                        "need",
                        correction.stored().id(),
                        "correct",
                        Optional.of(correction.stored().summary().json()),
                        Optional.of(Summary.of(correction.need()).json()),
                        context.actor(),
                        Optional.of("feed " + context.feed().value()),
                        recordedAt))
                .toList());
    }

    /** Ten columns from community_id to reported_how. */
    private static void set(PreparedStatement statement, int first, ReportedNeed need, Instant now)
            throws SQLException {
        statement.setLong(first, need.community().value());
        statement.setLong(first + 1, need.item().value());
        statement.setString(first + 2, need.kind().name());
        statement.setLong(first + 3, need.quantity().baseUnits());
        statement.setString(first + 4, shortened(need.written()));
        statement.setBoolean(first + 5, need.packAssumed());
        statement.setInt(first + 6, need.priority().number());
        statement.setTimestamp(first + 7, need.neededBy().map(Timestamp::from).orElse(null));
        statement.setTimestamp(first + 8, Timestamp.from(need.reportedAt().orElse(now)));
        statement.setString(first + 9, need.reportedHow().orElse(null));
    }

    private static String sheet(ImportedRow<ReportedNeed> row) {
        String sheet = row.row().sheet().orElse("");
        return sheet.length() > 64 ? sheet.substring(0, 64) : sheet;
    }

    private static String shortened(String text) {
        return text.length() > 120 ? text.substring(0, 119) + "…" : text;
    }

    /** Of what the row says, not of what follows from it: a row without a time stays the same whenever it is read. */
    private static String contentHash(ReportedNeed need) {
        return ReferenceFile.hashOf(String.join(
                "\u001f",
                Long.toString(need.community().value()),
                Long.toString(need.item().value()),
                need.kind().name(),
                Long.toString(need.quantity().baseUnits()),
                need.written(),
                Integer.toString(need.priority().number()),
                need.neededBy().map(Instant::toString).orElse(""),
                need.reportedAt().map(Instant::toString).orElse(""),
                need.reportedHow().orElse("")));
    }

    @Override
    @Transactional
    public NeedId report(ResponseId response, ReportedNeed need, Instant now, Optional<PersonId> actor, String key) {
        // A form that was changed and sent again is another report.
        String externalId = key + ":" + contentHash(need).substring(0, 16);
        int stored = jdbc.update(INSERT + " ON CONFLICT DO NOTHING", statement -> {
            statement.setLong(1, response.value());
            statement.setString(2, OWN_SOURCE);
            statement.setString(3, externalId);
            statement.setBoolean(4, false);
            set(statement, 5, need, now);
            statement.setNull(15, Types.BIGINT);
            statement.setString(16, "");
            statement.setNull(17, Types.BIGINT);
            statement.setNull(18, Types.VARCHAR);
        });
        long id = client.sql("SELECT id FROM need WHERE response_id = ? AND source = ? AND external_id = ?")
                .params(response.value(), OWN_SOURCE, externalId)
                .query(Long.class)
                .single();
        if (stored == 0) {
            return new NeedId(id);
        }
        changes.record(new Change(
                Optional.of(response),
                "need",
                id,
                "create",
                Optional.empty(),
                Optional.of(Summary.of(need).json()),
                actor,
                Optional.empty(),
                clock.instant()));
        return new NeedId(id);
    }

    @Override
    public Optional<Need> findById(ResponseId response, NeedId id) {
        return client.sql("""
                        SELECT id, community_id, item_id, kind, quantity, priority, needed_by, reported_at, derived,
                               withdrawn_at
                        FROM need WHERE response_id = ? AND id = ?""")
                .params(response.value(), id.value())
                .query((row, n) -> need(row))
                .optional();
    }

    private static Need need(ResultSet row) throws SQLException {
        return new Need(
                new NeedId(row.getLong("id")),
                new CommunityId(row.getLong("community_id")),
                new ItemId(row.getLong("item_id")),
                NeedKind.valueOf(row.getString("kind")),
                new Quantity(row.getLong("quantity")),
                Priority.of(row.getInt("priority")),
                Optional.ofNullable(instant(row, "needed_by")),
                row.getTimestamp("reported_at").toInstant(),
                row.getBoolean("derived"),
                row.getTimestamp("withdrawn_at") != null);
    }

    @Override
    @Transactional
    public boolean withdraw(ResponseId response, NeedId id, Instant now, Optional<PersonId> actor, String reason) {
        Optional<Need> known = findById(response, id);
        int changed = client.sql("""
                        UPDATE need SET withdrawn_at = ?, version = version + 1
                        WHERE response_id = ? AND id = ? AND withdrawn_at IS NULL""")
                .params(Timestamp.from(now), response.value(), id.value())
                .update();
        if (changed == 0 || known.isEmpty()) {
            return false;
        }
        changes.record(new Change(
                Optional.of(response),
                "need",
                id.value(),
                "withdraw",
                Optional.of("{\"withdrawn\":false}"),
                Optional.of("{\"withdrawn\":true}"),
                actor,
                Optional.of(reason),
                clock.instant()));
        return true;
    }
}
