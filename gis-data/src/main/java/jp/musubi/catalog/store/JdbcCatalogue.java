package jp.musubi.catalog.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.catalog.Catalogue;
import jp.musubi.catalog.Dimension;
import jp.musubi.catalog.ExternalCode;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.ItemCode;
import jp.musubi.catalog.ItemGroup;
import jp.musubi.catalog.ItemId;
import jp.musubi.catalog.ItemUnit;
import jp.musubi.catalog.Substitute;
import jp.musubi.catalog.Sureness;
import jp.musubi.catalog.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The catalogue in the database, read as a whole and kept in memory until its token changes. */
@Component
public class JdbcCatalogue implements Catalogue {

    private final JdbcClient jdbc;
    private volatile Cached cached = new Cached("", new ItemCatalogue(List.of(), List.of()));

    /** A token is never used twice, so that what was read in a transaction that is rolled back is read again. */
    private record Cached(String token, ItemCatalogue catalogue) {}

    JdbcCatalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public ItemCatalogue current() {
        Cached known = cached;
        String token = jdbc.sql("SELECT token FROM catalogue_state WHERE id = 1")
                .query(String.class)
                .single();
        if (!known.token().equals(token)) {
            known = new Cached(token, readAll());
            cached = known;
        }
        return known.catalogue();
    }

    /** All units anything is counted in, by code. */
    public Map<String, Unit> units() {
        Map<String, Unit> units = new LinkedHashMap<>();
        jdbc.sql("SELECT code, ja, en, dimension, also_written FROM unit_of_measure ORDER BY code")
                .query((row, n) -> new Unit(
                        row.getString("code"),
                        row.getString("ja"),
                        row.getString("en"),
                        Dimension.valueOf(row.getString("dimension")),
                        Arrays.stream(row.getString("also_written").split(";"))
                                .filter(name -> !name.isBlank())
                                .collect(Collectors.toCollection(LinkedHashSet::new))))
                .list()
                .forEach(unit -> units.put(unit.code(), unit));
        return units;
    }

    private ItemCatalogue readAll() {
        Map<String, Unit> units = units();
        Map<Long, Set<String>> names = new HashMap<>();
        jdbc.sql("SELECT item_id, name FROM item_name ORDER BY item_id, name").query(row -> {
            names.computeIfAbsent(row.getLong(1), id -> new LinkedHashSet<>()).add(row.getString(2));
        });
        Map<Long, List<ItemUnit>> packs = new HashMap<>();
        jdbc.sql(
                        "SELECT item_id, unit_code, base_units, per_units, sureness FROM item_unit ORDER BY item_id, unit_code")
                .query(row -> {
                    packs.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                            .add(new ItemUnit(
                                    unit(units, row.getString(2)),
                                    row.getLong(3),
                                    row.getLong(4),
                                    Sureness.valueOf(row.getString(5))));
                });
        Map<Long, List<ExternalCode>> codes = new HashMap<>();
        jdbc.sql("SELECT item_id, scheme, code, sureness FROM item_code ORDER BY item_id, scheme, code")
                .query(row -> {
                    codes.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                            .add(new ExternalCode(
                                    row.getString(2), row.getString(3), Sureness.valueOf(row.getString(4))));
                });
        List<Item> items = jdbc.sql("""
                        SELECT id, code, ja, kana, en, item_group, push_item, base_unit, weight_g, volume_cm3,
                               size_sureness, shelf_life_days, cold_chain
                        FROM item ORDER BY place_in_list, code""")
                .query((row, n) -> item(row, units, names, packs, codes))
                .list();
        List<Substitute> substitutes = jdbc.sql("""
                        SELECT i.code, s.code, x.item_units, x.substitute_units, x.sureness
                        FROM item_substitute x JOIN item i ON i.id = x.item_id JOIN item s ON s.id = x.substitute_id
                        ORDER BY i.place_in_list, s.place_in_list, s.code""")
                .query((row, n) -> new Substitute(
                        new ItemCode(row.getString(1)),
                        new ItemCode(row.getString(2)),
                        row.getLong(3),
                        row.getLong(4),
                        Sureness.valueOf(row.getString(5))))
                .list();
        return new ItemCatalogue(items, substitutes);
    }

    private static Item item(
            ResultSet row,
            Map<String, Unit> units,
            Map<Long, Set<String>> names,
            Map<Long, List<ItemUnit>> packs,
            Map<Long, List<ExternalCode>> codes)
            throws SQLException {
        long id = row.getLong("id");
        return new Item(
                new ItemId(id),
                new ItemCode(row.getString("code")),
                row.getString("ja"),
                row.getString("kana"),
                row.getString("en"),
                ItemGroup.valueOf(row.getString("item_group")),
                row.getBoolean("push_item"),
                unit(units, row.getString("base_unit")),
                packs.getOrDefault(id, List.of()),
                optionalLong(row.getObject("weight_g", Long.class)),
                optionalLong(row.getObject("volume_cm3", Long.class)),
                Sureness.valueOf(row.getString("size_sureness")),
                optionalInt(row.getObject("shelf_life_days", Integer.class)),
                row.getBoolean("cold_chain"),
                names.getOrDefault(id, Set.of()),
                codes.getOrDefault(id, List.of()));
    }

    private static Unit unit(Map<String, Unit> units, String code) {
        return Optional.ofNullable(units.get(code))
                .orElseThrow(() -> new IllegalStateException("There is no unit \"" + code + "\"."));
    }

    private static OptionalLong optionalLong(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalInt optionalInt(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** Stores a unit, new or changed. */
    @Transactional
    public void store(Unit unit) {
        String alsoWritten = unit.alsoWritten().stream().sorted().collect(Collectors.joining(";"));
        int changed = jdbc.sql(
                        "UPDATE unit_of_measure SET ja = ?, en = ?, dimension = ?, also_written = ? WHERE code = ?")
                .params(unit.ja(), unit.en(), unit.dimension().name(), alsoWritten, unit.code())
                .update();
        if (changed == 0) {
            jdbc.sql("INSERT INTO unit_of_measure (code, ja, en, dimension, also_written) VALUES (?, ?, ?, ?, ?)")
                    .params(unit.code(), unit.ja(), unit.en(), unit.dimension().name(), alsoWritten)
                    .update();
        }
        touch();
    }

    /**
     * Stores an item under its code, new or changed; {@code item.id()} is ignored.
     *
     * @param placeInList where it stands among the others
     */
    @Transactional
    public ItemId store(Item item, Origin origin, int placeInList) {
        @Nullable
        Long weight = item.weightGrams().isPresent() ? item.weightGrams().getAsLong() : null;
        @Nullable
        Long volume = item.volumeCubicCentimetres().isPresent()
                ? item.volumeCubicCentimetres().getAsLong()
                : null;
        @Nullable
        Integer shelfLife =
                item.shelfLifeDays().isPresent() ? item.shelfLifeDays().getAsInt() : null;
        int changed = jdbc.sql("""
                        UPDATE item SET place_in_list = ?, ja = ?, kana = ?, en = ?, item_group = ?, push_item = ?,
                            base_unit = ?, weight_g = ?, volume_cm3 = ?, size_sureness = ?, shelf_life_days = ?,
                            cold_chain = ?, origin = ?, version = version + 1
                        WHERE code = ?""")
                .params(Arrays.asList(
                        placeInList,
                        item.ja(),
                        item.kana(),
                        item.en(),
                        item.group().name(),
                        item.pushItem(),
                        item.base().code(),
                        weight,
                        volume,
                        item.sizeSureness().name(),
                        shelfLife,
                        item.coldChain(),
                        origin.name(),
                        item.code().value()))
                .update();
        if (changed == 0) {
            jdbc.sql("""
                            INSERT INTO item (place_in_list, ja, kana, en, item_group, push_item, base_unit, weight_g,
                                volume_cm3, size_sureness, shelf_life_days, cold_chain, origin, code, version)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)""")
                    .params(Arrays.asList(
                            placeInList,
                            item.ja(),
                            item.kana(),
                            item.en(),
                            item.group().name(),
                            item.pushItem(),
                            item.base().code(),
                            weight,
                            volume,
                            item.sizeSureness().name(),
                            shelfLife,
                            item.coldChain(),
                            origin.name(),
                            item.code().value()))
                    .update();
        }
        long id = jdbc.sql("SELECT id FROM item WHERE code = ?")
                .param(item.code().value())
                .query(Long.class)
                .single();
        for (String table : List.of("item_name", "item_unit", "item_code")) {
            jdbc.sql("DELETE FROM " + table + " WHERE item_id = ?").param(id).update();
        }
        for (String name : item.alsoCalled()) {
            jdbc.sql("INSERT INTO item_name (item_id, name) VALUES (?, ?)")
                    .params(id, name)
                    .update();
        }
        for (ItemUnit pack : item.packs()) {
            jdbc.sql(
                            "INSERT INTO item_unit (item_id, unit_code, base_units, per_units, sureness) VALUES (?, ?, ?, ?, ?)")
                    .params(
                            id,
                            pack.unit().code(),
                            pack.baseUnits(),
                            pack.perUnits(),
                            pack.sureness().name())
                    .update();
        }
        for (ExternalCode code : item.codes()) {
            jdbc.sql("INSERT INTO item_code (item_id, scheme, code, sureness) VALUES (?, ?, ?, ?)")
                    .params(id, code.scheme(), code.code(), code.sureness().name())
                    .update();
        }
        touch();
        return new ItemId(id);
    }

    /** Replaces all substitutes by these. */
    @Transactional
    public void replaceSubstitutes(List<Substitute> substitutes) {
        jdbc.sql("DELETE FROM item_substitute").update();
        for (Substitute substitute : substitutes) {
            jdbc.sql("""
                            INSERT INTO item_substitute (item_id, substitute_id, item_units, substitute_units, sureness)
                            SELECT i.id, s.id, ?, ?, ? FROM item i, item s WHERE i.code = ? AND s.code = ?""")
                    .params(
                            substitute.itemUnits(),
                            substitute.substituteUnits(),
                            substitute.sureness().name(),
                            substitute.item().value(),
                            substitute.substitute().value())
                    .update();
        }
        touch();
    }

    /** Where an item comes from. */
    public enum Origin {
        REFERENCE,
        IMPORT
    }

    private void touch() {
        jdbc.sql("UPDATE catalogue_state SET token = ? WHERE id = 1")
                .param(UUID.randomUUID().toString())
                .update();
    }
}
