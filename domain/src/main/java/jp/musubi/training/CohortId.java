package jp.musubi.training;

/** Identifies one cohort in this installation. */
public record CohortId(long value) {}
