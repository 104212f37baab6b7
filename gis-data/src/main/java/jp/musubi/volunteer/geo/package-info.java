/** What volunteers' shifts look like on the map. */
@NullMarked
package jp.musubi.volunteer.geo;

import org.jspecify.annotations.NullMarked;
