package jp.musubi.place.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.identity.Change;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.RowStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * Imported rows of communities or hubs, in bulk. Per call: one query for what is known, one batch for what is new, one
 * for what changed.
 *
 * <p>A row whose content is that of the last import changes nothing, so that sending a file again does not undo what
 * people corrected by hand since.
 *
 * @param <R> what a row says
 * @param <D> what is kept of it
 */
abstract class ImportedPlaces<R, D> implements RowStore<R> {

    private static final int IDS_PER_QUERY = 1000;

    private final NamedParameterJdbcTemplate jdbc;
    private final PlaceHistory history;
    private final String table;
    private final String insert;
    private final String update;
    private final String select;

    /**
     * @param table table and aggregate; contacts are in {@code TABLE_contact}
     * @param columns columns of the details that are not the point
     */
    ImportedPlaces(NamedParameterJdbcTemplate jdbc, PlaceHistory history, String table, List<String> columns) {
        this.jdbc = jdbc;
        this.history = history;
        this.table = table;
        String point = "ST_SetSRID(ST_MakePoint(:longitude, :latitude), 4326)";
        insert = "INSERT INTO " + table
                + " (response_id, source, external_id, derived, feed_id, feed_sheet, feed_line, content_hash, reported_at,"
                + " version, point, " + String.join(", ", columns) + ") VALUES (:response_id, :source, :external_id,"
                + " :derived, :feed_id, :feed_sheet, :feed_line, :content_hash, :reported_at, 0, " + point + ", "
                + String.join(", ", columns.stream().map(column -> ":" + column).toList()) + ")";
        update = "UPDATE " + table + " SET content_hash = :content_hash, reported_at = :reported_at,"
                + " version = version + 1, point = " + point + ", "
                + String.join(
                        ", ",
                        columns.stream().map(column -> column + " = :" + column).toList())
                + " WHERE id = :id";
        select =
                "SELECT id, external_id, content_hash, reported_at, ST_Y(point) AS latitude, ST_X(point) AS longitude, "
                        + String.join(", ", columns) + " FROM " + table
                        + " WHERE response_id = :response AND source = :source AND external_id IN (:ids) ORDER BY id FOR UPDATE";
    }

    abstract D details(R row);

    abstract D onto(R row, D known);

    abstract String contentText(R row);

    abstract Optional<Instant> reportedAt(R row);

    /** Whether {@code now} is newer word about the thing than {@code before}, although the file gives no time. */
    abstract boolean isNews(D before, D now);

    abstract Optional<String> contact(R row);

    abstract boolean statesContact(R row);

    abstract String json(D details);

    abstract D read(ResultSet row) throws SQLException;

    /** Sets the columns of the details, {@code latitude} and {@code longitude}. */
    abstract void write(MapSqlParameterSource values, D details, String externalId);

    private record Known<D>(long id, @Nullable String contentHash, Instant reportedAt, D details) {}

    @Override
    public Applied apply(ImportContext context, List<ImportedRow<R>> rows) {
        Map<String, Known<D>> known = known(context, rows);
        List<SqlParameterSource> inserts = new ArrayList<>();
        List<SqlParameterSource> updates = new ArrayList<>();
        List<SqlParameterSource> rehashed = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        Map<String, Optional<String>> contactsOfNew = new LinkedHashMap<>();
        Map<Long, Optional<String>> contactsStated = new LinkedHashMap<>();
        int unchanged = 0;
        int corrected = 0;
        for (ImportedRow<R> row : rows) {
            String hash = ReferenceFile.hashOf(contentText(row.value()));
            Known<D> before = known.get(row.externalId());
            if (before == null) {
                inserts.add(created(context, row, hash));
                contact(row.value()).ifPresent(text -> contactsOfNew.put(row.externalId(), Optional.of(text)));
                continue;
            }
            if (hash.equals(before.contentHash())) {
                unchanged++;
                continue;
            }
            D after = onto(row.value(), before.details());
            boolean contactChanged =
                    statesContact(row.value()) && !contact(row.value()).equals(findContact(before.id()));
            if (contactChanged) {
                contactsStated.put(before.id(), contact(row.value()));
            }
            if (after.equals(before.details()) && !contactChanged) {
                rehashed.add(new MapSqlParameterSource("content_hash", hash).addValue("id", before.id()));
                unchanged++;
                continue;
            }
            corrected++;
            MapSqlParameterSource values = new MapSqlParameterSource("id", before.id())
                    .addValue("content_hash", hash)
                    .addValue(
                            "reported_at",
                            timestamp(reportedAt(row.value())
                                    .orElse(isNews(before.details(), after) ? context.now() : before.reportedAt())));
            write(values, after, row.externalId());
            updates.add(values);
            changes.add(history.change(
                    context.responseId(),
                    table,
                    before.id(),
                    "correct",
                    Optional.of(json(before.details())),
                    Optional.of(json(after)),
                    context.actor(),
                    Optional.of("import " + context.feed().value())));
        }
        batch(insert, inserts);
        batch(update, updates);
        batch("UPDATE " + table + " SET content_hash = :content_hash WHERE id = :id", rehashed);
        history.log().recordAll(changes);
        contactsStated.putAll(ofNew(context, contactsOfNew));
        storeContacts(contactsStated);
        return Applied.of(inserts.size(), unchanged, corrected);
    }

    private void batch(String sql, List<SqlParameterSource> values) {
        if (!values.isEmpty()) {
            jdbc.batchUpdate(sql, values.toArray(SqlParameterSource[]::new));
        }
    }

    private SqlParameterSource created(ImportContext context, ImportedRow<R> row, String hash) {
        MapSqlParameterSource values = new MapSqlParameterSource(
                        "response_id", context.responseId().value())
                .addValue("source", context.source())
                .addValue("external_id", row.externalId())
                .addValue("derived", context.isDerived())
                .addValue("feed_id", context.feed().value())
                .addValue("feed_sheet", row.row().sheet().orElse(""))
                .addValue("feed_line", row.line())
                .addValue("content_hash", hash)
                .addValue("reported_at", timestamp(reportedAt(row.value()).orElse(context.now())));
        write(values, details(row.value()), row.externalId());
        return values;
    }

    private Map<String, Known<D>> known(ImportContext context, List<ImportedRow<R>> rows) {
        Map<String, Known<D>> known = new HashMap<>();
        List<String> ids = rows.stream().map(ImportedRow::externalId).toList();
        for (int from = 0; from < ids.size(); from += IDS_PER_QUERY) {
            jdbc.query(select, identity(context, ids, from), row -> {
                known.put(
                        row.getString("external_id"),
                        new Known<>(
                                row.getLong("id"),
                                row.getString("content_hash"),
                                row.getTimestamp("reported_at").toInstant(),
                                read(row)));
            });
        }
        return known;
    }

    private static MapSqlParameterSource identity(ImportContext context, List<String> ids, int from) {
        return new MapSqlParameterSource("response", context.responseId().value())
                .addValue("source", context.source())
                .addValue("ids", ids.subList(from, Math.min(ids.size(), from + IDS_PER_QUERY)));
    }

    private Optional<String> findContact(long id) {
        return jdbc
                .queryForList(
                        "SELECT contact FROM " + table + "_contact WHERE " + table + "_id = :id",
                        new MapSqlParameterSource("id", id),
                        String.class)
                .stream()
                .findFirst();
    }

    private Map<Long, Optional<String>> ofNew(ImportContext context, Map<String, Optional<String>> contacts) {
        Map<Long, Optional<String>> byId = new LinkedHashMap<>();
        List<String> ids = List.copyOf(contacts.keySet());
        for (int from = 0; from < ids.size(); from += IDS_PER_QUERY) {
            jdbc.query(
                    "SELECT id, external_id FROM " + table
                            + " WHERE response_id = :response AND source = :source AND external_id IN (:ids)",
                    identity(context, ids, from),
                    row -> {
                        byId.put(
                                row.getLong("id"),
                                contacts.getOrDefault(row.getString("external_id"), Optional.empty()));
                    });
        }
        return byId;
    }

    private void storeContacts(Map<Long, Optional<String>> contacts) {
        List<SqlParameterSource> all = new ArrayList<>();
        List<SqlParameterSource> given = new ArrayList<>();
        contacts.forEach((id, contact) -> {
            all.add(new MapSqlParameterSource("id", id));
            contact.ifPresent(text -> given.add(new MapSqlParameterSource("id", id).addValue("contact", text)));
        });
        batch("DELETE FROM " + table + "_contact WHERE " + table + "_id = :id", all);
        batch("INSERT INTO " + table + "_contact (" + table + "_id, contact) VALUES (:id, :contact)", given);
    }

    /** A position nobody knows is a null point: both databases make that of null degrees. */
    static void point(MapSqlParameterSource values, @Nullable Double latitude, @Nullable Double longitude) {
        values.addValue("latitude", latitude, Types.DOUBLE).addValue("longitude", longitude, Types.DOUBLE);
    }

    static <T> Optional<T> optional(@Nullable T value) {
        return Optional.ofNullable(value);
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.from(instant);
    }
}
