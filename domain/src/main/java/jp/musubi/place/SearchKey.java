package jp.musubi.place;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a search compares: all names of a thing and of its municipality in one folded text, so that カナ finds かな, 塩釜 finds
 * 塩竈 and otsuchi finds 大槌.
 */
public final class SearchKey {

    private static final int LONGEST = 1000;

    private SearchKey() {}

    /** The text to store with a thing. */
    public static String of(Municipality municipality, String externalId, Stream<String> names) {
        String key = String.join(
                " ",
                Stream.concat(
                                names.flatMap(name -> Stream.of(NameForm.japanese(name), NameForm.latin(name))),
                                Stream.of(
                                        NameForm.japanese(municipality.ja()),
                                        NameForm.japanese(municipality.kana()),
                                        NameForm.latin(municipality.romaji()),
                                        NameForm.japanese(externalId)))
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .toList());
        return key.length() > LONGEST ? key.substring(0, LONGEST) : key;
    }

    /** The folded words somebody types; all of them must be in the key. */
    public static List<String> words(String typed) {
        return Arrays.stream(typed.strip().split("[\\s\u3000]+"))
                .map(word -> Optional.of(NameForm.latin(word))
                        .filter(latin -> !latin.isEmpty() && word.chars().noneMatch(Character::isDigit))
                        .orElseGet(() -> NameForm.japanese(word)))
                .filter(word -> !word.isEmpty())
                .limit(10)
                .toList();
    }
}
