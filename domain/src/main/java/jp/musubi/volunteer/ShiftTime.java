package jp.musubi.volunteer;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * When a shift is: on one day, by the clock of the response. Work over midnight is two shifts.
 *
 * @param fromMinute minutes after midnight
 * @param toMinute minutes after midnight, at most 1440
 */
public record ShiftTime(LocalDate day, int fromMinute, int toMinute) {

    public static final int DAY_MINUTES = 24 * 60;

    private static final int NOON = 12 * 60;

    public ShiftTime {
        if (fromMinute < 0 || toMinute > DAY_MINUTES || fromMinute >= toMinute) {
            throw new IllegalArgumentException("A shift ends after it begins and on the same day, but was " + fromMinute
                    + " to " + toMinute + ".");
        }
    }

    public int minutes() {
        return toMinute - fromMinute;
    }

    /** The halves of the day in which somebody must have time. */
    public Set<HalfDay> halves() {
        EnumSet<HalfDay> halves = EnumSet.noneOf(HalfDay.class);
        if (fromMinute < NOON) {
            halves.add(HalfDay.MORNING);
        }
        if (toMinute > NOON) {
            halves.add(HalfDay.AFTERNOON);
        }
        return halves;
    }

    public LocalTime from() {
        return LocalTime.ofSecondOfDay(fromMinute * 60L);
    }

    /** The end as people write it; midnight is 24:00. */
    public String toText() {
        return String.format(Locale.ROOT, "%02d:%02d", toMinute / 60, toMinute % 60);
    }

    /** Minutes between the end of this shift and the beginning of a later one. */
    public long restBefore(ShiftTime later) {
        return (later.day.toEpochDay() - day.toEpochDay()) * DAY_MINUTES + later.fromMinute - toMinute;
    }
}
