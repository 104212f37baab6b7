package jp.musubi.volunteer.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.RowProblem;
import org.springframework.context.MessageSource;

/**
 * A form whose fields are the columns of a kind of file, so that what people type and what files say are read and checked
 * alike.
 *
 * @param action where it is sent, without the response's prefix
 * @param version of the state it is based on
 */
record ColumnForm(String action, long version, List<Field> fields, boolean overtaken) {

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
            String value,
            boolean fixed,
            Map<String, String> choices,
            List<String> errors) {}

    /** What a column takes that is true or not, by value. */
    static Map<String, String> yesNo(MessageSource texts, Locale locale) {
        return words(texts, locale, "volunteers.word.", "no", "yes");
    }

    /** Values of a column with what they are called: the texts under {@code prefix} and the value. */
    static Map<String, String> words(MessageSource texts, Locale locale, String prefix, String... values) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String value : values) {
            words.put(value, texts.getMessage(prefix + value, null, locale));
        }
        return words;
    }

    /**
     * @param fixed the column that names the record; it cannot be changed once it is kept
     */
    static ColumnForm of(
            String action,
            long version,
            List<Column> columns,
            String fixed,
            Map<String, String> values,
            Map<String, Map<String, String>> choices,
            List<RowProblem> problems,
            Locale locale) {
        List<Field> fields = new ArrayList<>();
        for (Column column : columns) {
            fields.add(new Field(
                    column.key(),
                    column.label().in(locale),
                    column.required(),
                    column.example(),
                    values.getOrDefault(column.key(), ""),
                    column.key().equals(fixed),
                    choices.getOrDefault(column.key(), Map.of()),
                    problems.stream()
                            .filter(problem -> problem.place().column().equals(column.key()))
                            .map(problem -> problem.expected().in(locale) + " — "
                                    + problem.remedy().in(locale))
                            .toList()));
        }
        return new ColumnForm(action, version, List.copyOf(fields), false);
    }

    /** The same form after somebody else was quicker. */
    ColumnForm overtakenBy(long newVersion) {
        return new ColumnForm(action, newVersion, fields, true);
    }

    /** Fields with something wrong, for the summary on top. */
    public List<Field> faulty() {
        return fields.stream().filter(field -> !field.errors().isEmpty()).toList();
    }

    static Map<String, String> values(List<Column> columns, Map<String, String> sent) {
        Map<String, String> values = new LinkedHashMap<>();
        columns.forEach(column ->
                values.put(column.key(), sent.getOrDefault(column.key(), "").strip()));
        return values;
    }
}
