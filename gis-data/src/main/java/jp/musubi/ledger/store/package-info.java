/** Storage of the feature {@code ledger}. */
@NullMarked
package jp.musubi.ledger.store;

import org.jspecify.annotations.NullMarked;
