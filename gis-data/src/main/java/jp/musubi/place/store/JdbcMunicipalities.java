package jp.musubi.place.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import jp.musubi.place.FormerName;
import jp.musubi.place.Municipalities;
import jp.musubi.place.Municipality;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.MunicipalityDamage;
import jp.musubi.place.MunicipalityDirectory;
import jp.musubi.place.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Municipalities in the database. They change only at a start ({@link MunicipalityLoader}), so they are read once. */
@Repository
class JdbcMunicipalities implements Municipalities {

    private final JdbcClient jdbc;
    private volatile @Nullable MunicipalityDirectory directory;

    JdbcMunicipalities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public MunicipalityDirectory directory() {
        MunicipalityDirectory known = directory;
        if (known == null) {
            known = read();
            if (!known.listMunicipalities().isEmpty()) {
                directory = known;
            }
        }
        return known;
    }

    void forget() {
        directory = null;
    }

    private MunicipalityDirectory read() {
        List<Municipality> municipalities = jdbc.sql("""
                        SELECT code, district, parent_code, ja, kana, romaji, point_source,
                               ST_Y(point) AS lat, ST_X(point) AS lon, ST_Y(centre) AS centre_lat, ST_X(centre) AS centre_lon
                          FROM municipality ORDER BY code""")
                .query((row, n) -> new Municipality(
                        new MunicipalityCode(row.getString("code")),
                        optional(row.getString("district")),
                        optional(row.getString("parent_code")).map(MunicipalityCode::new),
                        row.getString("ja"),
                        row.getString("kana"),
                        row.getString("romaji"),
                        new Position(row.getDouble("lat"), row.getDouble("lon")),
                        row.getString("point_source"),
                        optional(row.getObject("centre_lat", Double.class))
                                .map(latitude -> new Position(latitude, longitude(row, "centre_lon")))))
                .list();
        List<FormerName> formerNames = jdbc.sql("SELECT ja, municipality_code FROM municipality_former_name")
                .query((row, n) -> new FormerName(row.getString(1), new MunicipalityCode(row.getString(2))))
                .list();
        return new MunicipalityDirectory(municipalities, formerNames);
    }

    @Override
    public List<MunicipalityDamage> listDamage(String event) {
        return jdbc.sql("""
                        SELECT municipality_code, dead_plus_missing, houses_destroyed, houses_half_or_partial,
                               inundated_area_km2, caveat
                          FROM municipality_damage WHERE event = ? ORDER BY municipality_code""")
                .param(event)
                .query((row, n) -> new MunicipalityDamage(
                        new MunicipalityCode(row.getString("municipality_code")),
                        optional(row.getObject("dead_plus_missing", Integer.class)),
                        optional(row.getObject("houses_destroyed", Integer.class)),
                        optional(row.getObject("houses_half_or_partial", Integer.class)),
                        optional(row.getObject("inundated_area_km2", Double.class)),
                        row.getString("caveat")))
                .list();
    }

    private static double longitude(ResultSet row, String column) {
        try {
            return row.getDouble(column);
        } catch (SQLException e) {
            throw new IllegalStateException("The column " + column + " cannot be read.", e);
        }
    }

    private static <T> Optional<T> optional(@Nullable T value) {
        return Optional.ofNullable(value);
    }
}
