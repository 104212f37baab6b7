package jp.musubi.catalog;

/**
 * What another catalogue calls the item.
 *
 * @param scheme e.g. {@code IFRC}, {@code UNSPSC}, {@code JAN}
 */
public record ExternalCode(String scheme, String code, Sureness sureness) {

    public ExternalCode {
        if (scheme.isBlank() || code.isBlank()) {
            throw new IllegalArgumentException("A code needs a scheme and a value: " + scheme + ":" + code + ".");
        }
    }
}
