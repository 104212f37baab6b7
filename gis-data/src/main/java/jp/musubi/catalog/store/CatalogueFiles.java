package jp.musubi.catalog.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.catalog.Dimension;
import jp.musubi.catalog.ExternalCode;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemGroup;
import jp.musubi.catalog.ItemId;
import jp.musubi.catalog.ItemUnit;
import jp.musubi.catalog.Substitute;
import jp.musubi.catalog.Sureness;
import jp.musubi.catalog.Unit;
import jp.musubi.common.store.ReferenceFile;
import org.apache.commons.csv.CSVRecord;

/**
 * The catalogue that ships with the program: {@code reference/catalog/*.csv}. Its items have no id yet; here they are
 * numbered in the order of the file.
 */
public final class CatalogueFiles {

    private final Map<String, Unit> units = new LinkedHashMap<>();
    private final List<Item> items = new ArrayList<>();
    private final List<Substitute> substitutes = new ArrayList<>();
    private final String contentHash;

    private CatalogueFiles() {
        List<ReferenceFile> files = new ArrayList<>();
        files.add(ReferenceFile.read("catalog/units.csv"));
        files.get(0).rows().forEach(row -> units.put(row.get("code"), unit(row)));
        ReferenceFile names = keep(files, "catalog/item_names.csv");
        ReferenceFile packs = keep(files, "catalog/item_units.csv");
        ReferenceFile codes = keep(files, "catalog/item_codes.csv");
        Map<String, List<CSVRecord>> namesOf = byItem(names);
        Map<String, List<CSVRecord>> packsOf = byItem(packs);
        Map<String, List<CSVRecord>> codesOf = byItem(codes);
        for (CSVRecord row : keep(files, "catalog/items.csv").rows()) {
            String code = row.get("code");
            items.add(item(
                    row,
                    namesOf.getOrDefault(code, List.of()),
                    packsOf.getOrDefault(code, List.of()),
                    codesOf.getOrDefault(code, List.of())));
        }
        keep(files, "catalog/item_substitutes.csv").rows().forEach(row -> substitutes.add(substitute(row)));
        contentHash = files.stream().map(ReferenceFile::contentHash).collect(Collectors.joining(","));
    }

    public static CatalogueFiles read() {
        return new CatalogueFiles();
    }

    public List<Unit> units() {
        return List.copyOf(units.values());
    }

    public List<Item> items() {
        return List.copyOf(items);
    }

    public List<Substitute> substitutes() {
        return List.copyOf(substitutes);
    }

    /** Changes when any of the files changes. */
    String contentHash() {
        return ReferenceFile.hashOf(contentHash);
    }

    private static ReferenceFile keep(List<ReferenceFile> files, String name) {
        ReferenceFile file = ReferenceFile.read(name);
        files.add(file);
        return file;
    }

    private static Map<String, List<CSVRecord>> byItem(ReferenceFile file) {
        return file.rows().stream().collect(Collectors.groupingBy(row -> row.get("item")));
    }

    private static Unit unit(CSVRecord row) {
        Set<String> alsoWritten = Arrays.stream(row.get("also_written").split(";"))
                .filter(name -> !name.isBlank())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Unit(
                row.get("code"),
                row.get("ja"),
                row.get("en"),
                Dimension.valueOf(row.get("dimension").toUpperCase(Locale.ROOT)),
                alsoWritten);
    }

    private Unit unit(String code) {
        Unit unit = units.get(code);
        if (unit == null) {
            throw new IllegalStateException("reference/catalog/units.csv has no unit \"" + code + "\".");
        }
        return unit;
    }

    private Item item(CSVRecord row, List<CSVRecord> names, List<CSVRecord> packs, List<CSVRecord> codes) {
        return new Item(
                new ItemId(items.size() + 1L),
                new ItemCode(row.get("code")),
                row.get("ja"),
                row.get("kana"),
                row.get("en"),
                ItemGroup.valueOf(row.get("group").toUpperCase(Locale.ROOT)),
                Boolean.parseBoolean(row.get("push_item")),
                unit(row.get("base_unit")),
                packs.stream()
                        .map(pack -> new ItemUnit(
                                unit(pack.get("unit")),
                                Long.parseLong(pack.get("base_units")),
                                Long.parseLong(pack.get("per_units")),
                                sureness(pack.get("sureness"))))
                        .toList(),
                number(row.get("weight_g")),
                number(row.get("volume_cm3")),
                sureness(row.get("size_sureness")),
                row.get("shelf_life_days").isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(Integer.parseInt(row.get("shelf_life_days"))),
                Boolean.parseBoolean(row.get("cold_chain")),
                names.stream().map(name -> name.get("name")).collect(Collectors.toCollection(LinkedHashSet::new)),
                codes.stream()
                        .map(code ->
                                new ExternalCode(code.get("scheme"), code.get("code"), sureness(code.get("sureness"))))
                        .toList());
    }

    private static Substitute substitute(CSVRecord row) {
        return new Substitute(
                new ItemCode(row.get("item")),
                new ItemCode(row.get("substitute")),
                Long.parseLong(row.get("item_units")),
                Long.parseLong(row.get("substitute_units")),
                sureness(row.get("sureness")));
    }

    private static OptionalLong number(String text) {
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    private static Sureness sureness(String text) {
        return text.isEmpty() ? Sureness.EXACT : Sureness.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
