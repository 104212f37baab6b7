/** The shapes of the feature {@code place}. */
@NullMarked
package jp.musubi.place.geo;

import org.jspecify.annotations.NullMarked;
