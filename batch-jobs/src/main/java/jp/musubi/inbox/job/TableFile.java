package jp.musubi.inbox.job;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jp.musubi.common.BilingualText;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.ImportKinds;
import jp.musubi.inbox.Interpretation;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowProblem;
import jp.musubi.inbox.RowStore;
import org.jspecify.annotations.Nullable;

/** A file read row by row with the same care as an import, for commands that keep nothing. */
public final class TableFile implements Closeable {

    /**
     * @param problems what is wrong with cells that could not be read at all; mostly none
     */
    public record ReadRow(Row row, List<RowProblem> problems) {}

    private final TableReader reader;

    private TableFile(TableReader reader) {
        this.reader = reader;
    }

    /**
     * @param title what the file is, for messages
     * @throws IOException if it is no table with these columns; the message says why
     */
    public static TableFile open(Path file, String name, BilingualText title, List<Column> columns) throws IOException {
        RawTable table = TableOpener.open(
                () -> Files.newInputStream(file), Files.size(file), Path.of(System.getProperty("java.io.tmpdir")));
        try {
            ImportKind<Row> kind = new OnlyRead(name, title, columns);
            return new TableFile(new TableReader(table, new ImportKinds(List.of(kind)), Optional.of(name)));
        } catch (IOException | RuntimeException e) {
            table.close();
            throw e;
        }
    }

    /** The next row below the header, or null at the end. */
    public @Nullable ReadRow next() throws IOException {
        TableReader.ReadRow row = reader.next();
        return row == null ? null : new ReadRow(row.row(), row.problems());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Columns without anything behind them: rows come out as they are. */
    private record OnlyRead(String name, BilingualText title, List<Column> columns) implements ImportKind<Row> {

        @Override
        public Optional<String> externalId(Row row) {
            return Optional.empty();
        }

        @Override
        public RowInterpreter<Row> interpreter(ImportContext context) {
            return Interpretation::accepted;
        }

        @Override
        public RowStore<Row> store() {
            throw new IllegalStateException("The file \"" + name + "\" is only read, never stored.");
        }
    }
}
