package jp.musubi.ledger.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.catalog.Item;
import jp.musubi.catalog.ItemCatalogue;
import jp.musubi.catalog.NameKey;
import jp.musubi.place.SearchKey;
import jp.musubi.response.ResponseId;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/**
 * Which promises and loads are wanted.
 *
 * @param regions prefixes of municipality codes the reader may see ({@code Actor.regionsFor}); empty Optional = all
 * @param from the stored account that promises are taken from; empty = any
 * @param words all of them must fit
 */
public record DispatchFilter(
        ResponseId response, Optional<Set<String>> regions, Optional<Long> from, List<Word> words) {

    public DispatchFilter {
        regions = regions.map(Set::copyOf);
        words = List.copyOf(words);
    }

    /**
     * A word of a search and everything it may mean.
     *
     * @param place part of a search key of a community or hub; holds letters and digits only
     * @param lot beginning of a lot's id, escaped for LIKE
     * @param items whose names contain it
     */
    public record Word(String place, String lot, List<Long> items) {}

    /** What somebody typed: names of places, hubs and items, and ids of lots, in any order. */
    public static List<Word> words(String typed, ItemCatalogue catalogue) {
        List<Word> words = new ArrayList<>();
        for (String word : typed.strip().split("[\\s\u3000]+")) {
            String place = SearchKey.words(word).stream().findFirst().orElse("");
            if (!place.isEmpty() && words.size() < 10) {
                String name = NameKey.of(word);
                words.add(new Word(
                        place,
                        word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"),
                        catalogue.listItems().stream()
                                .filter(item -> !name.isEmpty() && isCalled(item, name))
                                .map(item -> item.id().value())
                                .toList()));
            }
        }
        return words;
    }

    private static boolean isCalled(Item item, String key) {
        return NameKey.of(item.ja()).contains(key)
                || NameKey.of(item.kana()).contains(key)
                || NameKey.of(item.en()).contains(key)
                || item.alsoCalled().stream().anyMatch(name -> NameKey.of(name).contains(key));
    }

    /** Conditions on open promises: reservation r, lot l, community c and, outer, hub h. */
    String ofPromises(MapSqlParameterSource values) {
        from.ifPresent(account -> values.addValue("from", account));
        return (from.isPresent() ? " AND r.account_id = :from" : "")
                + inRegions(values)
                + matching(values, "OR h.search_key LIKE :%1$s OR l.external_id LIKE :%2$s%3$s");
    }

    /** Conditions on consignments: consignment s, its account t and community c. */
    String ofLoads(MapSqlParameterSource values) {
        return inRegions(values) + matching(values, """
                        OR EXISTS (SELECT 1 FROM balance f JOIN lot l ON l.id = f.lot_id
                                    WHERE f.account_id = t.id AND (l.external_id LIKE :%2$s%3$s))""");
    }

    private String inRegions(MapSqlParameterSource values) {
        return inRegions(regions, "c.municipality_code", values);
    }

    /** The condition that a municipality's code begins with one of the prefixes; nothing if they are not limited. */
    static String inRegions(Optional<Set<String>> regions, String column, MapSqlParameterSource values) {
        return regions.map(prefixes -> {
                    List<String> any = new ArrayList<>(List.of("1 = 0"));
                    for (String prefix : prefixes) {
                        String name = "region" + any.size();
                        values.addValue(name, prefix + "%");
                        any.add(column + " LIKE :" + name);
                    }
                    return " AND (" + String.join(" OR ", any) + ")";
                })
                .orElse("");
    }

    /**
     * @param other what else a word may mean: %1$s names the place's pattern, %2$s the lot's, %3$s adds the items
     */
    private String matching(MapSqlParameterSource values, String other) {
        return words.stream()
                .map(word -> {
                    String number = String.valueOf(words.indexOf(word));
                    values.addValue("place" + number, "%" + word.place() + "%");
                    values.addValue("lot" + number, word.lot() + "%");
                    values.addValue("items" + number, word.items());
                    return " AND (c.search_key LIKE :place" + number + " "
                            + other.formatted(
                                    "place" + number,
                                    "lot" + number,
                                    word.items().isEmpty() ? "" : " OR l.item_id IN (:items" + number + ")")
                            + ")";
                })
                .collect(Collectors.joining());
    }
}
