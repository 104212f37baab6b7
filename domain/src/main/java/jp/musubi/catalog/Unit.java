package jp.musubi.catalog;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A unit in which people count or measure, e.g. 箱 or litres.
 *
 * @param code its name in files, e.g. {@code box}
 * @param alsoWritten other ways people write it
 */
public record Unit(String code, String ja, String en, Dimension dimension, Set<String> alsoWritten) {

    public Unit {
        if (code.isBlank() || ja.isBlank() || en.isBlank()) {
            throw new IllegalArgumentException("A unit needs a code, a Japanese and an English name: " + code + ".");
        }
        alsoWritten = Set.copyOf(alsoWritten);
    }

    /** The unit's name in the reader's language; Japanese unless English is asked for. */
    public String name(Locale locale) {
        return locale.getLanguage().equals("en") ? en : ja;
    }

    /** Keys under which the proper names are found: code, ja and en. */
    Set<String> properKeys() {
        Set<String> keys = new LinkedHashSet<>();
        keys.add(NameKey.of(code));
        keys.add(NameKey.of(ja));
        keys.add(NameKey.of(en));
        return keys;
    }

    boolean isAlsoWritten(String key) {
        return alsoWritten.stream().anyMatch(name -> NameKey.of(name).equals(key));
    }
}
