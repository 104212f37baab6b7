package jp.musubi.inbox;

/**
 * An accepted row on its way to the store.
 *
 * @param externalId what {@link ImportKind#externalId} said; the identity together with response and source
 * @param row where it came from; the created record keeps (file, line) as its provenance
 */
public record ImportedRow<T>(String externalId, Row row, T value) {

    /** Where it stands, unique within the file; the same as {@link Row#line()} except in later sheets of a workbook. */
    public long line() {
        return row.lineInFile();
    }
}
