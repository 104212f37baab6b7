package jp.musubi.inbox;

import java.util.List;
import java.util.Optional;

/**
 * Columns beyond a kind's own that carry values: a register with its days across. The reader puts what a column means in
 * the place of its header ({@link ColumnMatch#headers()}), where the interpreter finds it.
 */
public interface OpenColumns {

    /**
     * What a column means, written in one way; empty if it is somebody's notes. What this returned once is read again as
     * the same, so that a list of rejected rows can be corrected and sent.
     *
     * @param names what stands above the column in the header, the lowest row last; a merged cell counts for every column
     *     it spans
     * @param above titles above the header and the sheet's name
     */
    Optional<String> read(List<String> names, String above);

    /** Whether the kind's own columns that were found make a header together with open ones. */
    boolean isHeader(ColumnMatch own);

    /** Whether a row below such a header says nothing: the names of the weekdays, an empty line. */
    boolean isDecoration(Row row);
}
