package jp.musubi.volunteer.store;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.ActivityKind;
import jp.musubi.volunteer.AssignmentState;
import jp.musubi.volunteer.OpenSeatCause;
import jp.musubi.volunteer.Risk;
import jp.musubi.volunteer.SeatLine;
import jp.musubi.volunteer.SeatReason;
import jp.musubi.volunteer.ShiftTime;
import jp.musubi.volunteer.Skill;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Shifts with who works on them, as screens read them. */
@Component
public class RosterBoard {

    private final JdbcClient jdbc;
    private final JdbcShifts shifts;
    private final JsonMapper json = JsonMapper.builder().build();

    RosterBoard(JdbcClient jdbc, JdbcShifts shifts) {
        this.jdbc = jdbc;
        this.shifts = shifts;
    }

    /** One person on one line. */
    public record Placed(
            long id,
            long volunteer,
            String number,
            Optional<String> team,
            int line,
            AssignmentState state,
            boolean locked,
            Optional<SeatReason> reason,
            Optional<Instant> checkedInAt,
            Optional<Instant> checkedOutAt,
            long version) {}

    /** One line of seats, who has them, and why the others are open. */
    public record Line(SeatLine seats, List<Placed> placed, Optional<OpenSeatCause> cause) {

        public int open() {
            return Math.max(0, seats.seats() - placed.size());
        }
    }

    /** One shift with its lines. */
    public record Shift(
            long id,
            String externalId,
            String title,
            ActivityKind kind,
            long activity,
            String place,
            String municipality,
            ShiftTime time,
            int priority,
            Set<Risk> risks,
            boolean continuity,
            int leastPeople,
            Optional<Skill> leaderSkill,
            boolean cancelled,
            boolean derived,
            long version,
            List<Line> lines,
            List<Placed> gone) {

        public int seats() {
            return lines.stream().mapToInt(line -> line.seats().seats()).sum();
        }

        public int filled() {
            return lines.stream().mapToInt(line -> line.placed().size()).sum();
        }
    }

    /** One day in numbers. */
    public record Day(LocalDate day, int shifts, int seats, int filled) {}

    private record Head(
            long id,
            String externalId,
            String title,
            ActivityKind kind,
            long activity,
            String place,
            String municipality,
            ShiftTime time,
            int priority,
            Set<Risk> risks,
            boolean continuity,
            int leastPeople,
            Optional<Skill> leaderSkill,
            boolean cancelled,
            boolean derived,
            long version) {}

    private record At(long shift, Placed placed) {}

    /** Days that have shifts, in order. */
    @Transactional(readOnly = true)
    public List<Day> days(ResponseId response, Optional<Set<String>> regions) {
        return jdbc
                .sql("""
                        SELECT s.held_on, s.municipality_code, count(*) AS shifts,
                               sum((SELECT sum(e.seats) FROM shift_seat e WHERE e.shift_id = s.id)) AS seats,
                               sum((SELECT count(*) FROM assignment a WHERE a.shift_id = s.id
                                       AND a.state NOT IN ('NO_SHOW', 'WITHDRAWN'))) AS filled
                          FROM shift_place s WHERE s.response_id = ? AND s.cancelled_at IS NULL
                         GROUP BY s.held_on, s.municipality_code ORDER BY s.held_on""")
                .param(response.value())
                .query((row, n) -> Map.entry(
                        row.getString(2),
                        new Day(row.getDate(1).toLocalDate(), row.getInt(3), row.getInt(4), row.getInt(5))))
                .list()
                .stream()
                .filter(entry -> isIn(regions, entry.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toMap(
                        Day::day,
                        day -> day,
                        (a, b) -> new Day(
                                a.day(), a.shifts() + b.shifts(), a.seats() + b.seats(), a.filled() + b.filled()),
                        TreeMap::new))
                .values()
                .stream()
                .toList();
    }

    private static boolean isIn(Optional<Set<String>> regions, String municipality) {
        return regions.isEmpty() || regions.get().stream().anyMatch(municipality::startsWith);
    }

    /** The shifts of some days, by day, time and place. */
    @Transactional(readOnly = true)
    public List<Shift> list(
            ResponseId response, LocalDate first, LocalDate last, Optional<Set<String>> regions, boolean cancelledToo) {
        List<Head> heads = jdbc
                .sql("""
                        SELECT * FROM shift_place WHERE response_id = :response AND held_on BETWEEN :first AND :last
                         ORDER BY held_on, from_minute, place_name, id""")
                .param("response", response.value())
                .param("first", Date.valueOf(first))
                .param("last", Date.valueOf(last))
                .query((row, n) -> head(row))
                .list()
                .stream()
                .filter(head -> isIn(regions, head.municipality()) && (cancelledToo || !head.cancelled()))
                .toList();
        return withPeople(heads);
    }

    /** One shift. */
    @Transactional(readOnly = true)
    public Optional<Shift> find(ResponseId response, long id, Optional<Set<String>> regions) {
        List<Head> heads = jdbc
                .sql("SELECT * FROM shift_place WHERE response_id = ? AND id = ?")
                .params(response.value(), id)
                .query((row, n) -> head(row))
                .list()
                .stream()
                .filter(head -> isIn(regions, head.municipality()))
                .toList();
        return withPeople(heads).stream().findFirst();
    }

    /** The shift on which an assignment is. */
    @Transactional(readOnly = true)
    public Optional<Shift> findByAssignment(ResponseId response, long assignment, Optional<Set<String>> regions) {
        return jdbc.sql("SELECT shift_id FROM assignment WHERE response_id = ? AND id = ?")
                .params(response.value(), assignment)
                .query(Long.class)
                .optional()
                .flatMap(shift -> find(response, shift, regions));
    }

    /** The shifts on which a volunteer has, or had, a seat. */
    @Transactional(readOnly = true)
    public List<Shift> ofVolunteer(ResponseId response, long volunteer) {
        return withPeople(jdbc.sql("""
                        SELECT s.* FROM shift_place s JOIN assignment a ON a.shift_id = s.id
                         WHERE s.response_id = ? AND a.volunteer_id = ? ORDER BY s.held_on, s.from_minute, s.id""")
                .params(response.value(), volunteer)
                .query((row, n) -> head(row))
                .list());
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong("id"),
                row.getString("external_id"),
                row.getString("title"),
                ActivityKind.valueOf(row.getString("kind")),
                row.getLong("activity_id"),
                row.getString("place_name"),
                row.getString("municipality_code"),
                JdbcShifts.time(row),
                row.getInt("priority"),
                JdbcShifts.risks(row.getString("risks")),
                row.getBoolean("continuity"),
                row.getInt("least_people"),
                Optional.ofNullable(row.getString("leader_skill")).flatMap(Skill::findByCode),
                row.getTimestamp("cancelled_at") != null,
                row.getBoolean("derived"),
                row.getLong("version"));
    }

    private List<Shift> withPeople(List<Head> heads) {
        if (heads.isEmpty()) {
            return List.of();
        }
        List<Long> ids = heads.stream().map(Head::id).toList();
        Map<Long, List<SeatLine>> seats = shifts.seats(ids);
        Map<Long, List<Placed>> placed = new HashMap<>();
        jdbc.sql("""
                        SELECT a.id, a.volunteer_id, v.external_id, v.team, a.line_no, a.state, a.locked, a.reason_json,
                               a.checked_in_at, a.checked_out_at, a.version, a.shift_id
                          FROM assignment a JOIN volunteer v ON v.id = a.volunteer_id
                         WHERE a.shift_id IN (:ids) ORDER BY a.shift_id, a.line_no, v.external_id, a.id""")
                .param("ids", ids)
                .query((row, n) -> new At(row.getLong(12), placed(row)))
                .list()
                .forEach(at -> placed.computeIfAbsent(at.shift(), key -> new ArrayList<>())
                        .add(at.placed()));
        Map<String, OpenSeatCause> causes = causes(ids);
        List<Shift> all = new ArrayList<>();
        for (Head head : heads) {
            List<Placed> here = placed.getOrDefault(head.id(), List.of());
            List<Line> lines = seats.getOrDefault(head.id(), List.of()).stream()
                    .map(line -> new Line(
                            line,
                            here.stream()
                                    .filter(each -> each.line() == line.number()
                                            && each.state().holdsSeat())
                                    .toList(),
                            Optional.ofNullable(causes.get(head.id() + "/" + line.number()))))
                    .toList();
            all.add(new Shift(
                    head.id(),
                    head.externalId(),
                    head.title(),
                    head.kind(),
                    head.activity(),
                    head.place(),
                    head.municipality(),
                    head.time(),
                    head.priority(),
                    head.risks(),
                    head.continuity(),
                    head.leastPeople(),
                    head.leaderSkill(),
                    head.cancelled(),
                    head.derived(),
                    head.version(),
                    lines,
                    here.stream().filter(each -> !each.state().holdsSeat()).toList()));
        }
        return all;
    }

    private Placed placed(ResultSet row) throws SQLException {
        @Nullable String reason = row.getString(8);
        return new Placed(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                Optional.ofNullable(row.getString(4)),
                row.getInt(5),
                AssignmentState.valueOf(row.getString(6)),
                row.getBoolean(7),
                Optional.ofNullable(reason).map(text -> json.readValue(text, SeatReason.class)),
                Optional.ofNullable(row.getTimestamp(9)).map(Timestamp::toInstant),
                Optional.ofNullable(row.getTimestamp(10)).map(Timestamp::toInstant),
                row.getLong(11));
    }

    /** Of the newest roster that looked at the shift. */
    private Map<String, OpenSeatCause> causes(List<Long> ids) {
        Map<String, OpenSeatCause> causes = new HashMap<>();
        Set<String> seen = new HashSet<>();
        jdbc.sql("""
                        SELECT shift_id, line_no, cause_json FROM roster_open_seat
                         WHERE shift_id IN (:ids) ORDER BY roster_id DESC""")
                .param("ids", ids)
                .query((row, n) -> {
                    String line = row.getLong(1) + "/" + row.getInt(2);
                    if (seen.add(line)) {
                        causes.put(line, JdbcRosters.CAUSE.read(row.getString(3)));
                    }
                    return line;
                })
                .list();
        return causes;
    }
}
