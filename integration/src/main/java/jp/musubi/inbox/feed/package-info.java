/**
 * Ways in for files: watched folders, uploads and commands end in one route, {@code direct:feed}, which hands them to the
 * port {@link jp.musubi.inbox.FeedInbox}.
 */
@NullMarked
package jp.musubi.inbox.feed;

import org.jspecify.annotations.NullMarked;
