package jp.musubi.trace.store;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Units in the reader's language. */
@Repository
public class UnitNames {

    private final JdbcClient jdbc;

    UnitNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Code → name. */
    public Map<String, String> names(Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        Map<String, String> names = new HashMap<>();
        jdbc.sql("SELECT code, ja, en FROM unit_of_measure").query(row -> {
            names.put(row.getString("code"), row.getString(english ? "en" : "ja"));
        });
        return names;
    }
}
