package jp.musubi.volunteer;

import java.util.List;
import java.util.Optional;

/**
 * Seats of one shift that ask for the same.
 *
 * @param number 1, 2, … within the shift
 * @param skill what is needed; empty = anybody
 * @param level the least level of that skill
 * @param seats how many people
 */
public record SeatLine(int number, Optional<Skill> skill, int level, int seats) {

    /** More people than any shift has. */
    public static final int MOST_SEATS = 500;

    public SeatLine {
        if (seats < 1 || seats > MOST_SEATS || level < 1 || level > Skill.HIGHEST_LEVEL || number < 1) {
            throw new IllegalArgumentException("A line has 1 to " + MOST_SEATS + " seats of level 1 to "
                    + Skill.HIGHEST_LEVEL + ", but had " + seats + " of level " + level + ".");
        }
    }

    public static int total(List<SeatLine> lines) {
        return lines.stream().mapToInt(SeatLine::seats).sum();
    }
}
