package jp.musubi.matching;

/** Identifies one wish. */
public record WishId(long value) {}
