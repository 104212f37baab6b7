package jp.musubi.response.job;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import jp.musubi.response.job.Tohoku2011.Size;

/**
 * Derives volunteers and the shifts that need them, by the rule in docs/decisions/0028. Who they are is made up; where
 * work is follows from where people are.
 */
final class ScenarioVolunteers {

    private static final LocalDate FIRST_DAY = LocalDate.of(2011, 3, 14);
    private static final int DAYS = 14;
    private static final int SHIFTS_OF_AN_ACTIVITY = 6;

    /** Cities inland from which people come: Morioka, Sendai, Fukushima, Ichinoseki, Tono. */
    private static final double[][] CITIES = {
        {39.7036, 141.1527}, {38.2682, 140.8694}, {37.7608, 140.4748}, {38.9347, 141.1266}, {39.3300, 141.5330}
    };

    private static final String[] COMMON = {"debris", "cleaning", "sorting", "car", "cooking", "listening", "childcare"
    };
    private static final String[] RARE = {"care", "nursing", "forklift", "large-truck", "interpreting", "leading"};

    /** Kind, title, seats, risks and the least people of an activity; %d stands for how many. */
    private record Work(String kind, String title, String seats, String risks, int least, boolean atHub) {}

    private static final List<Work> WORKS = List.of(
            new Work("debris", "がれきの片付け", "debris=2; any=%d", "dust; sharp-objects", 3, false),
            new Work("cleaning", "泥出し・清掃", "any=%d", "", 2, false),
            new Work("care", "高齢者の見守り", "care=1; any=2", "", 1, false),
            new Work("sorting", "物資の仕分け", "forklift=1; sorting=2; any=%d", "", 2, true),
            new Work("driving", "送迎", "car=2", "traffic", 1, false),
            new Work("cooking", "炊き出し", "cooking=2; any=%d", "", 2, false),
            new Work("childcare", "子どもの遊び場", "childcare=1; any=2", "", 2, false));

    private final List<ScenarioFacts.Town> towns;
    private final List<ScenarioFacts.Hub> hubs;
    private final Size size;
    private final Random random;

    ScenarioVolunteers(List<ScenarioFacts.Town> towns, List<ScenarioFacts.Hub> hubs, Size size) {
        this.towns = towns;
        this.hubs = hubs;
        this.size = size;
        // A stream of its own: the files that were there before stay as they are.
        this.random = new Random(Tohoku2011.SEED + size.volunteers());
    }

    List<List<String>> volunteers() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "volunteer_id",
                "name",
                "lat",
                "lon",
                "radius_km",
                "skills",
                "languages",
                "team",
                "minor",
                "consent",
                "available"));
        String team = "";
        double[] teamHome = CITIES[0];
        String teamDays = "";
        for (int i = 1; i <= size.volunteers(); i++) {
            // Every fourth group of five is a team: it lives and comes together.
            boolean inTeam = (i - 1) / 5 % 4 == 3;
            if (inTeam && (i - 1) % 5 == 0) {
                team = "想定班" + String.format(Locale.ROOT, "%03d", (i - 1) / 20 + 1);
                teamHome = home();
                teamDays = days();
            }
            double[] at = inTeam ? teamHome : home();
            boolean minor = !inTeam && random.nextInt(20) == 0;
            rows.add(List.of(
                    "V-" + String.format(Locale.ROOT, "%05d", i),
                    "想定ボランティア" + String.format(Locale.ROOT, "%05d", i),
                    ScenarioNumbers.degrees(at[0] + 0.03 * random.nextGaussian()),
                    ScenarioNumbers.degrees(at[1] + 0.03 * random.nextGaussian()),
                    Integer.toString(30 + 15 * random.nextInt(7)),
                    skills(),
                    random.nextInt(12) == 0 ? "ja; en" : "ja",
                    inTeam ? team : "",
                    minor ? "yes" : "no",
                    minor ? "yes" : "no",
                    inTeam ? teamDays : days()));
        }
        return rows;
    }

    /** Half live in the towns that were hit, half in cities inland. */
    private double[] home() {
        if (random.nextBoolean()) {
            ScenarioFacts.Town town = towns.get(random.nextInt(towns.size()));
            return new double[] {town.lat(), town.lon()};
        }
        double[] city = CITIES[random.nextInt(CITIES.length)];
        return new double[] {city[0] + 0.05 * random.nextGaussian(), city[1] + 0.05 * random.nextGaussian()};
    }

    private String days() {
        int from = random.nextInt(DAYS);
        int to = Math.min(DAYS - 1, from + random.nextInt(7));
        String half = random.nextInt(8) == 0 ? (random.nextBoolean() ? " am" : " pm") : "";
        return FIRST_DAY.plusDays(from) + (from == to ? "" : ".." + FIRST_DAY.plusDays(to)) + half;
    }

    private String skills() {
        List<String> skills = new ArrayList<>();
        for (String skill : COMMON) {
            if (random.nextInt(3) == 0) {
                skills.add(skill);
            }
        }
        for (String skill : RARE) {
            if (random.nextInt(12) == 0) {
                skills.add(skill
                        + (random.nextInt(3) == 0 ? ":2" : "")
                        + (random.nextInt(5) == 0 ? "@" + FIRST_DAY.plusDays(random.nextInt(30)) : ""));
            }
        }
        return String.join("; ", skills);
    }

    List<List<String>> shifts(List<ScenarioCommunities.Community> communities) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "shift_id",
                "activity_id",
                "title",
                "kind",
                "community_id",
                "hub_id",
                "day",
                "from",
                "to",
                "seats",
                "least_people",
                "leader_skill",
                "risks",
                "continuity",
                "priority"));
        int number = 0;
        for (int activity = 1; number < size.shifts(); activity++) {
            Work work = WORKS.get(random.nextInt(WORKS.size()));
            String place = work.atHub()
                    ? hubs.get(random.nextInt(hubs.size())).id()
                    : communities.get(random.nextInt(communities.size())).id();
            int people = 2 + random.nextInt(7);
            int priority = 1 + random.nextInt(4);
            boolean afternoon = random.nextInt(4) == 0;
            String leader = work.kind().equals("debris") && random.nextBoolean() ? "leading" : "";
            int first = random.nextInt(DAYS);
            for (int i = 0; i < SHIFTS_OF_AN_ACTIVITY && number < size.shifts(); i++) {
                number++;
                rows.add(List.of(
                        "S-" + String.format(Locale.ROOT, "%04d", number),
                        "A-" + String.format(Locale.ROOT, "%03d", activity),
                        work.title() + "(想定)",
                        work.kind(),
                        work.atHub() ? "" : place,
                        work.atHub() ? place : "",
                        FIRST_DAY.plusDays((first + 2L * i) % DAYS).toString(),
                        afternoon ? "13:00" : "09:00",
                        afternoon ? "17:00" : "15:00",
                        String.format(Locale.ROOT, work.seats(), people),
                        Integer.toString(work.least()),
                        leader,
                        work.risks(),
                        work.kind().equals("care") ? "yes" : "no",
                        Integer.toString(priority)));
            }
        }
        return rows;
    }
}
