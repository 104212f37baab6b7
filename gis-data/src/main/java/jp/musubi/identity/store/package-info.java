/** Storage of the feature {@code identity}. */
@NullMarked
package jp.musubi.identity.store;

import org.jspecify.annotations.NullMarked;
