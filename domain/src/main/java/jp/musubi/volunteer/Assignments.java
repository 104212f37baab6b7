package jp.musubi.volunteer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
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

    /**
     * An assignment as somebody saw it.
     *
     * @param version what it was then; empty = whatever it is now
     */
    record Seen(AssignmentId id, OptionalLong version) {

        public static Seen of(long id) {
            return new Seen(new AssignmentId(id), OptionalLong.empty());
        }

        public static Seen at(long id, long version) {
            return new Seen(new AssignmentId(id), OptionalLong.of(version));
        }

        public boolean isStill(long now) {
            return version.isEmpty() || version.getAsLong() == now;
        }
    }

    /** Puts somebody on a line and locks it. Who is at work there already, or was, is overtaken. */
    Result put(VolunteerId person, ShiftId shift, int line, Edit edit);

    /** Moves somebody who is not at work yet to another line or shift and locks it there. */
    Result move(Seen seen, ShiftId shift, int line, Edit edit);

    /** Changes the places of two people who are not at work yet. */
    Result swap(Seen one, Seen other, Edit edit);

    Result lock(Seen seen, boolean locked, Edit edit);

    /** Confirms, takes off, notes who did not come, or that somebody is there after all. */
    Result become(Seen seen, AssignmentState state, Edit edit);

    /** Any step that a person may note by hand; coming and going count from {@code at}. */
    default Result become(Seen seen, AssignmentState state, Instant at, Edit edit) {
        return switch (state) {
            case CHECKED_IN -> checkIn(seen, at, edit);
            case CHECKED_OUT -> checkOut(seen, at, edit);
            default -> become(seen, state, edit);
        };
    }

    /** The person has come. The first word counts. */
    Result checkIn(Seen seen, Instant at, Edit edit);

    /** The person has finished: the time worked goes into the ledger. */
    Result checkOut(Seen seen, Instant at, Edit edit);

    /** Corrects how long somebody worked, in the ledger by postings that say what they correct. */
    Result correctWork(Seen seen, Duration worked, Edit edit);

    /** Who that volunteer is on the shift, if anything. */
    Optional<AssignmentId> find(ShiftId shift, VolunteerId person);
}
