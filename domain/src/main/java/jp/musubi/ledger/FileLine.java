package jp.musubi.ledger;

import jp.musubi.inbox.FeedId;

/**
 * Which line of which file a record came from.
 *
 * @param line from 1
 */
public record FileLine(FeedId feed, long line) {}
