package jp.musubi.common.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command's words: {@code --name value}, {@code --flag}, and the rest. */
public final class Options {

    private final Map<String, String> named;
    private final List<String> words;

    private Options(Map<String, String> named, List<String> words) {
        this.named = named;
        this.words = List.copyOf(words);
    }

    /**
     * Reads a command's words.
     *
     * @param allowed the names this command knows; a name that ends in {@code =} takes a value
     * @throws WrongCall at an unknown name, a missing value or one given twice
     */
    public static Options parse(String[] arguments, List<String> allowed) {
        Map<String, String> named = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String word = arguments[i];
            if (!word.startsWith("--")) {
                words.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String value = "true";
            if (allowed.contains(name + "=")) {
                if (equals >= 0) {
                    value = word.substring(equals + 1);
                } else if (i + 1 < arguments.length) {
                    value = arguments[++i];
                } else {
                    throw new WrongCall(name + " needs a value.");
                }
            } else if (!allowed.contains(name)) {
                throw new WrongCall("There is no option " + name + " here. Known: "
                        + String.join(", ", allowed).replace("=", " VALUE") + ".");
            }
            if (named.put(name, value) != null) {
                throw new WrongCall(name + " is given twice.");
            }
        }
        return new Options(named, words);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(named.get(name));
    }

    public boolean has(String name) {
        return named.containsKey(name);
    }

    /** The words that are no options, in order. */
    public List<String> words() {
        return words;
    }
}
