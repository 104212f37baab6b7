/** Where a gift is now and how it got there: a fold over the ledger's movements, down to the municipality and no finer. */
@NullMarked
package jp.musubi.trace;

import org.jspecify.annotations.NullMarked;
