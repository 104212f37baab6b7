/** Maps on paper and as pictures. */
@NullMarked
package jp.musubi.place.paper;

import org.jspecify.annotations.NullMarked;
