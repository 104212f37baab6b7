package jp.musubi.place.web;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.identity.Change;
import jp.musubi.identity.ChangeLog;
import jp.musubi.identity.People;
import jp.musubi.inbox.Column;
import jp.musubi.place.CommunityKind;
import jp.musubi.place.HubState;
import jp.musubi.response.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The history of a community or hub as people read it: when, who, what became what. */
@Component
class PlaceHistoryLines {

    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};
    private static final Map<String, String> COLUMN_OF = Map.of("latitude", "lat", "longitude", "lon");

    private final ChangeLog changes;
    private final People people;
    private final JsonMapper json;

    PlaceHistoryLines(ChangeLog changes, People people, JsonMapper json) {
        this.changes = changes;
        this.people = people;
        this.json = json;
    }

    /**
     * @param action {@code create}, {@code correct}, {@code close} or {@code reopen}
     * @param who empty for imports from the command line and the machine's operator
     */
    record Line(ZonedDateTime at, String action, Optional<String> who, Optional<String> reason, List<Step> steps) {}

    /** One value that changed; blank = unknown. */
    record Step(String label, String before, String after) {}

    List<Line> list(Response response, String aggregate, long id, List<Column> columns, Locale locale) {
        return changes.listChanges(aggregate, id).stream()
                .map(change -> new Line(
                        change.recordedAt().atZone(response.zone()),
                        change.action(),
                        change.actor().map(people::getName),
                        change.reason(),
                        steps(change, columns, locale)))
                .toList();
    }

    private List<Step> steps(Change change, List<Column> columns, Locale locale) {
        if (change.beforeJson().isEmpty() || change.afterJson().isEmpty()) {
            return List.of();
        }
        Map<String, Object> before = json.readValue(change.beforeJson().get(), VALUES);
        Map<String, Object> after = json.readValue(change.afterJson().get(), VALUES);
        List<Step> steps = new ArrayList<>();
        after.forEach((key, value) -> {
            Object old = before.get(key);
            if (!Objects.equals(old, value)) {
                String column = COLUMN_OF.getOrDefault(key, key);
                String label = columns.stream()
                        .filter(each -> each.key().equals(column))
                        .map(each -> each.label().in(locale))
                        .findFirst()
                        .orElse(key);
                steps.add(new Step(label, shown(key, old, locale), shown(key, value, locale)));
            }
        });
        return steps;
    }

    private static String shown(String key, @Nullable Object value, Locale locale) {
        if (value == null) {
            return "";
        }
        return switch (key) {
            case "kind" -> CommunityKind.valueOf(value.toString()).label().in(locale);
            case "state" -> HubState.valueOf(value.toString()).label().in(locale);
            default -> value.toString();
        };
    }
}
