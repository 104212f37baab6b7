package jp.musubi.place.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.musubi.place.HubCapacity;
import jp.musubi.place.HubId;
import jp.musubi.place.HubState;
import jp.musubi.place.Position;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hubs for screens, exports and REST: SQL → record. There are never many, so all come at once. */
@Component
public class HubListing {

    /** One hub as a list shows it. */
    public record Line(
            HubId id,
            String externalId,
            String source,
            boolean derived,
            String nameJa,
            Optional<String> nameEn,
            PlaceName place,
            Optional<String> address,
            Position position,
            boolean positionDoubtful,
            HubState state,
            HubCapacity perDay,
            Optional<Double> maxVehicleWidthMetres,
            Instant reportedAt,
            long version) {

        /** The name in the reader's language, as far as there is one. */
        public String name(Locale locale) {
            return locale.getLanguage().equals("en") ? nameEn.orElse(nameJa) : nameJa;
        }
    }

    private final NamedParameterJdbcTemplate jdbc;

    HubListing(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** By municipality and name; closed hubs only if the filter asks for them. */
    @Transactional(readOnly = true)
    public List<Line> list(PlaceFilter filter) {
        MapSqlParameterSource values = new MapSqlParameterSource();
        return jdbc.query(
                "SELECT * FROM hub_place WHERE " + filter.of(Set.of()).where(values)
                        + (filter.closedToo() ? "" : " AND state <> 'CLOSED'") + filter.box(values)
                        + " ORDER BY municipality_code, name, id",
                values,
                (row, n) -> line(row));
    }

    @Transactional(readOnly = true)
    public Optional<Line> find(HubId id) {
        return jdbc
                .query(
                        "SELECT * FROM hub_place WHERE id = :id",
                        new MapSqlParameterSource("id", id.value()),
                        (row, n) -> line(row))
                .stream()
                .findFirst();
    }

    static HubCapacity capacity(ResultSet row) throws SQLException {
        return new HubCapacity(
                Optional.ofNullable(row.getObject("throughput_kg_per_day", Long.class)),
                Optional.ofNullable(row.getObject("throughput_m3_per_day", Double.class)),
                Optional.ofNullable(row.getObject("throughput_lines_per_day", Long.class)),
                Optional.ofNullable(row.getObject("handling_hours_per_day", Double.class)));
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                new HubId(row.getLong("id")),
                row.getString("external_id"),
                row.getString("source"),
                row.getBoolean("derived"),
                row.getString("name"),
                Optional.ofNullable(row.getString("name_en")),
                PlaceName.read(row),
                Optional.ofNullable(row.getString("address")),
                new Position(row.getDouble("latitude"), row.getDouble("longitude")),
                row.getBoolean("point_doubtful"),
                HubState.valueOf(row.getString("state")),
                capacity(row),
                Optional.ofNullable(row.getObject("max_vehicle_width_m", Double.class)),
                row.getTimestamp("reported_at").toInstant(),
                row.getLong("version"));
    }
}
