package jp.musubi.volunteer.store;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.place.SearchKey;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.HeldSkill;
import jp.musubi.volunteer.Skill;
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
     * @param withNames whether the reader may see names
     */
    public record Filter(
            ResponseId response,
            String text,
            Optional<Skill> skill,
            Optional<LocalDate> freeOn,
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

    /** By number. */
    @Transactional(readOnly = true)
    public Page list(Filter filter, int from, int most) {
        String word = filter.text().strip().toLowerCase(Locale.ROOT);
        Map<VolunteerId, VolunteerPerson> named =
                filter.withNames() && !word.isEmpty() ? people.all(filter.response()) : Map.of();
        Set<Long> able =
                filter.skill().map(skill -> withSkill(filter.response(), skill)).orElse(Set.of());
        Set<Long> free =
                filter.freeOn().map(day -> freeOn(filter.response(), day)).orElse(Set.of());
        List<Head> found = heads(filter.response()).stream()
                .filter(head -> filter.withdrawnToo() || !head.withdrawn())
                .filter(head -> filter.skill().isEmpty() || able.contains(head.id()))
                .filter(head -> filter.freeOn().isEmpty() || free.contains(head.id()))
                .filter(head -> word.isEmpty() || says(head, named.get(new VolunteerId(head.id())), word))
                .toList();
        List<Head> part = found.subList(Math.min(from, found.size()), Math.min(found.size(), from + most));
        return new Page(lines(part, filter.withNames()), found.size());
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

    private List<Head> heads(ResponseId response) {
        return jdbc.sql("""
                        SELECT id, external_id, team, languages, radius_km, minor, derived, withdrawn_at IS NOT NULL AS gone
                          FROM volunteer WHERE response_id = ? ORDER BY external_id, id""")
                .param(response.value())
                .query((row, n) -> new Head(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        row.getBoolean(8)))
                .list();
    }

    private Set<Long> withSkill(ResponseId response, Skill skill) {
        return new HashSet<>(jdbc.sql("""
                        SELECT k.volunteer_id FROM volunteer_skill k JOIN volunteer v ON v.id = k.volunteer_id
                         WHERE v.response_id = ? AND k.skill = ?""")
                .params(response.value(), skill.code())
                .query(Long.class)
                .list());
    }

    private Set<Long> freeOn(ResponseId response, LocalDate day) {
        return new HashSet<>(jdbc.sql("""
                        SELECT f.volunteer_id FROM volunteer_availability f JOIN volunteer v ON v.id = f.volunteer_id
                         WHERE v.response_id = ? AND f.free_on = ?""")
                .params(response.value(), Date.valueOf(day))
                .query(Long.class)
                .list());
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
        for (Head head : heads(response)) {
            VolunteerId id = new VolunteerId(head.id());
            @Nullable VolunteerPerson person = persons.get(id);
            if (!head.withdrawn() && person != null) {
                volunteers
                        .find(id)
                        .ifPresent(
                                found -> rows.add(VolunteerRows.values(found.externalId(), found.details(), person)));
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
        heads(response).forEach(head -> numbers.put(head.id(), head.externalId()));
        return numbers;
    }
}
