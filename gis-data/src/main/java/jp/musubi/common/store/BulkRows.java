package jp.musubi.common.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Inserts many rows in the current transaction by the fastest way of the database: COPY on PostGIS, one prepared batch on
 * H2GIS. Constraints and triggers hold as for any insert.
 */
@Component
public class BulkRows {

    private static final int WORTH_A_COPY = 20;

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
        StringBuilder text = new StringBuilder(rows.size() * 128);
        for (@Nullable Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                if (i > 0) {
                    text.append('\t');
                }
                append(text, row[i]);
            }
            text.append('\n');
        }
        try {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY " + table + " (" + columns + ") FROM STDIN",
                            new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
                            1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException("The connection broke while rows were copied into " + table + ".", e);
        }
    }

    private static void append(StringBuilder text, @Nullable Object value) {
        if (value == null) {
            text.append("\\N");
        } else if (value instanceof byte[] bytes) {
            text.append("\\\\x").append(HexFormat.of().formatHex(bytes));
        } else if (value instanceof String string) {
            for (int i = 0; i < string.length(); i++) {
                char c = string.charAt(i);
                switch (c) {
                    case '\\' -> text.append("\\\\");
                    case '\t' -> text.append("\\t");
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    default -> text.append(c);
                }
            }
        } else {
            text.append(value);
        }
    }
}
