package jp.musubi.place;

import java.util.Locale;
import java.util.Optional;
import jp.musubi.common.BilingualText;

/** Why a position cannot be taken, with what would be right and what to do. */
public sealed interface PositionProblem {

    /** Stable code for programs. */
    String code();

    BilingualText expected();

    BilingualText remedy();

    /** Which of the two cells to point at. */
    default Cell cell() {
        return Cell.LATITUDE;
    }

    /** The cells of a position. */
    enum Cell {
        LATITUDE,
        LONGITUDE
    }

    /** One of the two is there, the other is not. */
    record Half(Cell cell) implements PositionProblem {
        @Override
        public String code() {
            return "position-half";
        }

        @Override
        public BilingualText expected() {
            return BilingualText.of("緯度と経度の両方", "Both latitude and longitude");
        }

        @Override
        public BilingualText remedy() {
            return BilingualText.of(
                    "空のセルに入れるか、位置が分からないときは両方を空にしてください。",
                    "Fill in the empty cell, or leave both empty if nobody knows the position.");
        }
    }

    /**
     * A cell that is no coordinate.
     *
     * @param suggestion the value in degrees, if it looks like degrees, minutes and seconds without signs
     */
    record Unreadable(Cell cell, Optional<Double> suggestion) implements PositionProblem {
        @Override
        public String code() {
            return "position-unreadable";
        }

        @Override
        public BilingualText expected() {
            return cell == Cell.LATITUDE
                    ? BilingualText.of("緯度(例 39.3581 または 39°21′29″)", "A latitude, e.g. 39.3581 or 39°21′29″")
                    : BilingualText.of("経度(例 141.8994 または 141°53′58″)", "A longitude, e.g. 141.8994 or 141°53′58″");
        }

        @Override
        public BilingualText remedy() {
            return suggestion
                    .map(degrees -> BilingualText.of(
                            "度分秒を続けて書いたものなら " + degrees(degrees) + " と書いてください。",
                            "If this is degrees, minutes and seconds in one number, write " + degrees(degrees) + "."))
                    .orElseGet(() -> BilingualText.of("例の形で書き直してください。", "Write it like the example."));
        }
    }

    /** Latitude and longitude stand in each other's place. */
    record Swapped(Position suggestion) implements PositionProblem {
        @Override
        public String code() {
            return "position-swapped";
        }

        @Override
        public BilingualText expected() {
            return BilingualText.of("緯度は20〜46、経度は122〜154", "A latitude from 20 to 46 and a longitude from 122 to 154");
        }

        @Override
        public BilingualText remedy() {
            return BilingualText.of(
                    "緯度と経度が逆です。緯度 " + degrees(suggestion.latitude()) + "、経度 " + degrees(suggestion.longitude())
                            + " ではありませんか。",
                    "Latitude and longitude are swapped. Maybe latitude " + degrees(suggestion.latitude())
                            + ", longitude " + degrees(suggestion.longitude()) + "?");
        }
    }

    /** Not in Japan, or not on the earth at all. */
    record OutsideJapan(double latitude, double longitude) implements PositionProblem {
        @Override
        public String code() {
            return "position-outside-japan";
        }

        @Override
        public BilingualText expected() {
            return BilingualText.of(
                    "日本の中の位置(緯度は20〜46、経度は122〜154)", "A position in Japan: latitude 20 to 46, longitude 122 to 154");
        }

        @Override
        public BilingualText remedy() {
            return BilingualText.of(
                    "地図で場所を確かめて、度で書いてください。分からないときは空にしてください。",
                    "Look the place up on a map and write degrees, or leave both cells empty.");
        }
    }

    /** More than {@link PositionCheck#SEA_TOLERANCE_KM} from the nearest land of Japan. */
    record AtSea(Position position, double kilometresToLand) implements PositionProblem {
        @Override
        public String code() {
            return "position-at-sea";
        }

        @Override
        public BilingualText expected() {
            return BilingualText.of("陸から1 km以内の位置", "A position on land or at most 1 km from it");
        }

        @Override
        public BilingualText remedy() {
            String km = String.format(Locale.ROOT, "%.1f", kilometresToLand);
            return BilingualText.of(
                    "この位置は陸から約 " + km + " km離れています。数字の書き違いがないか、地図で確かめてください。",
                    "This is about " + km + " km from land. Check the digits against a map.");
        }
    }

    private static String degrees(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
