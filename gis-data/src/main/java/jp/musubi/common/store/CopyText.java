package jp.musubi.common.store;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rows as text that both databases read: PostgreSQL's COPY text format, a row per line, values between tabs,
 * {@code \N} for null, times in UTC, bytes and EWKB geometries in hexadecimal.
 */
final class CopyText {

    private static final String NULL = "\\N";

    private CopyText() {}

    /** How a column's values are written. */
    enum Form {
        TEXT,
        WHOLE,
        DECIMAL,
        DOUBLE,
        TRUTH,
        BYTES,
        GEOMETRY,
        TIME,
        LOCAL_TIME,
        DATE;

        static Form of(ResultSetMetaData columns, int column) throws SQLException {
            if (columns.getColumnTypeName(column).toLowerCase(Locale.ROOT).startsWith("geometry")) {
                return GEOMETRY;
            }
            // The driver of PostgreSQL calls both kinds of timestamps TIMESTAMP.
            if (columns.getColumnTypeName(column).equalsIgnoreCase("timestamptz")) {
                return TIME;
            }
            return switch (columns.getColumnType(column)) {
                case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> WHOLE;
                case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
                case Types.DOUBLE, Types.REAL, Types.FLOAT -> DOUBLE;
                case Types.BOOLEAN, Types.BIT -> TRUTH;
                case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
                case Types.TIMESTAMP_WITH_TIMEZONE -> TIME;
                case Types.TIMESTAMP -> LOCAL_TIME;
                case Types.DATE -> DATE;
                case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB -> TEXT;
                default ->
                    throw new IllegalStateException("The backup does not know how to write the column "
                            + columns.getColumnName(column) + " of type " + columns.getColumnTypeName(column) + ".");
            };
        }
    }

    static void write(Writer out, ResultSet row, List<Form> forms) throws SQLException, IOException {
        for (int i = 0; i < forms.size(); i++) {
            if (i > 0) {
                out.write('\t');
            }
            String value = text(row, i + 1, forms.get(i));
            if (value == null) {
                out.write(NULL);
            } else {
                escape(out, value);
            }
        }
        out.write('\n');
    }

    private static @Nullable String text(ResultSet row, int column, Form form) throws SQLException {
        return switch (form) {
            case TEXT, WHOLE, DECIMAL -> row.getString(column);
            case DOUBLE -> {
                double number = row.getDouble(column);
                yield row.wasNull() ? null : Double.toString(number);
            }
            case TRUTH -> {
                boolean truth = row.getBoolean(column);
                yield row.wasNull() ? null : truth ? "t" : "f";
            }
            case BYTES -> {
                byte[] bytes = row.getBytes(column);
                yield bytes == null ? null : "\\x" + HexFormat.of().formatHex(bytes);
            }
            case GEOMETRY -> {
                // PostGIS gives EWKB in hexadecimal as the text, H2 as the bytes.
                String written = row.getString(column);
                yield written == null || written.startsWith("0")
                        ? written
                        : HexFormat.of().formatHex(row.getBytes(column));
            }
            case TIME -> {
                OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
                yield time == null
                        ? null
                        : time.withOffsetSameInstant(ZoneOffset.UTC).toString();
            }
            case LOCAL_TIME -> {
                LocalDateTime time = row.getObject(column, LocalDateTime.class);
                yield time == null ? null : time.toString();
            }
            case DATE -> {
                LocalDate date = row.getObject(column, LocalDate.class);
                yield date == null ? null : date.toString();
            }
        };
    }

    private static void escape(Writer out, String value) throws IOException {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.write("\\\\");
                case '\t' -> out.write("\\t");
                case '\n' -> out.write("\\n");
                case '\r' -> out.write("\\r");
                default -> out.write(c);
            }
        }
    }

    /**
     * Sets a statement's parameters from one line.
     *
     * @throws IllegalArgumentException if the line has another number of values
     */
    static void set(PreparedStatement statement, String line, List<Form> forms) throws SQLException {
        String[] values = line.split("\t", -1);
        if (values.length != forms.size()) {
            throw new IllegalArgumentException(values.length + " values for " + forms.size() + " columns.");
        }
        for (int i = 0; i < values.length; i++) {
            set(statement, i + 1, values[i], forms.get(i));
        }
    }

    private static void set(PreparedStatement statement, int place, String written, Form form) throws SQLException {
        if (written.equals(NULL)) {
            statement.setObject(place, null);
            return;
        }
        String value = unescape(written);
        switch (form) {
            case TEXT -> statement.setString(place, value);
            case WHOLE -> statement.setLong(place, Long.parseLong(value));
            case DECIMAL -> statement.setBigDecimal(place, new BigDecimal(value));
            case DOUBLE -> statement.setDouble(place, Double.parseDouble(value));
            case TRUTH -> statement.setBoolean(place, value.equals("t"));
            case BYTES -> statement.setBytes(place, HexFormat.of().parseHex(value, 2, value.length()));
            case GEOMETRY -> statement.setBytes(place, HexFormat.of().parseHex(value));
            case TIME -> statement.setObject(place, OffsetDateTime.parse(value));
            case LOCAL_TIME -> statement.setObject(place, LocalDateTime.parse(value));
            case DATE -> statement.setObject(place, LocalDate.parse(value));
        }
    }

    private static String unescape(String written) {
        if (written.indexOf('\\') < 0) {
            return written;
        }
        StringBuilder value = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = written.charAt(++i);
            value.append(
                    switch (escaped) {
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        default -> escaped;
                    });
        }
        return value.toString();
    }
}
