package jp.musubi.response;

/** Identifies one response in this installation. */
public record ResponseId(long value) {}
