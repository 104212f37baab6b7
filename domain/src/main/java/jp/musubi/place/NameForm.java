package jp.musubi.place;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Brings the ways of writing one place name together, so that equal names have equal forms. */
final class NameForm {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}\\p{N}ヶー]+");
    private static final Pattern KIND_AFTER_LATIN =
            Pattern.compile("^(.*[a-z])[\\s-]+(shi|cho|machi|mura|son|ku|gun|city|town|village|ward)$");

    /** Old and variant characters people type for the ones in the official names. */
    private static final String VARIANTS = "竈釜竃釜鯵鰺舘館檜桧龍竜澤沢濱浜嶋島廣広國国會会邊辺齋斎瀧滝條条冨富";

    private NameForm() {}

    /** Width, case, old characters, ヶ = ケ = が between ideographs, katakana = hiragana; no blanks or punctuation. */
    static String japanese(String text) {
        String normal = NOT_LETTERS
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
                .replaceAll("");
        StringBuilder form = new StringBuilder(normal.length());
        for (int i = 0; i < normal.length(); i++) {
            char c = normal.charAt(i);
            if ((c == 'ヶ' || c == 'ケ' || c == 'が' || c == 'ガ')
                    && i > 0
                    && i + 1 < normal.length()
                    && Character.isIdeographic(normal.charAt(i - 1))
                    && Character.isIdeographic(normal.charAt(i + 1))) {
                form.append('ヶ');
            } else if (c >= 'ァ' && c <= 'ヶ') {
                form.append((char) (c - 'ァ' + 'ぁ'));
            } else {
                int variant = VARIANTS.indexOf(c);
                form.append(variant >= 0 && variant % 2 == 0 ? VARIANTS.charAt(variant + 1) : c);
            }
        }
        return form.toString();
    }

    /**
     * Latin letters without marks: Ōtsuchi, Ohtsuchi and Ootsuchi are otsuchi, Nambu is nanbu. A word for the kind of
     * municipality at the end goes. Empty if the text is not written in Latin letters.
     */
    static String latin(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .strip();
        if (plain.isEmpty()
                || !plain.chars().allMatch(c -> c < 128)
                || plain.chars().noneMatch(Character::isLetter)) {
            return "";
        }
        return Arrays.stream(plain.split(","))
                .map(part -> KIND_AFTER_LATIN.matcher(part.strip()).replaceAll("$1"))
                .collect(Collectors.joining())
                .replaceAll("[^a-z]", "")
                .replaceAll("o[uo]|oh(?![aiueoy])", "o")
                .replaceAll("uu", "u")
                .replaceAll("m(?=[bpm])", "n");
    }
}
