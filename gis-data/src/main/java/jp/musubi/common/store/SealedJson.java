package jp.musubi.common.store;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps values of a sealed interface of records as JSON: the record's name under {@code kind}, and its components.
 *
 * @param <T> the sealed interface
 */
public final class SealedJson<T> {

    private static final String KIND = "kind";

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Class<T> type;
    private final Map<String, Class<?>> kinds;

    public SealedJson(Class<T> type) {
        if (!type.isSealed()) {
            throw new IllegalArgumentException(type + " is not sealed.");
        }
        this.type = type;
        this.kinds = records(type).collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedJson::records)
                : Stream.of(type);
    }

    public String write(T value) {
        ObjectNode node = mapper.valueToTree(value);
        node.put(KIND, value.getClass().getSimpleName());
        return node.toString();
    }

    /**
     * @throws IllegalArgumentException if the text was not written by {@link #write}
     */
    public T read(String json) {
        try {
            JsonNode node = mapper.readTree(json);
            Class<?> kind = node.isObject() ? kinds.get(node.path(KIND).asString("")) : null;
            if (kind == null) {
                throw new IllegalArgumentException("No " + type.getSimpleName() + ": " + json);
            }
            ObjectNode components = (ObjectNode) node;
            components.remove(KIND);
            return type.cast(mapper.treeToValue(components, kind));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("No " + type.getSimpleName() + ": " + json, e);
        }
    }
}
