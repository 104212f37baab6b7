package jp.musubi.inbox;

import java.util.List;
import java.util.Map;

/**
 * Where a kind's columns stand in one file.
 *
 * @param positions position from 0 of each column found, by its key
 * @param headers the header of each position as the file says it
 * @param missing required columns that were not found
 * @param unknown headers that belong to no column of the kind; their values are not read
 * @param repeated headers of further positions for a column already found; only the first position is read
 */
public record ColumnMatch(
        Map<String, Integer> positions,
        List<String> headers,
        List<Column> missing,
        List<String> unknown,
        List<String> repeated) {

    public ColumnMatch {
        positions = Map.copyOf(positions);
        headers = List.copyOf(headers);
        missing = List.copyOf(missing);
        unknown = List.copyOf(unknown);
        repeated = List.copyOf(repeated);
    }

    /** Whether a file with this header can be read as this kind. */
    public boolean isComplete() {
        return missing.isEmpty() && !positions.isEmpty();
    }

    /** How many columns of the kind were found. */
    public int found() {
        return positions.size();
    }

    /** The header of a column as the file says it, or the key if the file does not have the column. */
    public String headerOf(String key) {
        Integer position = positions.get(key);
        return position == null ? key : headers.get(position);
    }
}
