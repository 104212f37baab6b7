/** Storage of the feature {@code need}, and how files of needs are read. */
@NullMarked
package jp.musubi.need.store;

import org.jspecify.annotations.NullMarked;
