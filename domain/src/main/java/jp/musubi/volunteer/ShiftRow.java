package jp.musubi.volunteer;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one row of a file, or a form, says about a shift and its activity.
 *
 * @param activity how the sender numbers the activity; empty = the shift is one of its own
 * @param leastPeople with fewer it does not take place
 */
public record ShiftRow(
        Optional<String> activity,
        String title,
        ActivityKind kind,
        WorkPlace place,
        Set<Risk> risks,
        boolean continuity,
        ShiftTime time,
        int priority,
        List<SeatLine> lines,
        int leastPeople,
        Optional<Skill> leaderSkill) {

    public ShiftRow {
        risks = Set.copyOf(risks);
        lines = List.copyOf(lines);
        if (leastPeople < 1 || leastPeople > SeatLine.total(lines)) {
            throw new IllegalArgumentException(
                    "A shift of " + SeatLine.total(lines) + " seats cannot need " + leastPeople + " people.");
        }
    }

    public String contentText() {
        return activity + "\n" + title + "\n" + kind + "\n" + place + "\n"
                + risks.stream().sorted().toList() + "\n" + continuity + "\n" + time + "\n" + priority + "\n" + lines
                + "\n" + leastPeople + "\n" + leaderSkill;
    }
}
