package jp.musubi.training.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.identity.OrganisationId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.Row;
import jp.musubi.training.CohortId;
import jp.musubi.training.CohortRef;
import jp.musubi.training.TraineeId;
import jp.musubi.training.TraineeRef;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cohorts and trainees by the numbers that rows give, looked up for a whole chunk at once. */
@Component
class KnownPeople {

    private static final int NUMBERS_PER_QUERY = 1000;

    private final JdbcClient jdbc;
    private final Senders senders;

    KnownPeople(JdbcClient jdbc, Senders senders) {
        this.jdbc = jdbc;
        this.senders = senders;
    }

    private record Candidate<V>(String number, String source, V value) {}

    /** Cohorts by number; the sender's own list comes first, the same number in another list may be another cohort. */
    Map<String, List<CohortRef>> cohorts(ImportContext context, List<Row> chunk) {
        Senders.MayWrite mayWrite = senders.of(context);
        return find(
                """
                        SELECT c.external_id, c.source, c.id, c.starts_on, c.ends_on, k.municipality_code, c.office_id
                          FROM cohort c JOIN course k ON k.id = c.course_id
                         WHERE c.response_id = :response AND c.external_id IN (:numbers) ORDER BY c.id""",
                context,
                numbers(chunk, "cohort_id"),
                (row, n) -> new Candidate<>(
                        row.getString(1),
                        row.getString(2),
                        new CohortRef(
                                new CohortId(row.getLong(3)),
                                row.getDate(4).toLocalDate(),
                                row.getDate(5).toLocalDate(),
                                mayWrite.test(row.getString(6), office(row, 7)))));
    }

    Map<String, List<TraineeRef>> trainees(ImportContext context, List<Row> chunk) {
        return trainees(context, numbers(chunk, "trainee_id"));
    }

    Map<String, List<TraineeRef>> trainees(ImportContext context, Set<String> numbers) {
        Senders.MayWrite mayWrite = senders.of(context);
        return find(
                """
                        SELECT t.external_id, t.source, t.id, t.cohort_id, k.municipality_code, c.office_id
                          FROM trainee t JOIN cohort c ON c.id = t.cohort_id JOIN course k ON k.id = c.course_id
                         WHERE t.response_id = :response AND t.external_id IN (:numbers) ORDER BY t.id""",
                context,
                numbers,
                (row, n) -> new Candidate<>(
                        row.getString(1),
                        row.getString(2),
                        new TraineeRef(
                                new TraineeId(row.getLong(3)),
                                new CohortId(row.getLong(4)),
                                mayWrite.test(row.getString(5), office(row, 6)))));
    }

    /** Every trainee of the response. */
    List<TraineeRef> allTrainees(ImportContext context) {
        Senders.MayWrite mayWrite = senders.of(context);
        return jdbc.sql("""
                        SELECT t.id, t.cohort_id, k.municipality_code, c.office_id
                          FROM trainee t JOIN cohort c ON c.id = t.cohort_id JOIN course k ON k.id = c.course_id
                         WHERE t.response_id = ? ORDER BY t.id""")
                .param(context.responseId().value())
                .query((row, n) -> new TraineeRef(
                        new TraineeId(row.getLong(1)),
                        new CohortId(row.getLong(2)),
                        mayWrite.test(row.getString(3), office(row, 4))))
                .list();
    }

    private static Optional<OrganisationId> office(ResultSet row, int column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(new OrganisationId(id));
    }

    static Set<String> numbers(List<Row> chunk, String column) {
        return chunk.stream()
                .flatMap(row -> row.text(column).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private <V> Map<String, List<V>> find(
            String sql, ImportContext context, Set<String> numbers, RowMapper<Candidate<V>> mapper) {
        Map<String, List<Candidate<V>>> candidates = new HashMap<>();
        List<String> all = new ArrayList<>(numbers);
        for (int from = 0; from < all.size(); from += NUMBERS_PER_QUERY) {
            jdbc.sql(sql)
                    .param("response", context.responseId().value())
                    .param("numbers", all.subList(from, Math.min(all.size(), from + NUMBERS_PER_QUERY)))
                    .query(mapper)
                    .list()
                    .forEach(one -> candidates
                            .computeIfAbsent(one.number(), number -> new ArrayList<>())
                            .add(one));
        }
        Map<String, List<V>> found = new HashMap<>();
        candidates.forEach((number, list) -> {
            List<V> own = list.stream()
                    .filter(one -> one.source().equals(context.source()))
                    .map(Candidate::value)
                    .toList();
            found.put(
                    number, own.isEmpty() ? list.stream().map(Candidate::value).toList() : own);
        });
        return found;
    }
}
