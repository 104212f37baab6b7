/** What maps, bars and papers share: the coverage scale. */
@NullMarked
package jp.musubi.common.geo;

import org.jspecify.annotations.NullMarked;
