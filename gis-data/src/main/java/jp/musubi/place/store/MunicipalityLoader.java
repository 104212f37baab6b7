package jp.musubi.place.store;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import jp.musubi.place.Municipality;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.MunicipalityDamage;
import jp.musubi.place.Position;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads the municipalities and damage that ship with the program, once for each version of their files. A municipality is
 * never deleted, because communities may refer to it.
 */
@Component
class MunicipalityLoader implements SmartInitializingSingleton {

    private static final String NAME = "place";

    private final JdbcTemplate jdbc;
    private final JdbcMunicipalities municipalities;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MunicipalityLoader(
            JdbcTemplate jdbc, JdbcMunicipalities municipalities, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.municipalities = municipalities;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        PlaceFiles files = new PlaceFiles();
        claim();
        transaction.executeWithoutResult(status -> load(files));
        municipalities.forget();
    }

    /** Makes sure there is a row to lock; of several nodes that start together one makes it. */
    private void claim() {
        jdbc.update("""
                INSERT INTO reference_load (name, content_hash, loaded_at) VALUES (?, '', ?) ON CONFLICT DO NOTHING""", NAME, now());
    }

    /** True if something was loaded. */
    boolean load(PlaceFiles files) {
        String loaded = jdbc.queryForObject(
                "SELECT content_hash FROM reference_load WHERE name = ? FOR UPDATE", String.class, NAME);
        String hash = files.contentHash();
        if (hash.equals(loaded)) {
            return false;
        }
        storeMunicipalities(files.municipalities());
        jdbc.update("DELETE FROM municipality_former_name");
        jdbc.batchUpdate(
                "INSERT INTO municipality_former_name (ja, municipality_code) VALUES (?, ?)",
                files.formerNames(),
                500,
                (statement, former) -> {
                    statement.setString(1, former.ja());
                    statement.setString(2, former.now().value());
                });
        storeDamage(files.damage());
        jdbc.update("UPDATE reference_load SET content_hash = ?, loaded_at = ? WHERE name = ?", hash, now(), NAME);
        return true;
    }

    private void storeMunicipalities(List<Municipality> all) {
        // cities before their wards
        List<Municipality> ordered = all.stream()
                .sorted(Comparator.comparing((Municipality m) -> m.parent().isPresent())
                        .thenComparing(Municipality::code))
                .toList();
        jdbc.batchUpdate(
                """
                INSERT INTO municipality (code, prefecture_code, ja, kana, romaji, en, point, point_source)
                VALUES (?, '', '', '', '', '', ST_SetSRID(ST_MakePoint(0, 0), 4326), '') ON CONFLICT DO NOTHING""",
                ordered,
                500,
                (statement, m) -> statement.setString(1, m.code().value()));
        jdbc.batchUpdate("""
                UPDATE municipality
                   SET prefecture_code = ?, district = ?, parent_code = ?, ja = ?, kana = ?, romaji = ?, en = ?,
                       point = ST_SetSRID(ST_MakePoint(?, ?), 4326), point_source = ?, centre = NULL
                 WHERE code = ?""", ordered, 500, (statement, m) -> {
            statement.setString(1, m.prefecture().code());
            statement.setString(2, m.district().orElse(null));
            statement.setString(3, m.parent().map(MunicipalityCode::value).orElse(null));
            statement.setString(4, m.ja());
            statement.setString(5, m.kana());
            statement.setString(6, m.romaji());
            statement.setString(7, m.en());
            statement.setDouble(8, m.point().longitude());
            statement.setDouble(9, m.point().latitude());
            statement.setString(10, m.pointSource());
            statement.setString(11, m.code().value());
        });
        jdbc.batchUpdate(
                "UPDATE municipality SET centre = ST_SetSRID(ST_MakePoint(?, ?), 4326) WHERE code = ?",
                ordered.stream().filter(m -> m.centre().isPresent()).toList(),
                500,
                (statement, m) -> {
                    Position centre = m.centre().orElseThrow();
                    statement.setDouble(1, centre.longitude());
                    statement.setDouble(2, centre.latitude());
                    statement.setString(3, m.code().value());
                });
    }

    private void storeDamage(List<MunicipalityDamage> damage) {
        jdbc.update("DELETE FROM municipality_damage WHERE event = ?", PlaceFiles.EVENT);
        jdbc.batchUpdate("""
                INSERT INTO municipality_damage (event, municipality_code, dead_plus_missing, houses_destroyed,
                                                 houses_half_or_partial, inundated_area_km2, caveat)
                VALUES (?, ?, ?, ?, ?, ?, ?)""", damage, 500, (statement, each) -> {
            statement.setString(1, PlaceFiles.EVENT);
            statement.setString(2, each.municipality().value());
            statement.setObject(3, each.deadPlusMissing().orElse(null));
            statement.setObject(4, each.housesDestroyed().orElse(null));
            statement.setObject(5, each.housesHalfOrPartial().orElse(null));
            statement.setObject(6, each.inundatedAreaKm2().orElse(null));
            statement.setString(7, each.caveat());
        });
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
