package jp.musubi.training;

import java.time.Instant;
import java.util.Optional;

/**
 * What one row says about one fact of a trainee: a certificate, an answer.
 *
 * @param saidAt when it was said, if the row says so
 */
public record FactRow(TraineeId trainee, FactEntry entry, Optional<Instant> saidAt) {}
