package jp.musubi.training;

/** Identifies one session of a cohort in this installation. */
public record SessionId(long value) {}
