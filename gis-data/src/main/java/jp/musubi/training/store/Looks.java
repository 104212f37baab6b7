package jp.musubi.training.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;
import jp.musubi.training.CohortId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who looked at whose record, for the offices those people belong to. */
@Component
public class Looks {

    /** What a look at one person's record is written down as. */
    public static final String PERSON = "trainee-record";

    /** What a look at the names of a whole cohort is written down as. */
    public static final String COHORT = "cohort-people";

    private final JdbcClient jdbc;

    Looks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One look.
     *
     * @param by empty for the machine's own operator
     * @param number of the trainee; empty if the whole cohort was looked at
     */
    public record Look(Instant at, Optional<PersonId> by, CohortId cohort, Optional<String> number) {}

    /** The newest looks, whichever office they concern. */
    public List<Look> listNewest(ResponseId response, int most) {
        return jdbc.sql("""
                        SELECT l.recorded_at, l.actor_id, coalesce(t.cohort_id, c.id), t.external_id
                          FROM change l
                          LEFT JOIN trainee t ON l.aggregate = 'trainee-record' AND t.id = l.aggregate_id
                          LEFT JOIN cohort c ON l.aggregate = 'cohort-people' AND c.id = l.aggregate_id
                         WHERE l.response_id = ? AND l.aggregate IN ('trainee-record', 'cohort-people')
                           AND (t.id IS NOT NULL OR c.id IS NOT NULL)
                         ORDER BY l.id DESC LIMIT ?""")
                .params(response.value(), most)
                .query((row, n) -> {
                    Timestamp at = row.getTimestamp(1);
                    long by = row.getLong(2);
                    boolean nobody = row.wasNull();
                    return new Look(
                            at.toInstant(),
                            nobody ? Optional.empty() : Optional.of(new PersonId(by)),
                            new CohortId(row.getLong(3)),
                            Optional.ofNullable(row.getString(4)));
                })
                .list();
    }
}
