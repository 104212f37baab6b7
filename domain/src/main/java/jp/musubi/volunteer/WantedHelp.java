package jp.musubi.volunteer;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * More people who would fill open seats, as a roster stands: so many with a skill, in a municipality, on a day.
 *
 * @param skill empty = anybody
 * @param level the least level of the skill
 * @param people how many are needed for it
 * @param seats how many seats can be filled then; more than people where a shift takes place by them only
 * @param priority of the most urgent of these shifts, 1 urgent to 4 low
 * @param shifts of which shifts, most urgent first
 */
public record WantedHelp(
        String municipality,
        LocalDate day,
        Optional<Skill> skill,
        int level,
        int people,
        int seats,
        int priority,
        List<ShiftId> shifts) {

    public WantedHelp {
        shifts = List.copyOf(shifts);
    }

    /**
     * What is open on a shift.
     *
     * @param lines with how many seats of each are open, and why
     * @param taken how many people are there
     */
    public record OpenWork(
            ShiftId shift,
            String municipality,
            LocalDate day,
            int priority,
            int taken,
            int leastPeople,
            Optional<Skill> leaderSkill,
            List<OpenLine> lines) {

        public OpenWork {
            lines = List.copyOf(lines);
        }

        int open() {
            return lines.stream().mapToInt(OpenLine::open).sum();
        }
    }

    /** One line with open seats. */
    public record OpenLine(SeatLine line, int open, Optional<OpenSeatCause> cause) {}

    private record Want(Optional<Skill> skill, int level, int people, int seats) {}

    /** What would help, the most urgent and then what fills most for each person first. */
    public static List<WantedHelp> of(List<OpenWork> open) {
        Map<String, WantedHelp> found = new TreeMap<>();
        for (OpenWork work : open.stream()
                .sorted(Comparator.comparingInt(OpenWork::priority).thenComparing(OpenWork::shift))
                .toList()) {
            for (Want want : wants(work)) {
                String key = work.municipality() + " " + work.day() + " "
                        + want.skill().map(Skill::code).orElse("") + " " + want.level();
                WantedHelp one = new WantedHelp(
                        work.municipality(),
                        work.day(),
                        want.skill(),
                        want.level(),
                        want.people(),
                        want.seats(),
                        work.priority(),
                        List.of(work.shift()));
                found.merge(key, one, WantedHelp::and);
            }
        }
        return found.values().stream()
                .sorted(Comparator.comparingInt(WantedHelp::priority)
                        .thenComparing(help -> -(double) help.seats() / help.people())
                        .thenComparing(help -> -help.seats())
                        .thenComparing(WantedHelp::day)
                        .thenComparing(WantedHelp::municipality))
                .toList();
    }

    private WantedHelp and(WantedHelp other) {
        List<ShiftId> both = new ArrayList<>(shifts);
        other.shifts().stream().filter(shift -> !both.contains(shift)).forEach(both::add);
        return new WantedHelp(
                municipality,
                day,
                skill,
                level,
                people + other.people(),
                seats + other.seats(),
                Math.min(priority, other.priority()),
                both);
    }

    /** Empty where no one sentence would be true: a leader who needs a second skill to have a seat at all. */
    private static List<Want> wants(OpenWork work) {
        if (work.taken() >= work.leastPeople()) {
            return work.lines().stream()
                    .filter(each -> each.open() > 0)
                    .map(each -> new Want(each.line().skill(), each.line().level(), each.open(), each.open()))
                    .toList();
        }
        int found = work.lines().stream()
                .mapToInt(each -> found(each.cause().orElse(null)))
                .max()
                .orElse(0);
        int people = Math.max(1, work.leastPeople() - work.taken() - found);
        Optional<Skill> leader = work.leaderSkill();
        return work.lines().stream()
                .filter(each -> each.open() >= people
                        && (leader.isEmpty()
                                || each.line().skill().isEmpty()
                                || leader.equals(each.line().skill())))
                .max(Comparator.comparingInt(OpenLine::open))
                .map(each -> new Want(
                        leader.or(() -> each.line().skill()),
                        each.line().skill().isEmpty() ? 1 : each.line().level(),
                        people,
                        Math.min(work.open(), people + found)))
                .stream()
                .toList();
    }

    /** Those who could come, if only somebody led them or there were more of them. */
    private static int found(@Nullable OpenSeatCause cause) {
        if (cause instanceof OpenSeatCause.NoLeader leader) {
            return leader.free();
        }
        return cause instanceof OpenSeatCause.TooFewPeople few ? few.found() : 0;
    }
}
