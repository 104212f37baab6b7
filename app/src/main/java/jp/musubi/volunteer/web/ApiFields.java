package jp.musubi.volunteer.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.musubi.common.web.Problem;
import jp.musubi.inbox.RowProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What a program sent, written as the cells of a file's row, so that both are read by the same rules. */
record ApiFields(Map<String, String> values) {

    /** Leaves the column as it is if nothing was sent. */
    void set(String column, @Nullable Object value) {
        if (value instanceof Boolean yes) {
            values.put(column, yes ? "yes" : "no");
        } else if (value != null) {
            values.put(column, value.toString().strip());
        }
    }

    <T> void setAll(String column, @Nullable List<T> all, Function<T, String> text) {
        if (all != null) {
            values.put(column, all.stream().map(text).collect(Collectors.joining("; ")));
        }
    }

    /** Everything that is wrong at once: column, what was expected, what to do. */
    static Problem wrong(List<RowProblem> problems, Locale locale) {
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "problem.fields-wrong",
                problems.stream()
                        .map(problem -> problem.place().column() + ": "
                                + problem.expected().in(locale) + " — "
                                + problem.remedy().in(locale))
                        .collect(Collectors.joining("; ")));
    }
}
