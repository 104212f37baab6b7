/** Storage of the feature {@code response}. */
@NullMarked
package jp.musubi.response.store;

import org.jspecify.annotations.NullMarked;
