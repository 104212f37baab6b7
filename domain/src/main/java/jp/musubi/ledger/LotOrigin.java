package jp.musubi.ledger;

import jp.musubi.common.Quantity;

/**
 * What one lot that was consumed contributed to a lot that was made.
 *
 * @param lot the lot that was made
 * @param origin the lot that was consumed
 * @param consumed in base units of the origin
 * @param share in base units of the made lot; the shares of one lot add up to all of it
 */
public record LotOrigin(LotId lot, LotId origin, Quantity consumed, Quantity share) {}
