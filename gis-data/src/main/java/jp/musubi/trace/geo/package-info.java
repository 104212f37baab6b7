/** Pictures for public figures. */
@NullMarked
package jp.musubi.trace.geo;

import org.jspecify.annotations.NullMarked;
