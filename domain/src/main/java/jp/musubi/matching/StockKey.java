package jp.musubi.matching;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lot in one place. A lot that lies in two hubs is two lots to a plan.
 *
 * @param lot id of the lot in the ledger
 * @param place kind of the account that holds it, e.g. {@code HUB}
 * @param placeRef what that account stands for, e.g. the hub's id
 */
public record StockKey(long lot, String place, long placeRef) {

    private static final Pattern FORM = Pattern.compile("(\\d+)@([A-Z]+)-(\\d+)");

    public LotKey key() {
        return new LotKey(lot + "@" + place + "-" + placeRef);
    }

    /**
     * @throws IllegalArgumentException if the key was not made by {@link #key()}
     */
    public static StockKey of(LotKey key) {
        Matcher matcher = FORM.matcher(key.value());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "A lot in a place looks like 17@HUB-3, but was \"" + key.value() + "\".");
        }
        return new StockKey(Long.parseLong(matcher.group(1)), matcher.group(2), Long.parseLong(matcher.group(3)));
    }
}
