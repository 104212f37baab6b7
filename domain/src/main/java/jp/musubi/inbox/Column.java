package jp.musubi.inbox;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.common.BilingualText;

/**
 * One column of a kind, with every header it is known by. Key and both labels always count as headers; case, width,
 * blanks, punctuation and a unit in parentheses do not matter ({@link ColumnMatcher}).
 *
 * @param key stable name, e.g. {@code lot_id}; what {@link Row#text(String)} is asked for
 * @param required whether a file without this column is not of this kind
 * @param label what people read
 * @param names further headers in any language
 * @param hxlTags HXL hashtags with the attributes that must be there, e.g. {@code #geo+lat}
 * @param example a valid value, for the template file; may be empty
 */
public record Column(
        String key, boolean required, BilingualText label, List<String> names, List<String> hxlTags, String example) {

    public Column {
        names = List.copyOf(names);
        hxlTags = List.copyOf(hxlTags);
        for (String tag : hxlTags) {
            if (!tag.matches("#[a-z0-9_]+(\\+[a-z0-9_]+)*")) {
                throw new IllegalArgumentException("\"" + tag + "\" is not an HXL tag. Maybe #geo+lat?");
            }
        }
    }

    public static Column required(String key, String labelJa, String labelEn) {
        return new Column(key, true, BilingualText.of(labelJa, labelEn), List.of(), List.of(), "");
    }

    public static Column optional(String key, String labelJa, String labelEn) {
        return new Column(key, false, BilingualText.of(labelJa, labelEn), List.of(), List.of(), "");
    }

    public Column alsoCalled(String... more) {
        return new Column(key, required, label, joined(names, more), hxlTags, example);
    }

    public Column hxl(String... more) {
        return new Column(key, required, label, names, joined(hxlTags, more), example);
    }

    public Column example(String value) {
        return new Column(key, required, label, names, hxlTags, value);
    }

    /** Every text header this column answers to. */
    List<String> headers() {
        List<String> all = new ArrayList<>(List.of(key, label.ja(), label.en()));
        all.addAll(names);
        return all;
    }

    private static List<String> joined(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
