package jp.musubi.ledger;

/**
 * Names one intention, so that it happens once however often it is asked for. Keys are unique over all responses.
 *
 * @param value 1 to 250 characters, e.g. {@code accept/17/3}
 */
public record IdempotencyKey(String value) {

    public IdempotencyKey {
        if (value.isBlank() || value.length() > 250) {
            throw new IllegalArgumentException(
                    "An idempotency key has 1 to 250 characters, but was \"" + value + "\".");
        }
    }

    /** A key of a part of what this key names. */
    public IdempotencyKey part(long number) {
        return new IdempotencyKey(value + "/" + number);
    }
}
