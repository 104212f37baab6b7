package jp.musubi.training.store;

import java.sql.Date;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.musubi.common.store.BulkRows;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.OrganisationId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportedRow;
import jp.musubi.inbox.RowStore;
import jp.musubi.training.CohortRow;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Courses and their cohorts. */
@Component
class Cohorts implements RowStore<CohortRow> {

    private static final String AGGREGATE = "cohort";
    private static final String COLUMNS =
            "response_id, course_id, source, external_id, derived, name, starts_on, ends_on,"
                    + " office_id, places, feed_id, feed_sheet, feed_line, content_hash, version";
    private static final int LONGEST_SHEET = 64;

    private final JdbcClient jdbc;
    private final BulkRows bulk;
    private final ChangeLog changes;
    private final JsonMapper json = JsonMapper.builder().build();

    Cohorts(JdbcClient jdbc, BulkRows bulk, ChangeLog changes) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.changes = changes;
    }

    private record Known(long id, String contentHash) {}

    @Override
    public Applied apply(ImportContext context, List<ImportedRow<CohortRow>> rows) {
        Map<String, Known> known = new HashMap<>();
        bulk.find(
                "external_id, id, content_hash",
                "cohort",
                new TreeMap<>(Map.of("response_id", context.responseId().value(), "source", context.source())),
                "external_id",
                rows.stream().map(ImportedRow::externalId).toList(),
                "id",
                row -> {
                    known.put(
                            row.getString(1),
                            new Known(
                                    row.getLong(2),
                                    Optional.ofNullable(row.getString(3)).orElse("")));
                });
        List<ImportedRow<CohortRow>> written = rows.stream()
                .filter(row -> !Optional.ofNullable(known.get(row.externalId()))
                        .map(Known::contentHash)
                        .equals(Optional.of(hash(row))))
                .toList();
        Map<String, Long> courses = courses(context, written);
        List<@Nullable Object[]> fresh = new ArrayList<>();
        int corrected = 0;
        for (ImportedRow<CohortRow> row : written) {
            long course = Optional.ofNullable(courses.get(row.value().course().number()))
                    .orElseThrow(() -> new IllegalStateException("The course of line " + row.line() + " is missing."));
            Known before = known.get(row.externalId());
            if (before == null) {
                fresh.add(values(context, row, course));
            } else {
                correct(context, before.id(), row, course);
                corrected++;
            }
        }
        bulk.insert("cohort", COLUMNS, fresh);
        return Applied.of(fresh.size(), rows.size() - written.size(), corrected);
    }

    private static String hash(ImportedRow<CohortRow> row) {
        return ReferenceFile.hashOf(row.value().contentText());
    }

    static String sheet(ImportedRow<?> row) {
        String sheet = row.row().sheet().orElse("");
        return sheet.length() > LONGEST_SHEET ? sheet.substring(0, LONGEST_SHEET) : sheet;
    }

    /** The ids of the rows' courses, by number; a course is as the last row of it says. */
    private Map<String, Long> courses(ImportContext context, List<ImportedRow<CohortRow>> rows) {
        Map<String, CohortRow.Course> wanted = new LinkedHashMap<>();
        rows.forEach(
                row -> wanted.put(row.value().course().number(), row.value().course()));
        Map<String, Long> ids = new HashMap<>();
        wanted.forEach((number, course) -> {
            jdbc.sql("""
                            INSERT INTO course (response_id, source, external_id, derived, title, field, municipality_code,
                                scheme_code, version)
                            VALUES (:response, :source, :number, :derived, :title, :field, :municipality, :scheme, 0)
                                ON CONFLICT DO NOTHING""")
                    .param("response", context.responseId().value())
                    .param("source", context.source())
                    .param("number", number)
                    .param("derived", context.isDerived())
                    .param("title", course.title())
                    .param("field", course.field().name())
                    .param("municipality", course.municipality().value())
                    .param("scheme", course.scheme())
                    .update();
            jdbc.sql("""
                            UPDATE course SET title = :title, field = :field, municipality_code = :municipality,
                                   scheme_code = :scheme, competency_code = :competency, version = version + 1
                             WHERE response_id = :response AND source = :source AND external_id = :number""")
                    .param("title", course.title())
                    .param("field", course.field().name())
                    .param("municipality", course.municipality().value())
                    .param("scheme", course.scheme())
                    .param("competency", course.competency().orElse(null))
                    .param("response", context.responseId().value())
                    .param("source", context.source())
                    .param("number", number)
                    .update();
            ids.put(
                    number,
                    jdbc.sql("SELECT id FROM course WHERE response_id = ? AND source = ? AND external_id = ?")
                            .params(context.responseId().value(), context.source(), number)
                            .query(Long.class)
                            .single());
        });
        return ids;
    }

    private static @Nullable Object[] values(ImportContext context, ImportedRow<CohortRow> row, long course) {
        CohortRow.Run run = row.value().run();
        return new @Nullable Object[] {
            context.responseId().value(),
            course,
            context.source(),
            row.externalId(),
            context.isDerived(),
            run.name(),
            Date.valueOf(run.startsOn()),
            Date.valueOf(run.endsOn()),
            run.office().map(OrganisationId::value).orElse(null),
            run.places().isPresent() ? run.places().getAsInt() : null,
            context.feed().value(),
            sheet(row),
            row.line(),
            hash(row),
            0L
        };
    }

    private void correct(ImportContext context, long id, ImportedRow<CohortRow> row, long course) {
        CohortRow.Run run = row.value().run();
        Map<String, Object> before = state(id);
        jdbc.sql("""
                        UPDATE cohort SET course_id = :course, name = :name, starts_on = :starts, ends_on = :ends,
                               office_id = :office, places = :places, content_hash = :hash, version = version + 1
                         WHERE id = :id""")
                .param("course", course)
                .param("name", run.name())
                .param("starts", Date.valueOf(run.startsOn()))
                .param("ends", Date.valueOf(run.endsOn()))
                .param("office", run.office().map(OrganisationId::value).orElse(null))
                .param("places", run.places().isPresent() ? run.places().getAsInt() : null)
                .param("hash", hash(row))
                .param("id", id)
                .update();
        changes.record(new Change(
                Optional.of(context.responseId()),
                AGGREGATE,
                id,
                "correct",
                Optional.of(json.writeValueAsString(before)),
                Optional.of(json.writeValueAsString(state(id))),
                context.actor(),
                Optional.of("feed " + context.feed().value()),
                context.receivedAt()));
    }

    private Map<String, Object> state(long id) {
        return jdbc.sql("SELECT name, starts_on, ends_on, office_id, places, course_id FROM cohort WHERE id = ?")
                .param(id)
                .query((row, n) -> {
                    Map<String, Object> state = new TreeMap<>();
                    state.put("name", row.getString(1));
                    state.put("starts", String.valueOf(row.getDate(2)));
                    state.put("ends", String.valueOf(row.getDate(3)));
                    state.put("office", row.getLong(4));
                    state.put("places", row.getInt(5));
                    state.put("course", row.getLong(6));
                    return state;
                })
                .single();
    }
}
