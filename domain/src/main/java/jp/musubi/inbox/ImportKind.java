package jp.musubi.inbox;

import java.util.List;
import java.util.Optional;
import jp.musubi.common.BilingualText;

/**
 * One kind of file people send in, e.g. communities or donations. Each feature registers its kinds as beans.
 *
 * @param <T> what one good row becomes
 */
public interface ImportKind<T> {

    /** Stable name in commands, folders and addresses, e.g. {@code communities}: lower case letters and hyphens. */
    String name();

    /** The name people read. */
    BilingualText title();

    /** The columns this kind knows, in the order of its template file. Others are ignored and named in the report. */
    List<Column> columns();

    /** How columns beyond these are read; empty = not at all. */
    default Optional<OpenColumns> openColumns() {
        return Optional.empty();
    }

    /**
     * The id under which the sender knows this row, before anything is validated: a column, or a documented natural key
     * where files have no ids. Empty if the row has none; the interpreter then says what is missing.
     */
    Optional<String> externalId(Row row);

    /** A fresh interpreter for one file. It is used by one thread and may keep look-ups between rows. */
    RowInterpreter<T> interpreter(ImportContext context);

    /** Where accepted rows go. */
    RowStore<T> store();
}
