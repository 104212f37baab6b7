package jp.musubi.matching;

/** Identifies one kept plan. */
public record PlanId(long value) {}
