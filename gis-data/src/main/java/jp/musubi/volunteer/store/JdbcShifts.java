package jp.musubi.volunteer.store;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.musubi.common.ChangedMeanwhile;
import jp.musubi.common.store.BulkRows;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.PersonId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.RowStore;
import jp.musubi.place.CommunityId;
import jp.musubi.place.HubId;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.ActivityKind;
import jp.musubi.volunteer.Risk;
import jp.musubi.volunteer.SeatLine;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.ShiftRow;
import jp.musubi.volunteer.ShiftTime;
import jp.musubi.volunteer.Shifts;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.Volunteers.Edit;
import jp.musubi.volunteer.WorkPlace;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Shifts and their activities in the database. */
@Component
class JdbcShifts implements Shifts, RowStore<ShiftRow> {

    /** The source of shifts that are typed in here. */
    private static final String OWN_SOURCE = "musubi";

    private static final String AGGREGATE = "shift";

    private final JdbcClient jdbc;
    private final BulkRows bulk;
    private final ChangeLog changes;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    JdbcShifts(JdbcClient jdbc, BulkRows bulk, ChangeLog changes, Clock clock) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.changes = changes;
        this.clock = clock;
    }

    /** Where a record comes from. */
    private record Origin(ResponseId response, String source, boolean derived) {}

    private record Known(long id, String contentHash) {}

    @Override
    public Applied apply(ImportContext context, List<ImportedRow<ShiftRow>> rows) {
        Origin origin = new Origin(context.responseId(), context.source(), context.isDerived());
        Map<String, Known> known =
                known(origin, rows.stream().map(ImportedRow::externalId).toList());
        List<ImportedRow<ShiftRow>> fresh = new ArrayList<>();
        int unchanged = 0;
        int corrected = 0;
        for (ImportedRow<ShiftRow> row : rows) {
            Known before = known.get(row.externalId());
            String hash = ReferenceFile.hashOf(row.value().contentText());
            if (before == null) {
                fresh.add(row);
            } else if (before.contentHash().equals(hash)) {
                unchanged++;
            } else {
                ShiftId id = new ShiftId(before.id());
                Optional<ShiftRow> was = find(id).map(Kept::row);
                long activity = activity(origin, row.externalId(), row.value());
                update(id, activity, row.value(), hash);
                record(
                        origin.response(),
                        id,
                        "correct",
                        was,
                        Optional.of(row.value()),
                        context.actor(),
                        Optional.of("feed " + context.feed().value()));
                corrected++;
            }
        }
        create(context, origin, fresh);
        return Applied.of(fresh.size(), unchanged, corrected);
    }

    private Map<String, Known> known(Origin origin, List<String> externalIds) {
        Map<String, Known> known = new HashMap<>();
        bulk.find(
                "external_id, id, content_hash",
                "shift",
                new TreeMap<>(Map.of("response_id", origin.response().value(), "source", origin.source())),
                "external_id",
                externalIds,
                "id",
                row -> {
                    known.put(
                            row.getString(1),
                            new Known(
                                    row.getLong(2),
                                    Optional.ofNullable(row.getString(3)).orElse("")));
                });
        return known;
    }

    private void create(ImportContext context, Origin origin, List<ImportedRow<ShiftRow>> fresh) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        Map<String, Long> activities = new HashMap<>();
        for (ImportedRow<ShiftRow> row : fresh) {
            ShiftRow shift = row.value();
            String name = shift.activity().orElse(row.externalId());
            Long activity = activities.get(name);
            if (activity == null) {
                activity = activity(origin, row.externalId(), shift);
                activities.put(name, activity);
            }
            String sheet = row.row().sheet().orElse("");
            rows.add(new @Nullable Object[] {
                origin.response().value(),
                activity,
                origin.source(),
                row.externalId(),
                origin.derived(),
                Date.valueOf(shift.time().day()),
                shift.time().fromMinute(),
                shift.time().toMinute(),
                shift.priority(),
                shift.leastPeople(),
                shift.leaderSkill().map(Skill::code).orElse(null),
                context.feed().value(),
                sheet.length() > 64 ? sheet.substring(0, 64) : sheet,
                row.line(),
                ReferenceFile.hashOf(shift.contentText()),
                0L
            });
        }
        bulk.insert(
                "shift",
                "response_id, activity_id, source, external_id, derived, held_on, from_minute, to_minute, priority,"
                        + " least_people, leader_skill, feed_id, feed_sheet, feed_line, content_hash, version",
                rows);
        Map<String, Known> ids =
                known(origin, fresh.stream().map(ImportedRow::externalId).toList());
        Map<Long, List<SeatLine>> lines = new LinkedHashMap<>();
        fresh.forEach(row -> Optional.ofNullable(ids.get(row.externalId()))
                .ifPresent(known -> lines.put(known.id(), row.value().lines())));
        insertSeats(lines);
    }

    private void insertSeats(Map<Long, List<SeatLine>> linesOf) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        linesOf.forEach((id, lines) -> lines.forEach(line -> rows.add(new @Nullable Object[] {
            id, line.number(), line.skill().map(Skill::code).orElse(null), line.level(), line.seats()
        })));
        bulk.insert("shift_seat", "shift_id, line_no, skill, level, seats", rows);
    }

    /** The activity of a shift: found by its number and brought up to what the row says, or made. */
    private long activity(Origin origin, String shiftId, ShiftRow row) {
        String externalId = row.activity().orElse(shiftId);
        Long community =
                row.place() instanceof WorkPlace.AtCommunity at ? at.community().value() : null;
        Long hub = row.place() instanceof WorkPlace.AtHub at ? at.hub().value() : null;
        String risks =
                String.join(" ", row.risks().stream().sorted().map(Risk::code).toList());
        int updated = jdbc.sql("""
                        UPDATE activity SET kind = :kind, title = :title, community_id = :community, hub_id = :hub,
                               risks = :risks, continuity = :continuity, version = version + 1
                         WHERE response_id = :response AND source = :source AND external_id = :external""")
                .param("kind", row.kind().name())
                .param("title", row.title())
                .param("community", community)
                .param("hub", hub)
                .param("risks", risks)
                .param("continuity", row.continuity())
                .param("response", origin.response().value())
                .param("source", origin.source())
                .param("external", externalId)
                .update();
        if (updated == 0) {
            jdbc.sql("""
                            INSERT INTO activity (response_id, source, external_id, derived, kind, title, community_id, hub_id,
                                   risks, continuity, version)
                            VALUES (:response, :source, :external, :derived, :kind, :title, :community, :hub, :risks,
                                    :continuity, 0)""")
                    .param("response", origin.response().value())
                    .param("source", origin.source())
                    .param("external", externalId)
                    .param("derived", origin.derived())
                    .param("kind", row.kind().name())
                    .param("title", row.title())
                    .param("community", community)
                    .param("hub", hub)
                    .param("risks", risks)
                    .param("continuity", row.continuity())
                    .update();
        }
        return jdbc.sql("SELECT id FROM activity WHERE response_id = ? AND source = ? AND external_id = ?")
                .params(origin.response().value(), origin.source(), externalId)
                .query(Long.class)
                .single();
    }

    private void update(ShiftId id, long activity, ShiftRow row, @Nullable String contentHash) {
        jdbc.sql("""
                        UPDATE shift SET activity_id = :activity, held_on = :day, from_minute = :from, to_minute = :to,
                               priority = :priority, least_people = :least, leader_skill = :leader,
                               content_hash = COALESCE(:hash, content_hash), version = version + 1
                         WHERE id = :id""")
                .param("activity", activity)
                .param("day", Date.valueOf(row.time().day()))
                .param("from", row.time().fromMinute())
                .param("to", row.time().toMinute())
                .param("priority", row.priority())
                .param("least", row.leastPeople())
                .param("leader", row.leaderSkill().map(Skill::code).orElse(null))
                .param("hash", contentHash)
                .param("id", id.value())
                .update();
        jdbc.sql("DELETE FROM shift_seat WHERE shift_id = ?").param(id.value()).update();
        insertSeats(Map.of(id.value(), row.lines()));
        // Who was only proposed is proposed anew by the next roster.
        jdbc.sql("DELETE FROM assignment WHERE shift_id = ? AND state = 'PROPOSED' AND NOT locked")
                .param(id.value())
                .update();
    }

    @Override
    @Transactional
    public Optional<ShiftId> add(ResponseId response, String externalId, ShiftRow row, Edit edit) {
        Origin origin = new Origin(response, OWN_SOURCE, false);
        // A number that is taken must not change the activity of whoever has it.
        if (!known(origin, List.of(externalId)).isEmpty()) {
            return Optional.empty();
        }
        long activity = activity(origin, externalId, row);
        int stored = jdbc.sql("""
                        INSERT INTO shift (response_id, activity_id, source, external_id, derived, held_on, from_minute,
                               to_minute, priority, least_people, leader_skill, feed_sheet, version)
                        VALUES (:response, :activity, :source, :external, FALSE, :day, :from, :to, :priority, :least, :leader,
                                '', 0) ON CONFLICT DO NOTHING""")
                .param("response", response.value())
                .param("activity", activity)
                .param("source", OWN_SOURCE)
                .param("external", externalId)
                .param("day", Date.valueOf(row.time().day()))
                .param("from", row.time().fromMinute())
                .param("to", row.time().toMinute())
                .param("priority", row.priority())
                .param("least", row.leastPeople())
                .param("leader", row.leaderSkill().map(Skill::code).orElse(null))
                .update();
        if (stored == 0) {
            return Optional.empty();
        }
        ShiftId id =
                new ShiftId(jdbc.sql("SELECT id FROM shift WHERE response_id = ? AND source = ? AND external_id = ?")
                        .params(response.value(), OWN_SOURCE, externalId)
                        .query(Long.class)
                        .single());
        insertSeats(Map.of(id.value(), row.lines()));
        record(response, id, "create", Optional.empty(), Optional.of(row), edit.by(), Optional.empty());
        return Optional.of(id);
    }

    @Override
    @Transactional
    public void correct(ShiftId id, long basedOnVersion, ShiftRow row, Edit edit) {
        Kept before = getLocked(id);
        if (before.version() != basedOnVersion) {
            throw new ChangedMeanwhile(AGGREGATE, id.value(), basedOnVersion);
        }
        String source = jdbc.sql("SELECT source FROM shift WHERE id = ?")
                .param(id.value())
                .query(String.class)
                .single();
        long activity = activity(new Origin(before.response(), source, before.derived()), before.externalId(), row);
        update(id, activity, row, null);
        record(
                before.response(),
                id,
                "correct",
                Optional.of(before.row()),
                Optional.of(row),
                edit.by(),
                Optional.empty());
    }

    @Override
    @Transactional
    public void setCancelled(ShiftId id, boolean cancelled, Edit edit) {
        Kept before = getLocked(id);
        jdbc.sql("UPDATE shift SET cancelled_at = :at, version = version + 1 WHERE id = :id")
                .param("at", cancelled ? Timestamp.from(edit.at()) : null)
                .param("id", id.value())
                .update();
        if (cancelled) {
            jdbc.sql("""
                            UPDATE assignment SET state = 'WITHDRAWN', locked = FALSE, changed_at = :at, version = version + 1
                             WHERE shift_id = :id AND state IN ('PROPOSED', 'CONFIRMED')""")
                    .param("at", Timestamp.from(edit.at()))
                    .param("id", id.value())
                    .update();
        }
        record(
                before.response(),
                id,
                cancelled ? "cancel" : "restore",
                Optional.of(before.row()),
                Optional.of(before.row()),
                edit.by(),
                Optional.empty());
    }

    private Kept getLocked(ShiftId id) {
        jdbc.sql("SELECT id FROM shift WHERE id = ? FOR UPDATE")
                .param(id.value())
                .query(Long.class)
                .optional();
        return find(id).orElseThrow(() -> new IllegalArgumentException("There is no shift " + id.value() + "."));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Kept> find(ShiftId id) {
        Map<Long, List<SeatLine>> lines = seats(List.of(id.value()));
        return jdbc.sql("""
                        SELECT s.*, a.external_id AS activity_number FROM shift_place s JOIN activity a ON a.id = s.activity_id
                         WHERE s.id = ?""")
                .param(id.value())
                .query((row, n) -> kept(row, lines.getOrDefault(id.value(), List.of())))
                .optional();
    }

    /** @param row of {@code shift_place} with its activity_number */
    static Kept kept(ResultSet row, List<SeatLine> lines) throws SQLException {
        @Nullable Long community = row.getObject("community_id", Long.class);
        return new Kept(
                new ShiftId(row.getLong("id")),
                new ResponseId(row.getLong("response_id")),
                row.getString("external_id"),
                row.getBoolean("derived"),
                new ShiftRow(
                        Optional.of(row.getString("activity_number")),
                        row.getString("title"),
                        ActivityKind.valueOf(row.getString("kind")),
                        community == null
                                ? new WorkPlace.AtHub(new HubId(row.getLong("hub_id")))
                                : new WorkPlace.AtCommunity(new CommunityId(community)),
                        risks(row.getString("risks")),
                        row.getBoolean("continuity"),
                        time(row),
                        row.getInt("priority"),
                        lines,
                        row.getInt("least_people"),
                        Optional.ofNullable(row.getString("leader_skill")).flatMap(Skill::findByCode)),
                row.getTimestamp("cancelled_at") != null,
                row.getLong("version"));
    }

    static ShiftTime time(ResultSet row) throws SQLException {
        return new ShiftTime(row.getDate("held_on").toLocalDate(), row.getInt("from_minute"), row.getInt("to_minute"));
    }

    static Set<Risk> risks(String codes) {
        Set<Risk> risks = EnumSet.noneOf(Risk.class);
        Arrays.stream(codes.split(" ", -1))
                .forEach(code -> Risk.findByCode(code).ifPresent(risks::add));
        return risks;
    }

    Map<Long, List<SeatLine>> seats(Collection<Long> shifts) {
        return shifts.isEmpty()
                ? Map.of()
                : seats("shift_id IN (" + "?, ".repeat(shifts.size() - 1) + "?)", shifts.toArray());
    }

    /** @param which of the shifts, as a condition with question marks */
    Map<Long, List<SeatLine>> seats(String which, Object... values) {
        Map<Long, List<SeatLine>> found = new HashMap<>();
        jdbc.sql("SELECT shift_id, line_no, skill, level, seats FROM shift_seat WHERE " + which
                        + " ORDER BY shift_id, line_no")
                .params(values)
                .query((row, n) -> {
                    SeatLine line = new SeatLine(
                            row.getInt(2),
                            Optional.ofNullable(row.getString(3)).flatMap(Skill::findByCode),
                            row.getInt(4),
                            row.getInt(5));
                    return found.computeIfAbsent(row.getLong(1), key -> new ArrayList<>())
                            .add(line);
                })
                .list();
        return found;
    }

    private void record(
            ResponseId response,
            ShiftId id,
            String action,
            Optional<ShiftRow> before,
            Optional<ShiftRow> after,
            Optional<PersonId> by,
            Optional<String> reason) {
        changes.record(new Change(
                Optional.of(response),
                AGGREGATE,
                id.value(),
                action,
                before.map(this::text),
                after.map(this::text),
                by,
                reason,
                clock.instant()));
    }

    private String text(ShiftRow row) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("title", row.title());
        fields.put("kind", row.kind().code());
        fields.put("day", row.time().day().toString());
        fields.put("from", row.time().fromMinute());
        fields.put("to", row.time().toMinute());
        fields.put("priority", row.priority());
        fields.put("seats", SeatLine.total(row.lines()));
        fields.put("least_people", row.leastPeople());
        return json.writeValueAsString(fields);
    }
}
