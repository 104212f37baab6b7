package jp.musubi.ledger.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.musubi.catalog.NameKey;
import jp.musubi.common.store.BulkRows;
import jp.musubi.common.store.IdBlocks;
import jp.musubi.ledger.DonorId;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Givers by name. One name, however it is written, is one giver of a response. */
@Component
public class Donors {

    private final JdbcTemplate jdbc;
    private final BulkRows bulk;
    private final IdBlocks ids;

    Donors(JdbcTemplate jdbc, BulkRows bulk, IdBlocks ids) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.ids = ids;
    }

    /** The giver of each name; made if nobody of that name has given yet. */
    public Map<String, DonorId> idsOf(ResponseId response, Collection<String> names) {
        Map<String, String> nameByKey = new LinkedHashMap<>();
        names.forEach(name -> nameByKey.putIfAbsent(keyOf(name), name));
        Map<String, DonorId> byKey = new HashMap<>(read(response, nameByKey.keySet()));
        List<String> newKeys = new ArrayList<>();
        List<Object[]> donors = new ArrayList<>();
        List<Object[]> details = new ArrayList<>();
        nameByKey.forEach((key, name) -> {
            if (!byKey.containsKey(key)) {
                long id = ids.next("donor_id_block");
                newKeys.add(key);
                donors.add(new Object[] {id, response.value()});
                details.add(new Object[] {id, response.value(), name, key});
            }
        });
        if (!donors.isEmpty()) {
            jdbc.batchUpdate("INSERT INTO donor (id, response_id) VALUES (?, ?)", donors);
            // Whoever makes the same giver at the same moment goes first; ours then stays without a name.
            jdbc.batchUpdate(
                    "INSERT INTO donor_detail (donor_id, response_id, name, name_key) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING",
                    details);
            byKey.putAll(read(response, newKeys));
        }
        Map<String, DonorId> byName = new HashMap<>();
        names.forEach(name -> byName.put(name, byKey.getOrDefault(keyOf(name), DonorId.UNNAMED)));
        return byName;
    }

    /** The giver's name. Personal data: the caller has checked that the reader may see it. Empty if it was deleted. */
    public Optional<String> findName(DonorId donor) {
        return jdbc
                .queryForList("SELECT name FROM donor_detail WHERE donor_id = ?", String.class, donor.value())
                .stream()
                .findFirst();
    }

    private Map<String, DonorId> read(ResponseId response, Collection<String> keys) {
        Map<String, DonorId> found = new HashMap<>();
        bulk.find(
                "name_key, donor_id",
                "donor_detail",
                new TreeMap<>(Map.of("response_id", response.value())),
                "name_key",
                keys,
                "donor_id",
                row -> {
                    found.put(row.getString(1), new DonorId(row.getLong(2)));
                });
        return found;
    }

    private static String keyOf(String name) {
        String key = NameKey.of(name);
        String text = key.isEmpty() ? name.strip() : key;
        return text.length() <= 200 ? text : text.substring(0, 200);
    }
}
