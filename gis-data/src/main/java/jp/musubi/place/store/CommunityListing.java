package jp.musubi.place.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.place.CommunityId;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.People;
import jp.musubi.place.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Communities for screens, exports and REST: SQL → record. Contacts are not in it. */
@Component
public class CommunityListing {

    /** One community as a list shows it. */
    public record Line(
            CommunityId id,
            String externalId,
            String source,
            boolean derived,
            CommunityKind kind,
            String name,
            Optional<String> kana,
            PlaceName place,
            Optional<String> address,
            Optional<Position> position,
            boolean positionDoubtful,
            People people,
            Optional<Integer> capacity,
            Optional<Double> maxVehicleWidthMetres,
            Instant reportedAt,
            Optional<Instant> closedAt,
            long version) {}

    /**
     * A part of the list, and how much there is.
     *
     * @param total how many fit the filter
     * @param withoutPosition how many fit it but for the map's box, and have no position
     * @param people sum of the headcounts that fit and are known
     * @param withoutHeadcount how many fit and have none
     */
    public record Page(List<Line> lines, long total, long withoutPosition, long people, long withoutHeadcount) {
        public Page {
            lines = List.copyOf(lines);
        }
    }

    private static final int MOST_LINES = 10_000;

    private final NamedParameterJdbcTemplate jdbc;

    CommunityListing(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** By municipality and name. */
    @Transactional(readOnly = true)
    public Page list(PlaceFilter filter, int offset, int limit) {
        if (offset < 0 || limit < 0 || limit > MOST_LINES) {
            throw new IllegalArgumentException("A part of a list has 0 to " + MOST_LINES + " lines, but " + limit
                    + " from " + offset + " were asked for.");
        }
        MapSqlParameterSource values = new MapSqlParameterSource();
        String base = filter.where(values) + (filter.closedToo() ? "" : " AND closed_at IS NULL");
        String where = base + filter.box(values);
        long[] counts = count(where, values);
        long withoutPosition = filter.box().isEmpty() ? counts[1] : count(base, values)[1];
        List<Line> lines = jdbc.query(
                "SELECT * FROM community_place WHERE " + where
                        + " ORDER BY municipality_code, name, id LIMIT :limit OFFSET :offset",
                values.addValue("limit", limit).addValue("offset", offset),
                (row, n) -> line(row));
        return new Page(lines, counts[0], withoutPosition, counts[2], counts[3]);
    }

    private long[] count(String where, MapSqlParameterSource values) {
        return jdbc.query(
                        "SELECT count(*), count(*) - count(point), coalesce(sum(people), 0), count(*) - count(people)"
                                + " FROM community_place WHERE " + where,
                        values,
                        (row, n) -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)})
                .get(0);
    }

    @Transactional(readOnly = true)
    public Optional<Line> find(CommunityId id) {
        return jdbc
                .query(
                        "SELECT * FROM community_place WHERE id = :id",
                        new MapSqlParameterSource("id", id.value()),
                        (row, n) -> line(row))
                .stream()
                .findFirst();
    }

    private static Line line(ResultSet row) throws SQLException {
        @Nullable Double latitude = row.getObject("latitude", Double.class);
        return new Line(
                new CommunityId(row.getLong("id")),
                row.getString("external_id"),
                row.getString("source"),
                row.getBoolean("derived"),
                CommunityKind.valueOf(row.getString("kind")),
                row.getString("name"),
                Optional.ofNullable(row.getString("kana")),
                PlaceName.read(row),
                Optional.ofNullable(row.getString("address")),
                latitude == null ? Optional.empty() : Optional.of(new Position(latitude, row.getDouble("longitude"))),
                row.getBoolean("point_doubtful"),
                new People(
                        Optional.ofNullable(row.getObject("people", Integer.class)),
                        Optional.ofNullable(row.getObject("children", Integer.class)),
                        Optional.ofNullable(row.getObject("infants", Integer.class)),
                        Optional.ofNullable(row.getObject("elderly", Integer.class))),
                Optional.ofNullable(row.getObject("capacity", Integer.class)),
                Optional.ofNullable(row.getObject("max_vehicle_width_m", Double.class)),
                row.getTimestamp("reported_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("closed_at")).map(Timestamp::toInstant),
                row.getLong("version"));
    }
}
