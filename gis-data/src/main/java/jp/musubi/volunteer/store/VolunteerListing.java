package jp.musubi.volunteer.store;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.place.SearchKey;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.HeldSkill;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.Volunteer;
import jp.musubi.volunteer.VolunteerId;
import jp.musubi.volunteer.VolunteerPerson;
import jp.musubi.volunteer.VolunteerRows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The registry as screens and exports read it. */
@Component
public class VolunteerListing {

    private final JdbcClient jdbc;
    private final JdbcVolunteers volunteers;
    private final SealedPeople people;

    VolunteerListing(JdbcClient jdbc, JdbcVolunteers volunteers, SealedPeople people) {
        this.jdbc = jdbc;
        this.volunteers = volunteers;
        this.people = people;
    }

    /**
     * Who is wanted.
     *
     * @param text of number, team or, where names may be seen, name
     * @param freeOn who has time on that day
     * @param seatless of these only who was put on no shift of that day
     * @param withNames whether the reader may see names
     */
    public record Filter(
            ResponseId response,
            String text,
            Optional<Skill> skill,
            Optional<LocalDate> freeOn,
            boolean seatless,
            boolean withdrawnToo,
            boolean withNames) {}

    /**
     * A volunteer as a list shows one.
     *
     * @param name empty where the reader may not see it
     * @param freeDays how many days the person offers
     * @param shifts how many seats the person holds
     */
    public record Line(
            long id,
            String externalId,
            Optional<String> name,
            Optional<String> team,
            String languages,
            int radiusKm,
            boolean minor,
            boolean derived,
            boolean withdrawn,
            List<HeldSkill> skills,
            long freeDays,
            long shifts) {}

    /** A part of the list and how many there are. */
    public record Page(List<Line> lines, long total) {
        public Page {
            lines = List.copyOf(lines);
        }
    }

    private record Head(
            long id,
            String externalId,
            @Nullable String team,
            String languages,
            int radiusKm,
            boolean minor,
            boolean derived,
            boolean withdrawn) {}

    /** By number. Without a word the database counts and cuts; a name is sealed, so with one everybody is looked at. */
    @Transactional(readOnly = true)
    public Page list(Filter filter, int from, int most) {
        String word = filter.text().strip().toLowerCase(Locale.ROOT);
        String where = where(filter);
        if (word.isEmpty()) {
            long total = ask(filter, "SELECT count(*) FROM volunteer v WHERE " + where)
                    .query(Long.class)
                    .single();
            List<Head> part = ask(filter, HEADS + where + " ORDER BY external_id, id LIMIT :most OFFSET :from")
                    .param("most", most)
                    .param("from", from)
                    .query((row, n) -> head(row))
                    .list();
            return new Page(lines(part, filter.withNames()), total);
        }
        Map<VolunteerId, VolunteerPerson> named = filter.withNames() ? people.all(filter.response()) : Map.of();
        List<Head> found =
                ask(filter, HEADS + where + " ORDER BY external_id, id").query((row, n) -> head(row)).list().stream()
                        .filter(head -> says(head, named.get(new VolunteerId(head.id())), word))
                        .toList();
        List<Head> part = found.subList(Math.min(from, found.size()), Math.min(found.size(), from + most));
        return new Page(lines(part, filter.withNames()), found.size());
    }

    private static String where(Filter filter) {
        StringBuilder where = new StringBuilder("v.response_id = :response");
        if (!filter.withdrawnToo()) {
            where.append(" AND v.withdrawn_at IS NULL");
        }
        if (filter.skill().isPresent()) {
            where.append(" AND EXISTS (SELECT 1 FROM volunteer_skill k"
                    + " WHERE k.volunteer_id = v.id AND k.skill = :skill)");
        }
        if (filter.freeOn().isPresent()) {
            where.append(" AND EXISTS (SELECT 1 FROM volunteer_availability f"
                    + " WHERE f.volunteer_id = v.id AND f.free_on = :day)");
            if (filter.seatless()) {
                where.append(" AND NOT EXISTS (SELECT 1 FROM assignment a JOIN shift s ON s.id = a.shift_id"
                        + " WHERE a.volunteer_id = v.id AND s.held_on = :day AND a.state <> 'WITHDRAWN')");
            }
        }
        return where.toString();
    }

    private JdbcClient.StatementSpec ask(Filter filter, String sql) {
        JdbcClient.StatementSpec asked =
                jdbc.sql(sql).param("response", filter.response().value());
        filter.skill().ifPresent(skill -> asked.param("skill", skill.code()));
        filter.freeOn().ifPresent(day -> asked.param("day", Date.valueOf(day)));
        return asked;
    }

    private static boolean says(Head head, @Nullable VolunteerPerson person, String word) {
        List<String> words = SearchKey.words(word);
        String team = head.team();
        return head.externalId().toLowerCase(Locale.ROOT).contains(word)
                || (team != null && team.toLowerCase(Locale.ROOT).contains(word))
                || (person != null
                        && !words.isEmpty()
                        && words.stream()
                                .allMatch(each -> String.join("", SearchKey.words(person.name()))
                                        .contains(each)));
    }

    private static final String HEADS = """
            SELECT v.id, v.external_id, v.team, v.languages, v.radius_km, v.minor, v.derived,
                   v.withdrawn_at IS NOT NULL AS gone
              FROM volunteer v WHERE\s""";

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getBoolean(6),
                row.getBoolean(7),
                row.getBoolean(8));
    }

    private List<Line> lines(List<Head> heads, boolean withNames) {
        if (heads.isEmpty()) {
            return List.of();
        }
        List<Long> ids = heads.stream().map(Head::id).toList();
        Map<Long, List<HeldSkill>> skills = volunteers.skills(ids);
        Map<Long, Long> days = counts(
                "SELECT volunteer_id, count(*) FROM volunteer_availability"
                        + " WHERE volunteer_id IN (:ids) GROUP BY volunteer_id",
                ids);
        Map<Long, Long> shifts = counts(
                "SELECT volunteer_id, count(*) FROM assignment"
                        + " WHERE volunteer_id IN (:ids) AND state NOT IN ('NO_SHOW', 'WITHDRAWN') GROUP BY volunteer_id",
                ids);
        Map<VolunteerId, String> names =
                withNames ? volunteers.names(ids.stream().map(VolunteerId::new).toList()) : Map.of();
        return heads.stream()
                .map(head -> new Line(
                        head.id(),
                        head.externalId(),
                        Optional.ofNullable(names.get(new VolunteerId(head.id()))),
                        Optional.ofNullable(head.team()),
                        head.languages(),
                        head.radiusKm(),
                        head.minor(),
                        head.derived(),
                        head.withdrawn(),
                        skills.getOrDefault(head.id(), List.of()),
                        days.getOrDefault(head.id(), 0L),
                        shifts.getOrDefault(head.id(), 0L)))
                .toList();
    }

    private Map<Long, Long> counts(String sql, List<Long> ids) {
        return jdbc
                .sql(sql)
                .param("ids", ids)
                .query((row, n) -> Map.entry(row.getLong(1), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Everybody who comes, with the columns of a file of volunteers. Personal data: only for those who may see it. */
    @Transactional(readOnly = true)
    public List<Map<String, String>> export(ResponseId response) {
        Map<VolunteerId, VolunteerPerson> persons = people.all(response);
        List<Map<String, String>> rows = new ArrayList<>();
        for (Volunteer volunteer : volunteers.list(response)) {
            @Nullable VolunteerPerson person = persons.get(volunteer.id());
            if (volunteer.withdrawnAt().isEmpty() && person != null) {
                rows.add(VolunteerRows.values(volunteer.externalId(), volunteer.details(), person));
            }
        }
        return rows;
    }

    /** Who has that number; empty if nobody, or several lists use it. */
    public Optional<VolunteerId> findByNumber(ResponseId response, String number) {
        List<Long> found = jdbc.sql("SELECT id FROM volunteer WHERE response_id = ? AND external_id = ?"
                        + " AND withdrawn_at IS NULL")
                .params(response.value(), number)
                .query(Long.class)
                .list();
        return found.size() == 1 ? Optional.of(new VolunteerId(found.get(0))) : Optional.empty();
    }

    /** The number under which each volunteer is known. */
    public Map<Long, String> numbers(ResponseId response) {
        Map<Long, String> numbers = new HashMap<>();
        jdbc.sql("SELECT id, external_id FROM volunteer WHERE response_id = ?")
                .param(response.value())
                .query((row, n) -> numbers.put(row.getLong(1), row.getString(2)))
                .list();
        return numbers;
    }
}
