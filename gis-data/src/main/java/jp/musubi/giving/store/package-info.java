/** Reads what the wanted list is made of. */
@NullMarked
package jp.musubi.giving.store;

import org.jspecify.annotations.NullMarked;
