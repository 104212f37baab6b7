package jp.musubi.identity.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the history back as the fields that differ. */
@Component
public class Differences {

    private static final TypeReference<TreeMap<String, Object>> FIELDS = new TypeReference<>() {};

    private final JsonMapper json;

    Differences(JsonMapper json) {
        this.json = json;
    }

    /** One field of a change: before and after, empty text where it was not there. */
    public record FieldChange(String field, String before, String after) {}

    /** The fields that differ between two states of a thing. */
    public List<FieldChange> of(Optional<String> beforeJson, Optional<String> afterJson) {
        Map<String, Object> before = read(beforeJson);
        Map<String, Object> after = read(afterJson);
        TreeSet<String> fields = new TreeSet<>(before.keySet());
        fields.addAll(after.keySet());
        return fields.stream()
                .map(field -> new FieldChange(field, text(before.get(field)), text(after.get(field))))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private Map<String, Object> read(Optional<String> text) {
        return text.filter(content -> content.startsWith("{"))
                .map(content -> (Map<String, Object>) json.readValue(content, FIELDS))
                .orElseGet(Map::of);
    }
}
