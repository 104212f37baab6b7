package jp.musubi.identity;

/** Identifies one grant of a role to a person. */
public record GrantId(long value) {}
