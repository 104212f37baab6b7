package jp.musubi.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import jp.musubi.common.BilingualText;

/** Reads the cells of one row and collects everything that is wrong with them. */
public final class Cells {

    private static final BilingualText SOMETHING = BilingualText.of("値", "A value");
    private static final BilingualText FILL_IN = BilingualText.of("このセルに値を入れてください。", "Fill in this cell.");

    private final Row row;
    private final List<RowProblem> problems = new ArrayList<>(0);

    public Cells(Row row) {
        this.row = row;
    }

    /** A cell that must not be blank. Empty only if a problem was noted. */
    public <V> Optional<V> required(String column, CellParser<V> parser) {
        Optional<String> text = row.text(column);
        if (text.isEmpty()) {
            problem(column, "missing", SOMETHING, FILL_IN);
            return Optional.empty();
        }
        return parse(column, text.get(), parser);
    }

    /** A cell that may be blank. Empty if it is, or if a problem was noted. */
    public <V> Optional<V> optional(String column, CellParser<V> parser) {
        return row.text(column).flatMap(text -> parse(column, text, parser));
    }

    /** Notes a problem of one cell that a parser alone cannot see. */
    public void problem(String column, String code, BilingualText expected, BilingualText remedy) {
        problems.add(new RowProblem(code, row.place(column), row.text(column).orElse(""), expected, remedy));
    }

    /** Notes a problem that was found apart. */
    public void add(RowProblem problem) {
        problems.add(problem);
    }

    /** Notes a problem of the row as a whole. */
    public void rowProblem(String code, BilingualText expected, BilingualText remedy) {
        problems.add(new RowProblem(code, new CellPlace(row.sheet(), row.line(), ""), "", expected, remedy));
    }

    public boolean isFaultless() {
        return problems.isEmpty();
    }

    /** The value if nothing is wrong, else everything that is. */
    public <T> Interpretation<T> finish(Supplier<T> value) {
        return problems.isEmpty() ? Interpretation.accepted(value.get()) : Interpretation.rejected(problems);
    }

    private <V> Optional<V> parse(String column, String text, CellParser<V> parser) {
        CellParser.Parsed<V> parsed = parser.parse(text);
        if (parsed instanceof CellParser.Parsed.Value<V> value) {
            return Optional.of(value.value());
        }
        if (parsed instanceof CellParser.Parsed.Wrong<V> wrong) {
            problem(column, wrong.code(), wrong.expected(), wrong.remedy());
        }
        return Optional.empty();
    }
}
