package jp.musubi.place.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.place.HubDetails;
import jp.musubi.place.HubRow;
import jp.musubi.place.HubState;
import jp.musubi.place.Municipalities;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.Position;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

@Component
class JdbcHubRows extends ImportedPlaces<HubRow, HubDetails> {

    private final Municipalities municipalities;

    JdbcHubRows(NamedParameterJdbcTemplate jdbc, PlaceHistory history, Municipalities municipalities) {
        super(
                jdbc,
                history,
                PlaceHistory.HUB,
                List.of(
                        "name",
                        "name_en",
                        "address",
                        "municipality_code",
                        "point_doubtful",
                        "state",
                        "throughput_kg_per_day",
                        "throughput_m3_per_day",
                        "throughput_lines_per_day",
                        "handling_hours_per_day",
                        "max_vehicle_width_m",
                        "search_key"));
        this.municipalities = municipalities;
    }

    @Override
    HubDetails details(HubRow row) {
        return row.details();
    }

    @Override
    HubDetails onto(HubRow row, HubDetails known) {
        return row.onto(known);
    }

    @Override
    String contentText(HubRow row) {
        return row.contentText();
    }

    @Override
    Optional<Instant> reportedAt(HubRow row) {
        return row.reportedAt();
    }

    @Override
    boolean isNews(HubDetails before, HubDetails now) {
        return true;
    }

    @Override
    Optional<String> contact(HubRow row) {
        return row.contact();
    }

    @Override
    boolean statesContact(HubRow row) {
        return row.stated().contains(HubRow.Field.CONTACT);
    }

    @Override
    String json(HubDetails details) {
        return PlaceHistory.json(details);
    }

    @Override
    HubDetails read(ResultSet row) throws SQLException {
        return new HubDetails(
                row.getString("name"),
                optional(row.getString("name_en")),
                optional(row.getString("address")),
                new MunicipalityCode(row.getString("municipality_code")),
                new Position(row.getDouble("latitude"), row.getDouble("longitude")),
                row.getBoolean("point_doubtful"),
                HubState.valueOf(row.getString("state")),
                HubListing.capacity(row),
                optional(row.getObject("max_vehicle_width_m", Double.class)));
    }

    @Override
    void write(MapSqlParameterSource values, HubDetails details, String externalId) {
        point(values, details.position().latitude(), details.position().longitude());
        values.addValue("name", details.name())
                .addValue("name_en", details.nameEn().orElse(null), Types.VARCHAR)
                .addValue("address", details.address().orElse(null), Types.VARCHAR)
                .addValue("municipality_code", details.municipality().value())
                .addValue("point_doubtful", details.positionDoubtful())
                .addValue("state", details.state().name())
                .addValue("throughput_kg_per_day", details.perDay().kilograms().orElse(null), Types.BIGINT)
                .addValue(
                        "throughput_m3_per_day", details.perDay().cubicMetres().orElse(null), Types.DOUBLE)
                .addValue("throughput_lines_per_day", details.perDay().lines().orElse(null), Types.BIGINT)
                .addValue(
                        "handling_hours_per_day",
                        details.perDay().handlingHours().orElse(null),
                        Types.DOUBLE)
                .addValue("max_vehicle_width_m", details.maxVehicleWidthMetres().orElse(null), Types.DOUBLE)
                .addValue("search_key", JpaHubs.searchKey(municipalities, details, externalId));
    }
}
