package jp.musubi.volunteer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.musubi.volunteer.Volunteers.Edit;

/**
 * Port: what people decide about single seats. Each call happens as a whole or not at all, and is written to the history.
 * The next roster keeps what was decided.
 */
public interface Assignments {

    /** What became of a decision. */
    sealed interface Result {

        record Done(AssignmentId id) implements Result {}

        /** A rule forbids it; nothing was changed. */
        record Refused(RosterConflict.Kind why) implements Result {}

        /** Somebody else was quicker, or the step is not possible from where it stands; nothing was changed. */
        record Overtaken() implements Result {}
    }

    /** Puts somebody on a line and locks it. */
    Result put(VolunteerId person, ShiftId shift, int line, Edit edit);

    /** Moves somebody who is not at work yet to another line or shift and locks it there. */
    Result move(AssignmentId id, ShiftId shift, int line, Edit edit);

    /** Changes the places of two people who are not at work yet. */
    Result swap(AssignmentId one, AssignmentId other, Edit edit);

    Result lock(AssignmentId id, boolean locked, Edit edit);

    /** Confirms, takes off, notes who did not come, or that somebody is there after all. */
    Result become(AssignmentId id, AssignmentState state, Edit edit);

    /** The person has come. The first word counts. */
    Result checkIn(AssignmentId id, Instant at, Edit edit);

    /** The person has finished: the time worked goes into the ledger. */
    Result checkOut(AssignmentId id, Instant at, Edit edit);

    /** Corrects how long somebody worked, in the ledger by postings that say what they correct. */
    Result correctWork(AssignmentId id, Duration worked, Edit edit);

    /** Who that volunteer is on the shift, if anything. */
    Optional<AssignmentId> find(ShiftId shift, VolunteerId person);
}
