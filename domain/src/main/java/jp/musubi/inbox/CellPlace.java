package jp.musubi.inbox;

import java.util.Optional;

/**
 * Where something stands in a file.
 *
 * @param sheet the sheet of a workbook
 * @param line line of a text file or row of a sheet, from 1
 * @param column header as the file says it; empty if the whole row is meant
 */
public record CellPlace(Optional<String> sheet, long line, String column) {}
