package jp.musubi.inbox;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds a kind's columns in the header of a file, whatever the language and the order. */
public final class ColumnMatcher {

    private static final Pattern PARENTHESES = Pattern.compile("\\([^)]*\\)|\\[[^]]*]");
    private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<Column> columns;
    private final Map<String, String> keyByName = new HashMap<>();

    public ColumnMatcher(List<Column> columns) {
        this.columns = List.copyOf(columns);
        for (Column column : columns) {
            for (String header : column.headers()) {
                String name = plain(header);
                String other = keyByName.putIfAbsent(name, column.key());
                if (other != null && !other.equals(column.key())) {
                    throw new IllegalArgumentException(
                            "The header \"" + header + "\" names two columns, " + other + " and " + column.key() + ".");
                }
            }
        }
    }

    /** Matches a header of one row. */
    public ColumnMatch match(List<String> header) {
        return matchAny(header.stream().map(List::of).toList());
    }

    /**
     * Matches a header that offers several names for each column: the rows of a merged header, their combination, an HXL
     * row. The first name that is known wins; an HXL tag (it starts with #) is compared by tag and attributes.
     */
    public ColumnMatch matchAny(List<List<String>> namesByPosition) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        String[] headers = new String[namesByPosition.size()];
        Arrays.fill(headers, "");
        for (int position = 0; position < headers.length; position++) {
            String key = null;
            for (String name : namesByPosition.get(position)) {
                if (headers[position].isEmpty()) {
                    headers[position] = name.strip();
                }
                key = name.strip().startsWith("#") ? keyOfTag(name, positions.keySet()) : keyOfName(name);
                if (key != null) {
                    headers[position] = name.strip();
                    break;
                }
            }
            if (key == null) {
                if (!headers[position].isEmpty()) {
                    unknown.add(headers[position]);
                }
            } else if (positions.putIfAbsent(key, position) != null) {
                repeated.add(headers[position]);
            }
        }
        List<Column> missing = columns.stream()
                .filter(column -> column.required() && !positions.containsKey(column.key()))
                .toList();
        return new ColumnMatch(positions, List.of(headers), missing, unknown, repeated);
    }

    private @Nullable String keyOfName(String name) {
        String key = keyByName.get(plain(name));
        return key != null
                ? key
                : keyByName.get(plain(PARENTHESES.matcher(widthFolded(name)).replaceAll("")));
    }

    /** The column whose tag fits and asks for the most attributes; a column already found is not taken twice. */
    private @Nullable String keyOfTag(String header, Set<String> taken) {
        String[] parts = widthFolded(header)
                .strip()
                .replaceAll("\\s+", "")
                .toLowerCase(Locale.ROOT)
                .split("\\+", -1);
        Set<String> attributes = new HashSet<>(Arrays.asList(parts).subList(1, parts.length));
        String best = null;
        int most = -1;
        for (Column column : columns) {
            if (taken.contains(column.key())) {
                continue;
            }
            for (String tag : column.hxlTags()) {
                String[] wanted = tag.split("\\+", -1);
                List<String> wantedAttributes = Arrays.asList(wanted).subList(1, wanted.length);
                if (wanted[0].equals(parts[0])
                        && attributes.containsAll(wantedAttributes)
                        && wantedAttributes.size() > most) {
                    best = column.key();
                    most = wantedAttributes.size();
                }
            }
        }
        return best;
    }

    private static String widthFolded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private static String plain(String header) {
        return PUNCTUATION.matcher(widthFolded(header)).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
