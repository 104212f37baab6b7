package jp.musubi.inbox;

import jp.musubi.common.BilingualText;

/**
 * Reads one cell. Standard ones are in {@link CellParsers}; features write their own for their types.
 *
 * @param <V> what the cell becomes
 */
@FunctionalInterface
public interface CellParser<V> {

    /** {@code text} is never blank and has no blanks around it. */
    Parsed<V> parse(String text);

    /** A value, or why there is none. */
    sealed interface Parsed<V> {

        record Value<V>(V value) implements Parsed<V> {}

        /** Wrong cell; see {@link RowProblem} for the parts. */
        record Wrong<V>(String code, BilingualText expected, BilingualText remedy) implements Parsed<V> {}

        static <V> Parsed<V> value(V value) {
            return new Value<>(value);
        }

        static <V> Parsed<V> wrong(String code, BilingualText expected, BilingualText remedy) {
            return new Wrong<>(code, expected, remedy);
        }
    }
}
