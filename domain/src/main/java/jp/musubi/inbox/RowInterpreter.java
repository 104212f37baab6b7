package jp.musubi.inbox;

import java.util.List;

/**
 * Turns rows of one file into values of a kind. Reads what is stored, writes nothing.
 *
 * @param <T> what one good row becomes
 */
@FunctionalInterface
public interface RowInterpreter<T> {

    /**
     * Called with all rows of a chunk before they are interpreted: the place to look up in one query what they refer to.
     * The chunk before may be in the middle of being written, so rows must not depend on records of the same file; what
     * only the stored records can tell is for {@link RowStore#apply} to refuse.
     */
    default void preheat(List<Row> chunk) {}

    /** The value, or all that is wrong with the row at once ({@link Cells} collects it). */
    Interpretation<T> interpret(Row row);
}
