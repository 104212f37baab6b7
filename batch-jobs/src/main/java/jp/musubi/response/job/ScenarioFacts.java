package jp.musubi.response.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.common.store.ReferenceFile;
import org.apache.commons.csv.CSVRecord;

/** What the scenario is derived from: the files under {@code reference} and {@code scenario}. */
final class ScenarioFacts {

    record Town(String code, String name, double lat, double lon, double spreadKm, double sheltered, double atHome) {}

    record Goods(
            String code,
            String unit,
            double perPerson,
            double weight,
            int priority,
            double supply,
            OptionalInt shelfLifeDays,
            boolean coldChain,
            long box) {}

    record Hub(String id, double lat, double lon, double weight) {}

    /** People of a destroyed house: 2.6 to a household, 70 % of them in shelters, 10 % at home of others. */
    private static final double SHELTERED_PER_DESTROYED = 2.6 * 0.7;

    private static final double AT_HOME_PER_DESTROYED = 2.6 * 0.1;

    /** People of a damaged house: 15 % in shelters, 12 % at home without supply. */
    private static final double SHELTERED_PER_DAMAGED = 2.6 * 0.15;

    private static final double AT_HOME_PER_DAMAGED = 2.6 * 0.12;

    /** Of the municipalities that took part in the union's reconstruction work early on; each has an office. */
    static final List<String> OFFICES =
            List.of("03503", "03461", "03211", "03203", "04205", "04212", "04606", "04202", "04361");

    private ScenarioFacts() {}

    static List<Town> towns() {
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

    static List<Goods> goods() {
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

    static List<Hub> hubs() {
        return ReferenceFile.read("tohoku/hubs.csv").rows().stream()
                .map(row -> new Hub(
                        row.get("hub_id"),
                        Double.parseDouble(row.get("lat")),
                        Double.parseDouble(row.get("lon")),
                        row.get("basis").contains("prefectur") ? 3 : 1))
                .toList();
    }

    static List<List<String>> hubRows() {
        ReferenceFile file = ReferenceFile.read("tohoku/hubs.csv");
        List<List<String>> rows = new ArrayList<>();
        rows.add(file.rows().get(0).getParser().getHeaderNames());
        file.rows().forEach(row -> rows.add(row.toList()));
        return rows;
    }
}
