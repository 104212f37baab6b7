package jp.musubi.training.store;

import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.training.CohortId;
import jp.musubi.training.Mark;
import jp.musubi.training.SessionId;
import jp.musubi.training.TraineeId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Timetables and registers as screens read them. */
@Component
public class RegisterBoard {

    private final JdbcClient jdbc;

    RegisterBoard(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A session of the timetable. */
    public record Session(SessionId id, LocalDate day, int number, int minutes, String subject, boolean cancelled) {}

    /** The marks of a month, by person and session. */
    public record Month(List<Session> sessions, Map<TraineeId, Map<SessionId, Mark>> marks) {

        public Month {
            sessions = List.copyOf(sessions);
        }

        public Optional<Mark> mark(TraineeId trainee, SessionId session) {
            return Optional.ofNullable(marks.getOrDefault(trainee, Map.of()).get(session));
        }
    }

    /** Months that have sessions. */
    public List<YearMonth> months(CohortId cohort) {
        return jdbc
                .sql("SELECT DISTINCT held_on FROM course_session WHERE cohort_id = ? ORDER BY held_on")
                .param(cohort.value())
                .query((row, n) -> YearMonth.from(row.getDate(1).toLocalDate()))
                .list()
                .stream()
                .distinct()
                .toList();
    }

    /** The last day up to a day that has a mark. */
    public Optional<LocalDate> lastMarkedDay(CohortId cohort, LocalDate until) {
        return jdbc.sql("""
                        SELECT max(s.held_on) FROM course_session s
                         WHERE s.cohort_id = ? AND s.held_on <= ?
                           AND EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.is_current)""")
                .params(cohort.value(), Date.valueOf(until))
                .query((row, n) -> Optional.ofNullable(row.getDate(1)).map(Date::toLocalDate))
                .single();
    }

    /** Sessions and marks of one month. */
    public Month month(CohortId cohort, YearMonth month) {
        Date first = Date.valueOf(month.atDay(1));
        Date last = Date.valueOf(month.atEndOfMonth());
        List<Session> sessions = jdbc.sql("""
                        SELECT id, held_on, number, minutes, subject, cancelled FROM course_session
                         WHERE cohort_id = ? AND held_on BETWEEN ? AND ? ORDER BY held_on, number""")
                .params(cohort.value(), first, last)
                .query((row, n) -> new Session(
                        new SessionId(row.getLong(1)),
                        row.getDate(2).toLocalDate(),
                        row.getInt(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getBoolean(6)))
                .list();
        Map<TraineeId, Map<SessionId, Mark>> marks = new HashMap<>();
        jdbc.sql("""
                        SELECT a.trainee_id, a.session_id, a.mark
                          FROM attendance a JOIN course_session s ON s.id = a.session_id
                         WHERE s.cohort_id = ? AND s.held_on BETWEEN ? AND ? AND a.is_current AND NOT a.retracted""").params(cohort.value(), first, last).query(row -> {
            marks.computeIfAbsent(new TraineeId(row.getLong(1)), id -> new HashMap<>())
                    .put(new SessionId(row.getLong(2)), Mark.valueOf(row.getString(3)));
        });
        return new Month(sessions, marks);
    }
}
