package jp.musubi.place;

import java.util.Locale;
import java.util.Optional;

/**
 * A city, town, village, or a ward of a city.
 *
 * @param district the 郡 a town or village belongs to, e.g. 上閉伊郡
 * @param parent the city of a ward
 * @param ja own name with 市, 町, 村 or 区; a ward without its city
 * @param kana the same in hiragana
 * @param romaji Hepburn without long vowels, kind apart: {@code Otsuchi Cho}
 * @param point a point inside: office, centroid or gazetteer, see {@code pointSource}
 * @param centre the middle of its main town, where known: where people and roads are
 */
public record Municipality(
        MunicipalityCode code,
        Optional<String> district,
        Optional<MunicipalityCode> parent,
        String ja,
        String kana,
        String romaji,
        Position point,
        String pointSource,
        Optional<Position> centre) {

    public Municipality {
        if (!ja.matches(".+[市町村区]") || !romaji.contains(" ")) {
            throw new IllegalArgumentException("The names of municipality " + code + " are not whole: \"" + ja
                    + "\", \"" + romaji + "\". Maybe 大槌町 and Otsuchi Cho?");
        }
    }

    public Prefecture prefecture() {
        return code.prefecture();
    }

    /** 大槌 of 大槌町. */
    public String shortJa() {
        return ja.substring(0, ja.length() - 1);
    }

    /** Otsuchi of Otsuchi Cho; Aoba-ku for a ward. */
    public String en() {
        int kind = romaji.lastIndexOf(' ');
        return parent.isPresent()
                ? romaji.substring(0, kind) + "-" + romaji.substring(kind + 1).toLowerCase(Locale.ROOT)
                : romaji.substring(0, kind);
    }

    /** The name in the reader's language; Japanese unless English is asked for. A ward comes without its city. */
    public String name(Locale locale) {
        return locale.getLanguage().equals("en") ? en() : ja;
    }
}
