package jp.musubi.inbox;

/** Identifies one file that came in. */
public record FeedId(long value) {}
