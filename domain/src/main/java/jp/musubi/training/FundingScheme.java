package jp.musubi.training;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.catalog.Sureness;
import jp.musubi.common.BilingualText;

/**
 * Who pays for courses, and by which rules. The rules differ from scheme to scheme and many of them are not verified:
 * {@link Sureness#UNCONFIRMED} ones are shown as "to be confirmed" wherever they decide something.
 *
 * @param code e.g. {@code emergency-employment}
 * @param from first day on which a course may begin under it; empty = not known
 * @param until last such day; empty = still open or not known
 * @param attendance what has to be attended
 * @param stipend what trainees are paid
 * @param reporting when the register is due
 * @param places how many trainees a course may have; {0, 0} = no limit known
 */
public record FundingScheme(
        String code,
        BilingualText name,
        Optional<LocalDate> from,
        Optional<LocalDate> until,
        Attendance attendance,
        Stipend stipend,
        Reporting reporting,
        Places places,
        BilingualText source) {

    /** Over what the share of attendance is taken. */
    public enum Period {
        MONTH,
        COURSE
    }

    /**
     * What has to be attended.
     *
     * @param minimumPercent least share of the sessions' time; empty = the scheme asks for none
     * @param partialPercent how much of a session counts for somebody who came late, left early or was there in part
     * @param excusedPercent how much of a session counts for somebody who was excused
     * @param marginPercent this close above the minimum a warning is raised
     * @param fallingPercent so many points less than in the time before count as falling
     */
    public record Attendance(
            OptionalInt minimumPercent,
            Period period,
            int partialPercent,
            int excusedPercent,
            int marginPercent,
            int fallingPercent,
            Sureness sureness) {

        public Attendance {
            minimumPercent.ifPresent(percent -> requirePercent("minimum attendance", percent));
            requirePercent("share of a partial session", partialPercent);
            requirePercent("share of an excused session", excusedPercent);
            requirePercent("margin", marginPercent);
            requirePercent("falling", fallingPercent);
        }

        private static void requirePercent(String what, int percent) {
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("A " + what + " is 0 to 100 %, but was " + percent + ".");
            }
        }
    }

    /**
     * What trainees are paid, and whether too little attendance costs it.
     *
     * @param yenPerMonth empty = none, or not known
     * @param lostBelowMinimum whether the month's stipend is lost below the minimum attendance
     */
    public record Stipend(OptionalInt yenPerMonth, boolean lostBelowMinimum, Sureness sureness) {}

    /**
     * When registers are due.
     *
     * @param dayOfMonth the month's register is due on that day of the next month; empty = not known
     * @param registerWithinDays a session without a register is warned about after so many days
     */
    public record Reporting(OptionalInt dayOfMonth, int registerWithinDays, Sureness sureness) {

        public Reporting {
            if (dayOfMonth.isPresent() && (dayOfMonth.getAsInt() < 1 || dayOfMonth.getAsInt() > 31)) {
                throw new IllegalArgumentException("A report day is 1 to 31, but was " + dayOfMonth.getAsInt() + ".");
            }
            if (registerWithinDays < 0 || registerWithinDays > 365) {
                throw new IllegalArgumentException(
                        "A register is due within 0 to 365 days, but was " + registerWithinDays + ".");
            }
        }
    }

    /** Least and most trainees of a course; 0 = no limit known. */
    public record Places(int least, int most) {}

    /** Whether a course may begin under this scheme on a day, as far as its days are known. */
    public boolean isOpenOn(LocalDate day) {
        return from.map(first -> !day.isBefore(first)).orElse(true)
                && until.map(last -> !day.isAfter(last)).orElse(true);
    }
}
