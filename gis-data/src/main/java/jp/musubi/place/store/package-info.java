/** Storage of the feature {@code place}. */
@NullMarked
package jp.musubi.place.store;

import org.jspecify.annotations.NullMarked;
