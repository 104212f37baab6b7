package jp.musubi.common.store;

import java.sql.Connection;
import java.sql.SQLException;
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
}
