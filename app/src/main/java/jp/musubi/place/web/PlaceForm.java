package jp.musubi.place.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.RowProblem;

/**
 * A form that edits a community or a hub. Its fields are the columns of the kind of file, so that what people type and
 * what files say are read and checked alike.
 *
 * @param action where it is sent, without the response's prefix
 * @param version of the state it is based on
 * @param differences what somebody else stored meanwhile; empty unless the form was overtaken
 */
record PlaceForm(String action, long version, List<Field> fields, List<Difference> differences) {

    /**
     * One field.
     *
     * @param choices value → label; empty = typed
     * @param errors what is wrong, in the reader's language
     */
    record Field(
            String key,
            String label,
            boolean required,
            String example,
            String inputMode,
            String value,
            Map<String, String> choices,
            List<String> errors) {}

    /** What is stored now beside what the form says. */
    record Difference(String label, String theirs, String mine) {}

    private static final Map<String, String> INPUT_MODES = Map.ofEntries(
            Map.entry("lat", "decimal"),
            Map.entry("lon", "decimal"),
            Map.entry("people", "numeric"),
            Map.entry("children", "numeric"),
            Map.entry("infants", "numeric"),
            Map.entry("elderly", "numeric"),
            Map.entry("capacity", "numeric"),
            Map.entry("throughput_kg_per_day", "numeric"),
            Map.entry("throughput_m3_per_day", "decimal"),
            Map.entry("throughput_lines_per_day", "numeric"),
            Map.entry("handling_hours_per_day", "decimal"),
            Map.entry("max_vehicle_width_m", "decimal"),
            Map.entry("contact", "tel"));

    static PlaceForm of(
            String action,
            long version,
            List<Column> columns,
            Map<String, String> values,
            Map<String, Map<String, String>> choices,
            List<RowProblem> problems,
            Locale locale) {
        Map<String, Column> byKey = new LinkedHashMap<>();
        columns.forEach(column -> byKey.put(column.key(), column));
        List<Field> fields = new ArrayList<>();
        values.forEach((key, value) -> {
            Column column = byKey.get(key);
            if (column == null) {
                throw new IllegalArgumentException("There is no column \"" + key + "\" for a field.");
            }
            fields.add(new Field(
                    key,
                    column.label().in(locale),
                    column.required() || key.equals("municipality"),
                    column.example(),
                    INPUT_MODES.getOrDefault(key, "text"),
                    value,
                    choices.getOrDefault(key, Map.of()),
                    problems.stream()
                            .filter(problem -> fieldOf(problem).equals(key))
                            .map(problem -> problem.expected().in(locale) + " — "
                                    + problem.remedy().in(locale))
                            .toList()));
        });
        return new PlaceForm(action, version, List.copyOf(fields), List.of());
    }

    /** A missing municipality is noted at its code, which the form does not have. */
    private static String fieldOf(RowProblem problem) {
        String column = problem.place().column();
        return column.equals("municipality_code") ? "municipality" : column;
    }

    /** The same form after somebody else was quicker: based on what is stored now, with the differences shown. */
    PlaceForm overtaken(long newVersion, Map<String, String> theirs) {
        List<Difference> found = new ArrayList<>();
        for (Field field : fields) {
            String their = theirs.getOrDefault(field.key(), "");
            if (!their.equals(field.value())) {
                found.add(new Difference(
                        field.label(),
                        field.choices().getOrDefault(their, their),
                        field.choices().getOrDefault(field.value(), field.value())));
            }
        }
        return new PlaceForm(action, newVersion, fields, List.copyOf(found));
    }

    /** Fields with something wrong, for the summary on top. */
    public List<Field> faulty() {
        return fields.stream().filter(field -> !field.errors().isEmpty()).toList();
    }

    public boolean isOvertaken() {
        return !differences.isEmpty();
    }
}
