package jp.musubi.place.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.musubi.common.store.ReferenceFile;
import jp.musubi.place.FormerName;
import jp.musubi.place.Municipality;
import jp.musubi.place.MunicipalityCode;
import jp.musubi.place.MunicipalityDamage;
import jp.musubi.place.Position;
import org.apache.commons.csv.CSVRecord;

/** The facts about Tohoku that ship with the program: {@code reference/tohoku/*.csv}. */
public final class PlaceFiles {

    /** The event whose damage ships. */
    public static final String EVENT = "tohoku-2011";

    private static final String FOLDER = "tohoku/";

    private final ReferenceFile municipalities = ReferenceFile.read(FOLDER + "municipalities.csv");
    private final ReferenceFile formerNames = ReferenceFile.read(FOLDER + "former-names.csv");
    private final ReferenceFile damage = ReferenceFile.read(FOLDER + "damage-2011.csv");

    public List<Municipality> municipalities() {
        return municipalities.rows().stream().map(PlaceFiles::municipality).toList();
    }

    public List<FormerName> formerNames() {
        return formerNames.rows().stream()
                .map(row -> new FormerName(row.get("name_ja"), new MunicipalityCode(row.get("code"))))
                .toList();
    }

    public List<MunicipalityDamage> damage() {
        return damage.rows().stream()
                .map(row -> new MunicipalityDamage(
                        new MunicipalityCode(row.get("code")),
                        cell(row, "dead_plus_missing", Integer::valueOf),
                        cell(row, "houses_destroyed", Integer::valueOf),
                        cell(row, "houses_half_or_partial", Integer::valueOf),
                        cell(row, "inundated_area_km2", Double::valueOf),
                        row.get("caveat")))
                .toList();
    }

    /** Changes when any of the files changes. */
    String contentHash() {
        return ReferenceFile.hashOf(String.join(
                ",",
                Stream.of(municipalities, formerNames, damage)
                        .map(ReferenceFile::contentHash)
                        .toList()));
    }

    private static Municipality municipality(CSVRecord row) {
        MunicipalityCode code = MunicipalityCode.of(row.get("code6"));
        if (!code.value().equals(row.get("code")) || !code.prefecture().code().equals(row.get("prefecture_code"))) {
            throw new IllegalStateException("The codes of " + row.get("name_ja") + " do not belong together: "
                    + row.get("code") + ", " + row.get("code6") + ", " + row.get("prefecture_code") + ".");
        }
        return new Municipality(
                code,
                cell(row, "district", Function.identity()),
                cell(row, "parent_code", MunicipalityCode::new),
                row.get("name_ja"),
                row.get("name_kana"),
                row.get("name_romaji"),
                new Position(Double.parseDouble(row.get("lat")), Double.parseDouble(row.get("lon"))),
                row.get("position_source"),
                cell(row, "centre_lat", Double::valueOf)
                        .map(latitude -> new Position(latitude, Double.parseDouble(row.get("centre_lon")))));
    }

    private static <T> Optional<T> cell(CSVRecord row, String column, Function<String, T> parse) {
        return Optional.of(row.get(column)).filter(text -> !text.isEmpty()).map(parse);
    }
}
