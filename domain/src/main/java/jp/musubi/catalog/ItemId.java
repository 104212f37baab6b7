package jp.musubi.catalog;

/** Identifies one item in this installation. */
public record ItemId(long value) {}
