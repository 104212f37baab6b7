package jp.musubi.ledger.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.catalog.NameKey;
import jp.musubi.common.store.IdBlocks;
import jp.musubi.ledger.DonorId;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Givers by name. One name, however it is written, is one giver of a response. */
@Component
public class Donors {

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate named;
    private final IdBlocks ids;

    Donors(JdbcTemplate jdbc, NamedParameterJdbcTemplate named, IdBlocks ids) {
        this.jdbc = jdbc;
        this.named = named;
        this.ids = ids;
    }

    /** The giver of each name; made if nobody of that name has given yet. */
    public Map<String, DonorId> idsOf(ResponseId response, Collection<String> names) {
        Map<String, String> nameByKey = new LinkedHashMap<>();
        names.forEach(name -> nameByKey.putIfAbsent(keyOf(name), name));
        Map<String, DonorId> byKey = new HashMap<>(read(response, nameByKey.keySet()));
        List<Object[]> donors = new ArrayList<>();
        List<Object[]> details = new ArrayList<>();
        nameByKey.forEach((key, name) -> {
            if (!byKey.containsKey(key)) {
                long id = ids.next("donor_id_block");
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
            byKey.putAll(read(response, nameByKey.keySet()));
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
        for (List<String> part : StoredPostings.parts(keys)) {
            named.query(
                    "SELECT name_key, donor_id FROM donor_detail WHERE response_id = :response AND name_key IN (:keys)",
                    new MapSqlParameterSource()
                            .addValue("response", response.value())
                            .addValue("keys", part),
                    row -> {
                        found.put(row.getString(1), new DonorId(row.getLong(2)));
                    });
        }
        return found;
    }

    private static String keyOf(String name) {
        String key = NameKey.of(name);
        String text = key.isEmpty() ? name.strip() : key;
        return text.length() <= 200 ? text : text.substring(0, 200);
    }
}
