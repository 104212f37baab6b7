package jp.musubi.volunteer.solver;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import jp.musubi.ledger.ActivityId;
import jp.musubi.place.Position;
import jp.musubi.volunteer.Availability;
import jp.musubi.volunteer.Fitness;
import jp.musubi.volunteer.HalfDay;
import jp.musubi.volunteer.HeldSkill;
import jp.musubi.volunteer.RosterPolicy;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterProblem.Ban;
import jp.musubi.volunteer.RosterProblem.Candidate;
import jp.musubi.volunteer.RosterProblem.OpenShift;
import jp.musubi.volunteer.RosterProblem.Seat;
import jp.musubi.volunteer.SeatLine;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.ShiftTime;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.VolunteerId;

/** Problems small enough to try every roster. */
final class SmallRoster {

    static final LocalDate DAY = LocalDate.of(2011, 3, 20);

    private SmallRoster() {}

    static Seat seat(long person, long shift) {
        return new Seat(new VolunteerId(person), new ShiftId(shift), 1);
    }

    static SeatLine any(int seats) {
        return new SeatLine(1, Optional.empty(), 1, seats);
    }

    static SeatLine line(Skill skill, int seats) {
        return new SeatLine(1, Optional.of(skill), 1, seats);
    }

    static Availability allDays() {
        Map<LocalDate, Set<HalfDay>> days = new TreeMap<>();
        for (int d = 0; d < 8; d++) {
            days.put(DAY.plusDays(d), EnumSet.allOf(HalfDay.class));
        }
        return Availability.of(days);
    }

    static Candidate person(
            long id, Optional<String> team, List<HeldSkill> skills, double east, Availability free, int radius) {
        return new Candidate(
                new VolunteerId(id),
                team,
                skills,
                Optional.of(new Position(39, 141 + east)),
                radius,
                false,
                true,
                free,
                Set.of(),
                Set.of());
    }

    static OpenShift shift(long id, LocalDate day, int from, int to, int priority, List<SeatLine> lines) {
        return new OpenShift(
                new ShiftId(id),
                new ActivityId(id),
                new ShiftTime(day, from, to),
                priority,
                false,
                false,
                Optional.of(new Position(39, 141)),
                lines,
                1,
                Optional.empty());
    }

    /** Few people, few shifts, every rule somewhere. */
    static RosterProblem small(Random random) {
        RosterPolicy policy = new RosterPolicy(1, 2, 11 * 60, 1000, 2 + random.nextInt(3), 300, 50);
        int days = 3;
        List<Candidate> people = new ArrayList<>();
        for (int p = 1; p <= 4; p++) {
            Map<LocalDate, Set<HalfDay>> free = new TreeMap<>();
            for (int d = 0; d < days; d++) {
                if (random.nextInt(5) > 0) {
                    free.put(
                            DAY.plusDays(d),
                            random.nextInt(4) > 0 ? EnumSet.allOf(HalfDay.class) : EnumSet.of(HalfDay.AFTERNOON));
                }
            }
            List<HeldSkill> skills = new ArrayList<>();
            if (random.nextBoolean()) {
                skills.add(new HeldSkill(
                        Skill.CARE,
                        1 + random.nextInt(2),
                        random.nextInt(3) == 0 ? Optional.of(DAY.plusDays(random.nextInt(3))) : Optional.empty()));
            }
            if (random.nextInt(3) == 0) {
                skills.add(HeldSkill.of(Skill.LEADING));
            }
            boolean minor = random.nextInt(8) == 0;
            people.add(new Candidate(
                    new VolunteerId(p),
                    random.nextInt(3) == 0 ? Optional.of("T") : Optional.empty(),
                    skills,
                    Optional.of(new Position(39, 141 + 0.4 * random.nextDouble())),
                    20 + random.nextInt(40),
                    minor,
                    !minor || random.nextBoolean(),
                    Availability.of(free),
                    random.nextInt(6) == 0 ? Set.of(DAY.minusDays(1)) : Set.of(),
                    random.nextInt(4) == 0 ? Set.of(new ActivityId(1)) : Set.of()));
        }
        List<OpenShift> shifts = new ArrayList<>();
        for (int s = 1; s <= 4; s++) {
            List<SeatLine> lines = switch (random.nextInt(3)) {
                case 0 -> List.of(any(1 + random.nextInt(3)));
                case 1 -> List.of(line(Skill.CARE, 1), new SeatLine(2, Optional.empty(), 1, 1 + random.nextInt(2)));
                default -> List.of(new SeatLine(1, Optional.of(Skill.CARE), 2, 1 + random.nextInt(2)));
            };
            int seats = SeatLine.total(lines);
            boolean late = random.nextInt(3) == 0;
            shifts.add(new OpenShift(
                    new ShiftId(s),
                    new ActivityId(1 + random.nextInt(2)),
                    new ShiftTime(
                            DAY.plusDays(random.nextInt(days)), late ? 14 * 60 : 7 * 60, late ? 22 * 60 : 11 * 60),
                    1 + random.nextInt(4),
                    random.nextInt(3) == 0,
                    random.nextInt(3) == 0,
                    Optional.of(new Position(39, 141 + 0.2 * random.nextDouble())),
                    lines,
                    1 + random.nextInt(seats),
                    random.nextInt(4) == 0 ? Optional.of(Skill.LEADING) : Optional.empty()));
        }
        Set<Ban> bans = random.nextInt(3) == 0
                ? Set.of(new Ban(new VolunteerId(1 + random.nextInt(4)), new ShiftId(1 + random.nextInt(4))))
                : Set.of();
        Set<Ban> before = random.nextInt(3) == 0
                ? Set.of(new Ban(new VolunteerId(1 + random.nextInt(4)), new ShiftId(1 + random.nextInt(4))))
                : Set.of();
        RosterProblem free = new RosterProblem(policy, people, shifts, List.of(), bans, before);
        if (random.nextInt(3) > 0) {
            return free;
        }
        Seat fixed = new Seat(new VolunteerId(1 + random.nextInt(4)), new ShiftId(1 + random.nextInt(4)), 1);
        RosterProblem decided = new RosterProblem(policy, people, shifts, List.of(fixed), bans, before);
        return Fitness.listConflicts(decided).isEmpty() ? decided : free;
    }
}
