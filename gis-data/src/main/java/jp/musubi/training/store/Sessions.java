package jp.musubi.training.store;

import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.common.store.BulkRows;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.RowStore;
import jp.musubi.training.AttendanceRows.KnownSession;
import jp.musubi.training.CohortId;
import jp.musubi.training.SessionId;
import jp.musubi.training.SessionRow;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Timetables. */
@Component
class Sessions implements RowStore<SessionRow> {

    private static final int IDS_PER_QUERY = 1000;
    private static final int SUGGESTED = 3;
    private static final String COLUMNS =
            "cohort_id, held_on, number, minutes, subject, cancelled, feed_id, feed_sheet, feed_line, version";

    private final JdbcClient jdbc;
    private final BulkRows bulk;
    private final ChangeLog changes;
    private final JsonMapper json = JsonMapper.builder().build();

    Sessions(JdbcClient jdbc, BulkRows bulk, ChangeLog changes) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.changes = changes;
    }

    /** When in which cohort. */
    private record Slot(long cohort, LocalDate day, int number) {}

    private record Kept(long id, SessionRow row) {}

    @Override
    public Applied apply(ImportContext context, List<ImportedRow<SessionRow>> rows) {
        List<Long> cohorts = rows.stream()
                .map(row -> row.value().cohort().value())
                .distinct()
                .sorted()
                .toList();
        WordTable.lock(jdbc, "cohort", cohorts);
        Map<Slot, Kept> known = known(cohorts);
        List<@Nullable Object[]> fresh = new ArrayList<>();
        int corrected = 0;
        for (ImportedRow<SessionRow> row : rows) {
            SessionRow session = row.value();
            Slot slot = new Slot(session.cohort().value(), session.day(), session.number());
            Kept before = known.get(slot);
            if (before == null) {
                fresh.add(values(context, row));
                known.put(slot, new Kept(0, session));
            } else if (!before.row().equals(session)) {
                correct(context, before, session);
                corrected++;
            }
        }
        bulk.insert("course_session", COLUMNS, fresh);
        return Applied.of(fresh.size(), rows.size() - fresh.size() - corrected, corrected);
    }

    private static @Nullable Object[] values(ImportContext context, ImportedRow<SessionRow> row) {
        SessionRow session = row.value();
        return new @Nullable Object[] {
            session.cohort().value(),
            Date.valueOf(session.day()),
            session.number(),
            session.minutes(),
            session.subject(),
            session.cancelled(),
            context.feed().value(),
            Cohorts.sheet(row),
            row.line(),
            0L
        };
    }

    private void correct(ImportContext context, Kept before, SessionRow session) {
        jdbc.sql("""
                        UPDATE course_session SET minutes = ?, subject = ?, cancelled = ?, version = version + 1
                         WHERE id = ?""")
                .params(session.minutes(), session.subject(), session.cancelled(), before.id())
                .update();
        changes.record(new Change(
                Optional.of(context.responseId()),
                "course-session",
                before.id(),
                "correct",
                Optional.of(state(before.row())),
                Optional.of(state(session)),
                context.actor(),
                Optional.of("feed " + context.feed().value()),
                context.receivedAt()));
    }

    private String state(SessionRow row) {
        return json.writeValueAsString(
                Map.of("minutes", row.minutes(), "subject", row.subject(), "cancelled", row.cancelled()));
    }

    private Map<Slot, Kept> known(List<Long> cohorts) {
        Map<Slot, Kept> known = new HashMap<>();
        for (int from = 0; from < cohorts.size(); from += IDS_PER_QUERY) {
            jdbc.sql("""
                            SELECT cohort_id, held_on, number, minutes, subject, cancelled, id FROM course_session
                             WHERE cohort_id IN (:ids)""")
                    .param("ids", cohorts.subList(from, Math.min(cohorts.size(), from + IDS_PER_QUERY)))
                    .query(row -> {
                        SessionRow session = new SessionRow(
                                new CohortId(row.getLong(1)),
                                row.getDate(2).toLocalDate(),
                                row.getInt(3),
                                row.getInt(4),
                                row.getString(5),
                                row.getBoolean(6));
                        known.put(
                                new Slot(row.getLong(1), session.day(), session.number()),
                                new Kept(row.getLong(7), session));
                    });
        }
        return known;
    }

    /** The sessions of some cohorts that are not cancelled. */
    Timetables timetables(List<CohortId> cohorts) {
        Map<Slot, Kept> known =
                known(cohorts.stream().map(CohortId::value).distinct().sorted().toList());
        Map<Long, Map<LocalDate, List<KnownSession>>> byCohort = new HashMap<>();
        known.forEach((slot, kept) -> {
            if (!kept.row().cancelled()) {
                byCohort.computeIfAbsent(slot.cohort(), cohort -> new HashMap<>())
                        .computeIfAbsent(slot.day(), day -> new ArrayList<>())
                        .add(new KnownSession(new SessionId(kept.id()), slot.number()));
            }
        });
        return new Timetables(byCohort);
    }

    /** Sessions by cohort and day. */
    record Timetables(Map<Long, Map<LocalDate, List<KnownSession>>> byCohort) {

        Set<LocalDate> days(CohortId cohort) {
            return byCohort.getOrDefault(cohort.value(), Map.of()).keySet();
        }

        List<KnownSession> sessions(CohortId cohort, LocalDate day) {
            return byCohort.getOrDefault(cohort.value(), Map.of()).getOrDefault(day, List.of());
        }

        List<LocalDate> daysNear(CohortId cohort, LocalDate day) {
            return days(cohort).stream()
                    .sorted(Comparator.comparing((LocalDate held) -> Math.abs(ChronoUnit.DAYS.between(day, held)))
                            .thenComparing(Comparator.naturalOrder()))
                    .limit(SUGGESTED)
                    .sorted()
                    .toList();
        }
    }
}
