package jp.musubi.training;

import java.time.LocalDate;

/**
 * What one row of a timetable says.
 *
 * @param number of the session on its day, from 1
 * @param cancelled whether it was not held after all
 */
public record SessionRow(CohortId cohort, LocalDate day, int number, int minutes, String subject, boolean cancelled) {

    public SessionRow {
        if (number < 1 || minutes < 1 || minutes > 24 * 60) {
            throw new IllegalArgumentException("Session " + number + " of " + minutes + " minutes.");
        }
    }

    public String contentText() {
        return toString();
    }
}
