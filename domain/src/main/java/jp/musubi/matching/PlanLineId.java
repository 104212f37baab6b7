package jp.musubi.matching;

/** Identifies one line of a kept plan. */
public record PlanLineId(long value) {}
