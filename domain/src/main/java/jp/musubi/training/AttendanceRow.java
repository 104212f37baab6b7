package jp.musubi.training;

import java.time.Instant;
import java.util.Optional;

/**
 * What one row of a register says: one person at one session.
 *
 * @param saidAt when it was written down, if the row says so
 */
public record AttendanceRow(TraineeId trainee, SessionId session, Mark mark, Optional<Instant> saidAt) {}
