package jp.musubi.inbox.job;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import jp.musubi.common.BilingualText;
import org.jspecify.annotations.Nullable;

/** A table as it stands in a file, row by row, before anybody knows which row is the header. */
interface RawTable extends Closeable {

    /** Wider files are no tables of ours. */
    int MOST_COLUMNS = 1_000;

    /** As in a spreadsheet. */
    int LONGEST_CELL = 32_767;

    /** The next row that is not blank, or null at the end. */
    @Nullable
    RawRow next() throws IOException;

    /** How much of the file's bytes the rows so far took. */
    long bytesRead();

    /** Whether cells beyond the header mean that the row is shifted (text), or are somebody's notes (sheet). */
    boolean isStrictInWidth();

    /**
     * One row.
     *
     * @param sheet blank for text files
     * @param line line of the text or row of the sheet where it begins, from 1
     * @param faults cells that could not be read
     */
    record RawRow(String sheet, long line, List<String> values, List<CellFault> faults) {

        boolean isBlank() {
            for (String value : values) {
                if (!value.isBlank()) {
                    return false;
                }
            }
            return faults.isEmpty();
        }
    }

    /** A cell that could not be read; see {@link jp.musubi.inbox.RowProblem}. */
    record CellFault(int position, String code, String value, BilingualText expected, BilingualText remedy) {}
}
