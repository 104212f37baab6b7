package jp.musubi.place.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.place.CommunityDetails;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.CommunityRow;
import jp.musubi.place.Municipalities;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.People;
import jp.musubi.place.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

@Component
class JdbcCommunityRows extends ImportedPlaces<CommunityRow, CommunityDetails> {

    private final Municipalities municipalities;

    JdbcCommunityRows(NamedParameterJdbcTemplate jdbc, PlaceHistory history, Municipalities municipalities) {
        super(
                jdbc,
                history,
                PlaceHistory.COMMUNITY,
                List.of(
                        "kind",
                        "name",
                        "kana",
                        "address",
                        "municipality_code",
                        "point_doubtful",
                        "people",
                        "children",
                        "infants",
                        "elderly",
                        "capacity",
                        "max_vehicle_width_m",
                        "search_key"));
        this.municipalities = municipalities;
    }

    @Override
    CommunityDetails details(CommunityRow row) {
        return row.details();
    }

    @Override
    CommunityDetails onto(CommunityRow row, CommunityDetails known) {
        return row.onto(known);
    }

    @Override
    String contentText(CommunityRow row) {
        return row.contentText();
    }

    @Override
    Optional<Instant> reportedAt(CommunityRow row) {
        return row.reportedAt();
    }

    @Override
    boolean isNews(CommunityDetails before, CommunityDetails now) {
        return !before.people().equals(now.people());
    }

    @Override
    Optional<String> contact(CommunityRow row) {
        return row.contact();
    }

    @Override
    boolean statesContact(CommunityRow row) {
        return row.stated().contains(CommunityRow.Field.CONTACT);
    }

    @Override
    String json(CommunityDetails details) {
        return PlaceHistory.json(details);
    }

    @Override
    CommunityDetails read(ResultSet row) throws SQLException {
        @Nullable Double latitude = row.getObject("latitude", Double.class);
        return new CommunityDetails(
                row.getString("name"),
                optional(row.getString("kana")),
                CommunityKind.valueOf(row.getString("kind")),
                new MunicipalityCode(row.getString("municipality_code")),
                optional(row.getString("address")),
                latitude == null ? Optional.empty() : Optional.of(new Position(latitude, row.getDouble("longitude"))),
                row.getBoolean("point_doubtful"),
                new People(
                        optional(row.getObject("people", Integer.class)),
                        optional(row.getObject("children", Integer.class)),
                        optional(row.getObject("infants", Integer.class)),
                        optional(row.getObject("elderly", Integer.class))),
                optional(row.getObject("capacity", Integer.class)),
                optional(row.getObject("max_vehicle_width_m", Double.class)));
    }

    @Override
    void write(MapSqlParameterSource values, CommunityDetails details, String externalId) {
        point(
                values,
                details.position().map(Position::latitude).orElse(null),
                details.position().map(Position::longitude).orElse(null));
        values.addValue("kind", details.kind().name())
                .addValue("name", details.name())
                .addValue("kana", details.kana().orElse(null), Types.VARCHAR)
                .addValue("address", details.address().orElse(null), Types.VARCHAR)
                .addValue("municipality_code", details.municipality().value())
                .addValue("point_doubtful", details.positionDoubtful())
                .addValue("people", details.people().total().orElse(null), Types.INTEGER)
                .addValue("children", details.people().children().orElse(null), Types.INTEGER)
                .addValue("infants", details.people().infants().orElse(null), Types.INTEGER)
                .addValue("elderly", details.people().elderly().orElse(null), Types.INTEGER)
                .addValue("capacity", details.capacity().orElse(null), Types.INTEGER)
                .addValue("max_vehicle_width_m", details.maxVehicleWidthMetres().orElse(null), Types.DOUBLE)
                .addValue("search_key", JpaCommunities.searchKey(municipalities, details, externalId));
    }
}
