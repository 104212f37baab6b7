/** Commands of the feature {@code ledger}. */
@NullMarked
package jp.musubi.ledger.cli;

import org.jspecify.annotations.NullMarked;
