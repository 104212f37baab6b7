package jp.musubi.training.store;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.common.BilingualText;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;
import jp.musubi.training.Alerts;
import jp.musubi.training.CohortId;
import jp.musubi.training.Edit;
import jp.musubi.training.TraineeId;
import jp.musubi.training.Warning;
import jp.musubi.training.WarningRule;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Warnings about cohorts in the database. */
@Component
class JdbcAlerts implements Alerts {

    private static final String AGGREGATE = "training-alert";
    private static final int LONGEST_WORD = 300;
    private static final String SELECT = """
            SELECT id, cohort_id, rule, alert_key, trainee_id, session_on, reason_ja, reason_en, raised_on, holds, state,
                   assigned_to, snoozed_until, closing_word, was_right, version
              FROM training_alert""";

    private final JdbcClient jdbc;
    private final ChangeLog changes;
    private final JsonMapper json = JsonMapper.builder().build();

    JdbcAlerts(JdbcClient jdbc, ChangeLog changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    @Override
    @Transactional
    public void keep(ResponseId response, CohortId cohort, List<Warning> warnings, LocalDate day) {
        WordTable.lock(jdbc, "cohort", List.of(cohort.value()));
        Map<String, Alert> known = new HashMap<>();
        list(cohort).forEach(alert -> known.put(alert.warning().key(), alert));
        Set<String> now = new HashSet<>();
        for (Warning warning : warnings) {
            now.add(warning.key());
            Alert before = known.get(warning.key());
            if (before == null) {
                raise(response, cohort, warning, day);
            } else if (!before.holds() || !before.warning().equals(warning)) {
                jdbc.sql("UPDATE training_alert SET holds = TRUE, reason_ja = ?, reason_en = ? WHERE id = ?")
                        .params(warning.reason().ja(), warning.reason().en(), before.id())
                        .update();
            }
        }
        known.values().stream()
                .filter(alert -> alert.holds() && !now.contains(alert.warning().key()))
                .forEach(alert -> jdbc.sql("UPDATE training_alert SET holds = FALSE WHERE id = ?")
                        .param(alert.id())
                        .update());
    }

    private void raise(ResponseId response, CohortId cohort, Warning warning, LocalDate day) {
        jdbc.sql("""
                        INSERT INTO training_alert (response_id, cohort_id, rule, alert_key, trainee_id, session_on, reason_ja,
                            reason_en, raised_on, holds, state, closing_word, version)
                        VALUES (:response, :cohort, :rule, :key, :trainee, :session, :ja, :en, :day, TRUE, 'OPEN', '', 0)""")
                .param("response", response.value())
                .param("cohort", cohort.value())
                .param("rule", warning.rule().name())
                .param("key", warning.key())
                .param("trainee", warning.trainee().map(TraineeId::value).orElse(null))
                .param("session", warning.session().map(Date::valueOf).orElse(null))
                .param("ja", warning.reason().ja())
                .param("en", warning.reason().en())
                .param("day", Date.valueOf(day))
                .update();
    }

    @Override
    public List<Alert> list(CohortId cohort) {
        return jdbc.sql(SELECT + " WHERE cohort_id = ? ORDER BY raised_on DESC, id DESC")
                .param(cohort.value())
                .query((row, n) -> alert(row))
                .list();
    }

    @Override
    public List<Alert> listOfAll(ResponseId response) {
        return jdbc.sql(SELECT + " WHERE response_id = ? AND holds AND state <> 'CLOSED' ORDER BY raised_on, id")
                .param(response.value())
                .query((row, n) -> alert(row))
                .list();
    }

    @Override
    public Optional<Alert> find(long id) {
        return jdbc.sql(SELECT + " WHERE id = ?")
                .param(id)
                .query((row, n) -> alert(row))
                .optional();
    }

    private static Alert alert(ResultSet row) throws SQLException {
        long trainee = row.getLong(5);
        boolean nobody = row.wasNull();
        long assigned = row.getLong(12);
        boolean unassigned = row.wasNull();
        boolean right = row.getBoolean(15);
        boolean undecided = row.wasNull();
        return new Alert(
                row.getLong(1),
                new CohortId(row.getLong(2)),
                new Warning(
                        WarningRule.valueOf(row.getString(3)),
                        row.getString(4),
                        nobody ? Optional.empty() : Optional.of(new TraineeId(trainee)),
                        Optional.ofNullable(row.getDate(6)).map(Date::toLocalDate),
                        BilingualText.of(row.getString(7), row.getString(8))),
                row.getDate(9).toLocalDate(),
                row.getBoolean(10),
                State.valueOf(row.getString(11)),
                unassigned ? Optional.empty() : Optional.of(new PersonId(assigned)),
                Optional.ofNullable(row.getDate(13)).map(Date::toLocalDate),
                row.getString(14),
                undecided ? Optional.empty() : Optional.of(right),
                row.getLong(16));
    }

    @Override
    @Transactional
    public void assign(long id, Optional<PersonId> to, Edit edit) {
        jdbc.sql("UPDATE training_alert SET assigned_to = ?, version = version + 1 WHERE id = ?")
                .params(Arrays.asList(to.map(PersonId::value).orElse(null), id))
                .update();
        record(id, "assign", Map.of("to", to.map(PersonId::value).orElse(0L)), edit);
    }

    @Override
    @Transactional
    public void snooze(long id, LocalDate until, Edit edit) {
        jdbc.sql("""
                        UPDATE training_alert SET state = 'SNOOZED', snoozed_until = ?, was_right = NULL, closing_word = '',
                               version = version + 1
                         WHERE id = ?""").params(Date.valueOf(until), id).update();
        record(id, "snooze", Map.of("until", until.toString()), edit);
    }

    @Override
    @Transactional
    public void close(long id, String word, boolean right, Edit edit) {
        if (word.isBlank() || word.length() > LONGEST_WORD) {
            throw new IllegalArgumentException("A closing word has 1 to " + LONGEST_WORD + " characters.");
        }
        jdbc.sql("""
                        UPDATE training_alert SET state = 'CLOSED', snoozed_until = NULL, closing_word = ?, was_right = ?,
                               version = version + 1
                         WHERE id = ?""").params(word, right, id).update();
        record(id, "close", Map.of("right", right), edit);
    }

    private void record(long id, String action, Map<String, Object> after, Edit edit) {
        ResponseId response = new ResponseId(jdbc.sql("SELECT response_id FROM training_alert WHERE id = ?")
                .param(id)
                .query(Long.class)
                .single());
        changes.record(new Change(
                Optional.of(response),
                AGGREGATE,
                id,
                action,
                Optional.empty(),
                Optional.of(json.writeValueAsString(after)),
                edit.by(),
                Optional.empty(),
                edit.at()));
    }

    @Override
    public List<TrackRecord> trackRecords(ResponseId response) {
        return jdbc.sql("""
                        SELECT rule, count(*), sum(CASE WHEN was_right THEN 1 ELSE 0 END) FROM training_alert
                         WHERE response_id = ? AND state = 'CLOSED' GROUP BY rule ORDER BY rule""")
                .param(response.value())
                .query((row, n) ->
                        new TrackRecord(WarningRule.valueOf(row.getString(1)), row.getLong(2), row.getLong(3)))
                .list();
    }
}
