package jp.musubi.response.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import jp.musubi.response.job.Tohoku2011.Land;
import jp.musubi.response.job.Tohoku2011.Size;

/** Derives shelters, people at home, facilities and offices of the co-operative from the damage of each town. */
final class ScenarioCommunities {

    record Community(
            String id,
            String name,
            String kind,
            ScenarioFacts.Town town,
            double lat,
            double lon,
            long people,
            boolean counted,
            long capacity) {}

    private final List<ScenarioFacts.Town> towns;
    private final Size size;
    private final Land land;
    private final Random random;

    ScenarioCommunities(List<ScenarioFacts.Town> towns, Size size, Land land, Random random) {
        this.towns = towns;
        this.size = size;
        this.land = land;
        this.random = random;
    }

    List<Community> derive() {
        List<Community> communities = new ArrayList<>();
        int[] shares = ScenarioNumbers.shares(
                towns.stream()
                        .map(town -> StrictMath.pow(town.sheltered() + town.atHome(), 0.8))
                        .toList(),
                size.communities());
        for (int i = 0; i < shares.length; i++) {
            addCommunities(communities, towns.get(i), shares[i]);
        }
        return communities;
    }

    private void addCommunities(List<Community> communities, ScenarioFacts.Town town, int count) {
        boolean hasOffice = ScenarioFacts.OFFICES.contains(town.code());
        int office = hasOffice ? 1 : 0;
        int homes = town.atHome() >= 20 ? (int) Math.round((count - office) * 0.2) : 0;
        int facilities = (int) Math.round((count - office) * 0.07);
        int shelters = Math.max(0, count - office - homes - facilities);
        if (town.sheltered() == 0) {
            shelters = 0;
            homes = 0;
            facilities = 0;
        }
        Set<Long> taken = new HashSet<>();
        int undesignated = shelters / 5;
        addKind(communities, taken, town, "shelter", "想定避難所", shelters - undesignated, town.sheltered() * 0.8);
        addKind(communities, taken, town, "undesignated_shelter", "想定自主避難所", undesignated, town.sheltered() * 0.16);
        addKind(communities, taken, town, "home", "想定在宅避難", homes, town.atHome());
        addKind(communities, taken, town, "facility", "想定福祉施設", facilities, town.sheltered() * 0.04);
        addKind(communities, taken, town, "coop_office", "想定協同組合事業所", office, office * 12.0);
    }

    private void addKind(
            List<Community> communities,
            Set<Long> taken,
            ScenarioFacts.Town town,
            String kind,
            String noun,
            int count,
            double people) {
        double[] weights = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            // Few places hold many people and many hold few.
            weights[i] = StrictMath.exp(Math.max(-1.8, Math.min(1.6, random.nextGaussian())) * 0.7);
            sum += weights[i];
        }
        for (int i = 0; i < count; i++) {
            long here = Math.max(6, Math.round(people * weights[i] / sum));
            double[] point = pointOnLand(town, taken);
            long capacity =
                    kind.equals("shelter") ? Math.max(50, Math.round(here * (0.6 + random.nextDouble()) / 10) * 10) : 0;
            communities.add(new Community(
                    "C-" + town.code() + "-" + kind.substring(0, 1).toUpperCase(Locale.ROOT) + (i + 1),
                    town.name() + " " + noun + " " + (i + 1),
                    kind,
                    town,
                    point[0],
                    point[1],
                    here,
                    random.nextDouble() >= 0.12,
                    capacity));
        }
    }

    /** A point near the town's centre, on land and with no other within about 100 m. */
    private double[] pointOnLand(ScenarioFacts.Town town, Set<Long> taken) {
        double kmPerDegree = 111.2;
        double spread = town.spreadKm();
        for (int attempt = 0; attempt < 400; attempt++) {
            double lat = town.lat() + random.nextGaussian() * spread / 2 / kmPerDegree;
            double lon = town.lon()
                    + random.nextGaussian()
                            * spread
                            / 2
                            / kmPerDegree
                            / StrictMath.cos(StrictMath.toRadians(town.lat()));
            lat = Math.round(lat * 1e5) / 1e5;
            lon = Math.round(lon * 1e5) / 1e5;
            long cell = Math.round(lat * 1000) * 1_000_000 + Math.round(lon * 1000);
            if (land.metresToLand(lat, lon) == 0 && taken.add(cell)) {
                return new double[] {lat, lon};
            }
            if (attempt % 50 == 49) {
                spread *= 1.3;
            }
        }
        throw new IllegalStateException("No place on land was found near " + town.name() + ".");
    }

    List<List<String>> rows(List<Community> communities) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "community_id",
                "name",
                "kind",
                "municipality_code",
                "lat",
                "lon",
                "people",
                "children",
                "infants",
                "elderly",
                "capacity",
                "max_vehicle_width_m",
                "contact"));
        Random ages = new Random(Tohoku2011.SEED + 100 + size.lots());
        for (Community community : communities) {
            long people = community.people();
            boolean facility = community.kind().equals("facility");
            boolean detailed = community.counted() && ages.nextDouble() < 0.6;
            double elderly = facility ? 0.9 : 0.2 + 0.2 * ages.nextDouble();
            double children = facility ? 0 : 0.08 + 0.08 * ages.nextDouble();
            double infants = facility ? 0 : 0.03 * ages.nextDouble();
            double width = ages.nextDouble();
            rows.add(List.of(
                    community.id(),
                    community.name(),
                    community.kind(),
                    community.town().code(),
                    ScenarioNumbers.degrees(community.lat()),
                    ScenarioNumbers.degrees(community.lon()),
                    community.counted() ? Long.toString(people) : "",
                    detailed ? Long.toString(Math.round(people * children)) : "",
                    detailed ? Long.toString(Math.round(people * infants)) : "",
                    detailed ? Long.toString(Math.round(people * elderly)) : "",
                    community.capacity() > 0 ? Long.toString(community.capacity()) : "",
                    width < 0.1 ? "2.0" : width < 0.25 ? "2.3" : "",
                    ""));
        }
        return rows;
    }
}
