package jp.musubi.inbox.store;

import java.util.List;
import jp.musubi.inbox.RowProblem;

/**
 * A rejected row with everything that is wrong with it.
 *
 * @param id for paging
 * @param sheet blank for text files
 * @param cells the row as it came
 */
public record RejectedRow(long id, String sheet, long line, List<String> cells, List<RowProblem> problems) {

    public RejectedRow {
        cells = List.copyOf(cells);
        problems = List.copyOf(problems);
    }
}
