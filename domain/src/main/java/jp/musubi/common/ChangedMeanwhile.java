package jp.musubi.common;

/**
 * Somebody else changed a record after it was read. Nothing was written; the one who asked decides with both versions in
 * sight.
 */
public final class ChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String aggregate;
    private final long id;

    /** @param aggregate kind of thing, as in the change history */
    public ChangedMeanwhile(String aggregate, long id, long expectedVersion) {
        super("The " + aggregate + " " + id + " is not at version " + expectedVersion
                + " any more. Read it again and decide.");
        this.aggregate = aggregate;
        this.id = id;
    }

    public String aggregate() {
        return aggregate;
    }

    public long id() {
        return id;
    }
}
