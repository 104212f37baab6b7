package jp.musubi.place.store;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.PersonId;
import jp.musubi.place.CommunityDetails;
import jp.musubi.place.HubDetails;
import jp.musubi.place.HubRoute;
import jp.musubi.place.Position;
import jp.musubi.response.ResponseId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes the history of communities and hubs: before and after as JSON with the names of the columns. No contacts. */
@Component
class PlaceHistory {

    static final String COMMUNITY = "community";
    static final String HUB = "hub";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ChangeLog changes;
    private final Clock clock;

    PlaceHistory(ChangeLog changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    ChangeLog log() {
        return changes;
    }

    void record(
            ResponseId response,
            String aggregate,
            long id,
            String action,
            Optional<String> before,
            Optional<String> after,
            Optional<PersonId> by,
            Optional<String> reason) {
        changes.record(change(response, aggregate, id, action, before, after, by, reason));
    }

    Change change(
            ResponseId response,
            String aggregate,
            long id,
            String action,
            Optional<String> before,
            Optional<String> after,
            Optional<PersonId> by,
            Optional<String> reason) {
        return new Change(Optional.of(response), aggregate, id, action, before, after, by, reason, clock.instant());
    }

    static String json(CommunityDetails details) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", details.name());
        values.put("kana", details.kana().orElse(null));
        values.put("kind", details.kind().name());
        values.put("municipality_code", details.municipality().value());
        values.put("address", details.address().orElse(null));
        values.put("latitude", details.position().map(Position::latitude).orElse(null));
        values.put("longitude", details.position().map(Position::longitude).orElse(null));
        values.put("people", details.people().total().orElse(null));
        values.put("children", details.people().children().orElse(null));
        values.put("infants", details.people().infants().orElse(null));
        values.put("elderly", details.people().elderly().orElse(null));
        values.put("capacity", details.capacity().orElse(null));
        values.put("max_vehicle_width_m", details.maxVehicleWidthMetres().orElse(null));
        return JSON.writeValueAsString(values);
    }

    static String json(List<HubRoute> routes) {
        return JSON.writeValueAsString(Map.of(
                "vehicles",
                routes.stream()
                        .map(route -> route.municipality().value()
                                + route.kilograms().map(kg -> " " + kg + " kg").orElse("")
                                + route.cubicMetres()
                                        .map(m3 -> " " + m3 + " m³")
                                        .orElse(""))
                        .collect(Collectors.joining(", "))));
    }

    static String json(HubDetails details) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", details.name());
        values.put("name_en", details.nameEn().orElse(null));
        values.put("municipality_code", details.municipality().value());
        values.put("address", details.address().orElse(null));
        values.put("latitude", details.position().latitude());
        values.put("longitude", details.position().longitude());
        values.put("state", details.state().name());
        values.put("throughput_kg_per_day", details.perDay().kilograms().orElse(null));
        values.put("throughput_m3_per_day", details.perDay().cubicMetres().orElse(null));
        values.put("throughput_lines_per_day", details.perDay().lines().orElse(null));
        values.put("handling_hours_per_day", details.perDay().handlingHours().orElse(null));
        values.put("max_vehicle_width_m", details.maxVehicleWidthMetres().orElse(null));
        return JSON.writeValueAsString(values);
    }
}
