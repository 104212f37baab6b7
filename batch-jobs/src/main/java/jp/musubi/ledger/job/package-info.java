/** Repeated work on the ledger. */
@NullMarked
package jp.musubi.ledger.job;

import org.jspecify.annotations.NullMarked;
