package jp.musubi.volunteer;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.ledger.ActivityId;
import jp.musubi.place.Position;

/**
 * All there is to know for a roster.
 *
 * @param people in the order of their ids
 * @param shifts in the order of their ids
 * @param fixed what people decided and the roster keeps: who has confirmed, is at work, or was locked
 * @param bans who may not be put where
 * @param proposedBefore where an earlier roster had put people; a small reason to put them there again
 */
public record RosterProblem(
        RosterPolicy policy,
        List<Candidate> people,
        List<OpenShift> shifts,
        List<Seat> fixed,
        Set<Ban> bans,
        Set<Ban> proposedBefore) {

    public RosterProblem {
        people = List.copyOf(people);
        shifts = List.copyOf(shifts);
        fixed = List.copyOf(fixed);
        bans = Set.copyOf(bans);
        proposedBefore = Set.copyOf(proposedBefore);
    }

    /**
     * A volunteer as the roster sees one; no personal data but the home's position, which stays in memory.
     *
     * @param team people with the same team are kept together; empty = comes alone
     * @param home empty = nobody said; then any way is taken to be as long as the radius
     * @param radiusKm the longest way, by road
     * @param mayWork false for a minor without a guardian's consent
     * @param workedOn days of work that this roster cannot change, before, within or after it
     * @param knownTo activities at which the person has worked
     */
    public record Candidate(
            VolunteerId id,
            Optional<String> team,
            List<HeldSkill> skills,
            Optional<Position> home,
            int radiusKm,
            boolean minor,
            boolean mayWork,
            Availability availability,
            Set<LocalDate> workedOn,
            Set<ActivityId> knownTo) {

        public Candidate {
            skills = List.copyOf(skills);
            workedOn = Set.copyOf(workedOn);
            knownTo = Set.copyOf(knownTo);
        }
    }

    /**
     * A shift with seats to fill.
     *
     * @param priority 1 urgent to 4 low
     * @param risky minors are not put here
     * @param continuity the same person should come again
     * @param place empty = nobody knows; then any way is taken to be as long as the radius
     * @param leastPeople with fewer the shift does not take place
     * @param leaderSkill one of those who come must have it; empty = no leader needed
     */
    public record OpenShift(
            ShiftId id,
            ActivityId activity,
            ShiftTime time,
            int priority,
            boolean risky,
            boolean continuity,
            Optional<Position> place,
            List<SeatLine> lines,
            int leastPeople,
            Optional<Skill> leaderSkill) {

        public OpenShift {
            lines = List.copyOf(lines);
            if (priority < 1
                    || priority > 4
                    || lines.isEmpty()
                    || leastPeople < 1
                    || leastPeople > SeatLine.total(lines)) {
                throw new IllegalArgumentException("Shift " + id.value() + " has priority " + priority + ", "
                        + lines.size() + " lines and takes place with " + leastPeople + " people.");
            }
        }

        public int seats() {
            return SeatLine.total(lines);
        }
    }

    /** One person on one line of one shift. */
    public record Seat(VolunteerId person, ShiftId shift, int line) implements Comparable<Seat> {

        @Override
        public int compareTo(Seat other) {
            int byShift = shift.compareTo(other.shift);
            if (byShift != 0) {
                return byShift;
            }
            int byLine = Integer.compare(line, other.line);
            return byLine != 0 ? byLine : person.compareTo(other.person);
        }
    }

    /** A person and a shift. */
    public record Ban(VolunteerId person, ShiftId shift) {}
}
