/** Storage of the feature {@code inbox}: files that came in, their progress, their rejected rows. */
@NullMarked
package jp.musubi.inbox.store;

import org.jspecify.annotations.NullMarked;
