package jp.musubi.identity;

/** Opaque id of a person; name and address are kept apart. */
public record PersonId(long value) {}
