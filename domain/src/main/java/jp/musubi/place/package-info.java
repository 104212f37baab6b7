/** Places on the earth: positions, municipalities, communities and hubs. */
@NullMarked
package jp.musubi.place;

import org.jspecify.annotations.NullMarked;
