package jp.musubi.ledger;

import java.util.stream.Stream;
import jp.musubi.common.Quantity;

/**
 * What became of one lot of a consignment on arrival. What is named nowhere is still on the way.
 *
 * @param good taken in by the community
 * @param damaged arrived spoilt or broken
 * @param missing on the papers, but not in the load
 * @param refused not wanted; goes back to where it was taken from
 * @param lost gone on the way
 */
public record ReceiptLine(
        LotId lot, Quantity good, Quantity damaged, Quantity missing, Quantity refused, Quantity lost) {

    /** Everything arrived well. */
    public static ReceiptLine good(LotId lot, Quantity quantity) {
        return new ReceiptLine(lot, quantity, Quantity.ZERO, Quantity.ZERO, Quantity.ZERO, Quantity.ZERO);
    }

    public Quantity total() {
        return Stream.of(good, damaged, missing, refused, lost).reduce(Quantity.ZERO, Quantity::plus);
    }
}
