package jp.musubi.ledger.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Refuses changes of ledger rows on H2GIS; PostGIS has a trigger of its own. Named in the migration V4_1. */
public final class AppendOnlyTrigger implements Trigger {

    @Override
    public void fire(Connection connection, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after)
            throws SQLException {
        throw new SQLException("The ledger is append-only: this change is refused.", "23000");
    }
}
