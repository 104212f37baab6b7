package jp.musubi.training;

/**
 * A trainee as rows refer to one.
 *
 * @param mayWrite whether whoever sends the row may write about this trainee
 */
public record TraineeRef(TraineeId id, CohortId cohort, boolean mayWrite) {}
