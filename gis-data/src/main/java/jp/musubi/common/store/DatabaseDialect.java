package jp.musubi.common.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** The one place for SQL that H2GIS and PostGIS do not share. */
@Component
public class DatabaseDialect {

    /** The databases Musubi runs on. */
    public enum Database {
        H2GIS,
        POSTGIS
    }

    private final Database database;

    DatabaseDialect(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            database = switch (product) {
                case "H2" -> Database.H2GIS;
                case "PostgreSQL" -> Database.POSTGIS;
                default ->
                    throw new IllegalStateException(
                            "Musubi runs on H2GIS and PostGIS, but the database is \"" + product + "\".");
            };
        }
    }

    public Database database() {
        return database;
    }

    public boolean isPostgis() {
        return database == Database.POSTGIS;
    }

    /** The isolation under which a transaction sees every table as it was at one moment. */
    int snapshotIsolation() {
        return isPostgis() ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_SERIALIZABLE;
    }

    /**
     * Whether rows are checked one by one against the rows they refer to. PostgreSQL checks at the end of a statement, so
     * that a whole table may be copied in any order; H2 has to be told.
     */
    void checkReferences(Statement statement, boolean check) throws SQLException {
        if (!isPostgis()) {
            statement.execute("SET REFERENTIAL_INTEGRITY " + (check ? "TRUE" : "FALSE"));
        }
    }

    /** Rows (name, next value) of the sequences that belong to no column. */
    String nextOfSequences() {
        return isPostgis() ? """
                SELECT s.sequencename, coalesce(s.last_value + s.increment_by, s.start_value)
                  FROM pg_sequences s
                 WHERE s.schemaname = current_schema()
                   AND NOT EXISTS (SELECT 1 FROM pg_depend d
                                    WHERE d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass
                                      AND d.deptype = 'i')""" : """
                SELECT sequence_name, base_value
                  FROM information_schema.sequences
                 WHERE sequence_schema = current_schema() AND sequence_name NOT LIKE 'SYSTEM_SEQUENCE_%'""";
    }

    /** Rows (table, column, next value) of the columns that count for themselves. */
    String nextOfIdentities() {
        return isPostgis() ? """
                SELECT c.table_name, c.column_name, coalesce(s.last_value + s.increment_by, s.start_value)
                  FROM information_schema.columns c
                  JOIN pg_sequences s
                    ON format('%I.%I', s.schemaname, s.sequencename)
                     = pg_get_serial_sequence(format('%I.%I', c.table_schema, c.table_name), c.column_name)
                 WHERE c.table_schema = current_schema() AND c.is_identity = 'YES'""" : """
                SELECT table_name, column_name, identity_base
                  FROM information_schema.columns
                 WHERE table_schema = current_schema() AND is_identity = 'YES'""";
    }

    /**
     * What to select from to get the rows of a table whose key is in an array, the first parameter; the parameters of
     * {@code also} follow.
     *
     * <p>With a plain {@code IN} or {@code ANY} of thousands of keys both databases compare every row with every key
     * (PostgreSQL as soon as the statement is prepared). The fence {@code OFFSET 0}, and the order of an outer join on
     * H2, make them look each key up in the index instead.
     *
     * @param also more conditions, each beginning with {@code AND}
     */
    String rowsByKeys(String table, String keyColumn, String also) {
        return switch (database) {
            case H2GIS ->
                "unnest(CAST(? AS varchar ARRAY)) AS wanted(key_wanted) LEFT JOIN " + table + " ON " + keyColumn
                        + " = wanted.key_wanted" + also + " WHERE " + keyColumn + " IS NOT NULL";
            case POSTGIS ->
                "unnest(?) AS wanted(key_wanted) CROSS JOIN LATERAL (SELECT * FROM " + table + " WHERE " + keyColumn
                        + " = wanted.key_wanted" + also + " OFFSET 0) AS " + table;
        };
    }
}
