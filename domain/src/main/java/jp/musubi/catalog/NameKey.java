package jp.musubi.catalog;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Brings the ways of writing one name together: width and compatibility forms (NFKC), case, katakana and hiragana, long
 * vowel marks, spaces and punctuation. ﾄｲﾚｯﾄﾍﾟｰﾊﾟｰ, トイレット・ペーパー and といれっとぺーぱー have one key.
 */
public final class NameKey {

    private NameKey() {}

    public static String of(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder key = new StringBuilder(normal.length());
        normal.codePoints().forEach(point -> {
            if (point >= 0x30A1 && point <= 0x30F6) {
                key.appendCodePoint(point - 0x60);
            } else if (point != 0x30FC && Character.isLetterOrDigit(point)) {
                key.appendCodePoint(point);
            }
        });
        return key.toString();
    }
}
