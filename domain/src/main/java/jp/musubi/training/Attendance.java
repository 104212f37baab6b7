package jp.musubi.training;

import java.util.Collection;
import java.util.OptionalDouble;

/**
 * How much of the sessions' time somebody attended, as an exact fraction.
 *
 * @param attended hundredths of minutes
 * @param held minutes of the sessions that have a mark, times 100
 */
public record Attendance(long attended, long held) {

    public static final Attendance NONE = new Attendance(0, 0);

    public Attendance {
        if (attended < 0 || attended > held) {
            throw new IllegalArgumentException("Attended " + attended + " of " + held + " hundredths of minutes.");
        }
    }

    /** One mark and how long its session was. */
    public record Marked(Mark mark, int minutes) {}

    /** By the rules of a scheme: what a partial and an excused session count for. */
    public static Attendance of(Collection<Marked> marks, FundingScheme.Attendance rules) {
        long attended = 0;
        long held = 0;
        for (Marked marked : marks) {
            attended += (long) marked.minutes() * percent(marked.mark(), rules);
            held += 100L * marked.minutes();
        }
        return new Attendance(attended, held);
    }

    /** How much of a session counts, 0 to 100. */
    public static int percent(Mark mark, FundingScheme.Attendance rules) {
        return switch (mark) {
            case PRESENT -> 100;
            case LATE, LEFT_EARLY, PARTIAL -> rules.partialPercent();
            case EXCUSED -> rules.excusedPercent();
            case ABSENT -> 0;
        };
    }

    public Attendance plus(Attendance other) {
        return new Attendance(attended + other.attended, held + other.held);
    }

    /** Whether anything was held at all. */
    public boolean isKnown() {
        return held > 0;
    }

    /** Whether the share is at least so many percent; true while nothing was held. */
    public boolean isAtLeast(int percent) {
        return attended * 100 >= percent * held;
    }

    /** 0 to 100, for display; empty while nothing was held. */
    public OptionalDouble percent() {
        return held == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * attended / held);
    }
}
