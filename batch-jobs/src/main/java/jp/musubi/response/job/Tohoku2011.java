package jp.musubi.response.job;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.common.store.ReferenceFile;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The scenario {@code tohoku-2011}: files of communities, hubs, needs and gifts, derived from the facts of damage by the
 * rule in docs/decisions/0010. The same size always gives the same files. They go through the same import as
 * everybody's files, and every name in them says 想定 (derived).
 */
public final class Tohoku2011 {

    /** The moment at which the scenario begins. */
    public static final Instant START = Instant.parse("2011-03-14T00:00:00Z");

    /** The earthquake. */
    private static final Instant QUAKE = Instant.parse("2011-03-11T05:46:18Z");

    private static final long SEED = 20110311;
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    /** How many rows of each kind. */
    public enum Size {
        DEMO(400, 3_000, 5_000),
        LARGE(2_000, 20_000, 100_000);

        private final int communities;
        private final int needs;
        private final int lots;

        Size(int communities, int needs, int lots) {
            this.communities = communities;
            this.needs = needs;
            this.lots = lots;
        }

        public int communities() {
            return communities;
        }

        public int needs() {
            return needs;
        }

        public int lots() {
            return lots;
        }
    }

    /**
     * One file of the scenario.
     *
     * @param kind what {@code import} calls it
     */
    public record ScenarioFile(String kind, Path path) {}

    /** Tells how far a point is from land. */
    @FunctionalInterface
    public interface Land {
        /** Metres to the nearest land, 0 on land. */
        double metresToLand(double latitude, double longitude);
    }

    private record Town(
            String code, String name, double lat, double lon, double spreadKm, double sheltered, double atHome) {}

    private record Community(
            String id,
            String name,
            String kind,
            Town town,
            double lat,
            double lon,
            long people,
            boolean counted,
            long capacity) {}

    private record Goods(
            String code,
            String unit,
            double perPerson,
            double weight,
            int priority,
            double supply,
            OptionalInt shelfLifeDays,
            boolean coldChain,
            long box) {}

    private record Hub(String id, double lat, double lon, double weight) {}

    private static final CSVFormat CSV = CSVFormat.RFC4180;

    /** People of a destroyed house: 2.6 to a household, 70 % of them in shelters, 10 % at home of others. */
    private static final double SHELTERED_PER_DESTROYED = 2.6 * 0.7;

    private static final double AT_HOME_PER_DESTROYED = 2.6 * 0.1;

    /** People of a damaged house: 15 % in shelters, 12 % at home without supply. */
    private static final double SHELTERED_PER_DAMAGED = 2.6 * 0.15;

    private static final double AT_HOME_PER_DAMAGED = 2.6 * 0.12;

    /** Of the municipalities that took part in the union's reconstruction work early on; each has an office. */
    private static final List<String> OFFICES =
            List.of("03503", "03461", "03211", "03203", "04205", "04212", "04606", "04202", "04361");

    private final Size size;
    private final Land land;
    private final Random random;
    private final List<Town> towns;
    private final List<Goods> goods;
    private final List<Hub> hubs;

    private Tohoku2011(Size size, Land land) {
        this.size = size;
        this.land = land;
        this.random = new Random(SEED + size.lots());
        this.towns = towns();
        this.goods = goods();
        this.hubs = hubs();
    }

    /** Writes the files into the folder, in the order in which they have to be imported. */
    public static List<ScenarioFile> write(Size size, Path folder, Land land) throws IOException {
        return new Tohoku2011(size, land).write(folder);
    }

    private List<ScenarioFile> write(Path folder) throws IOException {
        List<Community> communities = communities();
        List<List<String>> needs = needs(communities);
        List<ScenarioFile> files = new ArrayList<>();
        files.add(file(folder, "hubs", hubRows()));
        files.add(file(folder, "communities", communityRows(communities)));
        files.add(file(folder, "needs", needs));
        files.add(file(folder, "donations", donations(needs)));
        return files;
    }

    private static ScenarioFile file(Path folder, String kind, List<List<String>> rows) throws IOException {
        Path path = folder.resolve(kind + ".csv");
        try (Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
                CSVPrinter printer = new CSVPrinter(out, CSV)) {
            printer.printRecords(rows);
        }
        return new ScenarioFile(kind, path);
    }

    // ---- Facts -----------------------------------------------------------------------------------------------------

    private static List<Town> towns() {
        Map<String, CSVRecord> municipalities = ReferenceFile.read("tohoku/municipalities.csv").rows().stream()
                .collect(Collectors.toMap(row -> row.get("code"), row -> row, (a, b) -> a, LinkedHashMap::new));
        List<Town> towns = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (CSVRecord row : ReferenceFile.read("tohoku/damage-2011.csv").rows()) {
            double destroyed = number(row.get("houses_destroyed"));
            double damaged = number(row.get("houses_half_or_partial"));
            double sheltered = Math.floor(destroyed * SHELTERED_PER_DESTROYED + damaged * SHELTERED_PER_DAMAGED);
            double atHome = Math.floor(destroyed * AT_HOME_PER_DESTROYED + damaged * AT_HOME_PER_DAMAGED);
            CSVRecord municipality = municipalities.get(row.get("code"));
            if (municipality != null && sheltered >= 20) {
                towns.add(town(municipality, sheltered, atHome));
                known.add(row.get("code"));
            }
        }
        for (String code : OFFICES) {
            CSVRecord municipality = municipalities.get(code);
            if (municipality != null && known.add(code)) {
                towns.add(town(municipality, 0, 0));
            }
        }
        return towns;
    }

    private static Town town(CSVRecord row, double sheltered, double atHome) {
        boolean centred = !row.get("centre_lat").isEmpty();
        return new Town(
                row.get("code"),
                row.get("name_ja"),
                Double.parseDouble(row.get(centred ? "centre_lat" : "lat")),
                Double.parseDouble(row.get(centred ? "centre_lon" : "lon")),
                Math.min(6, 1.2 + StrictMath.sqrt(sheltered) / 40),
                sheltered,
                atHome);
    }

    private static double number(String text) {
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }

    private static List<Goods> goods() {
        Map<String, CSVRecord> items = ReferenceFile.read("catalog/items.csv").rows().stream()
                .collect(Collectors.toMap(row -> row.get("code"), row -> row));
        Map<String, Long> boxes = new HashMap<>();
        for (CSVRecord row : ReferenceFile.read("catalog/item_units.csv").rows()) {
            if (row.get("unit").equals("box") && row.get("per_units").equals("1")) {
                boxes.put(row.get("item"), Long.valueOf(row.get("base_units")));
            }
        }
        return ReferenceFile.readFrom("/scenario/tohoku-2011-items.csv").rows().stream()
                .map(row -> {
                    String code = row.get("item");
                    CSVRecord item = Optional.ofNullable(items.get(code))
                            .orElseThrow(() -> new IllegalStateException("The catalogue has no item " + code + "."));
                    String shelfLife = item.get("shelf_life_days");
                    return new Goods(
                            code,
                            item.get("base_unit"),
                            Double.parseDouble(row.get("per_person")),
                            Double.parseDouble(row.get("weight")),
                            Integer.parseInt(row.get("priority")),
                            Double.parseDouble(row.get("supply")),
                            shelfLife.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(shelfLife)),
                            Boolean.parseBoolean(item.get("cold_chain")),
                            boxes.getOrDefault(code, 1L));
                })
                .toList();
    }

    private static List<Hub> hubs() {
        return ReferenceFile.read("tohoku/hubs.csv").rows().stream()
                .map(row -> new Hub(
                        row.get("hub_id"),
                        Double.parseDouble(row.get("lat")),
                        Double.parseDouble(row.get("lon")),
                        row.get("basis").contains("prefectur") ? 3 : 1))
                .toList();
    }

    private static List<List<String>> hubRows() {
        ReferenceFile file = ReferenceFile.read("tohoku/hubs.csv");
        List<List<String>> rows = new ArrayList<>();
        rows.add(file.rows().get(0).getParser().getHeaderNames());
        file.rows().forEach(row -> rows.add(row.toList()));
        return rows;
    }

    // ---- Communities -----------------------------------------------------------------------------------------------

    private List<Community> communities() {
        List<Community> communities = new ArrayList<>();
        int[] shares = shares(
                towns.stream()
                        .map(town -> StrictMath.pow(town.sheltered() + town.atHome(), 0.8))
                        .toList(),
                size.communities());
        for (int i = 0; i < shares.length; i++) {
            addCommunities(communities, towns.get(i), shares[i]);
        }
        return communities;
    }

    private void addCommunities(List<Community> communities, Town town, int count) {
        boolean hasOffice = OFFICES.contains(town.code());
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
            Town town,
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
    private double[] pointOnLand(Town town, Set<Long> taken) {
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

    private List<List<String>> communityRows(List<Community> communities) {
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
        Random ages = new Random(SEED + 100 + size.lots());
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
                    degrees(community.lat()),
                    degrees(community.lon()),
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

    // ---- Needs -----------------------------------------------------------------------------------------------------

    private List<List<String>> needs(List<Community> communities) {
        // From one place in seven there is no word yet; offices ask for little.
        List<Community> heard = communities.stream()
                .filter(community -> random.nextDouble() >= 0.14)
                .toList();
        int[] shares = shares(
                heard.stream()
                        .map(community -> (community.kind().equals("coop_office") ? 0.3 : 1)
                                * StrictMath.pow((double) community.people(), 0.25))
                        .toList(),
                size.needs());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "need_id",
                "community_id",
                "item",
                "quantity",
                "unit",
                "priority",
                "needed_by",
                "reported_at",
                "source"));
        int number = 0;
        for (int i = 0; i < heard.size(); i++) {
            Community community = heard.get(i);
            // One visit, one word: what a community says about its items is of one time.
            Instant visit = between(QUAKE.plus(Duration.ofHours(6)), START.minus(Duration.ofMinutes(20)));
            boolean assessed = random.nextDouble() < 0.4;
            for (Goods item : pick(shares[i])) {
                number++;
                long quantity =
                        Math.max(1, round(community.people() * item.perPerson() * (0.4 + 0.9 * random.nextDouble())));
                int priority = Math.max(
                        1,
                        Math.min(
                                4,
                                item.priority() + (random.nextInt(4) == 0 ? 1 : 0) - (random.nextInt(6) == 0 ? 1 : 0)));
                rows.add(List.of(
                        "N-" + String.format(Locale.ROOT, "%05d", number),
                        community.id(),
                        item.code(),
                        Long.toString(quantity),
                        item.unit(),
                        Integer.toString(priority),
                        deadline(priority),
                        time(visit),
                        assessed ? "assessment" : "request"));
            }
        }
        return rows;
    }

    private List<Goods> pick(int count) {
        return goods.stream()
                // Weighted sampling without replacement (Efraimidis and Spirakis 2006).
                .map(item -> Map.entry(item, StrictMath.log(1 - random.nextDouble()) / item.weight()))
                .sorted(Map.Entry.<Goods, Double>comparingByValue(Comparator.reverseOrder()))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }

    private String deadline(int priority) {
        int[][] hours = {{10, 24}, {20, 60}, {48, 120}, {96, 240}};
        if (priority >= 3 && random.nextDouble() < 0.4) {
            return "";
        }
        int[] range = hours[priority - 1];
        int inHours = range[0] + random.nextInt(range[1] - range[0] + 1);
        return time(START.plus(Duration.ofHours(inHours)));
    }

    // ---- Gifts -----------------------------------------------------------------------------------------------------

    private List<List<String>> donations(List<List<String>> needs) {
        Map<String, Long> asked = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        needs.stream().skip(1).forEach(row -> {
            asked.merge(row.get(2), Long.valueOf(row.get(3)), Long::sum);
            lines.merge(row.get(2), 1, Integer::sum);
        });
        int[] shares = shares(
                goods.stream()
                        .map(item -> lines.getOrDefault(item.code(), 1) * StrictMath.sqrt(item.supply()))
                        .toList(),
                size.lots());
        List<String> prefectures = ReferenceFile.readFrom("/scenario/prefectures.csv").rows().stream()
                .map(row -> row.get("name_ja"))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "lot_id",
                "item",
                "quantity",
                "unit",
                "lat",
                "lon",
                "hub_id",
                "donor",
                "available_from",
                "expires_at",
                "pack_size",
                "cold_chain"));
        int number = 0;
        for (int i = 0; i < goods.size(); i++) {
            Goods item = goods.get(i);
            double[] weights = new double[shares[i]];
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                weights[k] = StrictMath.exp(random.nextGaussian());
                sum += weights[k];
            }
            double total = item.supply() * (double) asked.getOrDefault(item.code(), 100L);
            for (double weight : weights) {
                number++;
                rows.add(donation(number, item, Math.max(1, round(total * weight / sum)), prefectures));
            }
        }
        return rows;
    }

    private List<String> donation(int number, Goods item, long wanted, List<String> prefectures) {
        boolean boxed = item.box() > 1 && wanted >= item.box() * 2;
        long quantity = boxed ? wanted / item.box() * item.box() : wanted;
        Instant available = random.nextDouble() < 0.6
                ? between(START.minus(Duration.ofHours(48)), START)
                : between(START.plus(Duration.ofHours(1)), START.plus(Duration.ofDays(5)));
        String expires = "";
        if (item.shelfLifeDays().isPresent()) {
            double left = 0.3 + 0.65 * random.nextDouble();
            Instant from = available.isAfter(START) ? available : START;
            expires = time(from.plus(Duration.ofMinutes(
                    Math.max(180, Math.round(item.shelfLifeDays().getAsInt() * 24 * 60 * left)))));
        }
        String donor = prefectures.get(random.nextInt(prefectures.size())) + " 想定寄付者 "
                + (1 + random.nextInt(size.lots() / 10));
        boolean atHub = random.nextDouble() < 0.88;
        Hub hub = pickHub();
        Town town = towns.get(random.nextInt(towns.size()));
        return List.of(
                "L-" + String.format(Locale.ROOT, "%06d", number),
                item.code(),
                Long.toString(quantity),
                item.unit(),
                degrees(atHub ? hub.lat() : town.lat()),
                degrees(atHub ? hub.lon() : town.lon()),
                atHub ? hub.id() : "",
                donor,
                time(available),
                expires,
                boxed ? Long.toString(item.box()) : "",
                item.coldChain() ? "true" : "false");
    }

    private Hub pickHub() {
        double at = random.nextDouble() * hubs.stream().mapToDouble(Hub::weight).sum();
        for (Hub hub : hubs) {
            at -= hub.weight();
            if (at < 0) {
                return hub;
            }
        }
        return hubs.get(hubs.size() - 1);
    }

    // ---- Numbers ---------------------------------------------------------------------------------------------------

    /** Splits {@code total} in proportion to the weights, at least 1 each, by largest remainders. */
    static int[] shares(List<Double> weights, int total) {
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        int spread = total - weights.size();
        int[] shares = new int[weights.size()];
        double[] rest = new double[weights.size()];
        int given = 0;
        for (int i = 0; i < shares.length; i++) {
            double exact = spread * weights.get(i) / sum;
            shares[i] = 1 + (int) exact;
            rest[i] = exact - (int) exact;
            given += shares[i];
        }
        List<Integer> byRest = new ArrayList<>();
        for (int i = 0; i < rest.length; i++) {
            byRest.add(i);
        }
        byRest.sort(Comparator.<Integer>comparingDouble(i -> -rest[i]).thenComparing(i -> i));
        for (int i = 0; i < total - given; i++) {
            shares[byRest.get(i % byRest.size())]++;
        }
        return shares;
    }

    /** People say round numbers: two digits that count. */
    private static long round(double value) {
        double step = 1;
        while (value / step >= 100) {
            step *= 10;
        }
        return Math.round(Math.rint(value / step) * step);
    }

    private Instant between(Instant from, Instant to) {
        long minutes = Duration.between(from, to).toMinutes();
        return from.plus(Duration.ofMinutes((long) (random.nextDouble() * minutes)));
    }

    private static String degrees(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }

    private static String time(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                OffsetDateTime.ofInstant(instant, TOKYO).withSecond(0).withNano(0));
    }
}
