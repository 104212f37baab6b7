package jp.musubi.catalog.store;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.store.JdbcCatalogue.Origin;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads the catalogue that ships with the program, once for each version of its files. What an import added or changed stays; an
 * item is never deleted, because stock and needs may refer to it.
 */
@Component
class CatalogueLoader implements InitializingBean {

    private static final String NAME = "catalog";

    private final JdbcCatalogue catalogue;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CatalogueLoader(JdbcCatalogue catalogue, JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.catalogue = catalogue;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        CatalogueFiles files = CatalogueFiles.read();
        transaction.executeWithoutResult(status -> load(files));
    }

    /** True if something was loaded. */
    boolean load(CatalogueFiles files) {
        // The lock lets one of several nodes that start together load; the others find the work done.
        jdbc.sql("SELECT token FROM catalogue_state WHERE id = 1 FOR UPDATE")
                .query(String.class)
                .single();
        boolean known = jdbc.sql("SELECT content_hash FROM reference_load WHERE name = ?")
                .param(NAME)
                .query(String.class)
                .optional()
                .filter(files.contentHash()::equals)
                .isPresent();
        if (known) {
            return false;
        }
        files.units().forEach(catalogue::store);
        List<Item> items = files.items();
        Set<String> imported = Set.copyOf(jdbc.sql("SELECT code FROM item WHERE origin = 'IMPORT'")
                .query(String.class)
                .list());
        for (int i = 0; i < items.size(); i++) {
            if (!imported.contains(items.get(i).code().value())) {
                catalogue.store(items.get(i), Origin.REFERENCE, i);
            }
        }
        catalogue.replaceSubstitutes(files.substitutes());
        Timestamp now = Timestamp.from(clock.instant());
        int changed = jdbc.sql("UPDATE reference_load SET content_hash = ?, loaded_at = ? WHERE name = ?")
                .params(files.contentHash(), now, NAME)
                .update();
        if (changed == 0) {
            jdbc.sql("INSERT INTO reference_load (content_hash, loaded_at, name) VALUES (?, ?, ?)")
                    .params(files.contentHash(), now, NAME)
                    .update();
        }
        return true;
    }
}
