package jp.musubi.common.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * What a reader typed into a form, as typed, and what is wrong with it: a page shows both again, so that nothing has to
 * be typed twice.
 */
public final class SentForm {

    private final MultiValueMap<String, String> values;
    private final Map<String, Wrong> errors = new LinkedHashMap<>();

    private SentForm(MultiValueMap<String, String> values) {
        this.values = values;
    }

    /**
     * Why a field was not taken.
     *
     * @param code of the text
     * @param arguments of the text
     */
    @SuppressWarnings("ArrayRecordComponent") // handed to the message format only
    public record Wrong(String code, Object[] arguments) {}

    public static SentForm of(MultiValueMap<String, String> sent) {
        return new SentForm(new LinkedMultiValueMap<>(sent));
    }

    /** A form nobody sent yet. */
    public static SentForm with(Map<String, String> values) {
        MultiValueMap<String, String> all = new LinkedMultiValueMap<>();
        values.forEach(all::add);
        return new SentForm(all);
    }

    /** The value as typed, without blanks around it; empty text if there is none. */
    public String value(String field) {
        String value = values.getFirst(field);
        return value == null ? "" : value.strip();
    }

    public boolean isChosen(String field, String option) {
        return values.getOrDefault(field, List.of()).contains(option);
    }

    public void add(String field, String value) {
        values.add(field, value);
    }

    public void set(String field, String value) {
        values.set(field, value);
    }

    public void remove(String field) {
        values.remove(field);
    }

    /** The first thing wrong with a field stays. */
    public void reject(String field, String code, Object... arguments) {
        errors.putIfAbsent(field, new Wrong(code, arguments));
    }

    public boolean isValid() {
        return errors.isEmpty();
    }

    public Map<String, Wrong> errors() {
        return errors;
    }

    public @Nullable Wrong error(String field) {
        return errors.get(field);
    }

    /** A text that must be there. */
    public String required(String field, int most) {
        String value = value(field);
        if (value.isEmpty()) {
            reject(field, "form.missing");
        } else if (value.length() > most) {
            reject(field, "form.long", most);
        }
        return value;
    }

    /** A text that must be there and look as expected. */
    public String required(String field, int most, String pattern, String wrongCode) {
        String value = required(field, most);
        if (!value.isEmpty() && !value.matches(pattern)) {
            reject(field, wrongCode);
        }
        return value;
    }

    public Optional<String> optional(String field, int most, String pattern, String wrongCode) {
        String value = value(field);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.length() > most) {
            reject(field, "form.long", most);
        } else if (!value.matches(pattern)) {
            reject(field, wrongCode);
        }
        return Optional.of(value);
    }

    /** A number between two limits; NaN after an error. */
    public double number(String field, double least, double most) {
        String value = required(field, 30);
        if (error(field) != null) {
            return Double.NaN;
        }
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
            reject(field, "form.range", least, most);
        } catch (NumberFormatException e) {
            reject(field, "form.number");
        }
        return Double.NaN;
    }

    /** One of the options; empty after an error. */
    public <E extends Enum<E>> Optional<E> oneOf(String field, Class<E> type) {
        String value = value(field);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return Optional.of(constant);
            }
        }
        reject(field, "form.choose");
        return Optional.empty();
    }

    /** One of the options; empty after an error. */
    public Optional<String> oneOf(String field, Set<String> options) {
        String value = value(field);
        if (options.contains(value)) {
            return Optional.of(value);
        }
        reject(field, "form.choose");
        return Optional.empty();
    }

    /** The version the form was made from; an edit without one is refused by the register. */
    public long version() {
        String value = value("version");
        return value.matches("\\d{1,18}") ? Long.parseLong(value) : -1;
    }
}
