/** Storage of the feature {@code trace}. */
@NullMarked
package jp.musubi.trace.store;

import org.jspecify.annotations.NullMarked;
