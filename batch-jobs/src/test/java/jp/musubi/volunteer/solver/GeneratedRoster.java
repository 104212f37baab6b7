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
import jp.musubi.volunteer.HalfDay;
import jp.musubi.volunteer.HeldSkill;
import jp.musubi.volunteer.RosterPolicy;
import jp.musubi.volunteer.RosterProblem;
import jp.musubi.volunteer.RosterProblem.Candidate;
import jp.musubi.volunteer.RosterProblem.OpenShift;
import jp.musubi.volunteer.SeatLine;
import jp.musubi.volunteer.ShiftId;
import jp.musubi.volunteer.ShiftTime;
import jp.musubi.volunteer.Skill;
import jp.musubi.volunteer.VolunteerId;

/**
 * A made-up response from a seed: towns along a coast, volunteers who live around them and in the cities inland, one in
 * four in a team, each free on some days; activities of all kinds at the towns, with shifts over the days.
 */
final class GeneratedRoster {

    static final LocalDate FIRST = LocalDate.of(2011, 3, 20);

    private static final List<Skill> COMMON = List.of(
            Skill.DEBRIS, Skill.CLEANING, Skill.SORTING, Skill.CAR, Skill.COOKING, Skill.LISTENING, Skill.CHILDCARE);
    private static final List<Skill> RARE =
            List.of(Skill.CARE, Skill.NURSING, Skill.FORKLIFT, Skill.LARGE_TRUCK, Skill.INTERPRETING, Skill.LEADING);

    private GeneratedRoster() {}

    static RosterProblem of(int people, int shifts, int days, long seed) {
        Random random = new Random(seed);
        List<Position> towns = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            towns.add(new Position(
                    37.6 + 2.6 * i / 40 + 0.02 * random.nextGaussian(), 141.2 + 0.5 * random.nextDouble()));
        }
        List<Candidate> candidates = new ArrayList<>();
        Map<String, Availability> teamTimes = new TreeMap<>();
        Map<String, Position> teamHomes = new TreeMap<>();
        for (int p = 0; p < people; p++) {
            Optional<String> team = random.nextInt(4) == 0 ? Optional.of("T" + p / 5) : Optional.empty();
            Position home = around(towns.get(random.nextInt(towns.size())), 0.12, random);
            Availability free = availability(days, random);
            if (team.isPresent()) {
                // A team lives and comes together.
                home = teamHomes.computeIfAbsent(
                        team.get(), key -> around(towns.get(random.nextInt(40)), 0.12, random));
                free = teamTimes.computeIfAbsent(team.get(), key -> availability(days, random));
            }
            boolean minor = team.isEmpty() && random.nextInt(15) == 0;
            candidates.add(new Candidate(
                    new VolunteerId(p + 1),
                    team,
                    skills(random),
                    Optional.of(home),
                    20 + 10 * random.nextInt(5),
                    minor,
                    !minor || random.nextInt(5) > 0,
                    free,
                    Set.of(),
                    Set.of()));
        }
        List<OpenShift> open = new ArrayList<>();
        int activities = Math.max(1, shifts / 6);
        for (int s = 0; s < shifts; s++) {
            open.add(shift(s, s % activities, days, towns, new Random(seed * 31 + s % activities), random));
        }
        return new RosterProblem(RosterPolicy.STANDARD, candidates, open, List.of(), Set.of(), Set.of());
    }

    private static Position around(Position town, double spread, Random random) {
        return new Position(
                town.latitude() + spread * random.nextGaussian(), town.longitude() + spread * random.nextGaussian());
    }

    private static Availability availability(int days, Random random) {
        Map<LocalDate, Set<HalfDay>> free = new TreeMap<>();
        int from = random.nextInt(days);
        int length = 1 + random.nextInt(7);
        for (int d = from; d < Math.min(days, from + length); d++) {
            int kind = random.nextInt(10);
            free.put(
                    FIRST.plusDays(d),
                    kind < 8
                            ? EnumSet.allOf(HalfDay.class)
                            : EnumSet.of(kind == 8 ? HalfDay.MORNING : HalfDay.AFTERNOON));
        }
        return Availability.of(free);
    }

    private static List<HeldSkill> skills(Random random) {
        List<HeldSkill> skills = new ArrayList<>();
        for (Skill skill : COMMON) {
            if (random.nextInt(3) == 0) {
                skills.add(new HeldSkill(skill, 1 + random.nextInt(3), Optional.empty()));
            }
        }
        for (Skill skill : RARE) {
            if (random.nextInt(14) == 0) {
                skills.add(new HeldSkill(
                        skill,
                        1 + random.nextInt(3),
                        random.nextInt(4) == 0 ? Optional.of(FIRST.plusDays(random.nextInt(20))) : Optional.empty()));
            }
        }
        return skills;
    }

    private static OpenShift shift(
            int number, int activity, int days, List<Position> towns, Random ofActivity, Random random) {
        Position place = around(towns.get(ofActivity.nextInt(towns.size())), 0.03, ofActivity);
        int kind = ofActivity.nextInt(6);
        int priority = 1 + ofActivity.nextInt(4);
        int size = 2 + ofActivity.nextInt(9);
        LocalDate day = FIRST.plusDays((number / 7 + number) % days);
        int from = kind == 3 ? 7 * 60 : random.nextInt(4) == 0 ? 13 * 60 : 9 * 60;
        int to = kind == 3 ? 12 * 60 : from == 13 * 60 ? (random.nextInt(6) == 0 ? 21 * 60 : 17 * 60) : 16 * 60;
        List<SeatLine> lines = switch (kind) {
            case 0 -> List.of(new SeatLine(1, Optional.of(Skill.DEBRIS), 1, 2), anybody(2, size));
            case 1 -> List.of(anybody(1, size));
            case 2 -> List.of(new SeatLine(1, Optional.of(Skill.CARE), 1, 1), anybody(2, 2));
            case 3 ->
                List.of(
                        new SeatLine(1, Optional.of(Skill.FORKLIFT), 1, 1),
                        new SeatLine(2, Optional.of(Skill.SORTING), 1, 3),
                        anybody(3, size));
            case 4 -> List.of(new SeatLine(1, Optional.of(Skill.CAR), 1, 2));
            default -> List.of(new SeatLine(1, Optional.of(Skill.COOKING), 1, 2), anybody(2, size));
        };
        int seats = SeatLine.total(lines);
        return new OpenShift(
                new ShiftId(number + 1),
                new ActivityId(activity + 1),
                new ShiftTime(day, from, to),
                priority,
                kind == 0,
                kind == 2,
                Optional.of(place),
                lines,
                kind == 0 ? Math.min(3, seats) : 1,
                kind == 0 && ofActivity.nextInt(2) == 0 ? Optional.of(Skill.LEADING) : Optional.empty());
    }

    private static SeatLine anybody(int number, int seats) {
        return new SeatLine(number, Optional.empty(), 1, seats);
    }
}
