package jp.musubi.inbox.store;

import java.util.ArrayList;
import java.util.List;

/** Packs a list of texts into one text, {@code 3:abc0:2:de}, whatever characters they have. */
final class Netstrings {

    private Netstrings() {}

    static String join(List<String> texts) {
        StringBuilder all = new StringBuilder();
        for (String text : texts) {
            all.append(text.length()).append(':').append(text);
        }
        return all.toString();
    }

    static List<String> split(String joined) {
        List<String> texts = new ArrayList<>();
        int at = 0;
        while (at < joined.length()) {
            int colon = joined.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(joined, at, colon, 10);
            texts.add(joined.substring(colon + 1, end));
            at = end;
        }
        return texts;
    }
}
