package jp.musubi.place;

import java.util.List;
import java.util.Optional;

/** A handful of municipalities that show every difficulty. */
final class PlacesFixture {

    private PlacesFixture() {}

    static MunicipalityDirectory directory() {
        return new MunicipalityDirectory(
                List.of(
                        municipality("03211", "", "釜石市", "かまいしし", "Kamaishi Shi", 39.276, 141.886),
                        municipality("03303", "岩手郡", "岩手町", "いわてまち", "Iwate Machi", 39.972, 141.212),
                        municipality("03441", "気仙郡", "住田町", "すみたちょう", "Sumita Cho", 39.142, 141.575),
                        municipality("03461", "上閉伊郡", "大槌町", "おおつちちょう", "Otsuchi Cho", 39.358, 141.900),
                        municipality("03381", "胆沢郡", "金ケ崎町", "かねがさきちょう", "Kanegasaki Cho", 39.196, 141.116),
                        municipality("04100", "", "仙台市", "せんだいし", "Sendai Shi", 38.268, 140.870),
                        ward("04101", "04100", "青葉区", "あおばく", "Aoba Ku", 38.29, 140.75),
                        ward("04105", "04100", "泉区", "いずみく", "Izumi Ku", 38.34, 140.86),
                        municipality("04203", "", "塩竈市", "しおがまし", "Shiogama Shi", 38.314, 141.022),
                        municipality("04606", "本吉郡", "南三陸町", "みなみさんりくちょう", "Minamisanriku Cho", 38.678, 141.448),
                        municipality("05207", "", "湯沢市", "ゆざわし", "Yuzawa Shi", 39.164, 140.495),
                        municipality("04202", "", "石巻市", "いしのまきし", "Ishinomaki Shi", 38.434, 141.303),
                        municipality("06321", "西村山郡", "河北町", "かほくちょう", "Kahoku Cho", 38.426, 140.314),
                        municipality("06361", "最上郡", "金山町", "かねやままち", "Kaneyama Machi", 38.88, 140.34),
                        municipality("07201", "", "福島市", "ふくしまし", "Fukushima Shi", 37.761, 140.475),
                        municipality("07445", "大沼郡", "金山町", "かねやままち", "Kaneyama Machi", 37.45, 139.53)),
                List.of(
                        new FormerName("志津川町", new MunicipalityCode("04606")),
                        new FormerName("河北町", new MunicipalityCode("04202")),
                        new FormerName("雄勝町", new MunicipalityCode("04202")),
                        new FormerName("雄勝町", new MunicipalityCode("05207")),
                        new FormerName("宮城町", new MunicipalityCode("04101")),
                        new FormerName("泉市", new MunicipalityCode("04105"))));
    }

    static Municipality municipality(
            String code, String district, String ja, String kana, String romaji, double lat, double lon) {
        return new Municipality(
                new MunicipalityCode(code),
                Optional.of(district).filter(name -> !name.isEmpty()),
                Optional.empty(),
                ja,
                kana,
                romaji,
                new Position(lat, lon),
                "test",
                Optional.empty());
    }

    private static Municipality ward(
            String code, String city, String ja, String kana, String romaji, double lat, double lon) {
        return new Municipality(
                new MunicipalityCode(code),
                Optional.empty(),
                Optional.of(new MunicipalityCode(city)),
                ja,
                kana,
                romaji,
                new Position(lat, lon),
                "test",
                Optional.empty());
    }
}
