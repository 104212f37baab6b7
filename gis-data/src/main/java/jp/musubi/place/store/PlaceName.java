package jp.musubi.place.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.Prefecture;
import org.jspecify.annotations.Nullable;

/**
 * A municipality by name, as lists show it.
 *
 * @param cityJa the city of a ward
 */
public record PlaceName(MunicipalityCode code, String ja, String en, Optional<String> cityJa, Optional<String> cityEn) {

    static PlaceName read(ResultSet row) throws SQLException {
        @Nullable String cityJa = row.getString("city_ja");
        @Nullable String cityEn = row.getString("city_en");
        return new PlaceName(
                new MunicipalityCode(row.getString("municipality_code")),
                row.getString("municipality_ja"),
                row.getString("municipality_en"),
                Optional.ofNullable(cityJa),
                Optional.ofNullable(cityEn));
    }

    public Prefecture prefecture() {
        return code.prefecture();
    }

    /** 仙台市青葉区, 大槌町; "Aoba-ku, Sendai", "Otsuchi" in English. */
    public String name(Locale locale) {
        return locale.getLanguage().equals("en")
                ? en + cityEn.map(city -> ", " + city).orElse("")
                : cityJa.orElse("") + ja;
    }
}
