package jp.musubi.volunteer.store;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.musubi.response.ResponseId;
import jp.musubi.volunteer.ActivityKind;
import jp.musubi.volunteer.Risk;
import jp.musubi.volunteer.SeatLine;
import jp.musubi.volunteer.ShiftRows;
import jp.musubi.volunteer.ShiftTime;
import jp.musubi.volunteer.Shifts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Shifts as lists and exports read them: the database counts and cuts, people are counted and not read. */
@Component
public class ShiftListing {

    private final JdbcClient jdbc;
    private final JdbcShifts shifts;

    ShiftListing(JdbcClient jdbc, JdbcShifts shifts) {
        this.jdbc = jdbc;
        this.shifts = shifts;
    }

    /**
     * Which shifts are wanted.
     *
     * @param text of title, place or number
     * @param openOnly only those that take place and have open seats
     * @param regions beginnings of municipality codes; empty = all
     */
    public record Filter(
            ResponseId response,
            String text,
            Optional<ActivityKind> kind,
            Optional<LocalDate> day,
            boolean openOnly,
            Optional<Set<String>> regions) {}

    /** A shift as a list shows it. */
    public record Line(
            long id,
            String title,
            ActivityKind kind,
            String place,
            ShiftTime time,
            int priority,
            Set<Risk> risks,
            boolean cancelled,
            boolean derived,
            int seats,
            int filled) {}

    /** A part of the list, how many shifts there are, and how many seats of those that take place are open. */
    public record Page(List<Line> lines, long total, long openSeats) {
        public Page {
            lines = List.copyOf(lines);
        }
    }

    private record Sums(long total, long openSeats) {}

    private static final String COUNTED = """
            SELECT * FROM (
                SELECT s.*,
                       COALESCE((SELECT SUM(e.seats) FROM shift_seat e WHERE e.shift_id = s.id), 0) AS seats,
                       (SELECT COUNT(*) FROM assignment a
                         WHERE a.shift_id = s.id AND a.state NOT IN ('NO_SHOW', 'WITHDRAWN')) AS filled
                  FROM shift_place s WHERE s.response_id = :response) t
             WHERE 1 = 1""";

    /** By day, time and place. */
    @Transactional(readOnly = true)
    public Page list(Filter filter, int from, int most) {
        Map<String, Object> values = new TreeMap<>();
        String found = COUNTED + conditions(filter, values);
        Sums sums = jdbc.sql("SELECT COUNT(*), COALESCE(SUM(CASE WHEN u.cancelled_at IS NULL AND u.seats > u.filled"
                        + " THEN u.seats - u.filled ELSE 0 END), 0) FROM (" + found + ") u")
                .params(values)
                .query((row, n) -> new Sums(row.getLong(1), row.getLong(2)))
                .single();
        values.put("most", most);
        values.put("from", from);
        return new Page(
                jdbc.sql(found + " ORDER BY t.held_on, t.from_minute, t.place_name, t.id LIMIT :most OFFSET :from")
                        .params(values)
                        .query((row, n) -> line(row))
                        .list(),
                sums.total(),
                sums.openSeats());
    }

    /** @param values gets what the conditions ask for by name */
    private static String conditions(Filter filter, Map<String, Object> values) {
        StringBuilder where = new StringBuilder();
        values.put("response", filter.response().value());
        filter.kind().ifPresent(kind -> {
            where.append(" AND t.kind = :kind");
            values.put("kind", kind.name());
        });
        filter.day().ifPresent(day -> {
            where.append(" AND t.held_on = :day");
            values.put("day", Date.valueOf(day));
        });
        if (filter.openOnly()) {
            where.append(" AND t.cancelled_at IS NULL AND t.filled < t.seats");
        }
        String word = filter.text().strip().toLowerCase(Locale.ROOT);
        if (!word.isEmpty()) {
            where.append(" AND LOWER(t.title || ' ' || t.place_name || ' ' || t.external_id) LIKE :word ESCAPE '!'");
            values.put("word", "%" + word.replaceAll("([!%_])", "!$1") + "%");
        }
        filter.regions().ifPresent(regions -> {
            List<String> inside = new ArrayList<>(List.of("1 = 0"));
            for (String region : regions) {
                String name = "region" + inside.size();
                inside.add("t.municipality_code LIKE :" + name + " ESCAPE '!'");
                values.put(name, region.replaceAll("([!%_])", "!$1") + "%");
            }
            where.append(" AND (").append(String.join(" OR ", inside)).append(")");
        });
        return where.toString();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getLong("id"),
                row.getString("title"),
                ActivityKind.valueOf(row.getString("kind")),
                row.getString("place_name"),
                JdbcShifts.time(row),
                row.getInt("priority"),
                JdbcShifts.risks(row.getString("risks")),
                row.getTimestamp("cancelled_at") != null,
                row.getBoolean("derived"),
                row.getInt("seats"),
                row.getInt("filled"));
    }

    /** Every shift that takes place, with the columns of a file of shifts, in two questions to the database. */
    @Transactional(readOnly = true)
    public List<Map<String, String>> export(ResponseId response, Optional<Set<String>> regions) {
        Map<Long, List<SeatLine>> lines =
                shifts.seats("shift_id IN (SELECT id FROM shift WHERE response_id = ?)", response.value());
        Map<String, Object> values = new TreeMap<>();
        String where = conditions(new Filter(response, "", Optional.empty(), Optional.empty(), false, regions), values);
        return jdbc.sql("""
                        SELECT t.*, a.external_id AS activity_number,
                               COALESCE(c.external_id, h.external_id) AS place_number
                          FROM shift_place t
                          JOIN activity a ON a.id = t.activity_id
                          LEFT JOIN community c ON c.id = t.community_id
                          LEFT JOIN hub h ON h.id = t.hub_id
                         WHERE t.response_id = :response AND t.cancelled_at IS NULL""" + where + " ORDER BY t.held_on, t.from_minute, t.place_name, t.id")
                .params(values)
                .query((row, n) -> {
                    Shifts.Kept kept = JdbcShifts.kept(row, lines.getOrDefault(row.getLong("id"), List.of()));
                    return ShiftRows.values(
                            kept.externalId(),
                            kept.row().activity().orElse(""),
                            kept.row(),
                            row.getString("place_number"));
                })
                .list();
    }
}
