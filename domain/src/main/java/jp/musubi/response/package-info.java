/** A response is a disaster and the work after it. Several can run at once; each has its own clock. */
@NullMarked
package jp.musubi.response;

import org.jspecify.annotations.NullMarked;
