package jp.musubi.place;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A local-government code: two digits for the prefecture (JIS X 0401) and three for the municipality (JIS X 0402).
 *
 * <p>Files write it with 5 digits or with 6, the last being a check digit: 11 − (6a + 5b + 4c + 3d + 2e) mod 11, of
 * which the last digit counts. The code is kept with 5.
 *
 * @param value 5 digits
 */
public record MunicipalityCode(String value) implements Comparable<MunicipalityCode> {

    private static final Pattern DIGITS = Pattern.compile("\\d{5,6}");
    private static final Pattern FOUR_DIGITS = Pattern.compile("[1-9]\\d{3}");

    public MunicipalityCode {
        if (value.length() != 5 || !DIGITS.matcher(value).matches() || !Prefecture.isCode(value.substring(0, 2))) {
            throw new IllegalArgumentException(
                    "A municipality's code has 5 digits and begins with 01 to 47, but was \"" + value + "\".");
        }
    }

    /**
     * Reads a code as files write it: 5 or 6 digits of any width, or 4 if a spreadsheet dropped the leading zero. (Six
     * digits that lost theirs look like five: {@link MunicipalityDirectory#resolve} sorts that out.)
     */
    public static Reading read(String text) {
        String digits = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        if (DIGITS.matcher(digits).matches()) {
            return readDigits(digits);
        }
        if (FOUR_DIGITS.matcher(digits).matches()) {
            return readDigits("0" + digits);
        }
        return new Reading.NotACode();
    }

    /** Also of six digits that lost their leading zero, where the check digit says so. Empty if it is no code. */
    static Optional<MunicipalityCode> readWithoutZero(String text) {
        return read("0" + Normalizer.normalize(text, Normalizer.Form.NFKC).strip())
                .found()
                .or(() -> read(text).found());
    }

    private static Reading readDigits(String digits) {
        String five = digits.substring(0, 5);
        if (!Prefecture.isCode(five.substring(0, 2))) {
            return new Reading.NotACode();
        }
        MunicipalityCode code = new MunicipalityCode(five);
        return digits.length() == 5 || code.withCheckDigit().equals(digits)
                ? new Reading.Code(code)
                : new Reading.WrongCheckDigit(code);
    }

    /** The code of a text that is known to be one. */
    public static MunicipalityCode of(String text) {
        return read(text)
                .found()
                .orElseThrow(() ->
                        new IllegalArgumentException("\"" + text + "\" is not a municipality's code. Maybe 03461?"));
    }

    /** The code with 6 digits. */
    public String withCheckDigit() {
        int sum = 0;
        for (int i = 0; i < 5; i++) {
            sum += (6 - i) * (value.charAt(i) - '0');
        }
        return value + (11 - sum % 11) % 10;
    }

    public Prefecture prefecture() {
        return Prefecture.ofCode(value.substring(0, 2));
    }

    @Override
    public int compareTo(MunicipalityCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    /** What a text turns out to be. */
    public sealed interface Reading {

        /** A well-formed code; whether there is such a municipality is for the directory to say. */
        record Code(MunicipalityCode code) implements Reading {}

        /**
         * Six digits of which the last does not fit the others: a digit is wrong.
         *
         * @param withoutCheckDigit what the first five digits say
         */
        record WrongCheckDigit(MunicipalityCode withoutCheckDigit) implements Reading {}

        /** Something else, perhaps a name. */
        record NotACode() implements Reading {}

        default Optional<MunicipalityCode> found() {
            return this instanceof Code code ? Optional.of(code.code()) : Optional.empty();
        }
    }
}
