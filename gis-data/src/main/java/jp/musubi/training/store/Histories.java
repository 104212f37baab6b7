package jp.musubi.training.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jp.musubi.training.Mark;
import jp.musubi.training.SessionId;
import jp.musubi.training.StageReading;
import jp.musubi.training.StageRules;
import jp.musubi.training.TraineeFact;
import jp.musubi.training.TraineeHistory;
import jp.musubi.training.TraineeHistory.MarkWord;
import jp.musubi.training.TraineeId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is known of trainees, and the stages that follow from it. */
@Component
public class Histories {

    private static final int IDS_PER_QUERY = 1000;

    /** Later than anything that is recorded, and a time that databases know. */
    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    private static final TraineeHistory NOTHING = new TraineeHistory(List.of(), List.of());

    private final JdbcClient jdbc;

    Histories(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Whose stage is wanted.
     *
     * @param competency code of what the course leads to
     */
    public record Wanted(TraineeId id, Optional<String> competency) {}

    /**
     * The stage of each on a day.
     *
     * @param day facts up to and including this day count
     * @param knownOn words recorded later do not count; empty = everything known now
     */
    @Transactional(readOnly = true)
    public Map<TraineeId, StageReading> stages(Collection<Wanted> wanted, LocalDate day, Optional<Instant> knownOn) {
        List<Long> ids =
                wanted.stream().map(one -> one.id().value()).distinct().sorted().toList();
        Map<TraineeId, StageReading> stages = new HashMap<>();
        if (knownOn.isPresent()) {
            Map<TraineeId, TraineeHistory> histories = histories(ids, knownOn.get());
            wanted.forEach(one -> stages.put(
                    one.id(),
                    StageRules.derive(
                            histories.getOrDefault(one.id(), NOTHING).knownOn(knownOn.get()), one.competency(), day)));
            return stages;
        }
        Map<TraineeId, List<TraineeFact>> facts = facts(ids, " AND is_current AND NOT retracted");
        Map<TraineeId, LocalDate> firstDays = firstDays(ids);
        wanted.forEach(one -> stages.put(
                one.id(),
                StageRules.derive(
                        facts.getOrDefault(one.id(), List.of()),
                        Optional.ofNullable(firstDays.get(one.id())),
                        one.competency(),
                        day)));
        return stages;
    }

    /** Every word about one trainee. */
    @Transactional(readOnly = true)
    public TraineeHistory history(TraineeId id) {
        return histories(List.of(id.value()), END_OF_TIME).getOrDefault(id, NOTHING);
    }

    private Map<TraineeId, TraineeHistory> histories(List<Long> ids, Instant until) {
        Map<TraineeId, List<TraineeFact>> facts = facts(ids, "");
        Map<TraineeId, List<MarkWord>> marks = marks(ids, until);
        Map<TraineeId, TraineeHistory> histories = new HashMap<>();
        for (long id : ids) {
            TraineeId trainee = new TraineeId(id);
            histories.put(
                    trainee,
                    new TraineeHistory(facts.getOrDefault(trainee, List.of()), marks.getOrDefault(trainee, List.of())));
        }
        return histories;
    }

    private Map<TraineeId, List<TraineeFact>> facts(List<Long> ids, String also) {
        Map<TraineeId, List<TraineeFact>> facts = new HashMap<>();
        inBlocks(
                ids,
                block -> jdbc.sql("SELECT trainee_id, " + JdbcFacts.COLUMNS + ", " + Words.COLUMNS
                                + " FROM trainee_fact WHERE trainee_id IN (:ids)" + also + " ORDER BY id")
                        .param("ids", block)
                        .query(row -> {
                            facts.computeIfAbsent(new TraineeId(row.getLong(1)), id -> new ArrayList<>())
                                    .add(new TraineeFact(JdbcFacts.entry(row, 2), Words.read(row, 8)));
                        }));
        return facts;
    }

    private Map<TraineeId, List<MarkWord>> marks(List<Long> ids, Instant until) {
        Map<TraineeId, List<MarkWord>> marks = new HashMap<>();
        Timestamp end = Timestamp.from(until);
        inBlocks(
                ids,
                block -> jdbc.sql("SELECT a.trainee_id, a.session_id, s.held_on, s.minutes, a.mark, a.retracted, "
                                + "a.said_at, a.recorded_at, a.recorded_by, a.source, a.feed_id, a.feed_line"
                                + " FROM attendance a JOIN course_session s ON s.id = a.session_id"
                                + " WHERE a.trainee_id IN (:ids) AND a.recorded_at <= :until AND NOT s.cancelled"
                                + " ORDER BY a.id")
                        .param("ids", block)
                        .param("until", end)
                        .query(row -> {
                            marks.computeIfAbsent(new TraineeId(row.getLong(1)), id -> new ArrayList<>())
                                    .add(new MarkWord(
                                            new SessionId(row.getLong(2)),
                                            row.getDate(3).toLocalDate(),
                                            row.getInt(4),
                                            Mark.valueOf(row.getString(5)),
                                            row.getBoolean(6),
                                            Words.read(row, 7)));
                        }));
        return marks;
    }

    /** The first day on which each was there. */
    private Map<TraineeId, LocalDate> firstDays(List<Long> ids) {
        Map<TraineeId, LocalDate> days = new HashMap<>();
        inBlocks(
                ids,
                block -> jdbc.sql("""
                        SELECT a.trainee_id, min(s.held_on)
                          FROM attendance a JOIN course_session s ON s.id = a.session_id
                         WHERE a.trainee_id IN (:ids) AND a.is_current AND NOT a.retracted AND NOT s.cancelled
                           AND a.mark NOT IN ('ABSENT', 'EXCUSED')
                         GROUP BY a.trainee_id""").param("ids", block).query(row -> {
                    days.put(new TraineeId(row.getLong(1)), row.getDate(2).toLocalDate());
                }));
        return days;
    }

    private static void inBlocks(List<Long> ids, Consumer<List<Long>> each) {
        for (int from = 0; from < ids.size(); from += IDS_PER_QUERY) {
            each.accept(ids.subList(from, Math.min(ids.size(), from + IDS_PER_QUERY)));
        }
    }
}
