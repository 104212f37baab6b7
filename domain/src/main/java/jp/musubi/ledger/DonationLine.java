package jp.musubi.ledger;

/**
 * How a sender names one line of a list of gifts.
 *
 * @param source who keeps the list, 1 to 64 characters
 * @param externalId the line's id in it, 1 to 100 characters
 */
public record DonationLine(String source, String externalId) {

    /** The longest id a line may have. */
    public static final int LONGEST_ID = 100;

    /** Source of lines that were typed into Musubi itself. */
    public static final String TYPED_IN = "musubi";

    public DonationLine {
        if (source.isBlank() || source.length() > 64 || externalId.isBlank() || externalId.length() > LONGEST_ID) {
            throw new IllegalArgumentException(
                    "A line's source has 1 to 64 characters and its id 1 to 100, but they were \"" + source
                            + "\" and \"" + externalId + "\".");
        }
    }
}
