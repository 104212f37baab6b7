/** Storage of the feature {@code common}. */
@NullMarked
package jp.musubi.common.store;

import org.jspecify.annotations.NullMarked;
