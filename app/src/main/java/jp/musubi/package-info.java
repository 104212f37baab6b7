/** Musubi matches what people give to what affected communities need, and gets it there. */
@NullMarked
package jp.musubi;

import org.jspecify.annotations.NullMarked;
