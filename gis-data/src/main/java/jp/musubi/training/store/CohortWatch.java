package jp.musubi.training.store;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.response.ResponseId;
import jp.musubi.training.Alerts;
import jp.musubi.training.Mark;
import jp.musubi.training.Stage;
import jp.musubi.training.StageReading;
import jp.musubi.training.TraineeId;
import jp.musubi.training.Warning;
import jp.musubi.training.WarningRules;
import jp.musubi.training.WarningRules.DayMark;
import jp.musubi.training.WarningRules.Held;
import jp.musubi.training.WarningRules.Member;
import jp.musubi.training.store.CohortBoard.Line;
import jp.musubi.training.store.CohortBoard.Person;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Looks after cohorts: finds what needs attention and keeps it as warnings. */
@Component
public class CohortWatch {

    private final JdbcClient jdbc;
    private final CohortBoard board;
    private final TrainingReference reference;
    private final Alerts alerts;

    CohortWatch(JdbcClient jdbc, CohortBoard board, TrainingReference reference, Alerts alerts) {
        this.jdbc = jdbc;
        this.board = board;
        this.reference = reference;
        this.alerts = alerts;
    }

    /** Finds the warnings of a cohort on a day and keeps them. How many there are. */
    @Transactional
    public int watch(ResponseId response, Line cohort, LocalDate day) {
        List<Warning> warnings = find(cohort, day);
        alerts.keep(response, cohort.id(), warnings, day);
        return warnings.size();
    }

    /** The warnings of a cohort on a day; a course that has not begun or is over has none. */
    @Transactional(readOnly = true)
    public List<Warning> find(Line cohort, LocalDate day) {
        if (day.isBefore(cohort.startsOn()) || day.isAfter(cohort.endsOn())) {
            return List.of();
        }
        List<Person> people = board.listPeople(List.of(cohort.id()));
        Map<TraineeId, StageReading> stages = board.stages(List.of(cohort), people, day, Optional.empty());
        Map<TraineeId, List<DayMark>> marks = marks(cohort);
        List<Member> members = people.stream()
                .map(Person::id)
                .filter(id -> Optional.ofNullable(stages.get(id))
                        .map(StageReading::stage)
                        .filter(stage -> stage == Stage.ENROLLED || stage == Stage.IN_TRAINING)
                        .isPresent())
                .map(id -> new Member(id, marks.getOrDefault(id, List.of())))
                .toList();
        return WarningRules.warnings(reference.getScheme(cohort.scheme()), members, sessions(cohort), day);
    }

    private Map<TraineeId, List<DayMark>> marks(Line cohort) {
        Map<TraineeId, List<DayMark>> marks = new HashMap<>();
        jdbc.sql("""
                        SELECT a.trainee_id, s.held_on, s.minutes, a.mark
                          FROM attendance a JOIN course_session s ON s.id = a.session_id
                         WHERE s.cohort_id = ? AND NOT s.cancelled AND a.is_current AND NOT a.retracted""").param(cohort.id().value()).query(row -> {
            marks.computeIfAbsent(new TraineeId(row.getLong(1)), id -> new ArrayList<>())
                    .add(new DayMark(row.getDate(2).toLocalDate(), row.getInt(3), Mark.valueOf(row.getString(4))));
        });
        return marks;
    }

    private List<Held> sessions(Line cohort) {
        return jdbc.sql("""
                        SELECT s.held_on, s.number, count(a.id)
                          FROM course_session s
                          LEFT JOIN attendance a ON a.session_id = s.id AND a.is_current AND NOT a.retracted
                         WHERE s.cohort_id = ? AND NOT s.cancelled
                         GROUP BY s.held_on, s.number ORDER BY s.held_on, s.number""")
                .param(cohort.id().value())
                .query((row, n) -> new Held(row.getDate(1).toLocalDate(), row.getInt(2), row.getInt(3)))
                .list();
    }
}
