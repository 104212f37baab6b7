package jp.musubi.training.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.response.ResponseId;
import jp.musubi.training.CohortId;
import jp.musubi.training.Edit;
import jp.musubi.training.Mark;
import jp.musubi.training.Registers;
import jp.musubi.training.Said;
import jp.musubi.training.SessionId;
import jp.musubi.training.TraineeId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Registers that are filled in here. */
@Component
class JdbcRegisters implements Registers {

    private final JdbcClient jdbc;
    private final JdbcMarks marks;
    private final ChangeLog changes;
    private final JsonMapper json = JsonMapper.builder().build();

    JdbcRegisters(JdbcClient jdbc, JdbcMarks marks, ChangeLog changes) {
        this.jdbc = jdbc;
        this.marks = marks;
        this.changes = changes;
    }

    @Override
    @Transactional
    public List<Conflict> write(CohortId cohort, List<Cell> cells, Edit edit) {
        List<Long> trainees =
                cells.stream().map(cell -> cell.trainee().value()).distinct().toList();
        List<Long> sessions =
                cells.stream().map(cell -> cell.session().value()).distinct().toList();
        requireOf(cohort, "trainee", trainees);
        requireOf(cohort, "course_session", sessions);
        WordTable.lock(jdbc, "trainee", trainees);
        Map<JdbcMarks.Seat, Mark> now = current(sessions);
        Said said = Said.now(edit.at(), edit.by());
        List<Conflict> conflicts = new ArrayList<>();
        List<JdbcMarks.Told> words = new ArrayList<>();
        for (Cell cell : cells) {
            JdbcMarks.Seat seat = new JdbcMarks.Seat(cell.trainee(), cell.session());
            Optional<Mark> stands = Optional.ofNullable(now.get(seat));
            if (stands.equals(cell.mark())) {
                continue;
            }
            if (!stands.equals(cell.was())) {
                conflicts.add(new Conflict(cell.trainee(), cell.session(), stands));
                continue;
            }
            cell.mark()
                    .map(mark -> new JdbcMarks.Entry(mark, false))
                    .or(() -> stands.map(mark -> new JdbcMarks.Entry(mark, true)))
                    .ifPresent(entry -> words.add(new JdbcMarks.Told(seat, entry, said, false)));
        }
        if (!words.isEmpty()) {
            marks.say(words);
            record(cohort, words.size(), edit);
        }
        return conflicts;
    }

    private void requireOf(CohortId cohort, String table, List<Long> ids) {
        Set<Long> own = new HashSet<>(jdbc.sql("SELECT id FROM " + table + " WHERE cohort_id = ?")
                .param(cohort.value())
                .query(Long.class)
                .list());
        ids.stream().filter(id -> !own.contains(id)).findFirst().ifPresent(id -> {
            throw new IllegalArgumentException(
                    "The " + table.replace('_', ' ') + " " + id + " is not of cohort " + cohort.value() + ".");
        });
    }

    private Map<JdbcMarks.Seat, Mark> current(List<Long> sessions) {
        Map<JdbcMarks.Seat, Mark> current = new HashMap<>();
        if (!sessions.isEmpty()) {
            jdbc.sql("""
                            SELECT trainee_id, session_id, mark FROM attendance
                             WHERE session_id IN (:ids) AND is_current AND NOT retracted""").param("ids", sessions).query(row -> {
                current.put(
                        new JdbcMarks.Seat(new TraineeId(row.getLong(1)), new SessionId(row.getLong(2))),
                        Mark.valueOf(row.getString(3)));
            });
        }
        return current;
    }

    private void record(CohortId cohort, int written, Edit edit) {
        ResponseId response = new ResponseId(jdbc.sql("SELECT response_id FROM cohort WHERE id = ?")
                .param(cohort.value())
                .query(Long.class)
                .single());
        changes.record(new Change(
                Optional.of(response),
                "register",
                cohort.value(),
                "mark",
                Optional.empty(),
                Optional.of(json.writeValueAsString(Map.of("marks", written))),
                edit.by(),
                Optional.empty(),
                edit.at()));
    }
}
