package jp.musubi.ledger;

import jp.musubi.inbox.FeedId;

/**
 * Which line of which file a record came from.
 *
 * @param sheet the sheet of a workbook; empty for other files
 * @param line from 1
 */
public record FileLine(FeedId feed, String sheet, long line) {}
