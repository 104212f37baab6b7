package jp.musubi.common.store;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/**
 * Inserts and finds many rows in the current transaction by the fastest way of the database. Inserted is by COPY on
 * PostGIS, by one prepared batch on H2GIS; constraints and triggers hold as for any insert.
 */
@Component
public class BulkRows {

    private static final int WORTH_A_COPY = 20;
    private static final int WORTH_A_LOOK = 100;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final JdbcTemplate jdbc;
    private final DatabaseDialect dialect;

    BulkRows(JdbcTemplate jdbc, DatabaseDialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    /**
     * Inserts rows.
     *
     * @param table name of the table; a constant of the program, never input
     * @param columns names of its columns, comma-separated; constants too
     * @param rows values in the order of the columns: numbers, texts, booleans, {@link Instant}, {@code byte[]} or null
     * @throws DataIntegrityViolationException if a constraint refuses a row; none is inserted then
     */
    public void insert(String table, String columns, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (dialect.isPostgis() && rows.size() >= WORTH_A_COPY) {
            jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, table, columns, rows));
        } else {
            jdbc.execute((ConnectionCallback<Long>) connection -> batch(connection, table, columns, rows));
        }
    }

    /**
     * Finds rows by a list of keys of any length, each looked up in an index.
     *
     * @param columns what to select; may have subqueries over the table's columns
     * @param keyColumn with the columns of {@code shared} the beginning of an index
     * @param shared values that all rows share, by column; at least one
     * @param order how the rows come, e.g. {@code id}
     */
    public void find(
            String columns,
            String table,
            SortedMap<String, Object> shared,
            String keyColumn,
            Collection<String> keys,
            String order,
            RowCallbackHandler each) {
        if (keys.isEmpty() || (keys.size() >= WORTH_A_LOOK && !isAnyBetween(table, shared, keyColumn, keys))) {
            return;
        }
        String same = shared.keySet().stream()
                .map(column -> " AND " + column + " = ?")
                .collect(Collectors.joining());
        jdbc.query(
                "SELECT " + columns + " FROM " + dialect.rowsByKeys(table, keyColumn, same) + " ORDER BY " + order,
                (PreparedStatementSetter) statement -> {
                    statement.setArray(1, array(statement, keys));
                    setAll(statement, 2, shared.values());
                },
                each);
    }

    /**
     * Whether there is any row from the smallest to the largest key: one step in the index instead of one for each key.
     * Lists are mostly sorted, and all new or all known.
     */
    private boolean isAnyBetween(
            String table, SortedMap<String, Object> shared, String keyColumn, Collection<String> keys) {
        String given = " FROM unnest(CAST(? AS varchar ARRAY)) AS given(one))";
        String same =
                shared.keySet().stream().map(column -> column + " = ? AND ").collect(Collectors.joining());
        String sql = "SELECT found FROM (SELECT " + keyColumn + " AS found FROM " + table + " WHERE " + same + keyColumn
                + " >= (SELECT min(one)" + given + " ORDER BY "
                + String.join(", ", shared.keySet()) + ", " + keyColumn
                + " LIMIT 1) AS next WHERE found <= (SELECT max(one)" + given;
        return !jdbc.query(
                        sql,
                        (PreparedStatementSetter) statement -> {
                            setAll(statement, 1, shared.values());
                            statement.setArray(shared.size() + 1, array(statement, keys));
                            statement.setArray(shared.size() + 2, array(statement, keys));
                        },
                        (row, n) -> row.getString(1))
                .isEmpty();
    }

    private static Array array(PreparedStatement statement, Collection<String> keys) throws SQLException {
        return statement.getConnection().createArrayOf("varchar", keys.toArray());
    }

    private static void setAll(PreparedStatement statement, int from, Collection<Object> values) throws SQLException {
        int position = from;
        for (Object value : values) {
            statement.setObject(position++, value);
        }
    }

    private static long batch(Connection connection, String table, String columns, List<@Nullable Object[]> rows)
            throws SQLException {
        String marks = String.join(", ", Collections.nCopies(rows.get(0).length, "?"));
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")")) {
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    Object value = row[i];
                    if (value instanceof Instant time) {
                        statement.setTimestamp(i + 1, Timestamp.from(time));
                    } else if (value instanceof byte[] bytes) {
                        statement.setBytes(i + 1, bytes);
                    } else {
                        statement.setObject(i + 1, value);
                    }
                }
                statement.addBatch();
            }
            return statement.executeBatch().length;
        }
    }

    private static long copy(Connection connection, String table, String columns, List<@Nullable Object[]> rows)
            throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + columns + ") FROM STDIN");
        try {
            CopyText text = new CopyText(copy);
            for (@Nullable Object[] row : rows) {
                text.append(row);
            }
            text.flush();
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /**
     * Rows in COPY's text format. They are sent in pieces, so that the server takes in the first rows while the next are
     * still being written down.
     */
    private static final class CopyText {

        private static final int PIECE = 1 << 15;

        private final CopyIn copy;
        private byte[] piece = new byte[2 * PIECE];
        private int length;

        CopyText(CopyIn copy) {
            this.copy = copy;
        }

        void append(@Nullable Object[] row) throws SQLException {
            for (int i = 0; i < row.length; i++) {
                if (i > 0) {
                    put('\t');
                }
                append(row[i]);
            }
            put('\n');
            if (length >= PIECE) {
                flush();
            }
        }

        void flush() throws SQLException {
            copy.writeToCopy(piece, 0, length);
            length = 0;
        }

        private void append(@Nullable Object value) {
            if (value == null) {
                put('\\');
                put('N');
            } else if (value instanceof byte[] bytes) {
                put('\\');
                put('\\');
                put('x');
                for (byte b : bytes) {
                    put(HEX[(b >> 4) & 0xf]);
                    put(HEX[b & 0xf]);
                }
            } else {
                for (byte b : value.toString().getBytes(StandardCharsets.UTF_8)) {
                    appendEscaped(b);
                }
            }
        }

        private void appendEscaped(byte b) {
            switch (b) {
                case '\\' -> escape('\\');
                case '\t' -> escape('t');
                case '\n' -> escape('n');
                case '\r' -> escape('r');
                default -> put(b);
            }
        }

        private void escape(char letter) {
            put('\\');
            put(letter);
        }

        private void put(int b) {
            if (length == piece.length) {
                piece = Arrays.copyOf(piece, 2 * length);
            }
            piece[length++] = (byte) b;
        }
    }
}
