package jp.musubi.training.store;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import jp.musubi.common.BilingualText;
import jp.musubi.identity.OrganisationId;
import jp.musubi.response.ResponseId;
import jp.musubi.training.CohortId;
import jp.musubi.training.CourseField;
import jp.musubi.training.Stage;
import jp.musubi.training.StageReading;
import jp.musubi.training.TraineeId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Courses, cohorts and how far their people have come, as screens and programs read them. */
@Component
public class CohortBoard {

    private static final int IDS_PER_QUERY = 1000;

    private final JdbcClient jdbc;
    private final Histories histories;

    CohortBoard(JdbcClient jdbc, Histories histories) {
        this.jdbc = jdbc;
        this.histories = histories;
    }

    /**
     * A cohort with its course.
     *
     * @param number the sender's id
     * @param municipalityCode who commissions it
     * @param scheme code of the funding scheme
     * @param competency code of what the course leads to
     * @param derived whether it was made up by a rule
     */
    public record Line(
            CohortId id,
            String number,
            String name,
            String courseNumber,
            String title,
            CourseField field,
            String municipalityCode,
            BilingualText municipality,
            Optional<OrganisationId> office,
            String scheme,
            Optional<String> competency,
            LocalDate startsOn,
            LocalDate endsOn,
            OptionalInt places,
            boolean derived) {}

    /** A trainee of a cohort. */
    public record Person(TraineeId id, CohortId cohort, String number, boolean derived, long version) {}

    /**
     * How many of a cohort came how far.
     *
     * @param reached how many reached each step of the way, or a later one, also of those who left since
     * @param left how many left, by exit
     */
    public record Funnel(int people, Map<Stage, Integer> reached, Map<Stage, Integer> left) {

        public Funnel {
            reached = Map.copyOf(reached);
            left = Map.copyOf(left);
        }

        public int reached(Stage stage) {
            return reached.getOrDefault(stage, 0);
        }

        /** How many left in any way. */
        public int gone() {
            return left.values().stream().mapToInt(Integer::intValue).sum();
        }

        static Funnel of(Collection<StageReading> readings) {
            Map<Stage, Integer> reached = new EnumMap<>(Stage.class);
            Map<Stage, Integer> left = new EnumMap<>(Stage.class);
            for (StageReading reading : readings) {
                for (Stage stage : Stage.values()) {
                    if (!stage.isExit() && stage.compareTo(reading.reached()) <= 0) {
                        reached.merge(stage, 1, Integer::sum);
                    }
                }
                if (reading.stage().isExit()) {
                    left.merge(reading.stage(), 1, Integer::sum);
                }
            }
            return new Funnel(readings.size(), reached, left);
        }
    }

    private static final String SELECT = """
            SELECT id, external_id, name, course_number, title, field, municipality_code, municipality_ja, municipality_en,
                   office_id, scheme_code, competency_code, starts_on, ends_on, places, derived
              FROM cohort_course_view""";

    /** All cohorts of a response, the newest first. */
    public List<Line> listCohorts(ResponseId response) {
        return jdbc.sql(SELECT + " WHERE response_id = ? ORDER BY starts_on DESC, external_id")
                .param(response.value())
                .query((row, n) -> line(row))
                .list();
    }

    public Optional<Line> findCohort(ResponseId response, CohortId id) {
        return jdbc.sql(SELECT + " WHERE response_id = ? AND id = ?")
                .params(response.value(), id.value())
                .query((row, n) -> line(row))
                .optional();
    }

    private static Line line(ResultSet row) throws SQLException {
        long office = row.getLong("office_id");
        boolean withoutOffice = row.wasNull();
        @Nullable Integer places = row.getObject("places", Integer.class);
        return new Line(
                new CohortId(row.getLong("id")),
                row.getString("external_id"),
                row.getString("name"),
                row.getString("course_number"),
                row.getString("title"),
                CourseField.valueOf(row.getString("field")),
                row.getString("municipality_code"),
                BilingualText.of(row.getString("municipality_ja"), row.getString("municipality_en")),
                withoutOffice ? Optional.empty() : Optional.of(new OrganisationId(office)),
                row.getString("scheme_code"),
                Optional.ofNullable(row.getString("competency_code")),
                row.getDate("starts_on").toLocalDate(),
                row.getDate("ends_on").toLocalDate(),
                places == null ? OptionalInt.empty() : OptionalInt.of(places),
                row.getBoolean("derived"));
    }

    /** The trainees of some cohorts, by number. */
    public List<Person> listPeople(Collection<CohortId> cohorts) {
        List<Long> ids =
                cohorts.stream().map(CohortId::value).distinct().sorted().toList();
        List<Person> people = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_PER_QUERY) {
            people.addAll(jdbc.sql("""
                            SELECT id, cohort_id, external_id, derived, version FROM trainee
                             WHERE cohort_id IN (:ids) ORDER BY external_id, id""")
                    .param("ids", ids.subList(from, Math.min(ids.size(), from + IDS_PER_QUERY)))
                    .query((row, n) -> person(row))
                    .list());
        }
        return people;
    }

    public Optional<Person> findPerson(ResponseId response, TraineeId id) {
        return jdbc.sql(
                        "SELECT id, cohort_id, external_id, derived, version FROM trainee WHERE response_id = ? AND id = ?")
                .params(response.value(), id.value())
                .query((row, n) -> person(row))
                .optional();
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                new TraineeId(row.getLong(1)),
                new CohortId(row.getLong(2)),
                row.getString(3),
                row.getBoolean(4),
                row.getLong(5));
    }

    /** The stages of everybody in some cohorts on a day. */
    @Transactional(readOnly = true)
    public Map<TraineeId, StageReading> stages(
            Collection<Line> cohorts, List<Person> people, LocalDate day, Optional<Instant> knownOn) {
        Map<CohortId, Optional<String>> competencies =
                cohorts.stream().collect(Collectors.toMap(Line::id, Line::competency));
        return histories.stages(
                people.stream()
                        .map(one -> new Histories.Wanted(
                                one.id(), competencies.getOrDefault(one.cohort(), Optional.empty())))
                        .toList(),
                day,
                knownOn);
    }

    /** How many of each cohort came how far by a day. */
    @Transactional(readOnly = true)
    public Map<CohortId, Funnel> funnels(Collection<Line> cohorts, LocalDate day, Optional<Instant> knownOn) {
        List<Person> people = listPeople(cohorts.stream().map(Line::id).toList());
        Map<TraineeId, StageReading> stages = stages(cohorts, people, day, knownOn);
        Map<CohortId, List<StageReading>> byCohort = new HashMap<>();
        people.forEach(one -> {
            StageReading reading = stages.get(one.id());
            if (reading != null) {
                byCohort.computeIfAbsent(one.cohort(), cohort -> new ArrayList<>())
                        .add(reading);
            }
        });
        Map<CohortId, Funnel> funnels = new HashMap<>();
        cohorts.forEach(cohort -> funnels.put(cohort.id(), Funnel.of(byCohort.getOrDefault(cohort.id(), List.of()))));
        return funnels;
    }

    /** The later of a response's own day and the last one about which anything is known: courses outlast days of relief. */
    public LocalDate latestDay(ResponseId response, LocalDate own) {
        return newestDay(response).filter(newest -> newest.isAfter(own)).orElse(own);
    }

    /** The last day about which anything is known: a fact, a register. Empty while nothing is. */
    public Optional<LocalDate> newestDay(ResponseId response) {
        return jdbc.sql("""
                        SELECT max(newest) FROM (
                            SELECT max(happened_on) AS newest FROM trainee_fact WHERE response_id = :response
                            UNION ALL
                            SELECT max(s.held_on) FROM course_session s JOIN cohort c ON c.id = s.cohort_id
                             WHERE c.response_id = :response
                               AND EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id)) AS days""")
                .param("response", response.value())
                .query((row, n) -> Optional.ofNullable(row.getDate(1)).map(Date::toLocalDate))
                .single();
    }
}
