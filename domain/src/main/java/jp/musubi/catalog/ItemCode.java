package jp.musubi.catalog;

import java.util.regex.Pattern;

/**
 * The short name of an item that never changes, in files, URLs and papers, e.g. {@code BLANKET}.
 *
 * @param value capital letters, digits and hyphens, at most 40
 */
public record ItemCode(String value) implements Comparable<ItemCode> {

    private static final Pattern SHAPE = Pattern.compile("[A-Z0-9][A-Z0-9-]{0,39}");

    public ItemCode {
        if (!isCode(value)) {
            throw new IllegalArgumentException(
                    "An item's code has capital letters, digits and hyphens, at most 40, but was \"" + value
                            + "\". Maybe BLANKET?");
        }
    }

    /** True if the text has the shape of a code. */
    public static boolean isCode(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public int compareTo(ItemCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
