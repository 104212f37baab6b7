package jp.musubi.training;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.musubi.identity.PersonId;
import jp.musubi.response.ResponseId;

/** Port: warnings that somebody deals with: assigned, put off, closed with a word. Every step is written to the history. */
public interface Alerts {

    /** What became of a warning. */
    enum State {
        OPEN,
        SNOOZED,
        CLOSED
    }

    /**
     * A warning and what was done about it.
     *
     * @param raisedOn the day for which it was found first
     * @param holds whether the trouble was still there when somebody looked last
     * @param assignedTo who takes care of it
     * @param until the day to which it is put off
     * @param word why it was closed
     * @param right whether the warning was right; empty while it is not closed
     */
    record Alert(
            long id,
            CohortId cohort,
            Warning warning,
            LocalDate raisedOn,
            boolean holds,
            State state,
            Optional<PersonId> assignedTo,
            Optional<LocalDate> until,
            String word,
            Optional<Boolean> right,
            long version) {

        /** Whether it waits for somebody on a day. */
        public boolean isDue(LocalDate day) {
            return state == State.OPEN
                    || (state == State.SNOOZED
                            && until.map(last -> day.isAfter(last)).orElse(true));
        }
    }

    /**
     * Keeps the warnings of a cohort for a day: new ones are raised, known ones get their new reason, open ones that do not
     * hold any more go away by themselves. What people closed or put off stays so.
     */
    void keep(ResponseId response, CohortId cohort, List<Warning> warnings, LocalDate day);

    /** The warnings of a cohort, the newest first. */
    List<Alert> list(CohortId cohort);

    /** Those of all cohorts that hold and are not closed, the oldest first. */
    List<Alert> listOfAll(ResponseId response);

    Optional<Alert> find(long id);

    /** Gives it to somebody, or back to nobody. */
    void assign(long id, Optional<PersonId> to, Edit edit);

    /** Puts it off until the end of a day. */
    void snooze(long id, LocalDate until, Edit edit);

    /**
     * Closes it.
     *
     * @param word why, 1 to 300 characters
     * @param right whether the warning was right
     */
    void close(long id, String word, boolean right, Edit edit);

    /**
     * How often closed warnings were right.
     *
     * @param closed how many were closed
     */
    record TrackRecord(WarningRule rule, long closed, long right) {}

    List<TrackRecord> trackRecords(ResponseId response);
}
