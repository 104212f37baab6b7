package jp.musubi.need;

/** Identifies one request or assessment in this installation. */
public record NeedId(long value) {}
