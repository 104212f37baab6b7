package jp.musubi.volunteer;

/** Identifies one volunteer's place on one shift. */
public record AssignmentId(long value) {}
