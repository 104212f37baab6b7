package jp.musubi.inbox;

import java.util.List;
import java.util.Optional;

/**
 * One row of a table below its header.
 *
 * @param line where the row begins: the line of a text file or the row of a sheet, from 1
 * @param sheet the sheet of a workbook
 * @param columns where the columns stand
 * @param values the cells as they are in the file, by position; may be shorter than the header
 * @param sheetNumber how many sheets of the file were read before this one; 0 for text files
 */
public record Row(long line, Optional<String> sheet, ColumnMatch columns, List<String> values, int sheetNumber) {

    /** More rows than any sheet has. */
    private static final long SHEET = 10_000_000;

    public Row(long line, Optional<String> sheet, ColumnMatch columns, List<String> values) {
        this(line, sheet, columns, values, 0);
    }

    /** Unique within the file: the line, plus ten million for each sheet before it. */
    public long lineInFile() {
        return line + SHEET * sheetNumber;
    }

    /** The cell of a column without blanks around it; empty if it is blank or the file has no such column. */
    public Optional<String> text(String key) {
        Integer position = columns.positions().get(key);
        if (position == null || position >= values.size()) {
            return Optional.empty();
        }
        String value = values.get(position).strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** Whether the file has the column at all. */
    public boolean hasColumn(String key) {
        return columns.positions().containsKey(key);
    }

    /** Where a column of this row is, for a message to people. */
    public CellPlace place(String key) {
        return new CellPlace(sheet, line, columns.headerOf(key));
    }
}
