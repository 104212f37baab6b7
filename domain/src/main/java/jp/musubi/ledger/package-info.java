/**
 * The ledger: one for goods, money and hours, append-only.
 *
 * <p>A {@link jp.musubi.ledger.Posting} moves quantities of {@link jp.musubi.ledger.Lot lots} between {@link
 * jp.musubi.ledger.Account accounts}; what leaves one enters another. What is promised but not yet sent is a {@link
 * jp.musubi.ledger.Reservation}. Whether something may be done is decided by {@link jp.musubi.ledger.LedgerRules}; how it
 * is done, by {@link jp.musubi.ledger.Stock}; where it is kept, behind {@link jp.musubi.ledger.LedgerBook}.
 */
@NullMarked
package jp.musubi.ledger;

import org.jspecify.annotations.NullMarked;
