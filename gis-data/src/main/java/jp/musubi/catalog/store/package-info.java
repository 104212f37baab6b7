/** Storage of the feature {@code catalog}. */
@NullMarked
package jp.musubi.catalog.store;

import org.jspecify.annotations.NullMarked;
