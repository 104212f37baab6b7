package jp.musubi.place;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one coordinate as people write it: decimal degrees, or degrees, minutes and seconds. */
final class PositionText {

    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,3}(\\.\\d{0,20})?");
    private static final Pattern SIGNED = Pattern.compile(
            "(?:北緯|東経|南緯|西経|[nsew])?\\s*(\\d{1,3})\\s*[°度:\\s]\\s*(?:(\\d{1,2}(?:\\.\\d+)?)\\s*[′'分:\\s]?\\s*"
                    + "(?:(\\d{1,2}(?:\\.\\d+)?)\\s*(?:[″\"秒]|''|′′)?)?)?\\s*[nsew]?");
    private static final Pattern HEMISPHERE = Pattern.compile("^(北緯|東経|南緯|西経|[nsew])|([nsew])$");
    private static final Pattern DECIMAL_WITH_HEMISPHERE =
            Pattern.compile("(?:北緯|東経|南緯|西経|[nsew])?\\s*(\\d{1,3}(?:\\.\\d{0,20})?)\\s*[°度]?\\s*[nsew]?");
    private static final Pattern PACKED = Pattern.compile("(\\d{2,3})(\\d{2})(\\d{2}(?:\\.\\d+)?)");

    private PositionText() {}

    /**
     * One coordinate.
     *
     * @param degrees the value; a southern latitude or western longitude is negative
     * @param axis which one it says it is, if it says so (北緯, N …)
     */
    record Coordinate(double degrees, Optional<Axis> axis) {}

    enum Axis {
        LATITUDE,
        LONGITUDE
    }

    static Optional<Coordinate> read(String text) {
        String plain = plain(text);
        if (DECIMAL.matcher(plain).matches()) {
            return Optional.of(new Coordinate(Double.parseDouble(plain), Optional.empty()));
        }
        Optional<Axis> axis = Optional.empty();
        int sign = 1;
        Matcher hemisphere = HEMISPHERE.matcher(plain);
        if (hemisphere.find()) {
            String word = hemisphere.group();
            axis = Optional.of(
                    word.endsWith("緯") || word.equals("n") || word.equals("s") ? Axis.LATITUDE : Axis.LONGITUDE);
            sign = word.equals("s") || word.equals("w") || word.equals("南緯") || word.equals("西経") ? -1 : 1;
        }
        Matcher decimal = DECIMAL_WITH_HEMISPHERE.matcher(plain);
        if (decimal.matches()) {
            return Optional.of(new Coordinate(sign * Double.parseDouble(decimal.group(1)), axis));
        }
        Matcher parts = SIGNED.matcher(plain);
        if (!parts.matches()) {
            return Optional.empty();
        }
        OptionalDouble degrees = degrees(parts.group(1), parts.group(2), parts.group(3));
        return degrees.isEmpty() ? Optional.empty() : Optional.of(new Coordinate(sign * degrees.getAsDouble(), axis));
    }

    /** 392130.5 read as 39°21′30.5″: only ever a suggestion, because a number may be many things. */
    static OptionalDouble readPacked(String text) {
        Matcher packed = PACKED.matcher(plain(text));
        return packed.matches() ? degrees(packed.group(1), packed.group(2), packed.group(3)) : OptionalDouble.empty();
    }

    private static OptionalDouble degrees(String degrees, String minutes, String seconds) {
        double min = minutes == null ? 0 : Double.parseDouble(minutes);
        double sec = seconds == null ? 0 : Double.parseDouble(seconds);
        boolean wrong = min >= 60 || sec >= 60 || (seconds != null && min != Math.rint(min));
        return wrong ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(degrees) + min / 60 + sec / 3600);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('º', '°')
                .replace('’', '\'')
                .replace('‘', '\'')
                .replace('”', '"')
                .replace('“', '"')
                .replace('−', '-')
                .strip();
    }
}
